package portal_test

import (
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// pair is a device whose software enrolled in an account, and again in the account that replaced it.
type pair struct {
	who            models.Actor
	accounts       [2]string
	older, younger models.Enrolled
}

func newPair(t *testing.T, w *portaltest.World) pair {
	t.Helper()
	p := pair{who: w.Actor(t, demo.Ines), accounts: [2]string{demo.BramleyAccount}}
	p.older = enrolOn(t, w.Portal, demo.BramleyAccount, 900)
	w.Pass(time.Hour)
	p.accounts[1] = reassigned(t, w, p.who, demo.BramleyAccount, demo.Advanced)
	if err := w.BeginBySignIn(ctx, p.accounts[1]); err != nil {
		t.Fatal(err)
	}
	e := device(900)
	e.DeviceID, e.Fingerprint, e.Key = "device-installed-anew", e.DeviceID, askedKey(t, w, p.accounts[1])
	e.DeviceName = "RENAMED-01"
	var err error
	if p.younger, err = w.EnrolAgent(ctx, e, "r"); err != nil {
		t.Fatal(err)
	}
	return p
}

func checkIn(t testing.TB, w *portaltest.World, token string, sequence int64) {
	t.Helper()
	if _, err := w.CheckIn(ctx, token, "r", models.CheckIn{Sequence: sequence}); err != nil {
		t.Fatal(err)
	}
}

func merge(t testing.TB, w *portaltest.World, who models.Actor, agent string) (string, models.MergeDesk, error) {
	t.Helper()
	desk, err := w.ProposeMerge(ctx, who, agent, models.MergeWish{})
	if err != nil {
		t.Fatal(err)
	}
	desk.Wish.Both = desk.BothReport()
	return w.MergeAgents(ctx, who, agent, desk.Wish)
}

func stored(t testing.TB, w *portaltest.World, id string) (a models.SeenAgent) {
	t.Helper()
	err := w.Store.Look(ctx, models.Operator(), w.Clock(), func(v *store.View) (err error) {
		a, err = v.Agent(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestADeviceThatEnrolledTwiceIsOneAgentAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		p := newPair(t, w)
		checkIn(t, w, p.older.Token, 70)
		w.Pass(time.Hour)
		checkIn(t, w, p.younger.Token, 3)
		before := [2]int{opened(t, w, p.accounts[0]).Agents.Total, opened(t, w, p.accounts[1]).Agents.Total}
		kept, _, err := merge(t, w, p.who, p.younger.AgentID)
		if err != nil || kept != p.younger.AgentID {
			t.Fatal(kept, err)
		}
		w.Sound(t)
		after := [2]int{opened(t, w, p.accounts[0]).Agents.Total, opened(t, w, p.accounts[1]).Agents.Total}
		if after != [2]int{before[0] - 1, before[1]} {
			t.Errorf("%d agents became %d", before, after)
		}
		one, other := stored(t, w, kept), stored(t, w, p.older.AgentID)
		if one.AccountID != p.accounts[1] || one.DeviceName != "RENAMED-01" || !one.EnrolledAt.Equal(other.EnrolledAt) {
			t.Errorf("kept %+v", one)
		}
		if other.ReleasedAt == nil || other.MergedIntoID == nil || *other.MergedIntoID != kept {
			t.Errorf("the other one is %+v", other)
		}
		file, err := w.OpenAgent(ctx, p.who, kept)
		if err != nil || len(file.Moves) != 2 || file.Moves[0].AccountID != p.accounts[1] || file.Moves[1].LeftAt == nil || file.Moves[1].AgentID != p.older.AgentID {
			t.Errorf("its way is %+v, %v", file.Moves, err)
		}
		for i, account := range p.accounts {
			if e := lastEvent(t, w, account); e.Kind != models.AgentsMerged || e.Detail.To != (i == 0) || e.Detail.Other != p.accounts[1-i] {
				t.Errorf("recorded %+v", e)
			}
		}
		w.Pass(10 * time.Second)
		checkIn(t, w, p.younger.Token, 4)
		if now := stored(t, w, kept); !now.SeenAt.Equal(w.Clock()) {
			t.Errorf("its software was heard, and it was seen at %v", now.SeenAt)
		}
		_, err = w.CheckIn(ctx, p.older.Token, "r", models.CheckIn{Sequence: 71})
		wantRefused(t, err, models.AgentReleased)
		e := device(900)
		e.DeviceID, e.Fingerprint, e.Key = "device-installed-anew", e.DeviceID, askedKey(t, w, p.accounts[1])
		if again, err := w.EnrolAgent(ctx, e, "r"); err != nil || again.AgentID != kept {
			t.Errorf("enrolling again made %s of it, %v", again.AgentID, err)
		}
		w.Sound(t)
	})
}

func TestACheckInThatWasRecognisedBeforeAMergeIsNobodyElses(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		p := newPair(t, w)
		checkIn(t, w, p.older.Token, 5000)
		w.Pass(time.Hour)
		checkIn(t, w, p.younger.Token, 3)
		recognised, err := w.Store.Reporters(ctx, []string{portal.TokenHash(p.older.Token)})
		if err != nil || len(recognised) != 1 {
			t.Fatal(recognised, err)
		}
		kept, _, err := merge(t, w, p.who, p.younger.AgentID)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range recognised {
			late := store.Heard{Sightings: []models.Sighting{{AgentID: r.AgentID, SeenAt: w.Clock(), Sequence: 5001}}}
			if err := w.Store.Sighted(ctx, w.Clock(), late); err != nil {
				t.Fatal(err)
			}
		}
		w.Pass(time.Hour)
		checkIn(t, w, p.younger.Token, 4)
		if now := stored(t, w, kept); !now.SeenAt.Equal(w.Clock()) {
			t.Errorf("acknowledged now, and seen at %v", now.SeenAt)
		}
		w.Sound(t)
	})
}

func TestADeviceGoesOnWhereItWasSeenLast(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		p := newPair(t, w)
		checkIn(t, w, p.younger.Token, 3)
		w.Pass(time.Hour)
		checkIn(t, w, p.older.Token, 70)
		kept, _, err := merge(t, w, p.who, p.older.AgentID)
		if err != nil || kept != p.older.AgentID {
			t.Fatal(kept, err)
		}
		one := stored(t, w, kept)
		if one.AccountID != p.accounts[0] || one.DeviceName == "RENAMED-01" {
			t.Errorf("kept %+v", one)
		}
		w.Pass(10 * time.Second)
		checkIn(t, w, p.older.Token, 71)
		_, err = w.CheckIn(ctx, p.younger.Token, "r", models.CheckIn{Sequence: 9})
		wantRefused(t, err, models.AgentReleased)
		w.Sound(t)
	})
}

func TestAMergeWaitsForACarryAndForWhoeverCheckedInMeanwhile(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		p := newPair(t, w)
		checkIn(t, w, p.younger.Token, 3)
		desk, err := w.ProposeMerge(ctx, p.who, p.younger.AgentID, models.MergeWish{Note: "  the wrong key "})
		if err != nil || desk.Wish.Note != "the wrong key" || !desk.YoungerLives() {
			t.Fatal(desk, err)
		}
		w.Pass(time.Hour)
		checkIn(t, w, p.older.Token, 70)
		if _, again, err := w.MergeAgents(ctx, p.who, p.younger.AgentID, desk.Wish); !models.IsProblem(err, models.Conflict) || again.Wish.Note != "the wrong key" {
			t.Errorf("merged as the other one, %v", err)
		}
		carry, err := w.ProposeCarry(ctx, p.who, p.accounts[0], models.CarryWish{Agents: []string{p.older.AgentID}, ToAccountID: p.accounts[1]})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.CarryAgents(ctx, p.who, p.accounts[0], carry.Wish); err != nil {
			t.Fatal(err)
		}
		if _, desk, err := merge(t, w, p.who, p.younger.AgentID); !models.IsProblem(err, models.Conflict) || !desk.Moving {
			t.Errorf("merged on its way: %v", err)
		}
		w.Sound(t)
	})
}

func TestAnAgentWithoutATwinIsNotMerged(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Maya)
		if _, _, err := merge(t, w, who, "G-204180001"); !models.IsProblem(err, models.Conflict) {
			t.Errorf("alone: %v", err)
		}
		if _, err := w.ProposeMerge(ctx, who, "G-208620001", models.MergeWish{OtherID: "G-204180001"}); err != nil {
			t.Error(err)
		}
		if _, _, err := w.MergeAgents(ctx, who, "G-208620001", models.MergeWish{OtherID: "G-204180001"}); !models.IsProblem(err, models.Conflict) {
			t.Errorf("with the agent of another company: %v", err)
		}
	})
}

func TestTheSameFormMergesOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Maya)
		before := radar(t, w, who)
		desk, err := w.ProposeMerge(ctx, who, "G-208620001", models.MergeWish{})
		if err != nil {
			t.Fatal(err)
		}
		wish := desk.Wish
		wish.FormKey = "a form"
		for range 2 {
			if kept, _, err := w.MergeAgents(ctx, who, "G-208620001", wish); err != nil || kept != "G-208620001" {
				t.Errorf("kept %s, %v", kept, err)
			}
		}
		if after := radar(t, w, who); len(after) != len(before)-1 {
			t.Errorf("the radar showed %v, and now %v", before, after)
		}
		w.Sound(t)
	})
}

func TestTwoAgentsThatReportAreMergedOnlyByWhoReadThatTheyDo(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		p := newPair(t, w)
		checkIn(t, w, p.older.Token, 70)
		checkIn(t, w, p.younger.Token, 3)
		desk, err := w.ProposeMerge(ctx, p.who, p.younger.AgentID, models.MergeWish{})
		if err != nil || !desk.BothReport() {
			t.Fatalf("%+v, %v", desk, err)
		}
		if _, _, err := w.MergeAgents(ctx, p.who, p.younger.AgentID, desk.Wish); !models.IsProblem(err, models.Invalid) {
			t.Errorf("merged without having read it: %v", err)
		}
		desk.Wish.Both = true
		if _, _, err := w.MergeAgents(ctx, p.who, p.younger.AgentID, desk.Wish); err != nil {
			t.Error(err)
		}
		w.Sound(t)
	})
}
