package portal_test

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// another is a further portal on the database of a world, which lets agents check in as often as they like.
func another(t testing.TB, w *portaltest.World) *portal.Portal {
	t.Helper()
	p := portal.New(portal.Options{
		Store: w.Store, Clock: w.Clock, Real: time.Now, Keys: w.Keys, IDs: demo.NewIDs(), Hashing: portal.LowestHashing,
		Agents: portal.AgentRules{CheckInEvery: time.Nanosecond, CheckInBurst: 1e9},
	})
	t.Cleanup(p.Close)
	return p
}

// ledger is what was acknowledged to whom.
type ledger struct {
	mu    sync.Mutex
	acked map[string]int64
}

func (l *ledger) note(agent string, sequence int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acked[agent] = max(l.acked[agent], sequence)
}

// wantStored fails for everything that was acknowledged and is not stored.
func (l *ledger) wantStored(t testing.TB, db *store.DB) {
	t.Helper()
	stored := map[string]int64{}
	if err := db.LastSequences(ctx, func(id string, sequence int64) { stored[id] = sequence }); err != nil {
		t.Fatal(err)
	}
	if len(l.acked) == 0 {
		t.Error("nothing was acknowledged")
	}
	for id, sequence := range l.acked {
		if stored[id] < sequence {
			t.Errorf("%s was told that check-in %d is stored; the last one is %d", id, sequence, stored[id])
		}
	}
}

// seated are agents of the demo world that may check in.
func seated() (agents []models.Agent) {
	for _, g := range demo.At(demo.Now).Agents {
		if g.ReleasedAt == nil && g.AccountID == demo.BramleyAccount {
			agents = append(agents, g)
		}
	}
	return agents
}

// checkInRound lets every agent check in once, a third of them by a relay.
func checkInRound(p *portal.Portal, agents []models.Agent, round int64, l *ledger) (last error) {
	var relayed []models.TokenCheckIn
	var ids []string
	for i, g := range agents {
		if i%3 == 0 {
			ids = append(ids, g.ID)
			relayed = append(relayed, models.TokenCheckIn{Token: portaltest.AgentToken(g.ID), CheckIn: models.CheckIn{Sequence: round}})
			continue
		}
		if _, err := p.CheckIn(ctx, portaltest.AgentToken(g.ID), "r", models.CheckIn{Sequence: round}); err == nil {
			l.note(g.ID, round)
		} else {
			last = err
		}
	}
	answers, err := p.CheckInAll(ctx, "r", relayed)
	if err != nil {
		return err
	}
	for i, a := range answers {
		if a.Err == nil {
			l.note(ids[i], round)
		}
	}
	return last
}

func TestWhatWasAcknowledgedIsStoredWhenThePortalClosesInTheMiddle(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		p := another(t, w)
		l := &ledger{acked: map[string]int64{}}
		agents := seated()
		var all sync.WaitGroup
		for c := range 8 {
			all.Go(func() {
				for round := int64(1_000_000 + c); checkInRound(p, agents[c*5:c*5+5], round, l) == nil; round += 10 {
				}
			})
		}
		time.Sleep(300 * time.Millisecond)
		p.Close()
		all.Wait()
		l.wantStored(t, w.Store)
		w.Sound(t)
	})
}

func TestTwoPortalsCountAnAgentOnceAnHour(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		portals := []*portal.Portal{another(t, w), another(t, w)}
		l := &ledger{acked: map[string]int64{}}
		agents := seated()
		w.Pass(2 * time.Hour)
		hour := models.HourOf(w.Clock())
		var all sync.WaitGroup
		for c := range 8 {
			all.Go(func() {
				for round := range int64(5) {
					if err := checkInRound(portals[c%2], agents, 1_000_000+round*8+int64(c), l); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		l.wantStored(t, w.Store)
		if got := hoursOf(t, w, demo.BramleyAccount)[hour]; got != len(agents) {
			t.Errorf("%d of %d agents were counted", got, len(agents))
		}
	})
}

func hoursOf(t testing.TB, w *portaltest.World, account string) map[int64]int {
	t.Helper()
	by := map[int64]int{}
	err := w.Store.Look(ctx, models.Operator(), w.Clock(), func(v *store.View) error {
		now := models.HourOf(w.Clock())
		hours, err := v.AccountHours(account, now-models.HoursKept-48, now+1)
		for _, h := range hours {
			by[h.Hour] = h.Agents
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return by
}

func TestHoursCountTheFirstCheckInsOfAgentsWhereTheyWereThen(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		f := enrolled(t, w, demo.ReplacedAccount, 3)
		carry(t, w, w.Actor(t, demo.Ines), demo.ReplacedAccount, demo.SuccessorAccount)
		before, there := hoursOf(t, w, demo.ReplacedAccount), hoursOf(t, w, demo.SuccessorAccount)
		now := models.HourOf(w.Clock())
		for range 2 {
			for _, a := range f.agents { // told, and then moved
				if _, err := a.checkIn(w); err != nil {
					t.Fatal(err)
				}
			}
		}
		before[now] += 3
		if diff := cmp.Diff(before, hoursOf(t, w, demo.ReplacedAccount)); diff != "" {
			t.Error("the old account: ", diff)
		}
		w.Pass(time.Hour)
		for _, a := range f.agents {
			if _, err := a.checkIn(w); err != nil {
				t.Fatal(err)
			}
		}
		there[now+1] += 3
		if diff := cmp.Diff(there, hoursOf(t, w, demo.SuccessorAccount)); diff != "" {
			t.Error("the new account: ", diff)
		}
		w.Pass(models.HoursKept * time.Hour)
		if err := w.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if left := hoursOf(t, w, demo.SuccessorAccount); len(left) != 1 {
			t.Errorf("after fifteen days it remembers %v", left)
		}
	})
}

func TestPresenceIsCountedAsItIsTold(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		agents := seated()
		start := w.Clock()
		var seen []models.Sighting
		for i, ago := range []time.Duration{
			0, time.Minute, models.OnlineFor - time.Millisecond, models.OnlineFor, models.OnlineFor + time.Millisecond,
			models.OnlineFor + 40*time.Minute, models.OnlineFor + 42*time.Minute, models.OnlineFor + time.Hour,
			models.QuietAfter - time.Hour, models.QuietAfter - time.Millisecond, models.QuietAfter, models.QuietAfter + time.Millisecond,
			models.QuietAfter + 41*time.Minute, models.QuietAfter + 42*time.Minute, 300 * 24 * time.Hour,
		} {
			seen = append(seen, models.Sighting{AgentID: agents[i].ID, SeenAt: start.Add(-ago), Sequence: 1_000_000})
		}
		if err := w.Report(ctx, seen); err != nil {
			t.Fatal(err)
		}
		for _, later := range []time.Duration{0, time.Millisecond, 19 * time.Minute, 41 * time.Minute, 25 * time.Hour} {
			w.Pass(later)
			err := w.Store.Look(ctx, models.Operator(), w.Clock(), func(v *store.View) error {
				want := map[models.Presence]int{}
				all, err := v.LeastSeen(demo.BramleyAccount)
				if err != nil {
					return err
				}
				for _, a := range all {
					want[a.Presence(v.Now)]++
				}
				counts, troubled, err := v.Fleet(demo.BramleyAccount)
				got := map[models.Presence]int{models.Online: counts.Online, models.Offline: counts.Offline, models.Quiet: counts.Quiet, models.NeverSeen: counts.Never}
				maps.DeleteFunc(got, func(_ models.Presence, n int) bool { return n == 0 })
				if diff := cmp.Diff(want, got); diff != "" || counts.Total != len(all) {
					t.Errorf("after %s: %d of %d agents: %s", later, counts.Total, len(all), diff)
				}
				for _, a := range troubled {
					if a.Presence(v.Now) == models.Online {
						t.Errorf("after %s: %s is named and is online", later, a.ID)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestCheckInsAndMovesDoNotWaitForEachOther(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		portals := []*portal.Portal{another(t, w), another(t, w)}
		f := enrolled(t, w, demo.ReplacedAccount, 40)
		carry(t, w, w.Actor(t, demo.Ines), demo.ReplacedAccount, demo.SuccessorAccount)
		limit, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		var all sync.WaitGroup
		moved := make([]int, 4)
		for c := range 4 {
			all.Go(func() {
				// The four share the agents and go through them in different orders.
				for i := range f.agents {
					if c%2 == 1 {
						i = len(f.agents) - 1 - i
					}
					if err := followUntilMoved(limit, portals[c%2], f.agents[i].token, int64(c)); err != nil {
						t.Error(fmt.Errorf("agent %d: %w", i, err))
					} else {
						moved[c]++
					}
				}
			})
		}
		all.Wait()
		if n := factsOf(t, w.Store, w.Clock(), demo.SuccessorAccount).Counts.Total; n < 40 {
			t.Errorf("%d agents arrived", n)
		}
		w.Sound(t)
	})
}

// followUntilMoved checks in as told until the agent is in the other account; somebody else may have
// moved it meanwhile.
func followUntilMoved(ctx context.Context, p *portal.Portal, token string, sequence int64) error {
	for range 10 {
		sequence += 10
		done, err := p.CheckIn(ctx, token, "r", models.CheckIn{Sequence: sequence})
		switch {
		case models.IsProblem(err, models.NotFound), err == nil && done.AccountID == demo.SuccessorAccount:
			return nil
		case err != nil:
			return err
		case done.MoveToken != "":
			token = done.MoveToken
		}
	}
	return fmt.Errorf("it is still where it was")
}

func TestAnAgentsPageKnowsItsLastCheckInsAndItsClock(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Maya)
		done := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		look := func() models.AgentFile {
			f, err := w.OpenAgent(ctx, who, done.AgentID)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		if f := look(); f.CheckIns != (models.CheckIns{}) || f.Agent.SeenAt != nil {
			t.Errorf("before the first: %+v", f.CheckIns)
		}
		first := w.Clock()
		for n := range int64(2) {
			clock := w.Clock().Add(-3 * time.Hour)
			if _, err := w.CheckIn(ctx, done.Token, "r", models.CheckIn{Sequence: 40 + n, Clock: &clock}); err != nil {
				t.Fatal(err)
			}
			w.Pass(10 * time.Minute)
		}
		f := look()
		if f.CheckIns.Before == nil || !f.CheckIns.Before.Equal(first) || !f.Agent.SeenAt.Equal(first.Add(10*time.Minute)) || f.CheckIns.Sequence != 41 {
			t.Errorf("after two: %+v, last %v", f.CheckIns, f.Agent.SeenAt)
		}
		if f.CheckIns.Skew != -3*time.Hour || !f.CheckIns.ClockIsWrong() {
			t.Errorf("its clock is off by %s", f.CheckIns.Skew)
		}
	})
}
