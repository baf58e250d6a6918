package models_test

import (
	"testing"
	"time"

	"mooring/models"
)

func TestStateOfASubscriptionAtItsBoundaries(t *testing.T) {
	const day = 24 * time.Hour
	end := *bramley().Subscription.EndsAt
	trial := func(s *models.Situation) { onTrial(s) }
	code := func(s *models.Situation) { neverActivated(s); s.Terms.Activation = models.ByCode }
	begins := models.Date("2026-04-01").StartIn(zone(t, "Europe/Warsaw"))
	waits := func(at time.Time) change {
		return func(s *models.Situation) { neverActivated(s); s.Subscription.StartsAt = at }
	}
	cancelledAt := func(at time.Time) change { return func(s *models.Situation) { s.Subscription.CancelledAt = &at } }
	for _, c := range []struct {
		when    string
		changes []change
		at      time.Time
		want    models.State
	}{
		{"in the middle of its term", nil, now, models.Active},
		{"without an end", []change{func(s *models.Situation) { s.Subscription.EndsAt, s.Subscription.EndsOn = nil, "" }}, now, models.Active},
		{"more than 60 days before the end", nil, end.Add(-60*day - time.Nanosecond), models.Active},
		{"60 days before the end", nil, end.Add(-60 * day), models.EndingSoon},
		{"59 days before the end", nil, end.Add(-59 * day), models.EndingSoon},
		{"in its last instant", nil, end.Add(-time.Nanosecond), models.EndingSoon},
		{"a trial, more than 14 days before the end", []change{trial}, end.Add(-14*day - time.Nanosecond), models.Active},
		{"a trial, 14 days before the end", []change{trial}, end.Add(-14 * day), models.EndingSoon},
		{"at the end", nil, end, models.Grace},
		{"in the last instant of grace", nil, end.Add(30*day - time.Nanosecond), models.Grace},
		{"after 30 days of grace", nil, end.Add(30 * day), models.Locked},
		{"in the last instant of being locked", nil, end.Add(60*day - time.Nanosecond), models.Locked},
		{"after 30 days of being locked", nil, end.Add(60 * day), models.Ended},
		{"years later", nil, end.Add(2000 * day), models.Ended},
		{"without grace, at the end", []change{func(s *models.Situation) { s.Terms.Policy.GraceDays = 0 }}, end, models.Locked},
		{"without grace or lock, at the end", []change{func(s *models.Situation) { s.Terms.Policy.GraceDays, s.Terms.Policy.LockedDays = 0, 0 }}, end, models.Ended},

		{"before it may begin", []change{waits(begins)}, begins.Add(-time.Nanosecond), models.Scheduled},
		{"when it may begin", []change{waits(begins)}, begins, models.AwaitingSignIn},
		{"waiting for a code", []change{code}, now, models.AwaitingCode},
		{"scheduled, before its date", []change{scheduled}, begins.Add(-time.Nanosecond), models.Scheduled},
		{"scheduled, when its date comes and nothing has run yet", []change{scheduled}, begins, models.Active},

		{"suspended", []change{suspended}, now, models.Suspended},
		{"suspended and ending soon", []change{suspended}, end.Add(-day), models.Suspended},
		{"suspended while it waits", []change{neverActivated, suspended}, now, models.Suspended},
		{"suspended: the end brings nothing back", []change{suspended}, end, models.Suspended},
		{"suspended, when grace is over", []change{suspended}, end.Add(30 * day), models.Locked},
		{"suspended, when everything is over", []change{suspended}, end.Add(60 * day), models.Ended},

		{"cancelled from tomorrow on", []change{cancelledAt(now.Add(day))}, now, models.Active},
		{"cancelled from now on", []change{cancelledAt(now)}, now, models.Cancelled},
		{"cancelled yesterday", []change{cancelledAt(now.Add(-day))}, now, models.Cancelled},
		{"cancelled and past its end", []change{cancelledAt(now)}, end.Add(60 * day), models.Cancelled},
		{"cancelled while suspended", []change{suspended, cancelledAt(now)}, now, models.Cancelled},
		{"cancelled before it began", []change{neverActivated, cancelledAt(now)}, now, models.Cancelled},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := situationWith(c.changes...)
			if got := s.Subscription.State(s.Terms, c.at); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestWhatEachStateMeans(t *testing.T) {
	for _, c := range []struct {
		state         models.State
		live, working bool
	}{
		{models.Scheduled, true, false},
		{models.AwaitingSignIn, true, false},
		{models.AwaitingCode, true, false},
		{models.Active, true, true},
		{models.EndingSoon, true, true},
		{models.Grace, true, true},
		{models.Suspended, true, false},
		{models.Locked, false, false},
		{models.Ended, false, false},
		{models.Cancelled, false, false},
	} {
		if c.state.Live() != c.live || c.state.Working() != c.working {
			t.Errorf("%s: live %v, working %v", c.state, c.state.Live(), c.state.Working())
		}
	}
}

func TestATermBegins(t *testing.T) {
	for _, c := range []struct {
		on     models.Date
		months int
		ends   models.Date
		anchor int
	}{
		{"2026-03-12", 12, "2027-03-11", 12},
		{"2026-01-01", 12, "2026-12-31", 1},
		{"2026-01-31", 1, "2026-02-27", 31},
		{"2028-01-31", 1, "2028-02-28", 31},
		{"2026-03-31", 1, "2026-04-29", 31},
		{"2028-02-29", 12, "2029-02-27", 29},
		{"2027-02-28", 12, "2028-02-27", 28},
		{"2026-12-01", 36, "2029-11-30", 1},
	} {
		terms, loc := standard, zone(t, "Asia/Tokyo")
		terms.TermMonths = c.months
		s := models.Subscription{}.Begun(terms, c.on, now, loc)
		if s.StartsOn != c.on || s.EndsOn != c.ends || s.AnchorDay != c.anchor || !s.ActivatedAt.Equal(now) {
			t.Errorf("from %s: %s to %s, anchor %d, activated %v", c.on, s.StartsOn, s.EndsOn, s.AnchorDay, s.ActivatedAt)
		}
		if last := s.EndsAt.Add(-time.Second).In(loc).Format("2006-01-02 15:04:05"); last != string(c.ends)+" 23:59:59" {
			t.Errorf("from %s: its last second is %s", c.on, last)
		}
	}
}

func TestActivation(t *testing.T) {
	loc := zone(t, "Europe/Warsaw")
	late := time.Date(2026, 4, 1, 22, 30, 0, 0, time.UTC) // half past midnight on the 2nd in Warsaw
	for _, c := range []struct {
		when         string
		changes      []change
		starts, ends models.Date
	}{
		{"the first sign-in starts the term on its day", []change{neverActivated}, "2026-04-02", "2027-04-01"},
		{"on a date: the term counts from it, however late it is seen", []change{scheduled}, "2026-04-01", "2027-03-31"},
		{"on a date that nobody set", []change{neverActivated, func(s *models.Situation) { s.Terms.Activation = models.OnDate }}, "2026-04-02", "2027-04-01"},
		{"on a date, with an end of its own", []change{scheduled, endedOn("2026-12-31")}, "2026-04-01", "2026-12-31"},
		{"the first sign-in, with an end of its own", []change{neverActivated, endedOn("2026-12-31")}, "2026-04-02", "2026-12-31"},
		{"the first sign-in after an end of its own revives nothing", []change{neverActivated, endedOn("2026-03-31")}, "2026-03-31", "2026-03-31"},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := situationWith(c.changes...)
			got := s.Subscription.ActivatedBy(s.Terms, late, loc)
			if !got.ActivatedAt.Equal(late) || got.StartsOn != c.starts || got.EndsOn != c.ends || !got.EndsAt.Equal(c.ends.EndIn(loc)) {
				t.Errorf("%s to %s, want %s to %s", got.StartsOn, got.EndsOn, c.starts, c.ends)
			}
		})
	}
}

func TestDaysLeft(t *testing.T) {
	for _, c := range []struct {
		ends, today models.Date
		want        int
	}{
		{"2026-11-30", "2026-03-12", 263},
		{"2026-03-12", "2026-03-12", 0},
		{"2026-02-28", "2026-03-12", -12},
		{"", "2026-03-12", 0},
	} {
		if got := (models.Subscription{EndsOn: c.ends}).DaysLeft(c.today); got != c.want {
			t.Errorf("%s until %q: %d, want %d", c.today, c.ends, got, c.want)
		}
	}
}
