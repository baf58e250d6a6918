package demo

import (
	"math/rand/v2"
	"time"

	"mooring/models"
)

// crowdFate is what became of a subscription: the days from now to its end, or to its beginning where
// it has not begun.
type crowdFate struct {
	plan      string // if only this one has it
	days      int
	awaits    bool
	suspended int // days ago
	cancelled int
}

// fateOf draws a fate; seven of ten subscriptions are simply active.
func fateOf(r *rand.Rand) crowdFate {
	running := 61 + r.IntN(300)
	switch n := r.IntN(100); {
	case n < 3:
		return crowdFate{plan: Dated, days: 1 + r.IntN(90), awaits: true} // scheduled
	case n < 6:
		return crowdFate{days: -1 - r.IntN(30), awaits: true} // awaiting sign-in
	case n < 8:
		return crowdFate{plan: VaultPlan, days: -1 - r.IntN(30), awaits: true} // awaiting a code
	case n < 10:
		return crowdFate{plan: Trial, days: 1 + r.IntN(28)}
	case n < 16:
		return crowdFate{days: 1 + r.IntN(60)} // ending soon
	case n < 19:
		return crowdFate{days: -1 - r.IntN(29)} // grace
	case n < 22:
		return crowdFate{days: -31 - r.IntN(29)} // locked
	case n < 25:
		return crowdFate{days: -62 - r.IntN(200)} // ended
	case n < 28:
		return crowdFate{days: running, suspended: 1 + r.IntN(20)}
	case n < 30:
		return crowdFate{days: running, cancelled: 1 + r.IntN(20)}
	}
	return crowdFate{days: running}
}

// lived is the subscription that had this fate.
func (f crowdFate) lived(now time.Time, of models.Customer, t models.PlanTerms) models.Subscription {
	loc := of.Location()
	day := models.DateOf(now, loc).AddDays(f.days)
	s := models.Subscription{Renews: t.Renews, Version: 1}
	if f.awaits {
		s.CreatedAt, s.StartsAt = now.AddDate(0, 0, min(f.days, -1)), now.AddDate(0, 0, f.days)
		if f.days > 0 {
			at := day.StartIn(loc)
			s = s.Begun(t, day, at, loc)
			s.StartsAt, s.ActivatedAt = at, nil
		}
		return s
	}
	next := day.AddDays(1)
	first := next.AddMonths(-t.TermMonths, next.Day())
	begun := first.StartIn(loc).Add(10 * time.Hour)
	s = s.Begun(t, first, begun, loc).Ending(day, loc)
	s.CreatedAt, s.StartsAt, s.AnchorDay, s.Version = begun.Add(-25*time.Hour), begun.Add(-25*time.Hour), next.Day(), 2
	if f.suspended > 0 {
		at := now.AddDate(0, 0, -f.suspended)
		s.SuspendedAt, s.Version = &at, 3
	}
	if f.cancelled > 0 {
		at := now.AddDate(0, 0, -f.cancelled)
		s.CancelledAt, s.Version = &at, 3
	}
	return s
}
