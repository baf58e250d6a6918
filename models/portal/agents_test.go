package portal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

// keyOf is the enrolment key of an account of the demo world.
func keyOf(t testing.TB, account string) string {
	t.Helper()
	for _, a := range demo.At(demo.Now).Accounts {
		if a.ID == account {
			return a.EnrolmentKey
		}
	}
	t.Fatalf("the demo world has no account %s", account)
	return ""
}

func device(n int) models.Enrolment {
	return models.Enrolment{
		DeviceID: fmt.Sprintf("new-device-%04d", n), DeviceName: fmt.Sprintf("DESK-%03d", n),
		GroupName: "Office", OS: "Windows 11 24H2", AppVersion: "14.0.2",
	}
}

func enrolOn(t testing.TB, p *portal.Portal, account string, n int) models.Enrolled {
	t.Helper()
	e := device(n)
	e.Key = keyOf(t, account)
	done, err := p.EnrolAgent(context.Background(), e, "r-1")
	if err != nil {
		t.Errorf("enrolling device %d on %s: %v", n, account, err)
	}
	return done
}

// facts are what enrolments and check-ins may change.
type facts struct {
	Counts  models.AgentCounts
	Version int
	Events  int
}

func factsOf(t testing.TB, db *store.DB, now time.Time, account string) (f facts) {
	t.Helper()
	err := db.Look(context.Background(), models.Operator(), now, func(v *store.View) error {
		h, err := v.Held(account)
		if err != nil {
			return err
		}
		f.Version = h.Account.AgentsVersion
		if f.Counts, err = v.AgentCounts(account); err != nil {
			return err
		}
		f.Events, err = v.CountLines(account)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func wantRefused(t testing.TB, err error, code models.AgentCode) {
	t.Helper()
	var r *models.AgentRefusal
	if !errors.As(err, &r) || r.Code != code {
		t.Errorf("got %v, want the refusal %q", err, code)
	}
}

func TestEnrollingMakesAnAgentThatWasNeverSeen(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		before := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		done := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		after := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)

		want := before
		want.Counts.Total, want.Counts.Never = before.Counts.Total+1, before.Counts.Never+1
		want.Version, want.Events = before.Version+1, before.Events+1
		if diff := cmp.Diff(want, after); diff != "" {
			t.Error(diff)
		}
		if done.AccountID != demo.BramleyAccount || !strings.HasPrefix(done.Token, "mrg_agt_") || done.Every != 10*time.Minute {
			t.Errorf("told %+v", done)
		}
		last := lastEvent(t, w, demo.BramleyAccount)
		if last.Kind != models.AgentEnrolled || last.ActorID != "enrolment" || last.ActorName != "DESK-001" || last.ActorRole != models.RoleAgent ||
			last.Door != "agents" || last.RequestID != "r-1" || last.Detail.Device != "DESK-001" {
			t.Errorf("recorded %+v", last)
		}
		w.Sound(t)
	})
}

func lastEvent(t testing.TB, w *portaltest.World, account string) models.Event {
	t.Helper()
	return history(t, w, account)[0]
}

// history are the last events of an account as they were recorded.
func history(t testing.TB, w *portaltest.World, account string) []models.Event {
	t.Helper()
	var all []models.Event
	err := w.Store.Look(context.Background(), models.Operator(), w.Clock(), func(v *store.View) (err error) {
		all, err = v.HistoryOfAccount(account)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("no history of %s: %v", account, err)
	}
	return all
}

func TestEnrollingADeviceAgainGivesTheSameAgentAnotherToken(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		first := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		before := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		second := enrolOn(t, w.Portal, demo.BramleyAccount, 1)

		if second.AgentID != first.AgentID || second.Token == first.Token {
			t.Errorf("first %+v, then %+v", first, second)
		}
		if diff := cmp.Diff(before, factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)); diff != "" {
			t.Error("enrolling again changed the account: ", diff)
		}
		ctx := context.Background()
		_, err := w.CheckIn(ctx, first.Token, "r", models.CheckIn{Sequence: 1})
		wantRefused(t, err, models.UnknownAgent)
		if _, err := w.CheckIn(ctx, second.Token, "r", models.CheckIn{Sequence: 1}); err != nil {
			t.Error(err)
		}
	})
}

func TestEnrolmentIsRefusedWhereThePlanDoesNotWork(t *testing.T) {
	w := portaltest.New(t)
	for _, c := range []struct {
		account string
		want    models.AgentCode
	}{
		{demo.ScheduledAccount, models.AccountNotActivated},
		{demo.AwaitingAccount, models.AccountNotActivated},
		{demo.AwaitingCodeAccount, models.AccountNotActivated},
		{demo.SuspendedAccount, models.PlanNotWorking},
		{demo.CancelledAccount, models.PlanNotWorking},
		{demo.LockedAccount, models.PlanNotWorking},
		{demo.EndedAccount, models.PlanNotWorking},
		{demo.ClosedAccount, models.AccountClosed},
		{demo.PurgedAccount, models.AccountClosed},
	} {
		t.Run(c.account, func(t *testing.T) {
			before := factsOf(t, w.Store, w.Clock(), c.account)
			e := device(1)
			e.Key = keyOf(t, c.account)
			_, err := w.EnrolAgent(context.Background(), e, "r")
			wantRefused(t, err, c.want)
			if diff := cmp.Diff(before, factsOf(t, w.Store, w.Clock(), c.account)); diff != "" {
				t.Error("a refused enrolment changed the account: ", diff)
			}
		})
	}
	for _, account := range []string{demo.EndingAccount, demo.GraceAccount, demo.TrialActive, demo.ReplacedAccount} {
		enrolOn(t, w.Portal, account, 1)
	}
	w.Sound(t)
}

// strict is a portal on a world in which plans refuse more agents than seats, and in which one agent of
// Bramley was released.
func strict(t *testing.T, db *store.DB) *portal.Portal {
	t.Helper()
	keys, err := portal.NewKeys([]byte(strings.Repeat("k", portal.MinSecret)))
	if err != nil {
		t.Fatal(err)
	}
	world := demo.At(demo.Now)
	for i := range world.Terms {
		world.Terms[i].Policy.RefuseOverUse = true
	}
	p := portal.New(portal.Options{
		Store: db, Clock: demo.Clock, Real: demo.Clock, Keys: keys, Hashing: portal.Hashing{MemoryKiB: 64, Passes: 1, Lanes: 1},
		Agents: portal.AgentRules{EnrolmentsPerHour: 5},
	})
	t.Cleanup(p.Close)
	if err := p.Settle(context.Background(), world, "not used here"); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAFullAccountRefusesAnotherAgentWhereThePolicySaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := strict(t, db)
		e := device(1)
		e.Key = keyOf(t, demo.ExactlyFull)
		_, err := p.EnrolAgent(context.Background(), e, "r")
		wantRefused(t, err, models.SeatsInUse)

		for _, g := range demo.At(demo.Now).Agents {
			if g.AccountID == demo.ExactlyFull {
				e.DeviceID, e.DeviceName = g.DeviceID, g.DeviceName
			}
		}
		if _, err := p.EnrolAgent(context.Background(), e, "r"); err != nil {
			t.Error("a device that has a seat was turned away: ", err)
		}
		enrolOn(t, p, demo.BramleyAccount, 1)
	})
	enrolOn(t, portaltest.New(t).Portal, demo.ExactlyFull, 1) // without the policy
}

func TestEnrolmentsOnOneAccountAreBounded(t *testing.T) {
	p := strict(t, storetest.SQLite(t))
	for range 5 {
		enrolOn(t, p, demo.BramleyAccount, 1)
	}
	e := device(1)
	e.Key = keyOf(t, demo.BramleyAccount)
	_, err := p.EnrolAgent(context.Background(), e, "r")
	if found, ok := models.ProblemIn(err); !ok || found.Kind != models.Throttled || found.RetryAfter != 720 {
		t.Errorf("got %v", err)
	}
	enrolOn(t, p, demo.TrialActive, 1)
}

func TestAReleasedAgentIsTurnedAwayUntilItEnrolsAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		first := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		gone := released(t, w, first.AccountID)
		_, err := w.CheckIn(context.Background(), gone.token, "r", models.CheckIn{Sequence: 9})
		wantRefused(t, err, models.AgentReleased)

		before := factsOf(t, w.Store, w.Clock(), first.AccountID)
		e := device(0)
		e.Key, e.DeviceID = keyOf(t, first.AccountID), gone.DeviceID
		again, err := w.EnrolAgent(context.Background(), e, "r")
		if err != nil || again.AgentID != gone.ID {
			t.Fatalf("got %+v, %v", again, err)
		}
		after := factsOf(t, w.Store, w.Clock(), first.AccountID)
		if after.Counts.Total != before.Counts.Total+1 || after.Version != before.Version+1 || after.Events != before.Events+1 {
			t.Errorf("before %+v, after %+v", before, after)
		}
		if _, err := w.CheckIn(context.Background(), again.Token, "r", models.CheckIn{Sequence: 10}); err != nil {
			t.Error(err)
		}
		w.Sound(t)
	})
}

type releasedAgent struct {
	models.Agent
	token string
}

// released is an agent that enrolled an hour ago and was released since.
func released(t *testing.T, w *portaltest.World, account string) releasedAgent {
	t.Helper()
	token := portaltest.AgentToken("G-RELEASED")
	var a models.Agent
	err := w.Store.Do(context.Background(), models.Operator(), w.Clock(), func(tx *store.Tx) error {
		h, err := tx.Held(account)
		if err != nil {
			return err
		}
		a = models.Agent{
			ID: "G-RELEASED", RootID: h.Account.RootID, PartnerID: h.Account.PartnerID, CustomerID: h.Account.CustomerID,
			AccountID: account, DeviceID: "released-device", DeviceName: "OLD-PC", EnrolledAt: tx.Now.Add(-time.Hour), ReleasedAt: &tx.Now,
		}
		return tx.AddAgent(a, portal.TokenHash(token), models.Event{
			RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: account, Kind: models.AgentEnrolled,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return releasedAgent{a, token}
}

func TestAKeyOpensItsOwnAccountOnly(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ours := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		before := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		theirs := enrolOn(t, w.Portal, demo.TrialActive, 1) // the same device id
		if theirs.AgentID == ours.AgentID || theirs.AccountID != demo.TrialActive {
			t.Errorf("ours %+v, theirs %+v", ours, theirs)
		}
		if diff := cmp.Diff(before, factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)); diff != "" {
			t.Error(diff)
		}

		e := device(2)
		e.Key = "EK-AAAAA-BBBBB-AAAAA-BBBBB-AAAAA"
		_, err := w.EnrolAgent(context.Background(), e, "r")
		wantRefused(t, err, models.UnknownAgent)
	})
}

func TestTwoHundredDevicesEnrollingAtOnceAreTwoHundredAgents(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		before := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		const devices = 200
		done := make([]models.Enrolled, devices)
		atOnce(devices, func(i int) { done[i] = enrolOn(t, w.Portal, demo.BramleyAccount, i) })

		ids := map[string]bool{}
		for _, d := range done {
			ids[d.AgentID] = true
		}
		after := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		if len(ids) != devices || after.Counts.Total != before.Counts.Total+devices || after.Version != before.Version+devices {
			t.Errorf("%d agents; before %+v, after %+v", len(ids), before, after)
		}

		atOnce(devices, func(i int) {
			if _, err := w.CheckIn(context.Background(), done[i].Token, "r", models.CheckIn{Sequence: 1}); err != nil {
				t.Error(err)
				return
			}
			if s := lastSeen(t, w, done[i].AgentID); s == nil || !s.Equal(w.Clock()) {
				t.Errorf("agent %d was answered and is not stored: %v", i, s)
			}
		})
		now := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		want := before.Counts
		want.Total, want.Online = want.Total+devices, want.Online+devices
		if diff := cmp.Diff(want, now.Counts); diff != "" {
			t.Error(diff)
		}
		if now.Version != after.Version || now.Events != after.Events {
			t.Errorf("check-ins changed the account: before %+v, after %+v", after, now)
		}
		w.Sound(t)
	})
}

func atOnce(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

func lastSeen(t testing.TB, w *portaltest.World, agent string) (seen *time.Time) {
	t.Helper()
	err := w.Store.Look(context.Background(), models.Operator(), w.Clock(), func(v *store.View) error {
		found, err := v.Agent(agent)
		seen = found.SeenAt
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return seen
}

func TestOneDeviceEnrollingFiftyTimesAtOnceIsOneAgent(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		before := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		const tries = 50
		done := make([]models.Enrolled, tries)
		atOnce(tries, func(i int) { done[i] = enrolOn(t, w.Portal, demo.BramleyAccount, 1) })

		after := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount)
		if after.Counts.Total != before.Counts.Total+1 || after.Version != before.Version+1 || after.Events != before.Events+1 {
			t.Errorf("before %+v, after %+v", before, after)
		}
		known := 0
		for _, d := range done {
			if d.AgentID != done[0].AgentID {
				t.Errorf("another agent: %+v", d)
			}
			if _, err := w.CheckIn(context.Background(), d.Token, "r", models.CheckIn{Sequence: 1}); err == nil {
				known++
			}
		}
		if known != 1 {
			t.Errorf("%d of the tokens are known", known)
		}
		w.Sound(t)
	})
}

func TestACheckInThatIsNotNewerChangesNothing(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		done := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		checkIn := func(sequence int64) {
			t.Helper()
			got, err := w.CheckIn(context.Background(), done.Token, "r", models.CheckIn{Sequence: sequence})
			if err != nil || got.AccountID != demo.BramleyAccount {
				t.Fatalf("got %+v, %v", got, err)
			}
		}
		checkIn(7)
		then := w.Clock()
		w.Pass(time.Hour)
		checkIn(7)
		checkIn(3)
		if s := lastSeen(t, w, done.AgentID); s == nil || !s.Equal(then) {
			t.Errorf("seen at %v, want %v", s, then)
		}
		checkIn(8)
		if s := lastSeen(t, w, done.AgentID); s == nil || !s.Equal(w.Clock()) {
			t.Errorf("seen at %v, want %v", s, w.Clock())
		}
	})
}

func TestATokenSpeaksForItsOwnAgentOnly(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ours := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		theirs := enrolOn(t, w.Portal, demo.ReplacedAccount, 1)
		got, err := w.CheckIn(context.Background(), theirs.Token, "r", models.CheckIn{Sequence: 1})
		if err != nil || got.AccountID != demo.ReplacedAccount || got.ReplacedBy != demo.SuccessorAccount {
			t.Errorf("got %+v, %v", got, err)
		}
		if s := lastSeen(t, w, ours.AgentID); s != nil {
			t.Errorf("another account's token was a check-in of ours at %v", s)
		}
		for name, token := range map[string]string{
			"nothing": "", "an enrolment key": keyOf(t, demo.BramleyAccount), "an agent's id": ours.AgentID,
			"a made-up token": "mrg_agt_" + strings.Repeat("A", 43), "a cut token": ours.Token[:len(ours.Token)-1],
			"a longer token": ours.Token + "A", "another case": "MRG_AGT_" + ours.Token[8:],
		} {
			if _, err := w.CheckIn(context.Background(), token, "r", models.CheckIn{Sequence: 2}); err == nil {
				t.Errorf("%s was a check-in", name)
			} else {
				wantRefused(t, err, models.UnknownAgent)
			}
		}
	})
}

func TestAgentsOfAClosedAccountAreTurnedAwayAndOfASuspendedOneAreNot(t *testing.T) {
	w := portaltest.New(t)
	tokens := map[string]string{}
	for _, g := range demo.At(demo.Now).Agents {
		tokens[g.AccountID] = portaltest.AgentToken(g.ID)
	}
	next := models.CheckIn{Sequence: 1 << 40}
	_, err := w.CheckIn(context.Background(), tokens[demo.ClosedAccount], "r", next)
	wantRefused(t, err, models.AccountClosed)
	for _, account := range []string{demo.SuspendedAccount, demo.CancelledAccount, demo.EndedAccount} {
		if got, err := w.CheckIn(context.Background(), tokens[account], "r", next); err != nil || got.AccountID != account {
			t.Errorf("%s: got %+v, %v", account, got, err)
		}
	}
}

func TestOneAgentMayNotCheckInWithoutPause(t *testing.T) {
	w := portaltest.New(t)
	done := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
	other := enrolOn(t, w.Portal, demo.BramleyAccount, 2)
	checkIn := func(token string, n int64) error {
		_, err := w.CheckIn(context.Background(), token, "r", models.CheckIn{Sequence: n})
		return err
	}
	for n := range int64(6) {
		if err := checkIn(done.Token, n+1); err != nil {
			t.Fatal(err)
		}
	}
	err := checkIn(done.Token, 7)
	if found, ok := models.ProblemIn(err); !ok || found.Kind != models.Throttled || found.RetryAfter != 1 {
		t.Errorf("got %v", err)
	}
	if err := checkIn(other.Token, 1); err != nil {
		t.Error("another agent had to wait: ", err)
	}
	w.Pass(time.Second)
	if err := checkIn(done.Token, 7); err != nil {
		t.Error(err)
	}
}

func TestADeviceThatEnrolsAgainMayCountAnew(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		d := enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		checkIn(t, w, d.Token, models.MaxSequence)
		if _, err := w.CheckIn(ctx, d.Token, "r", models.CheckIn{Sequence: models.MaxSequence + 1}); !models.IsProblem(err, models.Invalid) {
			t.Errorf("beyond the last number: %v", err)
		}
		w.Pass(models.QuietAfter)
		d = enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		checkIn(t, w, d.Token, 1)
		if now := stored(t, w, d.AgentID); !now.SeenAt.Equal(w.Clock()) {
			t.Errorf("acknowledged, and seen at %v", now.SeenAt)
		}
	})
}
