package demo_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
)

func TestBramleyHasItsAgentsAtEveryMoment(t *testing.T) {
	want := models.AgentCounts{Total: 42, Online: 37, Quiet: 4, Never: 1}
	everywhere(t, func(t *testing.T, w demo.World) {
		if diff := cmp.Diff(want, countsOf(w)[demo.BramleyAccount]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTheRestOfBramleysTermOnAdvancedCosts562Euros03More(t *testing.T) {
	w := demo.At(demo.Now)
	s := subscriptionOf(w, demo.BramleyAccount)
	i := slices.IndexFunc(w.Terms, func(t models.PlanTerms) bool { return t.Name == "Endpoint Advanced" && t.RootID == demo.Northgate })
	more := w.Terms[i].Monthly(s.Seats).Minus(termsOf(w, s).Monthly(s.Seats))
	days := s.DaysLeft(models.DateOf(w.Now, customerOf(w, demo.Bramley).Location()))
	if diff := cmp.Diff(models.Money{Minor: 562_03, Currency: "EUR"}, more.ForDays(days)); diff != "" {
		t.Error(diff)
	}
	if got := w.Terms[i].Without(termsOf(w, s)); len(got) != 3 {
		t.Errorf("Advanced adds %v to Standard, want three features", got)
	}
}

func TestBramleysHistoryIsTheOneInThePictures(t *testing.T) {
	w := demo.At(demo.Now)
	type line struct {
		When, Who string
		Kind      models.EventKind
		Seats     int
	}
	var got []line
	loc := w.Users[0].CreatedAt.Location()
	for _, e := range w.Events {
		if e.AccountID == demo.BramleyAccount {
			got = append(got, line{e.At.In(loc).Format("2006-01-02 15:04"), e.ActorName, e.Kind, e.Detail.Seats})
		}
	}
	want := []line{
		{"2025-06-02 14:30", "Tom Reyes", models.AccountCreated, 45},
		{"2025-06-03 06:47", "Dr Helen Bramley", models.PlanActivated, 45},
		{"2025-12-01 00:00", "the portal", models.PlanRenewed, 45},
		{"2026-02-18 09:03", "Maya Kowalski", models.PlanModified, 50},
		{"2026-03-10 13:22", "SERVER-NEW", models.AgentEnrolled, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBramleysRenewedTermKeepsToTheFirstOfTheMonth(t *testing.T) {
	s := subscriptionOf(demo.At(demo.Now), demo.BramleyAccount)
	if s.StartsOn != "2025-12-01" || s.EndsOn != "2026-11-30" || s.AnchorDay != 1 || !s.Renews || s.Seats != 50 {
		t.Errorf("unexpected term: %+v", s)
	}
}
