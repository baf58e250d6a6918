package portal_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// agreeing is the wish to reassign all the same, with everything that was asked for.
func agreeing(desk models.ReassignmentDesk) models.Reassignment {
	wish := desk.Wish
	wish.Why, wish.Note, wish.TypedID = models.WhySplit, "Helen asked for a second company account.", desk.Account.ID
	return wish
}

func propose(t *testing.T, w *portaltest.World, who, account, plan string) models.ReassignmentDesk {
	t.Helper()
	desk, err := w.ProposeReassignment(ctx, w.Actor(t, who), account, models.Reassignment{PlanKey: plan})
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

func TestReassigningGeneratesANewAccountAndLeavesTheAgents(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		before, _ := w.OpenAccount(ctx, maya, demo.BramleyAccount)

		result, _, err := w.ReassignPlan(ctx, maya, demo.BramleyAccount, agreeing(propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced)))
		if err != nil {
			t.Fatal(err)
		}

		if result != demo.BramleySuccessor {
			t.Errorf("generated %s, held was %s", result, demo.BramleySuccessor)
		}
		r, err := w.OpenReassigned(ctx, maya, result)
		if err != nil {
			t.Fatal(err)
		}
		if r.Old.Agents != 42 || r.New.Agents != 0 || r.New.Terms.Name != "Endpoint Advanced" || r.New.Subscription.Seats != 50 {
			t.Errorf("old %d agents, new %d agents on %s", r.Old.Agents, r.New.Agents, r.New.Terms.Name)
		}
		if r.EnrolmentKey.Ending == before.EnrolmentKey.Ending || r.EnrolmentKey.Whole == "" {
			t.Errorf("the new key is %+v", r.EnrolmentKey)
		}
		old, _ := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if !old.Account.Replaced() || *old.Account.ReplacedByID != result || old.State() != models.Active || old.EnrolmentKey != before.EnrolmentKey {
			t.Errorf("the old account is %+v, %s", old.Account, old.State())
		}
		if e := old.History[0]; e.Kind != models.AccountReplaced || e.Detail.Agents != 42 || e.Detail.Other != result || e.ProposalID == "" {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

func TestTwoTabsShareOneProposal(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		one := propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced)
		two := propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced)
		if one.Proposal.ID == "" || one.Proposal.ID != two.Proposal.ID {
			t.Errorf("two tabs, proposals %q and %q", one.Proposal.ID, two.Proposal.ID)
		}
		other := propose(t, w, demo.Ines, demo.BramleyAccount, demo.Advanced)
		if other.Proposal.ID == one.Proposal.ID {
			t.Error("two people share one proposal")
		}
	})
}

func TestMissingInputIsNamedAndChangesNothing(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced).Wish
		wish.Note, wish.TypedID = "too short", "A-20419"
		_, desk, err := w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, wish)
		p, ok := models.ProblemIn(err)
		if !ok || p.Kind != models.Invalid || len(p.Fields) != 3 {
			t.Fatalf("got %v", err)
		}
		if desk.Wish.Note != "too short" || desk.Proposal.NewAccountID != demo.BramleySuccessor {
			t.Errorf("the page comes back with %+v", desk.Wish)
		}
		w.Sound(t)
	})
}

func TestMovedFactsAreNotExecuted(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		wish := agreeing(propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced))
		if _, err := w.ModifyPlan(ctx, maya, demo.BramleyAccount, wishFor(t, w, demo.BramleyAccount, "", 55)); err != nil {
			t.Fatal(err)
		}

		_, desk, err := w.ReassignPlan(ctx, maya, demo.BramleyAccount, wish)

		if !models.IsProblem(err, models.Conflict) {
			t.Fatalf("got %v, want a conflict", err)
		}
		if !strings.Contains(strings.Join(desk.Changed, " "), "55 seats now, it had 50") {
			t.Errorf("changed: %v", desk.Changed)
		}
		if desk.Wish.TypedID != "" || desk.Wish.Note != wish.Note || desk.Wish.Why != wish.Why {
			t.Errorf("the form comes back with %+v", desk.Wish)
		}
		o, _ := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if o.Account.Replaced() {
			t.Error("the account was reassigned all the same")
		}
		again := desk.Wish
		again.TypedID = demo.BramleyAccount
		if _, _, err := w.ReassignPlan(ctx, maya, demo.BramleyAccount, again); err != nil {
			t.Error("confirming the new facts: ", err)
		}
		w.Sound(t)
	})
}

func TestAnOldProposalIsReadAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := agreeing(propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced))
		w.Pass(16 * time.Minute)
		_, desk, err := w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, wish)
		if !models.IsProblem(err, models.Conflict) {
			t.Fatalf("got %v, want a conflict", err)
		}
		desk.Wish.TypedID = demo.BramleyAccount
		if _, _, err := w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, desk.Wish); err != nil {
			t.Error("confirming again: ", err)
		}
	})
}

func TestSomebodyElsesProposalIsNotAgreedTo(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := agreeing(propose(t, w, demo.Ines, demo.BramleyAccount, demo.Advanced))
		_, _, err := w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, wish)
		if !models.IsProblem(err, models.Conflict) {
			t.Errorf("got %v", err)
		}
	})
}

func TestFiftyConfirmationsOfOneProposalHaveOneWinner(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 2
	}
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		accounts := append([]string{demo.BramleyAccount}, advisedAgainst(t, w, rounds-1)...)
		if len(accounts) < rounds {
			t.Fatalf("only %d accounts to reassign", len(accounts))
		}
		for _, account := range accounts {
			race(t, w, account)
		}
		w.Sound(t)
	})
}

func race(t *testing.T, w *portaltest.World, account string) {
	t.Helper()
	maya, wish := w.Actor(t, demo.Maya), agreeing(propose(t, w, demo.Maya, account, demo.Advanced))
	var mu sync.Mutex
	results := map[string]int{}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			result, _, err := w.ReassignPlan(ctx, maya, account, wish)
			if err != nil {
				t.Errorf("%s: %v", account, err)
			}
			mu.Lock()
			results[result]++
			mu.Unlock()
		})
	}
	all.Wait()
	if len(results) != 1 {
		t.Errorf("%s: everybody should see one account, got %v", account, results)
	}
}

func TestTwoPeopleAtOnceHaveOneWinner(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wishes := map[string]models.Reassignment{
			demo.Maya: agreeing(propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced)),
			demo.Ines: agreeing(propose(t, w, demo.Ines, demo.BramleyAccount, demo.AdvancedMail)),
		}
		var mu sync.Mutex
		won, told := 0, 0
		var all sync.WaitGroup
		for id, wish := range wishes {
			who := w.Actor(t, id)
			all.Go(func() {
				_, desk, err := w.ReassignPlan(ctx, who, demo.BramleyAccount, wish)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case models.IsProblem(err, models.Conflict) && desk.Result != "" && desk.ResultBy != "":
					told++
				default:
					t.Errorf("%s got %v, result %q", id, err, desk.Result)
				}
			})
		}
		all.Wait()
		if won != 1 || told != 1 {
			t.Errorf("%d won, %d were told", won, told)
		}
		w.Sound(t)
	})
}

func TestBeforeTheFirstActivationThePlanIsReplaced(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		desk := propose(t, w, demo.Maya, demo.AwaitingAccount, demo.Advanced)
		if desk.Ruling.Verdict != models.Allowed || desk.Proposal.ID != "" {
			t.Fatalf("ruled %s, proposal %q", desk.Ruling.Verdict, desk.Proposal.ID)
		}
		desk.Wish.FormKey = "one form"
		for range 2 { // a double click
			result, _, err := w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.AwaitingAccount, desk.Wish)
			if err != nil || result != demo.AwaitingAccount {
				t.Fatalf("got %s, %v", result, err)
			}
		}
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), demo.AwaitingAccount)
		if err != nil || o.Terms.Name != "Endpoint Advanced" || o.State() != models.AwaitingSignIn {
			t.Errorf("now %s, %s, %v", o.Terms.Name, o.State(), err)
		}
		w.Sound(t)
	})
}

func TestAContactsFirstSignInActivates(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		signIn(t, w, "renata@casaverde.example")
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), "A-20652")
		if err != nil || o.State() != models.Active || o.Subscription.EndsOn == "" || o.History[0].ActorName == "the portal" {
			t.Errorf("%s until %q, by %s, %v", o.State(), o.Subscription.EndsOn, o.History[0].ActorName, err)
		}
		w.Sound(t)
	})
}

func TestAPlanOnADateBeginsOnItsDay(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		o, err := w.OpenAccount(ctx, maya, demo.ScheduledAccount)
		if err != nil || o.State() != models.Scheduled {
			t.Fatalf("%s, %v", o.State(), err)
		}
		w.Pass(o.Subscription.StartsAt.Sub(w.Clock()) + time.Second)
		for i := range 2 {
			n, err := w.ActivateDuePlans(ctx)
			if err != nil || i == 0 && n == 0 || i == 1 && n != 0 {
				t.Fatalf("run %d activated %d, %v", i+1, n, err)
			}
		}
		after, _ := w.OpenAccount(ctx, maya, demo.ScheduledAccount)
		if after.State() != models.Active || after.Subscription.EndsOn != o.Subscription.EndsOn || after.Account.ActivatedAt == nil {
			t.Errorf("%s until %s, was to be %s", after.State(), after.Subscription.EndsOn, o.Subscription.EndsOn)
		}
		w.Sound(t)
	})
}

// advisedAgainst finds accounts of Halden's on Endpoint Standard that reassigning is advised against.
func advisedAgainst(t *testing.T, w *portaltest.World, n int) []string {
	t.Helper()
	maya := w.Actor(t, demo.Maya)
	var found []string
	for _, a := range demo.At(demo.Now).Accounts {
		o, err := w.OpenAccount(ctx, maya, a.ID)
		if err != nil || a.ID == demo.BramleyAccount || len(found) == n {
			continue
		}
		desk, err := w.ProposeReassignment(ctx, maya, a.ID, models.Reassignment{PlanKey: demo.Advanced})
		if err == nil && o.Terms.Name == "Endpoint Standard" && desk.Ruling.Verdict == models.Advised {
			found = append(found, a.ID)
		}
	}
	return found
}
