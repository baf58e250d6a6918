package demo_test

import (
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
)

// named says which accounts are in another state than active.
var named = map[string]models.State{
	demo.ScheduledAccount:    models.Scheduled,
	demo.AwaitingAccount:     models.AwaitingSignIn,
	demo.SuccessorAccount:    models.AwaitingSignIn,
	demo.AwaitingCodeAccount: models.AwaitingCode,
	demo.EndingAccount:       models.EndingSoon,
	demo.LastSoon:            models.EndingSoon,
	demo.LastDayAccount:      models.EndingSoon,
	demo.TrialEnding:         models.EndingSoon,
	"A-18230":                models.EndingSoon, // the steamships, on 2 April
	demo.GraceAccount:        models.Grace,
	demo.TrialOver:           models.Grace,
	demo.LockedAccount:       models.Locked,
	demo.EndedAccount:        models.Ended,
	demo.PurgedAccount:       models.Ended,
	demo.SuspendedAccount:    models.Suspended,
	demo.CancelledAccount:    models.Cancelled,
	demo.ClosedAccount:       models.Cancelled,
}

func TestEveryAccountIsInTheStateOfItsPlaceInTheWorld(t *testing.T) {
	everywhere(t, func(t *testing.T, w demo.World) {
		for _, s := range w.Subscriptions {
			want, ok := named[s.AccountID]
			if !ok {
				want = models.Active
			}
			if got := s.State(termsOf(w, s), w.Now); got != want {
				t.Errorf("%s of %s is %s, want %s (ends %s)", s.AccountID, customerOf(w, s.CustomerID).Name, got, want, s.EndsOn)
			}
		}
	})
}

func TestEveryEndIsTheEndOfItsDayWhereTheCustomerIs(t *testing.T) {
	everywhere(t, func(t *testing.T, w demo.World) {
		for _, s := range w.Subscriptions {
			loc := customerOf(w, s.CustomerID).Location()
			switch {
			case s.EndsOn == "" && s.EndsAt != nil, s.EndsOn != "" && s.EndsAt == nil:
				t.Errorf("%s has one half of an end: %q, %v", s.ID, s.EndsOn, s.EndsAt)
			case s.EndsOn != "" && !s.EndsAt.Equal(s.EndsOn.EndIn(loc)):
				t.Errorf("%s ends at %s, want the end of %s in %s", s.ID, s.EndsAt, s.EndsOn, loc)
			}
		}
	})
}

func TestDaysLeftAreTheSameAtEveryMoment(t *testing.T) {
	want := map[string]int{
		demo.BramleyAccount: 263, demo.BramleyMail: 263, demo.EndingAccount: 4, demo.LastDayAccount: 0,
		demo.LastSoon: 59, demo.NotYetSoon: 60, demo.TrialEnding: 9, demo.GraceAccount: -12,
	}
	everywhere(t, func(t *testing.T, w demo.World) {
		for id, days := range want {
			s := subscriptionOf(w, id)
			today := models.DateOf(w.Now, customerOf(w, s.CustomerID).Location())
			if got := s.DaysLeft(today); got != days {
				t.Errorf("%s has %d days left on %s, want %d", id, got, today, days)
			}
		}
	})
}

func TestTheMarksBesideTheStatesAreThere(t *testing.T) {
	w := demo.At(demo.Now)
	old, successor := accountOf(w, demo.ReplacedAccount), accountOf(w, demo.SuccessorAccount)
	if !old.Replaced() || *old.ReplacedByID != successor.ID || !old.Open() {
		t.Errorf("%s should be open and replaced by %s: %+v", old.ID, successor.ID, old)
	}
	if p := w.Proposals[0]; successor.ProposalID == nil || *successor.ProposalID != p.ID || *p.ResultID != successor.ID ||
		p.Shown.Verdict != models.Advised || p.Shown.Agents.Total != 40 || p.Digest == "" {
		t.Errorf("the proposal should be used, advised against and the successor's: %+v", p)
	}
	if accountOf(w, demo.ClosedAccount).Open() || accountOf(w, demo.PurgedAccount).PurgedAt == nil {
		t.Error("one account should be closed and one purged")
	}
	if customerOf(w, demo.ArchivedCustomer).ArchivedAt == nil {
		t.Error("one customer should be archived")
	}
}

func TestAnEarlierMomentOfTheDayHoldsNothingThatLiesAhead(t *testing.T) {
	everywhere(t, func(t *testing.T, w demo.World) {
		ahead := func(what string, at *time.Time) {
			if at != nil && at.After(w.Now) {
				t.Errorf("%s lies ahead, at %s", what, at)
			}
		}
		for i, e := range w.Events {
			ahead(string(e.Kind)+" of "+e.AccountID, &e.At)
			if i > 0 && e.At.Before(w.Events[i-1].At) {
				t.Errorf("event %d is out of order", i)
			}
		}
		for _, a := range w.Accounts {
			ahead(a.ID, &a.CreatedAt)
			ahead(a.ID, a.ActivatedAt)
		}
		enrolled := map[string]time.Time{}
		for _, g := range w.Agents {
			ahead(g.ID, &g.EnrolledAt)
			enrolled[g.ID] = g.EnrolledAt
		}
		for _, s := range w.Sightings {
			if s.SeenAt.Before(enrolled[s.AgentID]) || s.Sequence < 1 {
				t.Errorf("%s checked in before it enrolled: %s, %s", s.AgentID, s.SeenAt, enrolled[s.AgentID])
			}
		}
	})
}
