package portal_test

import (
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func retire(t testing.TB, w *portaltest.World, who models.Actor, account string) (models.RetireDesk, error) {
	t.Helper()
	desk, err := w.ProposeRetirement(ctx, who, account, models.UndoWish{})
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.Why = models.WhyMistake
	return w.RetireAccount(ctx, who, account, wish)
}

func TestAnEmptyAccountIsRetiredAndItsPlanMoves(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		old, empty := opened(t, w, demo.BramleyAccount), opened(t, w, next)
		if _, err := retire(t, w, who, next); err != nil {
			t.Fatal(err)
		}
		after, gone := opened(t, w, demo.BramleyAccount), opened(t, w, next)
		s := after.Subscription
		if after.Terms.Name != empty.Terms.Name || s.Seats != empty.Subscription.Seats || s.EndsOn != empty.Subscription.EndsOn || s.ID != old.Subscription.ID {
			t.Errorf("the plan became %s, %+v", after.Terms.Name, s)
		}
		if after.Account.Replaced() || after.Agents != old.Agents || after.EnrolmentKey != old.EnrolmentKey {
			t.Errorf("the account with the agents is %+v, %+v", after.Account, after.Agents)
		}
		if gone.Account.Open() || gone.State() != models.Cancelled {
			t.Errorf("the empty account is %+v, %s", gone.Account, gone.State())
		}
		for _, account := range []string{demo.BramleyAccount, next} {
			if last := lastEvent(t, w, account); last.Kind != models.AccountRetired || last.Detail.Why != models.WhyMistake || last.ProposalID == "" {
				t.Errorf("recorded %+v", last)
			}
		}
		if lastEvent(t, w, next).Detail.Charge >= 0 {
			t.Error("nothing was credited")
		}
		for _, o := range radar(t, w, who) {
			if strings.HasSuffix(o, next) || strings.HasSuffix(o, demo.BramleyAccount) {
				t.Errorf("the radar still shows %s", o)
			}
		}
		w.Sound(t)
		if again := reassigned(t, w, who, demo.BramleyAccount, demo.Standard); again == next {
			t.Error("the closed account came back")
		}
		w.Sound(t)
	})
}

func TestThePlanOfAnAccountThatNeverBeganLeavesTheEndAsItIs(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		before, empty := opened(t, w, demo.ReplacedAccount), opened(t, w, demo.SuccessorAccount)
		if _, err := retire(t, w, w.Actor(t, demo.Maya), demo.SuccessorAccount); err != nil {
			t.Fatal(err)
		}
		after := opened(t, w, demo.ReplacedAccount)
		if after.Subscription.EndsOn != before.Subscription.EndsOn || after.Terms.Name != empty.Terms.Name {
			t.Errorf("%s until %s", after.Terms.Name, after.Subscription.EndsOn)
		}
		w.Sound(t)
	})
}

func TestAPlanMovesToAnAccountWhoseOwnWasCancelled(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		empty := opened(t, w, next)
		take(t, w, demo.BramleyAccount, models.CancelNow)
		if _, err := retire(t, w, who, next); err != nil {
			t.Fatal(err)
		}
		after := opened(t, w, demo.BramleyAccount)
		if !after.State().Working() || after.Subscription.EndsOn != empty.Subscription.EndsOn {
			t.Errorf("%s until %s", after.State(), after.Subscription.EndsOn)
		}
		w.Sound(t)
	})
}

func TestAChainOfEmptyAccountsIsRetiredFromItsEnd(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		middle := second(t, w, who, demo.BramleyAccount)
		last := reassigned(t, w, who, middle, demo.Standard)
		if _, err := retire(t, w, who, middle); !models.IsProblem(err, models.Conflict) {
			t.Errorf("the middle of the chain: %v", err)
		}
		for _, account := range []string{last, middle} {
			if _, err := retire(t, w, who, account); err != nil {
				t.Fatalf("%s: %v", account, err)
			}
			w.Sound(t)
		}
		if a := opened(t, w, demo.BramleyAccount); a.Account.Replaced() || a.Agents.Total != 42 {
			t.Errorf("%+v, %+v", a.Account, a.Agents)
		}
	})
}

func TestWhatCannotBeRetiredSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, w *portaltest.World, who models.Actor, next string) string
		says  string
	}{
		"an agent is there": {func(t *testing.T, w *portaltest.World, _ models.Actor, next string) string {
			joins(t, w, next, "a-new-device")
			return next
		}, "has 1 agent"},
		"agents are on their way": {func(t *testing.T, w *portaltest.World, who models.Actor, next string) string {
			carry(t, w, who, demo.BramleyAccount, next)
			return next
		}, "Call that off first"},
		"nothing else has agents": {func(*testing.T, *portaltest.World, models.Actor, string) string { return demo.NoAgents }, "nothing that could keep"},
		"it was retired": {func(t *testing.T, w *portaltest.World, who models.Actor, next string) string {
			if _, err := retire(t, w, who, next); err != nil {
				t.Fatal(err)
			}
			return next
		}, "closed already"},
		"its plan is of another data center": {func(t *testing.T, w *portaltest.World, who models.Actor, _ string) string {
			return reassigned(t, w, who, demo.ExactlyFull, demo.AdvancedUS)
		}, "cannot move between data centers"},
		"the other one is suspended": {func(t *testing.T, w *portaltest.World, _ models.Actor, next string) string {
			take(t, w, demo.BramleyAccount, models.Suspend)
			return next
		}, "Resume it first"},
	} {
		t.Run(name, func(t *testing.T) {
			w := portaltest.New(t)
			who := w.Actor(t, demo.Ines)
			account := c.spoil(t, w, who, second(t, w, who, demo.BramleyAccount))
			before := opened(t, w, account)
			desk, err := retire(t, w, who, account)
			if !models.IsProblem(err, models.Conflict) || desk.Problem == nil || !strings.Contains(desk.Problem.Message, c.says) {
				t.Errorf("%v, %v", err, desk.Problem)
			}
			if after := opened(t, w, account); after.Account.Version != before.Account.Version {
				t.Error("a refused retirement changed the account")
			}
			w.Sound(t)
		})
	}
}

func TestOnlyWhoMayRetiresAndOldFormsAreAskedAgain(t *testing.T) {
	w := portaltest.New(t)
	if _, err := w.RetireAccount(ctx, w.Actor(t, demo.Tom), demo.SuccessorAccount, models.UndoWish{}); !models.IsProblem(err, models.Forbidden) {
		t.Error(err)
	}
	if _, err := w.RetireAccount(ctx, w.Actor(t, demo.Noor), demo.SuccessorAccount, models.UndoWish{}); !models.IsProblem(err, models.NotFound) {
		t.Error(err)
	}
	who := w.Actor(t, demo.Maya)
	desk, err := w.ProposeRetirement(ctx, who, demo.SuccessorAccount, models.UndoWish{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.RetireAccount(ctx, who, demo.SuccessorAccount, desk.Wish); !models.IsProblem(err, models.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	take(t, w, demo.SuccessorAccount, models.CancelNow)
	wish := desk.Wish
	wish.Why = models.WhyMistake
	if _, err := w.RetireAccount(ctx, who, demo.SuccessorAccount, wish); !models.IsProblem(err, models.Conflict) {
		t.Errorf("an old form: %v", err)
	}
	before := opened(t, w, demo.ReplacedAccount)
	if _, err := retire(t, w, who, demo.SuccessorAccount); err != nil {
		t.Fatal(err)
	}
	if after := opened(t, w, demo.ReplacedAccount); after.Subscription.Version != before.Subscription.Version || after.Account.Replaced() {
		t.Error("a plan that is over moved")
	}
	w.Sound(t)
}
