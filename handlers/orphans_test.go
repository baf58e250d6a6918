package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func TestAnOrphanIsFoundOnTheDashboardAndRepaired(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens("/")
		if n := maya.Text("orphans-empty-second"); n != "1" {
			t.Errorf("the dashboard counts %q", n)
		}
		maya.FollowsTestID("show-empty-second")
		if !maya.Has("row-" + demo.SuccessorAccount) {
			t.Fatal("the empty account is not in the radar")
		}
		maya.FollowsTestID("retire-" + demo.SuccessorAccount)
		maya.Presses("Retire A-20840")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Chooses("It was done by mistake")
		maya.Presses("Retire A-20840")
		maya.Sees("The empty account is retired.")
		if maya.Has("row-" + demo.SuccessorAccount) {
			t.Error("it is in the radar still")
		}
		maya.Opens("/accounts/" + demo.ReplacedAccount)
		maya.Sees("Empty account A-20840 retired in favour of this one")
		if maya.Has("account-replaced") || maya.Text("plan-name") != "Endpoint Advanced" {
			t.Errorf("the account with the agents has %q", maya.Text("plan-name"))
		}
		maya.Opens("/")
		if n := maya.Text("orphans-left-behind"); n != "0" {
			t.Errorf("%s are left behind", n)
		}
		maya.Opens("/accounts/" + demo.SuccessorAccount + "/retirement")
		if !maya.Has("retire-refused") {
			t.Error("a closed account can be retired")
		}
		w.Sound(t)
	})
}

func TestTheTwoAgentsOfADeviceAreMerged(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens("/agents/orphans?kind=same-device")
		maya.FollowsTestID("merge-G-208620001")
		maya.Sees("EDIT-01 holds a seat in A-20792 and in A-20862. It goes on as one agent, in A-20862, with the history of both.")
		maya.Fills("In your words", strings.Repeat("x", 2001))
		maya.Presses("Merge into one agent")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Fills("In your words", "The technician had the wrong key.")
		maya.Presses("Merge into one agent")
		maya.Sees("The device has one agent again.")
		if maya.Text("agent-id") != "G-208620001" || !strings.Contains(maya.Text("agent-account"), "A-20862") {
			t.Errorf("%s goes on, %s", maya.Text("agent-id"), maya.Text("agent-account"))
		}
		maya.Opens("/agents/G-207920001")
		maya.FollowsTestID("merged-into")
		maya.Opens("/accounts/A-20792")
		maya.Sees("had two agents and is one again, in A-20862: its seat here is free")
		maya.Opens("/agents/orphans?kind=same-device")
		if maya.Has("row-G-208620001") || !maya.Has("row-G-208620002") {
			t.Error("the radar shows another device than the one that is left")
		}
		maya.Opens("/agents/G-208620001/merge")
		if !maya.Has("merge-refused") {
			t.Error("one agent can be merged with none")
		}
		w.Sound(t)
	})
}

func TestAPlaceThatIsNoneIsTheBeginningOfTheRadar(t *testing.T) {
	maya := visit(t, siteOn(portaltest.New(t)), demo.Maya, "/agents/orphans?kind=nonsense&after=nonsense")
	if maya.Status() != http.StatusOK || !maya.Has("row-"+demo.ReplacedAccount) {
		t.Errorf("answers %d", maya.Status())
	}
}

func TestAnAccountWithoutAPlanLeadsToANewTerm(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	for _, account := range []string{demo.EndedAccount, demo.CancelledAccount} {
		maya.Opens("/agents/orphans?kind=no-plan")
		maya.FollowsTestID("renew-" + account)
		if !maya.Has("begins-term") || !maya.Chosen("Restart the term today") {
			t.Errorf("%s: a new term is not what the form begins with", account)
		}
	}
	maya.Opens("/accounts/" + demo.BramleyAccount + "/plan")
	if maya.Has("begins-term") {
		t.Error("a plan that runs is said to begin anew")
	}
}

func TestAPairInTheRadarSaysThatOneRepairRulesOutTheOther(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens("/agents/orphans?kind=left-behind")
		maya.Sees("Replaced by A-20840, which is empty. Carry the agents over to it, or retire it and they stay here: the one rules out the other")
		maya.Opens("/agents/orphans?kind=empty-second")
		maya.Sees("It replaced A-20610, where the agents are. Retire it and they stay there, or carry them over to it: the one rules out the other")
	})
}
