package models_test

import (
	"strings"
	"testing"

	"mooring/models"
)

func TestOnlyAPurgedAccountLeavesRoomForAFirstPlan(t *testing.T) {
	for _, row := range rows {
		s := situationWith(row.change)
		r, away := models.LeadsAway(s)
		if want := row.reason != models.BecausePurged; away != want || r.Reason != row.reason {
			t.Errorf("%s: leads away %v because %s", row.when, away, r.Reason)
		}
		if may, _ := models.RuleOnSecondPlan(s); may == away {
			t.Errorf("%s: the import says otherwise than the page", row.when)
		}
	}
}

// desk is Juniper, who has nothing yet, in front of a plan.
func desk(t models.PlanTerms) models.AssignmentDesk {
	return models.AssignmentDesk{
		AsOf: now, Customer: models.Customer{ID: "C-1030", RootID: "P-1", PartnerID: "P-2", Name: "Juniper", TimeZone: "Europe/Warsaw"},
		Chosen: offer(t), Wish: models.Assignment{PlanKey: t.Edition, Seats: 10},
	}
}

func TestAFirstPlanBeginsAsItsTermsSay(t *testing.T) {
	dated, atOnce := standard, standard
	dated.Activation, atOnce.Activation = models.OnDate, models.AtOnce
	for _, c := range []struct {
		when   string
		terms  models.PlanTerms
		starts models.Date
		state  models.State
		ends   models.Date
	}{
		{"at the first sign-in", standard, "", models.AwaitingSignIn, ""},
		{"at once", atOnce, "", models.Active, "2027-03-11"},
		{"today, when no date is given", dated, "", models.Active, "2027-03-11"},
		{"on a date", dated, "2026-04-01", models.Scheduled, "2027-03-31"},
	} {
		t.Run(c.when, func(t *testing.T) {
			d := desk(c.terms)
			d.Wish.StartsOn = c.starts
			s, err := d.FirstPlan()
			if err != nil || s.State(c.terms, now) != c.state || s.EndsOn != c.ends || s.Seats != 10 {
				t.Errorf("%s to %s, %v", s.State(c.terms, now), s.EndsOn, err)
			}
		})
	}
}

func TestWhatSpeaksAgainstAFirstPlanIsSaidBesideItsField(t *testing.T) {
	dated, coded := standard, standard
	dated.Activation, coded.Activation = models.OnDate, models.ByCode
	for _, c := range []struct {
		when         string
		terms        models.PlanTerms
		spoil        func(*models.AssignmentDesk)
		field, words string
	}{
		{"no plan", standard, func(d *models.AssignmentDesk) { d.Chosen = models.Offer{} }, "plan", "Choose a plan."},
		{"a plan by code", coded, func(*models.AssignmentDesk) {}, "plan", "the portal issues no codes"},
		{"a server's plan", standard, func(d *models.AssignmentDesk) { d.Chosen.Product.Kind = models.OnPremise }, "plan", "the portal issues no codes"},
		{"a plan that was not granted", standard, func(d *models.AssignmentDesk) { d.Chosen.Granted = false }, "plan", "has not granted"},
		{"a retired plan", standard, func(d *models.AssignmentDesk) { d.Chosen.Plan.RetiredAt = &now }, "plan", "no longer sold"},
		{"a locked plan", standard, func(d *models.AssignmentDesk) { d.Chosen.Plan.LockedAt = &now }, "plan", "is locked"},
		{"no seats", standard, func(d *models.AssignmentDesk) { d.Wish.Seats = 0 }, "seats", "1 to 999,999"},
		{"a million seats", standard, func(d *models.AssignmentDesk) { d.Wish.Seats = 1_000_000 }, "seats", "1 to 999,999"},
		{"a start for a plan without one", standard, func(d *models.AssignmentDesk) { d.Wish.StartsOn = "2026-04-01" }, "starts-on", "does not begin on a date"},
		{"yesterday", dated, func(d *models.AssignmentDesk) { d.Wish.StartsOn = "2026-03-11" }, "starts-on", "before today"},
		{"a day too far", dated, func(d *models.AssignmentDesk) { d.Wish.StartsOn = "2027-03-13" }, "starts-on", "12 months"},
		{"no date", dated, func(d *models.AssignmentDesk) { d.Wish.StartsOn = "31/04/2026" }, "starts-on", "like 2026-04-01"},
		{"a day that is not there", dated, func(d *models.AssignmentDesk) { d.Wish.StartsOn = "2026-04-31" }, "starts-on", "like 2026-04-01"},
		{"a long note", standard, func(d *models.AssignmentDesk) { d.Wish.Note = strings.Repeat("n", 501) }, "note", "500 characters"},
	} {
		t.Run(c.when, func(t *testing.T) {
			d := desk(c.terms)
			c.spoil(&d)
			_, err := d.FirstPlan()
			field, words := complaint(t, err)
			if field != c.field || !strings.Contains(words, c.words) {
				t.Errorf("%s: %s", field, words)
			}
		})
	}
}

func TestNothingIsAssignedBesideAnAccountOrToAnArchivedCustomer(t *testing.T) {
	held, archived := desk(standard), desk(standard)
	beside := bramley()
	held.Beside = &beside
	archived.Customer.ArchivedAt = &now
	for _, d := range []models.AssignmentDesk{held, archived} {
		if _, err := d.FirstPlan(); !models.IsProblem(err, models.Conflict) {
			t.Errorf("got %v", err)
		}
	}
}

func TestACustomerWhoMovesKeepsTheDates(t *testing.T) {
	tokyo := zone(t, "Asia/Tokyo")
	s := bramley().Subscription.CountedIn(tokyo, now)
	if s.EndsOn != "2026-11-30" || !s.EndsAt.Equal(models.Date("2026-12-01").StartIn(tokyo)) || !s.StartsAt.Equal(bramley().Subscription.StartsAt) {
		t.Errorf("ends %s at %s", s.EndsOn, s.EndsAt)
	}
	later := situationWith(scheduled).Subscription.CountedIn(tokyo, now)
	if !later.StartsAt.Equal(models.Date("2026-04-01").StartIn(tokyo)) || later.ActivatedAt != nil {
		t.Errorf("starts %s", later.StartsAt)
	}
	if waiting := situationWith(neverActivated).Subscription.CountedIn(tokyo, now); waiting.EndsAt != nil {
		t.Errorf("a term that has not begun ends at %s", waiting.EndsAt)
	}
}

func TestOnlyACustomerWithoutOpenAccountsIsPutAway(t *testing.T) {
	open, shut, gone := bramley().Account, situationWith(closed).Account, situationWith(purged).Account
	got := models.RuleOnArchiving([]models.HeldPlan{{Account: shut}, {Account: open}, {Account: gone}})
	if len(got) != 1 || got[0].Account.ID != open.ID || got[0].Account.ClosedAt != nil {
		t.Errorf("%+v", got)
	}
}
