package portal_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func seats(t testing.TB, w *portaltest.World, account string) models.SeatsDesk {
	t.Helper()
	desk, err := w.OpenSeats(ctx, w.Actor(t, demo.Maya), account)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

func TestAReleasedSeatIsFreeAndTheAgentIsTold(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Maya)
		f := enrolled(t, w, demo.BramleyAccount, 2)
		w.Pass(time.Minute)
		before := seats(t, w, demo.BramleyAccount)
		wish := models.ReleaseWish{Agents: []string{f.agents[0].id, f.agents[0].id, "G-nobody"}, FormKey: "k"}
		for range 2 { // the second is a double click
			if n, _, err := w.ReleaseAgents(ctx, who, demo.BramleyAccount, wish); err != nil || n > 1 {
				t.Fatalf("%d, %v", n, err)
			}
		}
		after := seats(t, w, demo.BramleyAccount)
		if after.Held.Agents != before.Held.Agents-1 || after.Peak != before.Peak || after.Held.Account.AgentsVersion != before.Held.Account.AgentsVersion+1 {
			t.Errorf("%d in use, peak %d, became %d and %d", before.Held.Agents, before.Peak, after.Held.Agents, after.Peak)
		}
		if last := lastEvent(t, w, demo.BramleyAccount); last.Kind != models.AgentsReleased || last.Detail.Agents != 1 || last.Detail.Device != "DESK-000" {
			t.Errorf("recorded %+v", last)
		}
		_, err := f.agents[0].checkIn(w)
		wantRefused(t, err, models.AgentReleased)

		enrolOn(t, w.Portal, demo.BramleyAccount, 0)
		if last := lastEvent(t, w, demo.BramleyAccount); last.Kind != models.AgentReturned || last.Detail.Device != "DESK-000" {
			t.Errorf("recorded %+v", last)
		}
		if again := seats(t, w, demo.BramleyAccount); again.Held.Agents != before.Held.Agents {
			t.Errorf("%d seats in use, want %d", again.Held.Agents, before.Held.Agents)
		}
		w.Sound(t)
	})
}

func TestAllIdleSeatsAreReleasedAtOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Maya)
		w.Pass(models.IdleAfter)
		f := enrolled(t, w, demo.BramleyAccount, 3)
		if _, err := f.agents[0].checkIn(w); err != nil {
			t.Fatal(err)
		}
		w.Pass(time.Minute)
		desk := seats(t, w, demo.BramleyAccount)
		if desk.IdleAll != 42 || len(desk.Idle) != 42 || desk.Held.Agents != 45 {
			t.Fatalf("%d of %d are idle", desk.IdleAll, desk.Held.Agents)
		}
		if _, _, err := w.ReleaseAgents(ctx, who, demo.BramleyAccount, models.ReleaseWish{AllIdle: true, IdleAll: 41}); !models.IsProblem(err, models.Conflict) {
			t.Errorf("released what was not shown: %v", err)
		}
		wish := models.ReleaseWish{AllIdle: true, IdleAll: 42, Note: "The branch closed."}
		if p, err := w.ProposeRelease(ctx, who, demo.BramleyAccount, wish); err != nil || p.Releases != 42 || len(p.Chosen) != 42 || p.Held.Agents != 45 {
			t.Errorf("%d, %v", p.Releases, err)
		}
		if n, _, err := w.ReleaseAgents(ctx, who, demo.BramleyAccount, wish); err != nil || n != 42 {
			t.Errorf("%d, %v", n, err)
		}
		if last := lastEvent(t, w, demo.BramleyAccount); last.Detail.Agents != 42 || last.Detail.Note != wish.Note || last.Detail.Device != "SURGERY1-PC, SURGERY2-PC, SURGERY4-PC" {
			t.Errorf("recorded %+v", last.Detail)
		}
		if after := seats(t, w, demo.BramleyAccount); after.IdleAll != 0 || after.Held.Agents != 3 || after.Peak != 45 {
			t.Errorf("%d idle, %d in use, peak %d", after.IdleAll, after.Held.Agents, after.Peak)
		}
		w.Sound(t)
	})
}

func TestAnAgentThatCameBackIsNotIdle(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		a := enrolled(t, w, demo.NoAgents, 1).agents[0]
		if _, err := a.checkIn(w); err != nil {
			t.Fatal(err)
		}
		w.Pass(models.IdleAfter)
		if desk := seats(t, w, demo.NoAgents); desk.IdleAll != 1 || desk.Idle[0].ID != a.id {
			t.Fatalf("%d are idle", desk.IdleAll)
		}
		if _, _, err := w.ReleaseAgents(ctx, w.Actor(t, demo.Maya), demo.NoAgents, models.ReleaseWish{AllIdle: true, IdleAll: 1}); err != nil {
			t.Fatal(err)
		}
		enrolOn(t, w.Portal, demo.NoAgents, 0)
		if desk := seats(t, w, demo.NoAgents); desk.IdleAll != 0 || desk.Held.Agents != 1 {
			t.Errorf("%d of %d are idle", desk.IdleAll, desk.Held.Agents)
		}
	})
}

func TestAReleasedAgentLeavesItsCarry(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		a := enrolled(t, w, demo.ReplacedAccount, 1).agents[0]
		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		if _, err := a.checkIn(w); err != nil {
			t.Fatal(err)
		}
		wish := models.ReleaseWish{Agents: []string{a.id}}
		if p, err := w.ProposeRelease(ctx, who, demo.ReplacedAccount, wish); err != nil || p.Moving != 1 {
			t.Errorf("%d leave a carry, %v", p.Moving, err)
		}
		if _, _, err := w.ReleaseAgents(ctx, who, demo.ReplacedAccount, wish); err != nil {
			t.Fatal(err)
		}
		if n := progress(t, w, who, c.ID).Counts; n.Failed != 1 {
			t.Errorf("%+v", n)
		}
		_, err := a.checkIn(w)
		wantRefused(t, err, models.UnknownAgent)
		a.next = ""
		_, err = a.checkIn(w)
		wantRefused(t, err, models.AgentReleased)
		w.Sound(t)
	})
}

func TestReleasingIsForThoseWhoMayAndWithinReach(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := models.ReleaseWish{Agents: []string{"G-204180001"}, FormKey: "k"}
		for who, kind := range map[string]models.ProblemKind{
			demo.Noor: models.NotFound, demo.Helen: models.Forbidden, demo.Priya: "", demo.Tom: "",
		} {
			_, err := w.ProposeRelease(ctx, w.Actor(t, who), demo.BramleyAccount, wish)
			if kind == "" && err != nil || kind != "" && !models.IsProblem(err, kind) {
				t.Errorf("%s proposes: %v", who, err)
			}
			if kind == "" {
				continue
			}
			if _, _, err := w.ReleaseAgents(ctx, w.Actor(t, who), demo.BramleyAccount, wish); !models.IsProblem(err, kind) {
				t.Errorf("%s releases: %v", who, err)
			}
		}
		// An agent of another account is not released from this one.
		if _, _, err := w.ReleaseAgents(ctx, w.Actor(t, demo.Maya), demo.NoneOnline, wish); !models.IsProblem(err, models.Conflict) {
			t.Errorf("released from elsewhere: %v", err)
		}
		if n := seats(t, w, demo.BramleyAccount).Held.Agents; n != 42 {
			t.Errorf("%d seats in use", n)
		}
		w.Sound(t)
	})
}

func TestNothingChosenIsSaidBesideTheField(t *testing.T) {
	w := portaltest.New(t)
	_, desk, err := w.ReleaseAgents(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, models.ReleaseWish{})
	if !models.IsProblem(err, models.Invalid) || desk.Problem == nil {
		t.Errorf("%v, %+v", err, desk.Problem)
	}
}

func TestTheSeatPeakIsTheMostThatWereInUseAtOneMoment(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		rng := rand.New(rand.NewPCG(3, 5))
		inUse := map[int]string{}
		type moment struct {
			at time.Time
			n  int
		}
		base := seats(t, w, demo.BramleyAccount).Held.Agents
		history := []moment{{w.Clock().Add(-time.Hour), base}}
		for range 60 {
			w.Pass(time.Duration(1+rng.IntN(40)) * time.Hour)
			device := rng.IntN(12)
			if id, ok := inUse[device]; ok {
				if _, _, err := w.ReleaseAgents(ctx, who, demo.BramleyAccount, models.ReleaseWish{Agents: []string{id}}); err != nil {
					t.Fatal(err)
				}
				delete(inUse, device)
			} else {
				inUse[device] = enrolOn(t, w.Portal, demo.BramleyAccount, device).AgentID
			}
			history = append(history, moment{w.Clock(), base + len(inUse)})
			since, want := w.Clock().Add(-models.PeakOver), 0
			for i, m := range history { // what was in use when the time began, and everything after
				if m.at.After(since) || i+1 == len(history) || history[i+1].at.After(since) {
					want = max(want, m.n)
				}
			}
			if got := seats(t, w, demo.BramleyAccount).Peak; got != want {
				t.Fatalf("the peak is %d, want %d", got, want)
			}
		}
	})
}

func TestManyIdleSeatsAreCountedAndTheFirstNamed(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		idle := func() models.SeatsDesk {
			t.Helper()
			desk, err := w.OpenSeats(ctx, who, demo.ReplacedAccount)
			if err != nil {
				t.Fatal(err)
			}
			return desk
		}
		before := idle().IdleAll
		crowded(t, w, demo.ReplacedAccount, 2100, 1)
		enrolled(t, w, demo.ReplacedAccount, 3) // never seen either, and not idle yet
		desk := idle()
		if desk.IdleAll != before+2100 || len(desk.Idle) != models.MaxIdleShown {
			t.Errorf("%d are idle, want %d; %d are named", desk.IdleAll, before+2100, len(desk.Idle))
		}
		for i, a := range desk.Idle[1:] {
			if silentSince(a).Before(silentSince(desk.Idle[i])) {
				t.Fatalf("%s is named behind %s", a.ID, desk.Idle[i].ID)
			}
		}
		w.Pass(models.IdleAfter)
		if desk = idle(); desk.IdleAll != desk.Held.Agents {
			t.Errorf("30 days later %d of %d are idle", desk.IdleAll, desk.Held.Agents)
		}
	})
}

func silentSince(a models.SeenAgent) time.Time {
	if a.SeenAt != nil {
		return *a.SeenAt
	}
	return a.EnrolledAt
}
