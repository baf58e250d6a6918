package models_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mooring/models"
)

// rows are what may be true of a situation, one by one: each with the ruling it leads to alone.
var rows = []struct {
	when    string
	change  change
	verdict models.Verdict
	reason  models.Reason
	instead models.Instead
}{
	{"the customer is archived", archived, models.Refused, models.BecauseArchived, models.InsteadNothing},
	{"the account is closed", closed, models.Refused, models.BecauseClosed, models.InsteadNothing},
	{"the account was reassigned before", replaced, models.Refused, models.BecauseReplaced, models.InsteadModify},
	{"the plan is suspended", suspended, models.Refused, models.BecauseSuspended, models.InsteadNothing},
	{"the target is of another family", otherFamily, models.Refused, models.BecauseOtherFamily, models.InsteadNothing},
	{"the target is not granted", notGranted, models.Refused, models.BecauseNotGranted, models.InsteadNothing},
	{"the target is retired", retired, models.Refused, models.BecauseRetired, models.InsteadModify},
	{"the target is locked", locked, models.Refused, models.BecauseLocked, models.InsteadModify},
	{"the target is what they have", samePlan, models.Refused, models.BecauseSame, models.InsteadModify},
	{"a full plan would become a trial", toATrial, models.Refused, models.BecauseDowntrial, models.InsteadModify},
	{"the policy says modify only", modifyOnly, models.Refused, models.BecauseModifyOnly, models.InsteadModify},
	{"the account was never activated", neverActivated, models.Allowed, models.BecauseNotActivated, models.InsteadNothing},
	{"the target begins with a code", byCode, models.Refused, models.BecauseCode, models.InsteadNothing},
	{"the product is on the customer's own server", onPremise, models.Refused, models.BecauseCode, models.InsteadNothing},
	{"the target needs another data center", inTheUS, models.Advised, models.BecauseDataCenter, models.InsteadNothing},
	{"the target counts by another unit", byTheMailbox, models.Advised, models.BecauseUnit, models.InsteadNothing},
	{"a trial, and the target is full", onTrial, models.Advised, models.BecauseTrial, models.InsteadConvert},
	{"the account was purged", purged, models.Allowed, models.BecausePurged, models.InsteadNothing},
	{"the plan has ended", endedOn("2025-12-31"), models.Advised, models.BecauseEnded, models.InsteadRenew},
	{"nothing else is to be said", func(*models.Situation) {}, models.Advised, models.BecauseActivated, models.InsteadModify},
}

func TestRulingOnReassignment(t *testing.T) {
	for _, c := range rows {
		t.Run(c.when, func(t *testing.T) {
			r := models.RuleOnReassignment(situationWith(c.change))
			if r.Verdict != c.verdict || r.Reason != c.reason || r.Advisory.Instead != c.instead {
				t.Errorf("%s because %s, instead %q; want %s because %s, instead %q",
					r.Verdict, r.Reason, r.Advisory.Instead, c.verdict, c.reason, c.instead)
			}
		})
	}
}

// together says which pairs of rows cannot be true at once, or do not decide by their order, and what
// decides then.
var together = map[[2]string]models.Reason{
	// A product on the customer's own server is never activated in the portal, and nobody can issue a code.
	{"the account was never activated", "the target begins with a code"}:               models.BecauseCode,
	{"the account was never activated", "the product is on the customer's own server"}: models.BecauseCode,
	// Of a purged account nothing is left that could be modified or converted.
	{"the policy says modify only", "the account was purged"}:               models.BecausePurged,
	{"the target needs another data center", "the account was purged"}:      models.BecausePurged,
	{"the target counts by another unit", "the account was purged"}:         models.BecausePurged,
	{"a trial, and the target is full", "the account was purged"}:           models.BecausePurged,
	{"the plan is suspended", "the plan has ended"}:                         models.BecauseEnded,     // the time to resume it is over
	{"the target is what they have", "the plan has ended"}:                  models.BecauseEnded,     // a new term is a change
	{"the target is what they have", "a trial, and the target is full"}:     models.BecauseTrial,     // it is another plan then
	{"a full plan would become a trial", "a trial, and the target is full"}: models.BecauseActivated, // from trial to trial
}

func TestOfTwoGroundsTheEarlierOneDecides(t *testing.T) {
	for i, earlier := range rows {
		for _, later := range rows[i+1:] {
			want, special := together[[2]string{earlier.when, later.when}]
			if !special {
				want = earlier.reason
			}
			// Whichever of the two is set first, what is set last must not undo it.
			r := models.RuleOnReassignment(situationWith(earlier.change, later.change))
			if r.Reason != want {
				t.Errorf("%s, and %s: decided because %s, want %s", earlier.when, later.when, r.Reason, want)
			}
		}
	}
}

func TestWhatTheAdvisorySaysGrowsWithTheAgents(t *testing.T) {
	for _, c := range []struct {
		agents         int
		headline, text string
	}{
		{
			0, "Reassigning would make a second account",
			"Bramley Dental Group already uses account A-20418. Assigning Endpoint Advanced as a new plan does not upgrade that account. It makes a second, empty one beside it.",
		},
		{
			1, "Reassigning would leave 1 agent behind",
			"Bramley Dental Group already uses account A-20418, and 1 agent reports to it. Assigning Endpoint Advanced as a new plan does not upgrade that account. It makes a second, empty one, and the agent stays with the first.",
		},
		{
			42, "Reassigning would leave 42 agents behind",
			"Bramley Dental Group already uses account A-20418, and 42 agents report to it. Assigning Endpoint Advanced as a new plan does not upgrade that account. It makes a second, empty one, and the agents stay with the first.",
		},
	} {
		ad := models.RuleOnReassignment(situationWith(agents(c.agents))).Advisory
		want := models.Advisory{
			Headline: c.headline, Text: c.text, Instead: models.InsteadModify,
			Better: "To give them Advanced, modify the plan they have. The account, its agents and their settings stay as they are.",
		}
		if diff := cmp.Diff(want, ad); diff != "" {
			t.Errorf("%d agents: %s", c.agents, diff)
		}
	}
}

func TestEveryAdvisoryNamesTheNumberOfAgents(t *testing.T) {
	headlines := map[int]string{
		0: "Reassigning would make a second account", 1: "Reassigning would leave 1 agent behind", 42: "Reassigning would leave 42 agents behind",
	}
	for _, row := range rows {
		for n, headline := range headlines {
			r := models.RuleOnReassignment(situationWith(row.change, agents(n)))
			if row.verdict == models.Advised && r.Advisory.Headline != headline {
				t.Errorf("%s, %d agents: %q", row.when, n, r.Advisory.Headline)
			}
		}
	}
}

func TestTheOtherWayIsOfferedInItsOwnWords(t *testing.T) {
	for _, c := range []struct {
		when        string
		change      change
		better, why string
	}{
		{"a trial", onTrial, "To give them Advanced, convert the trial in place. The account, its agents and their settings stay as they are.", ""},
		{"ended", endedOn("2025-12-31"), "To give them Advanced, renew into it. The account and its agents stay, and a new term starts today.", ""},
		{"another data center", inTheUS, "", "Endpoint Advanced runs in US, Virginia and this account in EU, Frankfurt. An account cannot move between data centers, so the plan cannot be modified into it."},
		{"another unit", byTheMailbox, "", "Endpoint Advanced counts by the mailbox and this plan by the device, so the plan cannot be modified into it."},
		{"another currency", inDollars, "", "Endpoint Advanced is priced in USD, this plan in EUR."},
	} {
		ad := models.RuleOnReassignment(situationWith(c.change)).Advisory
		if ad.Better != c.better || ad.Why != c.why {
			t.Errorf("%s: %q, %q", c.when, ad.Better, ad.Why)
		}
		if offered := ad.Instead != models.InsteadNothing; offered != (c.better != "") {
			t.Errorf("%s: instead %q", c.when, ad.Instead)
		}
	}
}

func TestWhatIsAllowedSaysWhatHappens(t *testing.T) {
	for _, c := range []struct {
		when           string
		change         change
		headline, text string
	}{
		{
			"never activated", neverActivated, "Replace Endpoint Standard before it begins",
			"Account A-20418 was never activated and no agent reports to it. It keeps its id and gets Endpoint Advanced instead of Endpoint Standard.",
		},
		{
			"purged", purged, "Endpoint Advanced begins on a new account",
			"Account A-20418 was purged after its plan ended. The plan begins on a new account, and agents must be installed again.",
		},
	} {
		r := models.RuleOnReassignment(situationWith(c.change))
		want := models.Ruling{Verdict: models.Allowed, Reason: r.Reason, Advisory: models.Advisory{Headline: c.headline, Text: c.text}}
		if diff := cmp.Diff(want, r); diff != "" {
			t.Errorf("%s: %s", c.when, diff)
		}
	}
}

func TestARefusalGivesItsReasonAndNamesWhoCanChangeIt(t *testing.T) {
	owner := "The admin of the partner that owns the plan can "
	for _, c := range []struct {
		change             change
		headline, why, who string
	}{
		{archived, "This customer is archived", "Nothing is assigned to a customer who was put away. Restore the customer first.", "An admin or account manager can restore it."},
		{closed, "This account is closed", "A closed account takes no other plan. Assign the plan to the customer instead.", ""},
		{replaced, "This account was already reassigned", "Account A-20977 was generated in its place. An account has one successor at most.", ""},
		{suspended, "This plan is suspended", "A suspended plan cannot be changed or replaced. Resume it first.", "An admin, account manager, licence manager or billing can resume it."},
		{otherFamily, "Endpoint Advanced is another product", "It would run beside this account, not replace its plan. Assign it to the customer as a plan of its own.", ""},
		{notGranted, "Endpoint Advanced is not yours to sell", "Your distributor has not granted this plan to you.", "An admin of your distributor can grant it."},
		{retired, "Endpoint Advanced is no longer sold", "A retired plan stays where it is assigned and is assigned nowhere else.", owner + "put it back on sale."},
		{locked, "Endpoint Advanced is locked", "A locked plan cannot be assigned or changed.", owner + "unlock it."},
		{samePlan, "They already have Endpoint Standard", "Assigning it again would change nothing for the better. Seats, end date and renewal are modified in place.", ""},
		{toATrial, "A full plan cannot become a trial", "Endpoint Advanced is a trial, and this customer has Endpoint Standard, a full plan.", ""},
		{modifyOnly, "Endpoint Standard can only be modified", "The policy of this plan refuses to put another plan in its place. Modify the plan to give them Advanced.", "An admin of the partner that owns the plan sets its policy."},
		{byCode, "A new plan here brings a new activation code", "The code has to be entered in the product itself, and the old code stays valid until its end. The portal does not issue codes, so it cannot do this for you.", ""},
	} {
		r := models.RuleOnReassignment(situationWith(c.change))
		if r.Verdict != models.Refused || r.Advisory.Headline != c.headline || r.Advisory.Why != c.why || r.Advisory.Who != c.who {
			t.Errorf("%s %+v", r.Verdict, r.Advisory)
		}
		if r.Asks != (models.Asks{}) {
			t.Errorf("%s: a refusal asks for %+v", r.Reason, r.Asks)
		}
	}
}

func TestWhoCanResumeIsWhoMay(t *testing.T) {
	who := models.RuleOnReassignment(situationWith(suspended)).Advisory.Who
	for _, role := range models.StaffRoles {
		may := models.Actor{Role: role}.May(models.SuspendPlans)
		if named := strings.Contains(who, string(role)); named != may {
			t.Errorf("%q and %s: named %v, may %v", who, role, named, may)
		}
	}
}

func TestModifyOnlyOffersTheTargetOnlyWhereItFits(t *testing.T) {
	why := models.RuleOnReassignment(situationWith(modifyOnly, inTheUS)).Advisory.Why
	if want := "The policy of this plan refuses to put another plan in its place."; why != want {
		t.Errorf("%q, want %q", why, want)
	}
}

func TestTheConfirmationGrowsWithWhatIsAtStake(t *testing.T) {
	built := models.DefaultPolicy(false)
	tens := built
	tens.SecondPersonFrom = 10
	lenient := tens
	lenient.TypedIDFrom = 5
	for _, c := range []struct {
		policy models.Policy
		agents int
		want   models.Asks
	}{
		{built, 0, models.Asks{Reason: true}},
		{built, 1, models.Asks{Reason: true, TypedID: true}},
		{built, 100_000, models.Asks{Reason: true, TypedID: true}},
		{tens, 0, models.Asks{Reason: true}},
		{tens, 9, models.Asks{Reason: true, TypedID: true}},
		{tens, 10, models.Asks{Reason: true, TypedID: true, SecondPerson: true}},
		{lenient, 4, models.Asks{Reason: true}},
		{lenient, 5, models.Asks{Reason: true, TypedID: true}},
		{models.Policy{}, 0, models.Asks{Reason: true}},
		{models.Policy{}, 1, models.Asks{Reason: true, TypedID: true}},
	} {
		s := situationWith(agents(c.agents))
		s.Terms.Policy = c.policy
		if got := models.RuleOnReassignment(s).Asks; got != c.want {
			t.Errorf("%d agents under %+v: %+v, want %+v", c.agents, c.policy, got, c.want)
		}
	}
}

func TestATermThatCanBeRenewedIsRenewed(t *testing.T) {
	for _, c := range []struct {
		when   string
		change change
		want   models.Reason
	}{
		{"in grace it still works", endedOn("2026-03-01"), models.BecauseActivated},
		{"locked", endedOn("2026-02-01"), models.BecauseEnded},
		{"ended", endedOn("2025-12-31"), models.BecauseEnded},
		{"cancelled", cancelled, models.BecauseEnded},
	} {
		if got := models.RuleOnReassignment(situationWith(c.change)); got.Reason != c.want {
			t.Errorf("%s: because %s, want %s", c.when, got.Reason, c.want)
		}
	}
}

// Whatever way an advisory offers instead is open: the modification it leads to is not refused.
func TestWhatAnAdvisoryOffersInsteadWorks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := bramley()
		for _, row := range rows {
			if rapid.IntRange(0, 5).Draw(t, row.when) == 0 {
				row.change(&s)
			}
		}
		if rapid.Bool().Draw(t, "dollars") {
			inDollars(&s)
		}
		r := models.RuleOnReassignment(s)
		if r.Verdict != models.Advised || r.Advisory.Instead == models.InsteadNothing {
			return
		}
		wish := models.Modification{Seats: 60, Term: models.RestartTerm}
		if r.Advisory.Instead == models.InsteadModify {
			wish.Term = models.KeepTerm
		}
		if _, err := models.RuleOnModification(s, wish); err != nil {
			t.Errorf("because %s, instead %s; but %v", r.Reason, r.Advisory.Instead, err)
		}
	})
}

func TestWhatFitsInPlaceCanBeModifiedInto(t *testing.T) {
	for _, c := range []struct {
		when   string
		change change
		want   bool
	}{
		{"the same family, data center, unit and currency", func(*models.Situation) {}, true},
		{"another family", otherFamily, false},
		{"another data center", inTheUS, false},
		{"another unit", byTheMailbox, false},
		{"another currency", inDollars, false},
		{"a trial", toATrial, false},
		{"a code", byCode, false},
		{"the customer's own server", onPremise, false},
		{"another beginning, once it has begun", func(s *models.Situation) { s.Target.Terms.Activation = models.AtOnce }, true},
		{"another beginning before it", func(s *models.Situation) { neverActivated(s); s.Target.Terms.Activation = models.AtOnce }, false},
	} {
		s := situationWith(c.change)
		_, err := models.RuleOnModification(s, models.Modification{Seats: 50, Term: models.KeepTerm})
		if fits := models.FitsInPlace(s, s.Target); fits != c.want || fits != (err == nil) {
			t.Errorf("%s: fits %v, modifying says %v", c.when, fits, err)
		}
	}
}

func ExampleRuleOnReassignment() {
	r := models.RuleOnReassignment(bramley())
	fmt.Println(r.Verdict)
	fmt.Println(r.Advisory.Headline)
	fmt.Println(r.Advisory.Better)
	// Output:
	// advised against
	// Reassigning would leave 42 agents behind
	// To give them Advanced, modify the plan they have. The account, its agents and their settings stay as they are.
}
