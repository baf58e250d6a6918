package demo_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
)

func TestAccountsHaveTheAgentsTheyStandFor(t *testing.T) {
	want := map[string]models.Usage{
		demo.OverAmber: models.OverSeats, demo.OverRed: models.FarOver,
		demo.ExactlyFull: models.WithinSeats, demo.ExactlyTenOver: models.OverSeats, demo.TrialEnding: models.OverSeats,
	}
	totals := map[string]int{
		demo.OneAgent: 1, demo.NoAgents: 0, demo.SuccessorAccount: 0, demo.ReplacedAccount: 40,
		demo.LargeAccount: 1200, demo.ExactlyFull: 20, demo.ExactlyTenOver: 22, demo.AwaitingAccount: 0,
	}
	w := demo.At(demo.Now)
	counts := countsOf(w)
	for id, usage := range want {
		if got := models.UsageOf(counts[id].Total, subscriptionOf(w, id).Seats); got != usage {
			t.Errorf("%s is %s its seats, want %s", id, got, usage)
		}
	}
	for id, total := range totals {
		if got := counts[id].Total; got != total {
			t.Errorf("%s has %d agents, want %d", id, got, total)
		}
	}
	if n := counts[demo.NoneOnline]; n.Online != 0 || n.Total == 0 {
		t.Errorf("%s should have agents and none online: %+v", demo.NoneOnline, n)
	}
}

func TestCountsAreTheSameAtEveryMoment(t *testing.T) {
	want := countsOf(demo.At(demo.Now))
	everywhere(t, func(t *testing.T, w demo.World) {
		if diff := cmp.Diff(want, countsOf(w)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAgentsThatAreOnlineKeepReportingWhereTheyMay(t *testing.T) {
	now := demo.Now.AddDate(0, 0, 200)
	w := demo.At(now)
	reporting := map[string]bool{}
	for _, s := range w.Reporting() {
		reporting[s.AgentID] = true
	}
	var bramley int
	for _, g := range w.Agents {
		if g.AccountID == demo.BramleyAccount && reporting[g.ID] {
			bramley++
		}
		if g.AccountID == demo.ClosedAccount && reporting[g.ID] {
			t.Errorf("%s reports to a closed account", g.ID)
		}
	}
	if bramley != 37 {
		t.Errorf("%d agents of Bramley keep reporting, want 37", bramley)
	}
}

func TestSurgery1WasSeenAMinuteAgo(t *testing.T) {
	w := demo.At(demo.Now)
	for _, s := range w.Sightings {
		if s.AgentID == "G-204180001" && demo.Now.Sub(s.SeenAt) != time.Minute {
			t.Errorf("seen at %s", s.SeenAt)
		}
	}
}

func TestOneCallerCannotChangeTheWorldOfAnother(t *testing.T) {
	a := demo.At(demo.Now)
	a.Terms[0].Features[0] = "nothing"
	*a.Accounts[0].ActivatedAt = time.Time{}
	b := demo.At(demo.Now)
	if b.Terms[0].Features[0] == "nothing" || b.Accounts[0].ActivatedAt.IsZero() {
		t.Error("worlds share memory")
	}
}

func TestBramleysSuccessorIsTheOneInThePictures(t *testing.T) {
	if id, ok := demo.NewAccountID(demo.BramleyAccount); id != "A-20977" || !ok {
		t.Errorf("got %q, %v", id, ok)
	}
	if id, ok := demo.NewAccountID("A-20977"); ok {
		t.Errorf("%s is held for an account that does not exist yet", id)
	}
}
