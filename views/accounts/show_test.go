package accounts

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func pageOf(account, who string) ShowPage {
	return ShowPage{AccountOverview: pagetest.Overview(account), Who: pagetest.Actor(who), In: pagetest.Warsaw()}
}

func shown(t *testing.T, account, who string) *goquery.Document {
	t.Helper()
	page := pageOf(account, who)
	if page.EnrolmentKey.Ending == "" {
		t.Fatalf("no account %s in the demo", account)
	}
	return pagetest.Draw(t, pagetest.Halden(), Show(page))
}

func TestTheAccountPageKeepsItsContract(t *testing.T) {
	doc := shown(t, demo.BramleyAccount, demo.Maya)
	pagetest.Has(t, doc, true,
		`body[data-page="account.overview"][data-state=default]`,
		`a[data-testid=modify-plan].btn-primary[href="/accounts/A-20418/plan"]`,
		`a[data-testid=reassign-plan][href="/accounts/A-20418/reassign"]`,
		`button[data-testid=more-actions][popovertarget=more-menu]`,
		`#more-menu[popover] a[data-testid=reassign-plan-menu][href="/accounts/A-20418/reassign"]`,
		`[data-testid=agents-summary] tr[data-testid=agent-G-204180042]`,
		`.crumbs a[href="/customers/C-1042"]`,
		`a[href="mailto:helen@bramley.example"]`,
	)
	for selector, want := range map[string]string{
		"h1":                                     "Bramley Dental Group",
		"title":                                  "Bramley Dental Group – A-20418 – Halden Partners",
		"[data-testid=account-id]":               "A-20418",
		"[data-testid=account-state]":            "Active",
		"[data-testid=plan-name]":                "Endpoint Standard",
		"[data-testid=seats]":                    "42 of 50",
		"[data-testid=agent-count]":              "42",
		"[data-testid=enrolment-key]":            "•••••-•••••-•••••-•••••-2DEWX Hidden, ending in 2DEWX",
		"[data-testid=activation]":               "On first sign-in, 3 June 2025",
		"[data-testid=other-A-20419]":            "Mail Filter 45 mailboxes, ends 30 Nov 2026 Active",
		"[data-testid=agents-summary] .legend":   "37 online 4 quiet for a week or more 1 never seen",
		"[data-testid=agent-G-204180042]":        "SERVER-NEW Servers 14.0.2 Never Never seen",
		"[data-testid=timeline] li:nth-child(2)": "Seats 45 → 50 on Endpoint Standard by you 18 Feb, 10:03",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got, want := pagetest.Text(t, doc, "[data-testid=plan-summary] dl"), "Plan Standard Endpoint, cloud service Seats used 42 of 50 8 free Term ends 30 Nov 2026 Renews by itself Price €105.00 a month, 50 × €2.10"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := pagetest.Text(t, doc, "[data-testid=standing]"), "This account is live: it was activated on first sign-in and agents report to it. To change what it has, modify the plan. Why not reassign?"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhatARoleMayNotDoOrSeeIsNotThere(t *testing.T) {
	const modify, reassign, menu = "[data-testid=modify-plan]", "[data-testid=reassign-plan]", "[data-testid=reassign-plan-menu]"
	for _, c := range []struct {
		who                        string
		modifies, reassigns, money bool
	}{
		{demo.Maya, true, true, true},
		{demo.Tom, true, false, true},
		{demo.Priya, false, false, false},
		{demo.Luca, false, false, true},
		{demo.Helen, false, false, false},
	} {
		doc := shown(t, demo.BramleyAccount, c.who)
		pagetest.Has(t, doc, c.modifies, modify, `[data-testid=standing] a[href="/accounts/A-20418/plan"]`)
		pagetest.Has(t, doc, c.reassigns, reassign, menu, `[data-testid=standing] a[href="/accounts/A-20418/reassign"]`)
		if got := strings.Contains(pagetest.Said(doc), "€"); got != c.money {
			t.Errorf("%s sees money: %v, want %v", c.who, got, c.money)
		}
	}
}

func TestAKeyThatWasNotHandedOverIsNotThere(t *testing.T) {
	page := pageOf(demo.NoAgents, demo.Luca)
	page.EnrolmentKey = models.KeySight{}
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	pagetest.Has(t, doc, false, "[data-testid=enrolment-key]")
	if said := pagetest.Text(t, doc, "[data-testid=empty-state]"); !strings.Contains(said, "which your role does not show") {
		t.Errorf("%q", said)
	}
}

func TestEveryStateIsToldInWords(t *testing.T) {
	for _, c := range []struct {
		account, state, pill string
		says                 []string
	}{
		{demo.ScheduledAccount, "scheduled", "Scheduled", []string{"Begins 1 Apr 2026", "It begins by itself on 1 April 2026"}},
		{demo.AwaitingAccount, "awaiting-sign-in", "Awaiting first sign-in", []string{"Begins when the customer first signs in", "first signs in, and the term counts from then", "Agents can enrol as soon as the account is active."}},
		{demo.AwaitingCodeAccount, "awaiting-code", "Awaiting code", []string{"Begins with its activation code", "customer’s own server"}},
		{demo.EndingAccount, "ending-soon", "Ends soon", []string{"Does not renew, in 4 days", "does not renew by itself", "To move its end"}},
		{demo.GraceAccount, "grace", "In grace", []string{"Term ended", "Everything works until", "To begin a new term, modify the plan."}},
		{demo.LockedAccount, "locked", "Locked", []string{"the account is locked", "brings everything back until"}},
		{demo.EndedAccount, "ended", "Ended", []string{"the time to bring it back as it was is over"}},
		{demo.SuspendedAccount, "suspended", "Suspended", []string{"This plan was suspended on", "has to be resumed"}},
		{demo.CancelledAccount, "cancelled", "Cancelled", []string{"This plan was cancelled on 2 March 2026", "22 agents are still enrolled"}},
		{demo.TrialActive, "default", "Active", []string{"It is a trial.", "To convert it into a full plan, modify the plan."}},
		{demo.OverRed, "default", "Active", []string{"28 of 25 3 over"}},
		{demo.ExactlyFull, "default", "Active", []string{"20 of 20 None free"}},
		{demo.NoAgents, "default", "Active", []string{"agents can report to it", "No agents yet", "give it the enrolment key"}},
	} {
		doc := shown(t, c.account, demo.Ines)
		if got := doc.Find("body").AttrOr("data-state", ""); got != c.state {
			t.Errorf("%s: data-state %q, want %q", c.account, got, c.state)
		}
		if got := pagetest.Text(t, doc, "[data-testid=account-state]"); got != c.pill {
			t.Errorf("%s: %q, want %q", c.account, got, c.pill)
		}
		for _, want := range c.says {
			if said := pagetest.Said(doc); !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %q", c.account, want, said)
			}
		}
	}
}

func TestASuspendedPlanOffersNoModification(t *testing.T) {
	doc := shown(t, demo.SuspendedAccount, demo.Ines)
	pagetest.Has(t, doc, false, "[data-testid=modify-plan]", "[data-testid=standing] a", "[data-testid=reassign-plan]", "[data-testid=suspend-plan]")
	pagetest.Has(t, doc, true, "a[data-testid=resume-plan].btn-primary[href='/accounts/A-19551/resumption']", "[data-testid=resume-plan-menu]", "[data-testid=cancel-plan]")
}

func TestAnAccountThatIsHaltedSaysSoAtItsTop(t *testing.T) {
	for account, want := range map[string]string{
		demo.SuspendedAccount: "Suspended since 6 March 2026 17 agents are without updates, and no other can enrol. “Invoices of January and February are unpaid.”",
		demo.CancelledAccount: "Cancelled on 2 March 2026 22 agents are without updates, and no other can enrol. “Moves to another supplier.”",
		demo.LockedAccount:    "Locked since its grace ended on 1 March 2026 9 agents are without updates, and no other can enrol.",
		demo.EndedAccount:     "Ended on 15 December 2025 8 agents are without updates, and no other can enrol.",
	} {
		if got := pagetest.Text(t, shown(t, account, demo.Ines), "[data-testid=account-halted]"); got != want {
			t.Errorf("%s: %q, want %q", account, got, want)
		}
	}
	pagetest.Has(t, shown(t, demo.BramleyAccount, demo.Ines), false, "[data-testid=account-halted]")
	pagetest.Has(t, shown(t, demo.ClosedAccount, demo.Ines), false, "[data-testid=account-halted]", "[data-testid=cancel-plan]")
	if said := pagetest.Text(t, shown(t, demo.CancelledAccount, demo.Ines), "[data-testid=plan-summary] dl"); !strings.Contains(said, "Price Nothing It was €46.20 a month") {
		t.Errorf("%q", said)
	}
}

func TestACancellationThatCanBeTakenBackOffersThatFirst(t *testing.T) {
	page := pageOf(demo.CancelledAccount, demo.Ines)
	at := page.AsOf.Add(-time.Hour)
	page.Subscription.CancelledAt = &at
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	pagetest.Has(t, doc, true, "a[data-testid=restore-plan].btn-primary", "[data-testid=restore-plan-menu]", "a[data-testid=modify-plan]:not(.btn-primary)")
	if said := pagetest.Text(t, doc, "[data-testid=account-halted]"); !strings.Contains(said, "can be taken back until 15 Mar 2026, 08:41.") {
		t.Errorf("%q", said)
	}
	page.Who = pagetest.Actor(demo.Tom)
	pagetest.Has(t, pagetest.Draw(t, pagetest.Halden(), Show(page)), false, "[data-testid=restore-plan]", "[data-testid=restore-plan-menu]")
}

func TestAClosedAccountOffersNothing(t *testing.T) {
	doc := shown(t, demo.ClosedAccount, demo.Ines)
	pagetest.Has(t, doc, false, "[data-testid=modify-plan]", "[data-testid=reassign-plan]", "[data-testid=reassign-plan-menu]")
	if said := pagetest.Text(t, doc, "[data-testid=standing]"); !strings.HasPrefix(said, "This account is closed.") {
		t.Errorf("%q", said)
	}
}

func TestAReplacedAccountLeadsToItsSuccessorAndBack(t *testing.T) {
	page := pageOf(demo.ReplacedAccount, demo.Maya)
	page.ReplacedBy = "Tom Reyes"
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	said := pagetest.Text(t, doc, "[data-testid=account-replaced]")
	for _, want := range []string{"Account A-20840 was generated in its place on ", "Tom Reyes reassigned the plan.", "40 agents still report here", "runs and costs until somebody ends it"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %q", want, said)
		}
	}
	pagetest.Has(t, doc, true, `a[data-testid=successor][href="/accounts/A-20840"]`, "[data-testid=modify-plan]")
	pagetest.Has(t, doc, false, "[data-testid=reassign-plan]", "[data-testid=reassign-plan-menu]")

	doc = shown(t, demo.SuccessorAccount, demo.Maya)
	pagetest.Has(t, doc, true, `a[data-testid=predecessor][href="/accounts/A-20610"]`)
	pagetest.Has(t, doc, false, "[data-testid=account-replaced]")
}

func TestALongListOfTroubleSaysHowMuchIsLeftOut(t *testing.T) {
	page := pageOf(demo.BramleyAccount, demo.Maya)
	page.Agents.Quiet, page.Agents.Total = 104, 142
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	if said := pagetest.Text(t, doc, "[data-testid=agents-summary] .small"); said != "5 of 105 that are not online" {
		t.Errorf("%q", said)
	}
}

func TestMomentsAreToldWhereTheReaderIsAndDaysWhereTheCustomerIs(t *testing.T) {
	page := pageOf(demo.BramleyAccount, demo.Maya)
	page.In = time.FixedZone("far", -11*60*60)
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	if got := pagetest.Text(t, doc, "[data-testid=activation]"); got != "On first sign-in, 3 June 2025" {
		t.Errorf("%q", got)
	}
	if got := pagetest.Text(t, doc, "[data-testid=timeline] li:nth-child(2) time"); got != "17 Feb, 22:03" {
		t.Errorf("%q", got)
	}
}

func TestEveryAccountOfTheDemoHasAPage(t *testing.T) {
	for _, a := range demo.At(demo.Now).Accounts {
		if got := pagetest.Text(t, pagetest.Draw(t, pagetest.Halden(), Show(pageOf(a.ID, demo.Maya))), "[data-testid=account-id]"); got != a.ID {
			t.Errorf("%s: %q", a.ID, got)
		}
	}
}
