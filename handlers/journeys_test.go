package handlers_test

import (
	"net/http"
	"testing"

	"mooring/handlers/browser"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

func TestReassigningAnActivatedAccountOffersModificationInstead(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Customers())
		maya.Follows("Bramley Dental Group")
		maya.Follows("A-20418")
		maya.FollowsTestID("reassign-plan")
		maya.Sees("Reassigning would leave 42 agents behind")
		maya.Chooses("Endpoint Advanced Adds device control")
		maya.Fills("Seats", "60")
		maya.Presses("Continue")
		maya.Sees("Assigning Endpoint Advanced as a new plan does not upgrade that account")
		maya.FollowsTestID("choose-modify")
		maya.Sees("Modify the plan")
		if got := maya.Value("Seats"); got != "60" {
			t.Errorf("the seats were not taken along: %q", got)
		}
		if !maya.Chosen("Endpoint Advanced Adds device control") {
			t.Error("the plan was not taken along")
		}
		maya.Presses("Apply to A-20418")
		maya.Sees("Plan modified")
		maya.Sees("Endpoint Advanced")
		if got := maya.Text("seats"); got != "42 of 60" {
			t.Errorf("seats: %q", got)
		}
		maya.Sees("Plan Endpoint Standard → Endpoint Advanced")
	})
}

func TestTheAdvisorySaysWhatStaysPossibleAfterwards(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	for _, c := range []struct{ account, short, full string }{
		{
			demo.BramleyAccount, "Afterwards the 42 agents can be carried over, and for 7 days the reassign can be undone.",
			"Afterwards the 42 agents can be carried over to A-20977, each at its next check-in. For 7 days the reassign can be undone, as long as no agent enrols in A-20977 by itself.",
		},
		{demo.OneAgent, "Afterwards the agent can be carried over, and for 7 days the reassign can be undone.", "Afterwards the agent can be carried over to"},
		{demo.NoAgents, "For 7 days afterwards the reassign can be undone.", "For 7 days the reassign can be undone, as long as no agent enrols in"},
	} {
		maya.Opens(link.Reassign(c.account))
		if got := maya.Text("afterwards"); got != c.short {
			t.Errorf("%s, before a plan is chosen: %q", c.account, got)
		}
		maya.Opens(link.ReassignTo(c.account, demo.Advanced))
		if got := maya.Text("afterwards"); got != c.short {
			t.Errorf("%s: %q", c.account, got)
		}
		maya.Sees("Nothing has changed so far. If a separate account is what you need, you can still reassign.")
		maya.Sees(c.full)
	}
}

func TestReassigningAnywayShowsBothAccounts(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.ReassignTo(demo.BramleyAccount, demo.Advanced))
		maya.Presses("Create A-20977 and reassign")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Sees("Choose why a new account is needed")
		maya.Sees("The account ID does not match. Type A-20418")
		maya.Chooses("Something else")
		maya.Fills("What is the reason, in your words?", "Helen wants a second company account.")
		maya.Fills("Type A-20418 to confirm", " a–２０418 ")
		again := maya.Clone() // a second tab with the same form
		maya.Presses("Create A-20977 and reassign")
		maya.Sees("Account A-20977 is ready")
		if maya.Text("old-agents") != "42" || maya.Text("new-agents") != "0" {
			t.Errorf("old %s agents, new %s", maya.Text("old-agents"), maya.Text("new-agents"))
		}
		again.Presses("Create A-20977 and reassign")
		again.Sees("Account A-20977 is ready")
		maya.FollowsTestID("open-old")
		maya.Sees("A-20977")
		maya.Opens(link.ReassignTo(demo.BramleyAccount, demo.Advanced))
		maya.Sees("This account was already reassigned")
		maya.Sees("Maya Kowalski")
	})
}

func TestFactsThatMovedComeBackMarked(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	maya, ines := signIn(t, site, demo.Maya), signIn(t, site, demo.Ines)
	maya.Opens(link.ReassignTo(demo.BramleyAccount, demo.Advanced))
	maya.Chooses("Part of the customer is becoming a separate company")
	maya.Fills("What is the reason, in your words?", "The practice is being sold in parts.")
	maya.Fills("Type A-20418 to confirm", "A-20418")

	ines.Opens(link.ModifyPlan(demo.BramleyAccount))
	ines.Fills("Seats", "55")
	ines.Presses("Apply to A-20418")

	maya.Presses("Create A-20977 and reassign")
	maya.SeesStatus(http.StatusConflict)
	if !maya.Has("facts-changed") {
		t.Error("nothing says that the facts changed")
	}
	maya.Sees("55 seats now, it had 50")
	if maya.Value("Type A-20418 to confirm") != "" || maya.Value("What is the reason, in your words?") == "" {
		t.Error("the reason is kept and the typed id is cleared")
	}
	maya.Fills("Type A-20418 to confirm", "A-20418")
	maya.Presses("Create A-20977 and reassign")
	maya.Sees("Account A-20977 is ready")
}

func TestTheBackButtonAfterAModificationDoesNothingTwice(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.ModifyPlan(demo.BramleyAccount))
	maya.Fills("Seats", "51")
	maya.Presses("Apply to A-20418")
	maya.Sees("Plan modified")
	maya.Back()
	maya.Presses("Apply to A-20418")
	maya.SeesStatus(http.StatusOK)
	if got := maya.Text("seats"); got != "42 of 51" {
		t.Errorf("seats: %q", got)
	}
}

func TestBadSeatsAreNamedBesideTheirFieldAndKept(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	for _, bad := range []string{"0", "-3", "1000000", "many", "12.5x", "50.5", "50.0", "1,00", "+5"} {
		maya.Opens(link.ModifyPlan(demo.BramleyAccount))
		maya.Fills("Seats", bad)
		maya.Presses("Apply to A-20418")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Sees("Enter a number of seats from 1 to 999,999.")
		if got := maya.Value("Seats"); got != bad {
			t.Errorf("typed %q, comes back as %q", bad, got)
		}
	}
}

func TestTheLivePreviewFollowsTheForm(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.ModifyPlan(demo.BramleyAccount))
	maya.Chooses("Endpoint Advanced Adds device control")
	maya.Presses("Update the preview")
	maya.Sees("€562.03")
	maya.Sees("All 42 stay connected")
	maya.Fills("Seats", "40")
	maya.Presses("Update the preview")
	maya.Sees("2 agents would be without a seat")
	maya.Sees("SERVER-NEW, never seen")
}

func TestWhoMayNotReassignIsToldWhoCan(t *testing.T) {
	w := portaltest.New(t)
	priya := signIn(t, siteOn(w), demo.Priya)
	priya.Opens(link.Account(demo.BramleyAccount))
	if priya.Has("reassign-plan") || priya.Has("modify-plan") {
		t.Error("support is offered what its role lacks")
	}
	priya.Opens(link.Reassign(demo.BramleyAccount))
	priya.SeesStatus(http.StatusForbidden)
	priya.Sees("licence manager")
}

func TestAContactSeesTheirOwnAccountAndNothingElse(t *testing.T) {
	w := portaltest.New(t)
	helen := signIn(t, siteOn(w), demo.Helen)
	helen.Opens(link.Customers())
	helen.Sees("Bramley Dental Group")
	helen.DoesNotSee("Birch Clinic")
	helen.Opens(link.Account(demo.BramleyAccount))
	helen.SeesStatus(http.StatusOK)
	helen.Opens(link.Account(demo.GraceAccount))
	helen.SeesStatus(http.StatusNotFound)
}

func TestSomebodyUnknownIsShownTheDoorAndComesBack(t *testing.T) {
	w := portaltest.New(t)
	p := browser.New(t, siteOn(w))
	p.Opens(link.Account(demo.BramleyAccount))
	p.Sees("Sign in")
	p.Fills("Email", "maya@halden.example")
	p.Fills("Password", "not this one, surely")
	p.Presses("Sign in")
	p.SeesStatus(http.StatusUnprocessableEntity)
	p.Sees("The email address or the password is not right.")
	p.Fills("Password", demo.Password)
	p.Presses("Sign in")
	if got := p.Text("account-id"); got != demo.BramleyAccount {
		t.Errorf("came back to %s, account %q", p.At(), got)
	}
	p.Presses("Sign out")
	p.Opens(link.Account(demo.BramleyAccount))
	p.Sees("Sign in")
}

func TestASeatIsReleasedAndComesBackWhenItsSoftwareEnrolsAgain(t *testing.T) {
	w := portaltest.New(t)
	p := signIn(t, demoSite(w), demo.Maya)
	p.Opens(link.AccountSeats(demo.NoneOnline))
	p.Presses("Release the chosen seats")
	p.SeesStatus(http.StatusUnprocessableEntity)
	p.Sees("Choose the agents whose seats you want back.")
	p.Chooses("MAC-004")
	p.Presses("Release the chosen seats")
	if p.Text("impact-seats") != "4 3 of 6" || p.Text("impact-agents") != "MAC-004" {
		t.Errorf("the review says %q and %q", p.Text("impact-seats"), p.Text("impact-agents"))
	}
	p.Fills("Reason for the history", "Lost on a train.")
	again := p.Clone()
	p.Presses("Release 1 seat")
	p.Sees("1 seat released.")
	again.Presses("Release 1 seat")
	again.SeesStatus(http.StatusOK)
	p.Opens(link.Account(demo.NoneOnline))
	p.Sees("MAC-004 released: its seat is free: “Lost on a train.”")
	p.Follows("See them among the released agents of " + demo.NoneOnline)
	p.Sees("by Maya Kowalski")
	if !p.Has("agent-G-207470004") || p.Text("list-count") != "1 agent" {
		t.Errorf("of the released agents: %q", p.Text("list-count"))
	}
	p.FollowsTestID("view-all")
	if p.Has("agent-G-207470004") {
		t.Error("a released agent stands among those with a seat")
	}
	w.Sound(t)

	late := signIn(t, demoSite(w), demo.Ines)
	late.Opens(link.AccountSeats(demo.NoneOnline) + "?release=chosen&agent=G-207470004")
	late.SeesStatus(http.StatusConflict)
	late.Sees("These agents have no seat here any more.")
}

func TestAnAccountThatFellSilentAfterAChangeLeadsBack(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, demoSite(w), demo.Maya)
	maya.Opens(link.Home())
	maya.Sees("Agents fell silent at Jasper Mills after a change")
	maya.Opens(link.Account(demo.SilentAccount))
	maya.Sees("55% fewer check-ins since the plan was modified")
	maya.FollowsTestID("all-silent")
	maya.Sees("Jasper Mills")
	maya.Opens(link.Account(demo.SilentAccount))
	maya.FollowsTestID("modify-back")
	if maya.Text("impact-seats") != "14 12" {
		t.Errorf("leads back to %q", maya.Text("impact-seats"))
	}
	maya.Presses("Apply to A-20732")
	maya.SeesStatus(http.StatusOK)
	maya.Sees("Seats 14 → 12")

	for _, page := range []string{link.Home(), link.Watch()} {
		maya.Opens(page)
		maya.FollowsTestID("modify-back-" + demo.SilentAccount)
		if maya.H1() != "Modify the plan" {
			t.Errorf("%s leads back to %q", page, maya.H1())
		}
		if p := visit(t, demoSite(w), demo.Greta, page); p.Has("modify-back-" + demo.SilentAccount) {
			t.Errorf("%s offers an auditor a way that is not theirs", page)
		}
	}

	auditor := visit(t, demoSite(w), demo.Greta, link.Account(demo.SilentAccount))
	if !auditor.Has("fell-silent") || auditor.Has("modify-back") {
		t.Error("an auditor sees no banner, or a way that is not theirs")
	}
	for _, stranger := range []string{demo.Noor, demo.Edda} {
		if p := visit(t, demoSite(w), stranger, link.Watch()); p.Has("watch-table") {
			t.Errorf("%s sees %s", stranger, p.Text("watch-table"))
		}
	}
}
