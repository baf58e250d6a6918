package models_test

import (
	"testing"
	"time"

	"mooring/models"
)

func TestPresenceFollowsFromTheLastCheckIn(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		when string
		ago  time.Duration
		want models.Presence
	}{
		{"just now", 0, models.Online},
		{"by a clock that is ahead", -time.Minute, models.Online},
		{"a day ago", day, models.Online},
		{"a moment more than a day ago", day + time.Nanosecond, models.Offline},
		{"a moment less than a week ago", 7*day - time.Nanosecond, models.Offline},
		{"a week ago", 7 * day, models.Quiet},
		{"a year ago", 365 * day, models.Quiet},
	} {
		seen := models.SeenAgent{SeenAt: ptr(now.Add(-c.ago))}
		if got := seen.Presence(now); got != c.want {
			t.Errorf("%s: %s, want %s", c.when, got, c.want)
		}
	}
	if got := (models.SeenAgent{}).Presence(now); got != models.NeverSeen {
		t.Errorf("without a check-in: %s", got)
	}
}

func TestWhichAgentsMayEnrol(t *testing.T) {
	for _, c := range []struct {
		when    string
		changes []change
		seated  bool
		inUse   int
		want    models.AgentCode
	}{
		{"the plan works", nil, false, 42, ""},
		{"in grace", []change{endedOn("2026-03-01")}, false, 42, ""},
		{"the account was replaced, which is no end", []change{replaced}, false, 42, ""},
		{"the account is closed", []change{closed}, false, 42, models.AccountClosed},
		{"the account is purged", []change{purged}, false, 0, models.AccountClosed},
		{"before activation", []change{neverActivated}, false, 0, models.AccountNotActivated},
		{"suspended", []change{suspended}, false, 42, models.PlanNotWorking},
		{"suspended and past its end", []change{suspended, endedOn("2026-03-01")}, false, 42, models.PlanNotWorking},
		{"locked", []change{endedOn("2026-02-01")}, false, 42, models.PlanNotWorking},
		{"cancelled", []change{cancelled}, false, 42, models.PlanNotWorking},
		{"more agents than seats, which the trade tolerates", nil, false, 500, ""},
		{"the last seat, strictly", []change{refusesOverUse}, false, 49, ""},
		{"no seat left, strictly", []change{refusesOverUse}, false, 50, models.SeatsInUse},
		{"no seat left, strictly, but it has one", []change{refusesOverUse}, true, 50, ""},
	} {
		s := situationWith(c.changes...)
		err := models.RuleOnEnrolment(s.Account, s.Subscription, s.Terms, c.seated, c.inUse, now)
		if got := codeOf(err); got != c.want {
			t.Errorf("%s: %q, want %q", c.when, got, c.want)
		}
	}
}

func TestWhichAgentsMayReport(t *testing.T) {
	for _, c := range []struct {
		when     string
		released *time.Time
		change   change
		want     models.AgentCode
	}{
		{"on an open account", nil, func(*models.Situation) {}, ""},
		{"on a suspended plan", nil, suspended, ""},
		{"on a replaced account", nil, replaced, ""},
		{"once released", &now, func(*models.Situation) {}, models.AgentReleased},
		{"on a closed account", nil, closed, models.AccountClosed},
	} {
		a := situationWith(c.change).Account
		r := models.Reporter{Released: c.released != nil, ClosedAt: a.ClosedAt, PurgedAt: a.PurgedAt}
		if got := codeOf(models.RuleOnCheckIn(r)); got != c.want {
			t.Errorf("%s: %q, want %q", c.when, got, c.want)
		}
	}
}

func codeOf(err error) models.AgentCode {
	if refusal, ok := err.(*models.AgentRefusal); ok {
		return refusal.Code
	}
	return ""
}

func TestALoadedPortalAsksAgentsToComeLessOften(t *testing.T) {
	for _, c := range []struct {
		load float64
		want time.Duration
	}{{0, 10 * time.Minute}, {0.5, 10 * time.Minute}, {0.75, 30 * time.Minute}, {1, 50 * time.Minute}} {
		if got := models.Stretched(10*time.Minute, c.load); got != c.want {
			t.Errorf("at %v: %s, want %s", c.load, got, c.want)
		}
	}
}
