package portal_test

import (
	"sync"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// wishFor is a modification of Bramley's plan as its form would send it.
func wishFor(t *testing.T, w *portaltest.World, account, plan string, seats int) models.Modification {
	t.Helper()
	desk, err := w.ProposeModification(ctx, w.Actor(t, demo.Maya), account, models.Modification{PlanKey: plan, Seats: seats})
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.FormKey = "form of " + t.Name()
	return wish
}

func TestModifyingKeepsAccountKeyAndAgents(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		before, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}

		desk, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, wishFor(t, w, demo.BramleyAccount, demo.Advanced, 60))
		if err != nil {
			t.Fatal(err)
		}

		after, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}
		if after.Terms.Name != "Endpoint Advanced" || after.Subscription.Seats != 60 {
			t.Errorf("now %s with %d seats", after.Terms.Name, after.Subscription.Seats)
		}
		if after.Account.ID != before.Account.ID || after.EnrolmentKey != before.EnrolmentKey || after.Agents != before.Agents ||
			after.Subscription.ID != before.Subscription.ID || after.Subscription.EndsOn != before.Subscription.EndsOn {
			t.Errorf("what should stay changed: %+v, was %+v", after.Account, before.Account)
		}
		e := after.History[0]
		if e.Kind != models.PlanModified || e.ActorID != demo.Maya || e.Detail.PlanBefore != "Endpoint Standard" || e.Detail.Seats != 60 || e.Detail.Before != 50 {
			t.Errorf("the history says %+v", e)
		}
		if want := int64(85601); desk.Impact.Charge.Minor != want { // (60 × 3.40 − 105) × 12 × 263 / 365
			t.Errorf("charged %d, want %d", desk.Impact.Charge.Minor, want)
		}
		w.Sound(t)
	})
}

func TestTheAmountOfTheDemoIsRight(t *testing.T) {
	w := portaltest.New(t)
	desk, err := w.ProposeModification(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, models.Modification{PlanKey: demo.Advanced})
	if err != nil {
		t.Fatal(err)
	}
	if desk.Impact.Charge != (models.Money{Minor: 56203, Currency: "EUR"}) {
		t.Errorf("got %v, want €562.03", desk.Impact.Charge)
	}
}

func TestAnOldFormIsAConflictAndKeepsItsInput(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		old := wishFor(t, w, demo.BramleyAccount, demo.Advanced, 70)
		if _, err := w.ModifyPlan(ctx, w.Actor(t, demo.Ines), demo.BramleyAccount, wishFor(t, w, demo.BramleyAccount, "", 55)); err != nil {
			t.Fatal(err)
		}

		old.FormKey = "another form"
		desk, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, old)

		if !models.IsProblem(err, models.Conflict) {
			t.Fatalf("got %v, want a conflict", err)
		}
		if desk.Wish.Seats != 70 || desk.Subscription.Seats != 55 || desk.Wish.Version != desk.Subscription.Version {
			t.Errorf("the form comes back with %d seats, of %d", desk.Wish.Seats, desk.Subscription.Seats)
		}
		if _, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, desk.Wish); err != nil {
			t.Error("applying again: ", err)
		}
	})
}

func TestAPlanThatWasEditedMeanwhileIsReadAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya, sofia := w.Actor(t, demo.Maya), w.Actor(t, demo.Sofia)
		wish := wishFor(t, w, demo.BramleyAccount, demo.Advanced, 50)
		edit, err := w.ProposeEdit(ctx, sofia, demo.Advanced)
		if err != nil {
			t.Fatal(err)
		}
		edit.Wish.Price, edit.Wish.FormKey = "9.99", "an edit"
		if _, err := w.EditPlan(ctx, sofia, demo.Advanced, edit.Wish); err != nil {
			t.Fatal(err)
		}

		desk, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, wish)

		if !models.IsProblem(err, models.Conflict) || desk.Impact.MonthlyAfter.Minor != 50*999 {
			t.Fatalf("got %v at %v", err, desk.Impact.MonthlyAfter)
		}
		if _, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, desk.Wish); err != nil {
			t.Error("applying the new price: ", err)
		}
	})
}

func TestTheSameFormSentManyTimesModifiesOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya, wish := w.Actor(t, demo.Maya), wishFor(t, w, demo.BramleyAccount, demo.Advanced, 51)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, wish); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		o, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}
		times := 0
		for _, e := range o.History {
			if e.Kind == models.PlanModified && e.Detail.Seats == 51 {
				times++
			}
		}
		if times != 1 || o.Subscription.Seats != 51 {
			t.Errorf("modified %d times, %d seats", times, o.Subscription.Seats)
		}
		w.Sound(t)
	})
}

func TestFewerSeatsThanAgentsHaveToBeMeant(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya, wish := w.Actor(t, demo.Maya), wishFor(t, w, demo.BramleyAccount, "", 40)
		desk, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, wish)
		if !models.IsProblem(err, models.Invalid) || len(desk.Without) != 2 || desk.Without[0].DeviceName != "SERVER-NEW" || desk.Without[1].DeviceName != "XRAY-VIEW" {
			t.Fatalf("got %v with %v", err, desk.Without)
		}
		wish.AcceptOver = true
		if _, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, wish); err != nil {
			t.Fatal(err)
		}
		o, _ := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if o.Subscription.Seats != 40 || o.Agents.Total != 42 {
			t.Errorf("%d agents on %d seats", o.Agents.Total, o.Subscription.Seats)
		}
	})
}

func TestWhoMayNotModifyIsTold(t *testing.T) {
	w := portaltest.New(t)
	for _, id := range []string{demo.Priya, demo.Luca, demo.Greta, demo.Helen} {
		_, err := w.ModifyPlan(ctx, w.Actor(t, id), demo.BramleyAccount, models.Modification{})
		if !models.IsProblem(err, models.Forbidden) {
			t.Errorf("%s got %v", id, err)
		}
	}
}
