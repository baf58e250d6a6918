package handlers_test

import (
	"net/http"
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

func TestAPlaceThatIsNoneIsTheBeginningOfTheRadar(t *testing.T) {
	maya := visit(t, siteOn(portaltest.New(t)), demo.Maya, "/agents/orphans?kind=nonsense&after=nonsense")
	if maya.Status() != http.StatusOK || !maya.Has("row-"+demo.ReplacedAccount) {
		t.Errorf("answers %d", maya.Status())
	}
}
