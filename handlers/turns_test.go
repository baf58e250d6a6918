package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

func TestSuspendingAndResumingFromTheMenu(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.FollowsTestID("suspend-plan")
		maya.Sees("42 agents would lose updates")
		maya.Sees("37 online, 4 quiet, 1 never seen")
		maya.Presses("Suspend A-20418")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Sees("Choose a reason")
		maya.Sees("The account ID does not match. Type A-20418")
		maya.Chooses("Invoices are unpaid")
		maya.Fills("In your words", "January and February.")
		maya.Fills("Type A-20418 to confirm", "A-20418")
		again := maya.Clone()
		maya.Presses("Suspend A-20418")
		maya.Sees("Plan suspended")
		if maya.Text("account-state") != "Suspended" || maya.Has("modify-plan") || maya.Has("suspend-plan") {
			t.Error("a suspended account does not look like one")
		}
		maya.Sees("“January and February.”")
		again.Presses("Suspend A-20418")
		again.SeesStatus(http.StatusOK)

		maya.Opens(link.ModifyPlan(demo.BramleyAccount))
		maya.Sees("Resume it first, then modify it")
		maya.Opens(link.Reassign(demo.BramleyAccount))
		maya.FollowsTestID("choose-resume")
		maya.Sees("Since today")
		maya.Chooses("The invoices are paid")
		maya.Presses("Resume A-20418")
		maya.Sees("Plan resumed")
		if maya.Text("account-state") != "Active" || !maya.Has("modify-plan") {
			t.Error("a resumed account does not look like one")
		}
	})
}

func TestCancellingNowAndTakingItBack(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.FollowsTestID("cancel-plan")
		maya.Sees("No credit")
		maya.Chooses("Now Updates stop today")
		maya.Presses("Update the preview")
		maya.Sees("€907.89")
		maya.Sees("72 hours, until 15 Mar 2026")
		maya.Chooses("The customer moves to another supplier")
		maya.Fills("Type A-20418 to confirm", "A-20418")
		maya.Presses("Cancel the plan of A-20418")
		maya.Sees("Plan cancelled")
		if maya.Text("account-state") != "Cancelled" {
			t.Error("a cancelled account does not look like one")
		}
		maya.Opens(link.Customer(demo.Bramley))
		if row := maya.Text("row-A-20418"); !strings.Contains(row, "Cancelled 12 Mar 2026") {
			t.Errorf("the customer's page says %q", row)
		}
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.FollowsTestID("restore-plan")
		maya.Sees("The credit is taken back")
		maya.Chooses("It was done by mistake")
		maya.Presses("Bring back A-20418")
		maya.Sees("Cancellation taken back")
		if maya.Text("account-state") != "Active" || maya.Text("seats") != "42 of 50" {
			t.Error("what came back is not what was there")
		}
	})
}

func TestCancellingAtTheEndKeepsEverythingUntilThen(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.Cancellation(demo.BramleyAccount))
	maya.Chooses("The customer is closing down")
	maya.Presses("Cancel the plan of A-20418")
	maya.Sees("The plan ends with its term")
	maya.Sees("cancelled to the end of its term, 30 November 2026 (the customer is closing down)")
	if maya.Text("account-state") != "Active" {
		t.Error("the account is not active any more")
	}
	maya.Sees("Does not renew")
}

func TestACancellationComesBackMarkedWhenThePlanMoved(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	maya, ines := signIn(t, site, demo.Maya), signIn(t, site, demo.Ines)
	maya.Opens(link.Cancellation(demo.BramleyAccount))
	maya.Chooses("The customer is closing down")
	maya.Fills("In your words", "They told Helen.")
	ines.Opens(link.ModifyPlan(demo.BramleyAccount))
	ines.Fills("Seats", "55")
	ines.Presses("Apply to A-20418")
	maya.Presses("Cancel the plan of A-20418")
	maya.SeesStatus(http.StatusConflict)
	if !maya.Has("facts-changed") || maya.Value("In your words") != "They told Helen." || !maya.Chosen("The customer is closing down") {
		t.Error("the form does not come back with what was typed and a mark")
	}
	maya.Presses("Cancel the plan of A-20418")
	maya.Sees("The plan ends with its term")
}

func TestATurnThatIsNotOpenSaysWhyAndLeadsOn(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.Suspension(demo.SuspendedAccount))
	maya.Sees("This plan is suspended already.")
	maya.FollowsTestID("choose-resume")
	if maya.H1() != "Resume the plan" {
		t.Errorf("led to %q", maya.H1())
	}
	maya.Opens(link.Restoration(demo.CancelledAccount)) // ten days ago
	maya.Sees("72 hours, and they are over")
	maya.FollowsTestID("choose-modify")
	if maya.H1() != "Modify the plan" {
		t.Errorf("led to %q", maya.H1())
	}
	maya.Opens(link.Account(demo.CancelledAccount))
	if maya.Has("restore-plan") || maya.Has("cancel-plan") || !maya.Has("modify-plan") {
		t.Error("a plan that was cancelled long ago offers the wrong ways on")
	}
}

func TestTheWayBackIsOfferedOnlyWhileItIsOpen(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.Cancellation(demo.NoAgents) + "?when=now")
	maya.Chooses("It was assigned by mistake")
	maya.Presses("Cancel the plan of " + demo.NoAgents)
	if !maya.Has("restore-plan") {
		t.Fatal("no way back")
	}
	w.Pass(72 * time.Hour)
	maya = signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.Account(demo.NoAgents))
	if maya.Has("restore-plan") || maya.Has("restore-plan-menu") {
		t.Error("the way back is offered after its time")
	}
}

func TestTheMenuHasOnlyWhatARoleMay(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	for _, c := range []struct {
		who              string
		suspend, cancels bool
	}{{demo.Maya, true, true}, {demo.Tom, true, false}, {demo.Priya, false, false}, {demo.Helen, false, false}} {
		p := visit(t, site, c.who, link.Account(demo.BramleyAccount))
		if p.Has("suspend-plan") != c.suspend || p.Has("cancel-plan") != c.cancels {
			t.Errorf("%s: suspend %v, cancel %v", c.who, p.Has("suspend-plan"), p.Has("cancel-plan"))
		}
	}
	tom := visit(t, site, demo.Tom, link.Cancellation(demo.BramleyAccount))
	if tom.Status() != http.StatusForbidden {
		t.Errorf("an account manager cancels: %d", tom.Status())
	}
}
