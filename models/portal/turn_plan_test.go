package portal_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
)

// turning is the wish to take a turn with everything that its form asks for.
func turning(t testing.TB, w *portaltest.World, account string, turn models.Turn) models.TurnWish {
	t.Helper()
	desk, err := w.ProposeTurn(ctx, w.Actor(t, demo.Maya), account, models.TurnWish{Turn: turn})
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.Turn, wish.Why, wish.TypedID = turn, turn.Reasons()[0], account
	return wish
}

// verb is what takes a turn.
func verb(p *portal.Portal, turn models.Turn) func(models.Actor, string, models.TurnWish) (models.TurnDesk, error) {
	return func(who models.Actor, account string, wish models.TurnWish) (models.TurnDesk, error) {
		switch turn {
		case models.Suspend:
			return p.SuspendPlan(ctx, who, account, wish)
		case models.Resume:
			return p.ResumePlan(ctx, who, account, wish)
		case models.Restore:
			return p.RestorePlan(ctx, who, account, wish)
		}
		return p.CancelPlan(ctx, who, account, wish)
	}
}

func take(t testing.TB, w *portaltest.World, account string, turn models.Turn) models.AccountOverview {
	t.Helper()
	if _, err := verb(w.Portal, turn)(w.Actor(t, demo.Maya), account, turning(t, w, account, turn)); err != nil {
		t.Fatalf("%s: %v", turn, err)
	}
	return opened(t, w, account)
}

func opened(t testing.TB, w *portaltest.World, account string) models.AccountOverview {
	t.Helper()
	o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), account)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestASuspendedAccountRefusesChangesAndKeepsItsAgents(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		before := opened(t, w, demo.BramleyAccount)
		reassign := agreeing(propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced))
		modify := wishFor(t, w, demo.BramleyAccount, demo.Advanced, 60)

		o := take(t, w, demo.BramleyAccount, models.Suspend)

		if o.State() != models.Suspended || o.Agents != before.Agents || o.EnrolmentKey != before.EnrolmentKey || o.Subscription.EndsOn != before.Subscription.EndsOn {
			t.Errorf("%s, %+v", o.State(), o)
		}
		if e := o.History[0]; e.Kind != models.PlanSuspended || e.ActorID != demo.Maya || e.Detail.Why != models.WhyUnpaid || e.Detail.Agents != 42 {
			t.Errorf("the history says %+v", e)
		}
		joining := device(1)
		joining.Key = keyOf(t, demo.BramleyAccount)
		_, err := w.EnrolAgent(ctx, joining, "r-1")
		wantRefused(t, err, models.PlanNotWorking)
		if _, err := w.CheckIn(ctx, portaltest.AgentToken("G-204180001"), "r-2", models.CheckIn{Sequence: 1_000_000}); err != nil {
			t.Errorf("an agent that reports: %v", err)
		}
		if _, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, modify); !models.IsProblem(err, models.Conflict) {
			t.Errorf("modifying: %v", err)
		}
		if _, _, err := w.ReassignPlan(ctx, maya, demo.BramleyAccount, reassign); !models.IsProblem(err, models.Conflict) {
			t.Errorf("reassigning: %v", err)
		}

		o = take(t, w, demo.BramleyAccount, models.Resume)

		if o.State() != models.Active || o.Agents.Total != 42 || o.History[0].Kind != models.PlanResumed {
			t.Errorf("%s with %d agents, %+v", o.State(), o.Agents.Total, o.History[0])
		}
		enrolOn(t, w.Portal, demo.BramleyAccount, 1)
		w.Sound(t)
	})
}

func TestACancelledPlanCanBeTakenBackForThreeDays(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		o := take(t, w, demo.BramleyAccount, models.CancelNow)
		if e := o.History[0]; o.State() != models.Cancelled || e.Kind != models.PlanCancelled || e.Detail.Charge != -907_89 || e.Detail.Currency != "EUR" {
			t.Errorf("%s, %+v", o.State(), e)
		}
		w.Pass(71 * time.Hour)
		o = take(t, w, demo.BramleyAccount, models.Restore)
		if e := o.History[0]; o.State() != models.Active || o.Subscription.EndsOn != "2026-11-30" || e.Kind != models.PlanRestored || e.Detail.Charge != 907_89 {
			t.Errorf("%s to %s, %+v", o.State(), o.Subscription.EndsOn, e)
		}
		take(t, w, demo.BramleyAccount, models.CancelNow)
		w.Pass(72 * time.Hour)
		_, err := w.RestorePlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, turning(t, w, demo.BramleyAccount, models.Restore))
		if !models.IsProblem(err, models.Conflict) || opened(t, w, demo.BramleyAccount).State() != models.Cancelled {
			t.Errorf("after 72 hours: %v", err)
		}
		w.Sound(t)
	})
}

func TestAPlanThatIsCancelledAtItsEndWorksUntilThen(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		o := take(t, w, demo.BramleyAccount, models.CancelAtEnd)
		e := o.History[0]
		if o.State() != models.Active || o.Subscription.Renews || e.Kind != models.PlanCancelled || e.Detail.Renews == nil || e.Detail.Charge != 0 {
			t.Errorf("%s, renews %v, %+v", o.State(), o.Subscription.Renews, e)
		}
		desk, err := w.ProposeTurn(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, models.TurnWish{Turn: models.CancelAtEnd})
		if err != nil || desk.Problem != nil || desk.Wish.Turn != models.CancelNow {
			t.Errorf("the page offers %s: %v %v", desk.Wish.Turn, err, desk.Problem)
		}
		w.Sound(t)
	})
}

func TestAnOldFormOfATurnKeepsTheReasonAndAsksAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		old := turning(t, w, demo.BramleyAccount, models.CancelNow)
		old.Note = "They wrote on Monday."
		if _, err := w.ModifyPlan(ctx, w.Actor(t, demo.Ines), demo.BramleyAccount, wishFor(t, w, demo.BramleyAccount, "", 55)); err != nil {
			t.Fatal(err)
		}
		desk, err := w.CancelPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, old)
		if !models.IsProblem(err, models.Conflict) || desk.Wish.Note != old.Note || desk.Wish.Why != old.Why || desk.Wish.TypedID != "" {
			t.Fatalf("%v, and the form comes back as %+v", err, desk.Wish)
		}
		desk.Wish.TypedID = demo.BramleyAccount
		if _, err := w.CancelPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, desk.Wish); err != nil {
			t.Error("once more: ", err)
		}
	})
}

func TestTwentyParallelCancellationsAreOneEvent(t *testing.T) {
	for name, keyOf := range map[string]func(int) string{
		"one form":     func(int) string { return "the form" },
		"twenty forms": func(i int) string { return fmt.Sprint("form ", i) },
	} {
		t.Run(name, func(t *testing.T) {
			portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
				maya, wish := w.Actor(t, demo.Maya), turning(t, w, demo.BramleyAccount, models.CancelNow)
				var all sync.WaitGroup
				var won atomic.Int32
				for i := range 20 {
					all.Go(func() {
						mine := wish
						mine.FormKey = keyOf(i)
						_, err := w.CancelPlan(ctx, maya, demo.BramleyAccount, mine)
						if err == nil {
							won.Add(1)
						} else if !models.IsProblem(err, models.Conflict) {
							t.Error(err)
						}
					})
				}
				all.Wait()
				want := map[string]int32{"one form": 20, "twenty forms": 1}[name]
				times := 0
				for _, e := range opened(t, w, demo.BramleyAccount).History {
					if e.Kind == models.PlanCancelled {
						times++
					}
				}
				if times != 1 || won.Load() != want {
					t.Errorf("%d events, %d went through, want 1 and %d", times, won.Load(), want)
				}
				w.Sound(t)
			})
		})
	}
}

func TestWhoMayNotTakeATurnIsTold(t *testing.T) {
	w := portaltest.New(t)
	for turn, may := range map[models.Turn]map[string]bool{
		models.Suspend:   {demo.Maya: true, demo.Ines: true, demo.Tom: true},
		models.Resume:    {demo.Maya: true, demo.Ines: true, demo.Tom: true},
		models.CancelNow: {demo.Maya: true, demo.Ines: true},
		models.Restore:   {demo.Maya: true, demo.Ines: true},
	} {
		for _, id := range []string{demo.Maya, demo.Ines, demo.Tom, demo.Priya, demo.Greta, demo.Helen} {
			who := w.Actor(t, id)
			_, err := verb(w.Portal, turn)(who, demo.BramleyAccount, models.TurnWish{})
			_, asked := w.ProposeTurn(ctx, who, demo.BramleyAccount, models.TurnWish{Turn: turn})
			if forbidden := models.IsProblem(err, models.Forbidden); forbidden == may[id] || models.IsProblem(asked, models.Forbidden) != forbidden {
				t.Errorf("%s by %s: %v, and the page says %v", turn, id, err, asked)
			}
		}
	}
}

func TestAPlanThatWasCancelledBeforeItBeganCanStillBeReplaced(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		gone := take(t, w, demo.AwaitingAccount, models.CancelNow)
		if e := gone.History[0]; gone.State() != models.Cancelled || e.Detail.Charge != 0 {
			t.Errorf("%s, %+v", gone.State(), e)
		}
		w.Pass(100 * time.Hour)
		result, _, err := w.ReassignPlan(ctx, maya, demo.AwaitingAccount, propose(t, w, demo.Maya, demo.AwaitingAccount, demo.Advanced).Wish)
		if err != nil || result != demo.AwaitingAccount {
			t.Fatalf("%s: %v", result, err)
		}
		if o := opened(t, w, demo.AwaitingAccount); o.State() != models.AwaitingSignIn || o.Terms.Name != "Endpoint Advanced" {
			t.Errorf("%s on %s", o.State(), o.Terms.Name)
		}
		w.Sound(t)
	})
}
