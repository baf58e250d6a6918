package models

import "time"

// Subscription is a plan as assigned to one account. It holds facts, each with its moment; State
// turns them into a word.
type Subscription struct {
	ID         string // S-…
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	PlanID     string
	PlanNumber int // the version of the plan it was assigned with
	Seats      int
	// StartsAt is when it may begin; ActivatedAt is when it did.
	StartsAt    time.Time
	ActivatedAt *time.Time
	// StartsOn and EndsOn are local dates of the customer; the term runs to the last second of
	// EndsOn. Both are empty until a first sign-in starts the term. AnchorDay is the day of the
	// month that renewals keep to.
	StartsOn    Date
	EndsOn      Date
	EndsAt      *time.Time // the instant after EndsOn, kept beside it so that SQL can compare
	AnchorDay   int
	Renews      bool
	SuspendedAt *time.Time
	CancelledAt *time.Time
	CreatedAt   time.Time
	Version     int
}

// State is what a subscription is at an instant.
type State string

const (
	Scheduled      State = "scheduled"
	AwaitingSignIn State = "awaiting sign-in"
	AwaitingCode   State = "awaiting code"
	Active         State = "active"
	EndingSoon     State = "ending soon"
	Grace          State = "grace"
	Locked         State = "locked"
	Ended          State = "ended"
	Suspended      State = "suspended"
	Cancelled      State = "cancelled"
)

// State of the subscription under its terms. After the end everything works for the days of grace,
// then it is locked and a renewal brings it back, then it has ended.
func (s Subscription) State(terms PlanTerms, now time.Time) State {
	switch {
	case s.CancelledAt != nil && !now.Before(*s.CancelledAt):
		return Cancelled
	case s.EndsAt != nil && !now.Before(*s.EndsAt):
		return s.stateAfterEnd(terms.Policy, int(now.Sub(*s.EndsAt)/(24*time.Hour)))
	case s.SuspendedAt != nil:
		return Suspended
	case s.ActivatedAt == nil:
		return stateBeforeStart(s, terms, now)
	case s.EndsAt != nil && s.EndsAt.Sub(now) <= time.Duration(terms.Policy.EndingSoonDays)*24*time.Hour:
		return EndingSoon
	}
	return Active
}

func (s Subscription) stateAfterEnd(p Policy, days int) State {
	switch {
	case days < p.GraceDays && s.SuspendedAt != nil:
		return Suspended // the end brings nothing back
	case days < p.GraceDays:
		return Grace
	case days < p.GraceDays+p.LockedDays:
		return Locked
	}
	return Ended
}

func stateBeforeStart(s Subscription, terms PlanTerms, now time.Time) State {
	switch {
	case now.Before(s.StartsAt):
		return Scheduled
	case terms.Activation == ByCode:
		return AwaitingCode
	case terms.Activation == OnDate:
		return Active // its moment has come; the stored activation follows
	}
	return AwaitingSignIn
}

// Live reports whether the state is one in which the product works or may begin to.
func (s State) Live() bool {
	switch s {
	case Locked, Ended, Cancelled:
		return false
	}
	return true
}

// DaysLeft counts the days from today to the end date; negative after it, 0 without one.
func (s Subscription) DaysLeft(today Date) int {
	if s.EndsOn == "" {
		return 0
	}
	return today.DaysUntil(s.EndsOn)
}

// Begun is the subscription with its term running from a day on: it is active and ends the terms'
// number of months later, on the last day before the anchor day.
func (s Subscription) Begun(terms PlanTerms, on Date, at time.Time, loc *time.Location) Subscription {
	s.ActivatedAt = &at
	s.StartsOn = on
	s.AnchorDay = on.Day()
	return s.Ending(on.AddMonths(terms.TermMonths, s.AnchorDay).AddDays(-1), loc)
}

// endingOn is the subscription with an end date that somebody chose: renewals follow it.
func (s Subscription) endingOn(on Date, loc *time.Location) Subscription {
	s = s.Ending(on, loc)
	s.AnchorDay = on.AddDays(1).Day()
	return s
}

// Ending is the subscription with another end date.
func (s Subscription) Ending(on Date, loc *time.Location) Subscription {
	end := on.EndIn(loc)
	s.EndsOn, s.EndsAt = on, &end
	return s
}

// CountedIn is the subscription with its days counted in another time zone, because its customer moved:
// the dates stay, the instants at which they begin and end are others. A start that has passed stays.
func (s Subscription) CountedIn(loc *time.Location, now time.Time) Subscription {
	if s.EndsOn != "" {
		s = s.Ending(s.EndsOn, loc)
	}
	if s.ActivatedAt == nil && s.StartsOn != "" && s.StartsAt.After(now) {
		s.StartsAt = s.StartsOn.StartIn(loc)
	}
	return s
}
