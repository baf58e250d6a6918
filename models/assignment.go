package models

import (
	"fmt"
	"time"
)

// Assignment is the wish to give a customer the first plan of a product family.
type Assignment struct {
	PlanKey  string
	Seats    int
	StartsOn Date // only for a plan that begins on a date; empty is today
	EndsOn   Date // empty is the plan's own length
	Renews   *bool
	Note     string
	FormKey  string
}

// maxStartMonths bounds how far ahead a plan can be scheduled.
const maxStartMonths = 12

// Assigned is the subscription that an assignment makes, not yet stored; or what is wrong with the
// wish.
func Assigned(wish Assignment, offer Offer, c Customer, now time.Time) (Subscription, error) {
	var wrong Complaints
	t, loc := offer.Terms, c.Location()
	today := DateOf(now, loc)
	switch {
	case !offer.Granted:
		wrong.Add("plan", fmt.Sprintf("Your distributor has not granted %s to you.", t.Name))
	case offer.Plan.RetiredAt != nil:
		wrong.Add("plan", fmt.Sprintf("%s is no longer sold.", t.Name))
	case offer.Plan.LockedAt != nil:
		wrong.Add("plan", fmt.Sprintf("%s is locked until its admin unlocks it.", t.Name))
	}
	if wish.Seats < MinSeats || wish.Seats > MaxSeats {
		wrong.Add("seats", "Enter a number of seats from 1 to 999,999.")
	}
	starts := wish.StartsOn
	if starts == "" {
		starts = today
	}
	if t.Activation == OnDate {
		if _, err := ParseDate(string(starts)); err != nil {
			wrong.Add("starts-on", "Enter the start date like 2026-04-01.")
		} else if starts < today {
			wrong.Add("starts-on", "The start date cannot be before today.")
		} else if starts > today.AddMonths(maxStartMonths, today.Day()) {
			wrong.Add("starts-on", "The start date is more than 12 months away.")
		}
	}
	if wish.EndsOn != "" && (wish.EndsOn < today || wish.EndsOn < starts) {
		wrong.Add("ends-on", "The end date cannot be before the start or before today.")
	}
	if err := wrong.Problem(); err != nil {
		return Subscription{}, err
	}
	return begin(wish, t, c, starts, now, loc), nil
}

func begin(wish Assignment, t PlanTerms, c Customer, starts Date, now time.Time, loc *time.Location) Subscription {
	s := Subscription{
		RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID,
		PlanID: t.PlanID, PlanNumber: t.Number, Seats: wish.Seats,
		StartsAt: now, Renews: t.Renews, CreatedAt: now, Version: 1,
	}
	if wish.Renews != nil {
		s.Renews = *wish.Renews
	}
	switch t.Activation {
	case AtOnce:
		s = s.Begun(t, DateOf(now, loc), now, loc)
	case OnDate:
		at := starts.StartIn(loc)
		if !at.After(now) {
			s = s.Begun(t, starts, now, loc)
			break
		}
		s = s.Begun(t, starts, at, loc)
		s.StartsAt, s.ActivatedAt = at, nil
	}
	if wish.EndsOn != "" {
		s = s.endingOn(wish.EndsOn, loc)
	}
	return s
}
