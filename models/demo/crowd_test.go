package demo

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

func TestACrowdIsTheSameWhateverPiecesItComesIn(t *testing.T) {
	c := NewCrowd(Now)
	c.Base()
	whole, first, rest := c.Accounts(0, 60), c.Accounts(0, 29), c.Accounts(29, 60)
	if diff := cmp.Diff(whole.Customers, append(first.Customers, rest.Customers...)); diff != "" {
		t.Error("customers (-whole +pieces):\n", diff)
	}
	if diff := cmp.Diff(whole.Subscriptions, append(first.Subscriptions, rest.Subscriptions...)); diff != "" {
		t.Error("subscriptions (-whole +pieces):\n", diff)
	}
	if diff := cmp.Diff(whole.Agents, append(first.Agents, rest.Agents...)); diff != "" {
		t.Error("agents (-whole +pieces):\n", diff)
	}
}

func TestACrowdHasEveryStateAndAboutTenAgentsAnAccount(t *testing.T) {
	c := NewCrowd(Now)
	terms := map[string]models.PlanTerms{}
	for _, p := range c.Base().Terms {
		terms[p.PlanID] = p
	}
	w := c.Accounts(0, 2000)
	states := map[models.State]int{}
	for _, s := range w.Subscriptions {
		states[s.State(terms[s.PlanID], Now)]++
	}
	for _, s := range []models.State{
		models.Scheduled, models.AwaitingSignIn, models.AwaitingCode, models.Active, models.EndingSoon, models.Grace, models.Locked,
		models.Ended, models.Suspended, models.Cancelled,
	} {
		if states[s] == 0 {
			t.Errorf("nobody is %s: %v", s, states)
		}
	}
	if n := float64(len(w.Agents)) / float64(len(w.Accounts)); n < 9 || n > 11 {
		t.Errorf("%.1f agents an account", n)
	}
}
