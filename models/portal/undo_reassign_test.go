package portal_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// reassigned reassigns an account and gives the new one.
func reassigned(t testing.TB, w *portaltest.World, who models.Actor, account, plan string) string {
	t.Helper()
	desk, err := w.ProposeReassignment(ctx, who, account, models.Reassignment{PlanKey: plan})
	if err != nil {
		t.Fatal(err)
	}
	next, _, err := w.ReassignPlan(ctx, who, account, agreeing(desk))
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func undo(t testing.TB, w *portaltest.World, who models.Actor, account string) (models.UndoDesk, error) {
	t.Helper()
	desk, err := w.ProposeUndo(ctx, who, account, models.UndoWish{})
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.Why = models.WhyMistake
	return w.UndoReassign(ctx, who, account, wish)
}

// bare is an account page without what counts changes and without history.
func bare(o models.AccountOverview) models.AccountOverview {
	o.Account.Version, o.Account.AgentsVersion = 0, 0
	o.AsOf, o.History, o.Others = time.Time{}, nil, nil
	return o
}

func TestAReassignThatIsUndoneLeavesNoTraceButHistory(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		before := opened(t, w, demo.BramleyAccount)
		next := reassigned(t, w, who, demo.BramleyAccount, demo.Advanced)
		if _, err := undo(t, w, who, demo.BramleyAccount); err != nil {
			t.Fatal(err)
		}
		after := opened(t, w, demo.BramleyAccount)
		if diff := cmp.Diff(bare(before), bare(after)); diff != "" {
			t.Error(diff)
		}
		gone := opened(t, w, next)
		if gone.Account.Open() || gone.State() != models.Cancelled || gone.Account.ProposalID == nil {
			t.Errorf("the new account is %+v, %s", gone.Account, gone.State())
		}
		for _, account := range []string{demo.BramleyAccount, next} {
			if last := lastEvent(t, w, account); last.Kind != models.ReassignUndone || last.Detail.Why != models.WhyMistake || last.ProposalID == "" {
				t.Errorf("recorded %+v", last)
			}
		}
		w.Sound(t)

		again := reassigned(t, w, who, demo.BramleyAccount, demo.Advanced)
		if again == next {
			t.Error("the closed account came back")
		}
		if by := opened(t, w, demo.BramleyAccount).ReplacedBy; by != who.Name {
			t.Errorf("reassigned again by %q", by)
		}
		w.Sound(t)
	})
}

func TestUndoingBringsCarriedAgentsBack(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.BramleyAccount, 4)
		before := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount).Counts
		next := reassigned(t, w, who, demo.BramleyAccount, demo.Advanced)
		if err := w.BeginBySignIn(ctx, next); err != nil {
			t.Fatal(err)
		}
		there := carry(t, w, who, demo.BramleyAccount, next)
		for i, a := range f.agents {
			if _, err := a.checkIn(w); err != nil {
				t.Fatal(err)
			}
			if i < 2 { // two of them move, the other two only know
				if _, err := a.checkIn(w); err != nil || a.account != next {
					t.Fatal(a.account, err)
				}
			}
		}
		desk, err := undo(t, w, who, demo.BramleyAccount)
		if err != nil || desk.Carried != 2 {
			t.Fatalf("%v, %d carried", err, desk.Carried)
		}
		if n := progress(t, w, who, there.ID).Counts; n.Moved != 2 || n.Waiting != 0 {
			t.Errorf("%+v", n)
		}
		for i, a := range f.agents {
			if i >= 2 {
				_, err := a.checkIn(w)
				wantRefused(t, err, models.UnknownAgent)
				a.next = ""
			}
			for range 2 {
				if _, err := a.checkIn(w); err != nil {
					t.Fatalf("agent %d: %v", i, err)
				}
			}
			if a.account != demo.BramleyAccount {
				t.Errorf("agent %d is in %s", i, a.account)
			}
		}
		if after := factsOf(t, w.Store, w.Clock(), demo.BramleyAccount).Counts; after.Total != before.Total {
			t.Errorf("%d agents became %d", before.Total, after.Total)
		}
		w.Sound(t)
	})
}

func TestWhatCannotBeUndoneSaysWhy(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, w *portaltest.World, who models.Actor, next string){
		"an agent enrolled there": func(t *testing.T, w *portaltest.World, _ models.Actor, next string) {
			if err := w.BeginBySignIn(ctx, next); err != nil {
				t.Fatal(err)
			}
			e := device(1)
			e.Key = askedKey(t, w, next)
			if _, err := w.EnrolAgent(ctx, e, "r"); err != nil {
				t.Fatal(err)
			}
		},
		"the days are over": func(_ *testing.T, w *portaltest.World, _ models.Actor, _ string) {
			w.Pass(7*24*time.Hour + time.Second)
		},
		"it was itself reassigned": func(t *testing.T, w *portaltest.World, who models.Actor, next string) {
			if err := w.BeginBySignIn(ctx, next); err != nil {
				t.Fatal(err)
			}
			reassigned(t, w, who, next, demo.Standard)
		},
		"it was undone": func(t *testing.T, w *portaltest.World, who models.Actor, _ string) {
			if _, err := undo(t, w, who, demo.BramleyAccount); err != nil {
				t.Fatal(err)
			}
		},
		"the old plan was cancelled": func(t *testing.T, w *portaltest.World, who models.Actor, _ string) {
			desk, err := w.ProposeTurn(ctx, who, demo.BramleyAccount, models.TurnWish{Turn: models.CancelNow})
			if err != nil {
				t.Fatal(err)
			}
			wish := desk.Wish
			wish.Why, wish.TypedID = models.WhyLeaves, demo.BramleyAccount
			if _, err := w.CancelPlan(ctx, who, demo.BramleyAccount, wish); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := portaltest.New(t)
			who := w.Actor(t, demo.Ines)
			next := reassigned(t, w, who, demo.BramleyAccount, demo.Advanced)
			spoil(t, w, who, next)
			before := opened(t, w, demo.BramleyAccount)
			desk, err := undo(t, w, who, demo.BramleyAccount)
			if !models.IsProblem(err, models.Conflict) || desk.Problem == nil {
				t.Errorf("%v, %v", err, desk.Problem)
			}
			if after := opened(t, w, demo.BramleyAccount); after.Account.Version != before.Account.Version {
				t.Error("a refused undo changed the account")
			}
			w.Sound(t)
		})
	}
}

func TestUndoingTwiceAtOnceUndoesOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := reassigned(t, w, who, demo.BramleyAccount, demo.Advanced)
		desk, err := w.ProposeUndo(ctx, who, demo.BramleyAccount, models.UndoWish{})
		if err != nil {
			t.Fatal(err)
		}
		var won int
		errs := make([]error, 20)
		atOnce(len(errs), func(i int) {
			wish := desk.Wish
			wish.Why = models.WhyMistake
			_, errs[i] = w.UndoReassign(ctx, who, demo.BramleyAccount, wish)
		})
		for _, err := range errs {
			if err == nil {
				won++
			} else if !models.IsProblem(err, models.Conflict) {
				t.Error(err)
			}
		}
		if won != 1 || opened(t, w, next).Account.Open() {
			t.Errorf("%d won", won)
		}
		w.Sound(t)
	})
}
