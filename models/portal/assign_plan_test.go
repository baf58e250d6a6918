package portal_test

import (
	"slices"
	"sync"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func first(plan string, seats int) models.Assignment {
	return models.Assignment{PlanKey: plan, Seats: seats, Note: "Ordered by telephone.", FormKey: "form of " + plan}
}

func TestTheFirstPlanGeneratesAnAccount(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		for plan, want := range map[string]models.State{
			demo.Standard: models.AwaitingSignIn, demo.MailStandard: models.AwaitingSignIn,
		} {
			id, _, err := w.AssignPlan(ctx, maya, demo.CustomerWithoutAccount, first(plan, 12))
			if err != nil {
				t.Fatal(err)
			}
			o, err := w.OpenAccount(ctx, maya, id)
			if err != nil {
				t.Fatal(err)
			}
			if o.State() != want || o.Subscription.Seats != 12 || o.Account.CustomerID != demo.CustomerWithoutAccount || o.EnrolmentKey.Whole == "" || o.Account.ProposalID != nil {
				t.Errorf("%s: %s on %+v", plan, o.State(), o.Account)
			}
			if e := o.History[0]; e.Kind != models.AccountCreated || e.Detail.Seats != 12 || e.Detail.Note != "Ordered by telephone." {
				t.Errorf("the history says %+v", e)
			}
		}
		w.Sound(t)
	})
}

func TestAFirstPlanBeginsAtOnceOrOnItsDay(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		now, _, err := w.AssignPlan(ctx, maya, demo.CustomerWithoutAccount, first(demo.Instant, 3))
		if err != nil {
			t.Fatal(err)
		}
		if o, _ := w.OpenAccount(ctx, maya, now); o.State() != models.Active || !o.Account.Activated() {
			t.Errorf("%s", o.State())
		}
		wish := first(demo.Dated, 3)
		wish.StartsOn = "2026-04-01"
		later, _, err := w.AssignPlan(ctx, maya, create(t, w, demo.Ines, harbour()), wish)
		if err != nil {
			t.Fatal(err)
		}
		if o, _ := w.OpenAccount(ctx, maya, later); o.State() != models.Scheduled || o.Account.Activated() || o.Subscription.EndsOn != "2027-03-31" {
			t.Errorf("%s to %s", o.State(), o.Subscription.EndsOn)
		}
		w.Sound(t)
	})
}

func TestAFamilyThatIsThereAlreadyLeadsAway(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		for _, c := range []struct {
			when, customer, plan string
			reason               models.Reason
			instead              models.Instead
			account              string
		}{
			{"activated", demo.Bramley, demo.Advanced, models.BecauseActivated, models.InsteadModify, demo.BramleyAccount},
			{"the same plan", demo.Bramley, demo.Standard, models.BecauseSame, models.InsteadModify, demo.BramleyAccount},
			{"another data center", demo.Bramley, demo.AdvancedUS, models.BecauseDataCenter, models.InsteadNothing, demo.BramleyAccount},
			{"never activated", "C-1003", demo.Advanced, models.BecauseNotActivated, models.InsteadNothing, demo.AwaitingAccount},
			{"a trial", "C-1026", demo.Standard, models.BecauseTrial, models.InsteadConvert, demo.TrialActive},
			{"ended", demo.QuarryAndSons, demo.Advanced, models.BecauseEnded, models.InsteadRenew, demo.EndedAccount},
			{"cancelled", "C-1013", demo.Advanced, models.BecauseEnded, models.InsteadRenew, demo.CancelledAccount},
			{"suspended", "C-1011", demo.Standard, models.BecauseSuspended, models.InsteadNothing, demo.SuspendedAccount},
			{"reassigned before: its successor", demo.SandpiperCustomer, demo.Standard, models.BecauseNotActivated, models.InsteadNothing, demo.SuccessorAccount},
		} {
			_, desk, err := w.AssignPlan(ctx, maya, c.customer, first(c.plan, 10))
			if !models.IsProblem(err, models.Conflict) || desk.Beside == nil || desk.Ruling.Reason != c.reason || desk.Ruling.Advisory.Instead != c.instead {
				t.Errorf("%s: %v, %+v", c.when, err, desk.Ruling)
				continue
			}
			if desk.Beside.Account.ID != c.account {
				t.Errorf("%s: beside %s", c.when, desk.Beside.Account.ID)
			}
		}
		w.Sound(t)
	})
}

func TestAPurgedOrClosedAccountLeavesRoomForAFirstPlan(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, customer := range []string{"C-1033", "C-1034"} {
			id, _, err := w.AssignPlan(ctx, w.Actor(t, demo.Maya), customer, models.Assignment{PlanKey: demo.Standard, Seats: 5})
			if err != nil || id == "" {
				t.Errorf("%s: %v", customer, err)
			}
		}
		w.Sound(t)
	})
}

func TestTheCatalogueMarksWhatIsThere(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		desk, err := w.ProposeAssignment(ctx, w.Actor(t, demo.Maya), demo.Bramley, models.Assignment{})
		if err != nil || desk.Beside != nil {
			t.Fatal(err)
		}
		var sold []string
		for _, c := range desk.Choices {
			sold = append(sold, c.Plan.Key)
			if endpoint := c.Product.Family == "endpoint"; endpoint != (c.Held != nil && c.Held.Account.ID == demo.BramleyAccount) {
				t.Errorf("%s: %+v", c.Plan.Key, c.Held)
			}
		}
		for _, not := range []string{demo.Elite, demo.Basic, demo.Lite} {
			if slices.Contains(sold, not) {
				t.Errorf("%s is offered", not)
			}
		}
		if !slices.Contains(sold, demo.Standard) || !slices.Contains(sold, demo.VaultPlan) {
			t.Errorf("%v", sold)
		}
	})
}

func TestTwentyWhoAssignAtOnceMakeOneAccount(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		var all sync.WaitGroup
		var mu sync.Mutex
		var made []string
		for i := range 20 {
			wish := first([]string{demo.Standard, demo.Advanced}[i%2], 5+i)
			wish.FormKey = "" // different people, different forms
			all.Go(func() {
				id, desk, err := w.AssignPlan(ctx, maya, demo.CustomerWithoutAccount, wish)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					made = append(made, id)
				case !models.IsProblem(err, models.Conflict) || desk.Beside == nil:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if len(made) != 1 {
			t.Errorf("%d accounts: %v", len(made), made)
		}
		f, _ := w.OpenCustomer(ctx, maya, demo.CustomerWithoutAccount)
		if len(f.Accounts) != 1 {
			t.Errorf("the customer has %d accounts", len(f.Accounts))
		}
		w.Sound(t)
	})
}

func TestADoubleClickAssignsOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		one, _, err := w.AssignPlan(ctx, maya, demo.CustomerWithoutAccount, first(demo.Standard, 5))
		two, _, again := w.AssignPlan(ctx, maya, demo.CustomerWithoutAccount, first(demo.Standard, 5))
		if err != nil || again != nil || one != two {
			t.Errorf("%s and %s, %v and %v", one, two, err, again)
		}
	})
}

func TestNobodyAssignsBeyondTheirReach(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, c := range []struct{ who, customer string }{
			{demo.Maya, demo.TidewaterCustomer}, {demo.Maya, demo.KestrelCustomer}, {demo.Callum, demo.Bramley}, {demo.Ada, demo.Bramley}, {demo.Sofia, demo.KestrelCustomer},
		} {
			if _, _, err := w.AssignPlan(ctx, w.Actor(t, c.who), c.customer, first(demo.MailStandard, 5)); !models.IsProblem(err, models.NotFound) {
				t.Errorf("%s on %s: %v", c.who, c.customer, err)
			}
		}
		for _, id := range []string{demo.Priya, demo.Luca, demo.Greta, demo.Helen} {
			if _, _, err := w.AssignPlan(ctx, w.Actor(t, id), demo.Bramley, first(demo.MailStandard, 5)); !models.IsProblem(err, models.Forbidden) {
				t.Errorf("%s: %v", id, err)
			}
		}
	})
}

func TestPlansThatCannotBeHadAreRefusedInWords(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		said := map[string]string{}
		for _, plan := range []string{"", "no-such-plan", demo.Elite, demo.Basic, demo.Lite, demo.VaultPlan} {
			_, _, err := w.AssignPlan(ctx, w.Actor(t, demo.Maya), demo.CustomerWithoutAccount, first(plan, 5))
			p, ok := models.ProblemIn(err)
			if !ok || p.Kind != models.Invalid || p.Fields[0].Field != "plan" {
				t.Errorf("%s: %v", plan, err)
				continue
			}
			said[plan] = p.Fields[0].Message
		}
		// Sable's plans have keys of their own there; to Kestrel one of Northgate's is as one that is not.
		_, _, err := w.AssignPlan(ctx, w.Actor(t, demo.Ada), demo.KestrelCustomer, first(demo.MailStandard, 5))
		if p, ok := models.ProblemIn(err); !ok || p.Fields[0].Message != said["no-such-plan"] {
			t.Errorf("a foreign plan: %v", err)
		}
	})
}
