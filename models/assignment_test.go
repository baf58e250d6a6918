package models_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

// onSale is Endpoint Standard, beginning in one of the ways there are.
func onSale(a models.Activation) models.Offer {
	o := offer(standard)
	o.Terms.Activation = a
	return o
}

func TestWhatAnAssignmentMakes(t *testing.T) {
	bramley := bramley().Customer
	warsaw := bramley.Location()
	april := models.Date("2026-04-01").StartIn(warsaw)
	no := false
	made := func(change func(*models.Subscription)) models.Subscription {
		s := models.Subscription{
			RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1042", PlanID: "N-1001", PlanNumber: 2, Seats: 50,
			StartsAt: now, Renews: true, CreatedAt: now, Version: 1,
		}
		change(&s)
		return s
	}
	term := func(s *models.Subscription, starts, ends models.Date, anchor int) {
		s.StartsOn, s.EndsOn, s.EndsAt, s.AnchorDay = starts, ends, ptr(ends.EndIn(warsaw)), anchor
	}
	for _, c := range []struct {
		when       string
		activation models.Activation
		wish       models.Assignment
		want       models.Subscription
		state      models.State
	}{
		{"at the first sign-in", models.FirstSignIn, models.Assignment{}, made(func(*models.Subscription) {}), models.AwaitingSignIn},
		{"by code", models.ByCode, models.Assignment{}, made(func(*models.Subscription) {}), models.AwaitingCode},
		{"at once", models.AtOnce, models.Assignment{}, made(func(s *models.Subscription) {
			s.ActivatedAt = &now
			term(s, "2026-03-12", "2027-03-11", 12)
		}), models.Active},
		{"on a date that is left open: today", models.OnDate, models.Assignment{}, made(func(s *models.Subscription) {
			s.ActivatedAt = &now
			term(s, "2026-03-12", "2027-03-11", 12)
		}), models.Active},
		{"today", models.OnDate, models.Assignment{StartsOn: "2026-03-12"}, made(func(s *models.Subscription) {
			s.ActivatedAt = &now
			term(s, "2026-03-12", "2027-03-11", 12)
		}), models.Active},
		{"next month", models.OnDate, models.Assignment{StartsOn: "2026-04-01"}, made(func(s *models.Subscription) {
			s.StartsAt = april
			term(s, "2026-04-01", "2027-03-31", 1)
		}), models.Scheduled},
		{"next month, until the end of the year", models.OnDate, models.Assignment{StartsOn: "2026-04-01", EndsOn: "2026-12-31"}, made(func(s *models.Subscription) {
			s.StartsAt = april
			term(s, "2026-04-01", "2026-12-31", 1)
		}), models.Scheduled},
		{"at once, until Christmas: renewals follow", models.AtOnce, models.Assignment{EndsOn: "2026-12-24"}, made(func(s *models.Subscription) {
			s.ActivatedAt = &now
			term(s, "2026-03-12", "2026-12-24", 25)
		}), models.Active},
		{"a start date for a plan that takes none", models.AtOnce, models.Assignment{StartsOn: "2026-04-01"}, made(func(s *models.Subscription) {
			s.ActivatedAt = &now
			term(s, "2026-03-12", "2027-03-11", 12)
		}), models.Active},
		{"without renewal", models.FirstSignIn, models.Assignment{Renews: &no}, made(func(s *models.Subscription) { s.Renews = false }), models.AwaitingSignIn},
	} {
		t.Run(c.when, func(t *testing.T) {
			c.wish.Seats = 50
			o := onSale(c.activation)

			got, err := models.Assigned(c.wish, o, bramley, now)
			if err != nil {
				t.Fatal(err)
			}

			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if state := got.State(o.Terms, now); state != c.state {
				t.Errorf("it is %s, want %s", state, c.state)
			}
		})
	}
}

func TestWhatIsWrongWithAnAssignmentIsSaidBesideItsField(t *testing.T) {
	const numbers = "Enter a number of seats from 1 to 999,999."
	past := "The end date cannot be before the start or before today."
	for _, c := range []struct {
		when           string
		activation     models.Activation
		change         func(*models.Offer)
		wish           models.Assignment
		field, message string
	}{
		{"not granted", models.AtOnce, func(o *models.Offer) { o.Granted = false }, models.Assignment{Seats: 1}, "plan", "Your distributor has not granted Endpoint Standard to you."},
		{"retired", models.AtOnce, func(o *models.Offer) { o.Plan.RetiredAt = &now }, models.Assignment{Seats: 1}, "plan", "Endpoint Standard is no longer sold."},
		{"locked", models.AtOnce, func(o *models.Offer) { o.Plan.LockedAt = &now }, models.Assignment{Seats: 1}, "plan", "Endpoint Standard is locked until its admin unlocks it."},
		{"no seats", models.AtOnce, nil, models.Assignment{}, "seats", numbers},
		{"too many seats", models.AtOnce, nil, models.Assignment{Seats: 1_000_000}, "seats", numbers},
		{"as many seats as can be", models.AtOnce, nil, models.Assignment{Seats: 999_999}, "", ""},
		{"beginning yesterday", models.OnDate, nil, models.Assignment{Seats: 1, StartsOn: "2026-03-11"}, "starts-on", "The start date cannot be before today."},
		{"beginning in twelve months", models.OnDate, nil, models.Assignment{Seats: 1, StartsOn: "2027-03-12"}, "", ""},
		{"beginning a day later", models.OnDate, nil, models.Assignment{Seats: 1, StartsOn: "2027-03-13"}, "starts-on", "The start date is more than 12 months away."},
		{"ending yesterday", models.AtOnce, nil, models.Assignment{Seats: 1, EndsOn: "2026-03-11"}, "ends-on", past},
		{"ending today", models.AtOnce, nil, models.Assignment{Seats: 1, EndsOn: "2026-03-12"}, "", ""},
		{"ending before it begins", models.OnDate, nil, models.Assignment{Seats: 1, StartsOn: "2026-04-02", EndsOn: "2026-04-01"}, "ends-on", past},
		{"ending the day it begins", models.OnDate, nil, models.Assignment{Seats: 1, StartsOn: "2026-04-01", EndsOn: "2026-04-01"}, "", ""},
	} {
		o := onSale(c.activation)
		if c.change != nil {
			c.change(&o)
		}
		got, err := models.Assigned(c.wish, o, bramley().Customer, now)
		if field, message := complaint(t, err); field != c.field || message != c.message {
			t.Errorf("%s: beside %q, %q", c.when, field, message)
		}
		if err != nil && got != (models.Subscription{}) {
			t.Errorf("%s: it was made all the same", c.when)
		}
	}
}

func TestTodayIsWhereTheCustomerIs(t *testing.T) {
	evening := time.Date(2026, 3, 12, 22, 0, 0, 0, time.UTC)
	for name, want := range map[string]models.Date{"America/New_York": "2026-03-12", "Pacific/Auckland": "2026-03-13", "No/Where": "2026-03-12"} {
		s, err := models.Assigned(models.Assignment{Seats: 1}, onSale(models.AtOnce), models.Customer{TimeZone: name}, evening)
		if err != nil || s.StartsOn != want {
			t.Errorf("in %s it begins on %s, want %s (%v)", name, s.StartsOn, want, err)
		}
	}
}
