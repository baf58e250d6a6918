package models

import (
	"fmt"
	"time"
)

// Term says what a modification does with the end date.
type Term string

const (
	KeepTerm    Term = "keep"
	RestartTerm Term = "restart" // a new term of the plan's length, from today
	UntilTerm   Term = "until"   // align to a date
)

// maxTermYears bounds an end date that somebody sets by hand.
const maxTermYears = 10

// Modification is the wish to change what is assigned to an account, on the same account.
type Modification struct {
	PlanKey    string
	Seats      int
	Term       Term
	EndsOn     Date // with UntilTerm
	Renews     bool
	Note       string
	AcceptOver bool // the list of agents without a seat was read
	Version    int  // of the subscription when the form was drawn
	PlanNumber int  // the version of the plan whose price was shown, if it is another plan
	FormKey    string
}

// Effect says what a modification does to one thing.
type Effect string

const (
	Stays   Effect = "stays"
	Changes Effect = "changes"
	Lost    Effect = "lost"
)

// Impact is what a modification would do, computed and not yet done.
type Impact struct {
	After Subscription
	Terms PlanTerms // after
	// MonthlyBefore and MonthlyAfter are what the seats cost a month.
	MonthlyBefore Money
	MonthlyAfter  Money
	// Charge is the difference for the rest of the term, from today to EndsOn; negative is a credit.
	Charge  Money
	Charged bool // false before the plan begins: nothing is running yet
	// Without counts the agents that would be without a seat.
	Without int
	// Lost lists what the plan after no longer has.
	Lost []string
	// Converts says that a trial becomes a full plan.
	Converts bool
	// Changed names what would change: plan, seats, end date, renewal.
	Changed []string
}

// RuleOnModification says what a modification would do, or what is wrong with the wish. It never
// touches account, enrolment key or agents. Seats below what is in use are a warning, unless the
// plan's policy refuses them.
func RuleOnModification(s Situation, wish Modification) (Impact, error) {
	if err := refusedModification(s); err != nil {
		return Impact{}, err
	}
	var wrong Complaints
	terms := s.Terms
	if !s.same() {
		terms = s.Target.Terms
	}
	if why := unfit(s); why != "" {
		wrong.Add("plan", why)
	}
	after := s.Subscription
	after.PlanID, after.PlanNumber = terms.PlanID, terms.Number
	after.Renews = wish.Renews
	after.Seats = wish.Seats
	checkSeats(s, terms, wish, &wrong)
	after = withTerm(s, terms, wish, after, &wrong)
	if err := wrong.Problem(); err != nil {
		return Impact{}, err
	}
	return impactOf(s, terms, after), nil
}

func refusedModification(s Situation) error {
	switch {
	case !s.Account.Open():
		return &Problem{Kind: Conflict, Message: "This account is closed. What was assigned to it can no longer be modified."}
	case s.Product.Kind == OnPremise && !s.same():
		return &Problem{Kind: Invalid, Fields: []FieldProblem{{"plan", "Another plan of an on-premise product brings a new code, which the portal does not issue."}}}
	case s.State() == Suspended:
		return &Problem{Kind: Conflict, Message: "This plan is suspended. Resume it first, then modify it."}
	}
	return nil
}

// unfit says why the target cannot be reached in place, or nothing.
func unfit(s Situation) string {
	to := s.Target.Terms
	switch {
	case s.same() && s.Terms.Trial:
		return "A trial is changed by converting it: choose a full plan."
	case s.same():
		return ""
	case s.Target.Product.Family != s.Account.Family:
		return fmt.Sprintf("%s is another product. Choose a plan of the same product.", to.Name)
	case !s.Target.Granted:
		return fmt.Sprintf("Your distributor has not granted %s to you. An admin of your distributor can.", to.Name)
	case s.Target.Plan.RetiredAt != nil:
		return fmt.Sprintf("%s is no longer sold.", to.Name)
	case s.Target.Plan.LockedAt != nil:
		return fmt.Sprintf("%s is locked until its admin unlocks it.", to.Name)
	}
	return s.obstacle()
}

// FitsInPlace reports whether an offer could be had by modifying: the same family, data center, unit
// and currency, no code, no trial, and before the beginning the same way to begin.
func FitsInPlace(s Situation, o Offer) bool {
	s.Target = o
	return o.Product.Family == s.Account.Family && s.obstacle() == ""
}

// obstacle says what about the target's terms stands in the way of modifying into it, or nothing.
func (s Situation) obstacle() string {
	from, to := s.Terms, s.Target.Terms
	switch {
	case to.Trial:
		return "A plan cannot be modified into a trial."
	case to.DataCenter != from.DataCenter:
		return fmt.Sprintf("%s runs in %s, this account in %s. An account cannot move between data centers.", to.Name, to.DataCenter, from.DataCenter)
	case to.Unit != from.Unit:
		return fmt.Sprintf("%s counts by the %s, this plan by the %s.", to.Name, to.Unit, from.Unit)
	case to.Currency != from.Currency:
		return fmt.Sprintf("%s is priced in %s, this plan in %s.", to.Name, to.Currency, from.Currency)
	case s.needsCode():
		return fmt.Sprintf("%s begins with a code, which the portal does not issue.", to.Name)
	case !s.Account.Activated() && to.Activation != from.Activation:
		return fmt.Sprintf("%s does not begin the way this plan does. Replace this plan before it begins.", to.Name)
	}
	return ""
}

func checkSeats(s Situation, terms PlanTerms, wish Modification, wrong *Complaints) {
	switch {
	case wish.Seats < MinSeats || wish.Seats > MaxSeats:
		wrong.Add("seats", "Enter a number of seats from 1 to 999,999.")
	case wish.Seats < s.Agents.Total && terms.Policy.RefuseOverUse && (wish.Seats < s.Subscription.Seats || !s.same()):
		wrong.Add("seats", fmt.Sprintf("%d agents are in use, and this plan refuses fewer seats than that.", s.Agents.Total))
	}
}

func withTerm(s Situation, terms PlanTerms, wish Modification, after Subscription, wrong *Complaints) Subscription {
	loc, today := s.Customer.Location(), s.Today()
	if !s.State().Live() {
		after.SuspendedAt = nil // what comes after a term that is over is not suspended by its past
	}
	switch wish.Term {
	case RestartTerm:
		if !s.Account.Activated() {
			wrong.Add("term", "The plan has not begun, so there is no term to restart.")
			return after
		}
		began := after.Begun(terms, today, s.Now, loc)
		began.StartsAt, began.CancelledAt = s.Now, nil
		return began
	case UntilTerm:
		switch {
		case after.ActivatedAt == nil:
			wrong.Add("ends-on", "The plan has not begun. Its end date follows from its beginning.")
		case wish.EndsOn == "":
			wrong.Add("ends-on", "Enter the last day of the term, like 2026-11-30.")
		case wish.EndsOn < today:
			wrong.Add("ends-on", "The end date cannot be before today.")
		case wish.EndsOn > today.AddMonths(12*maxTermYears, today.Day()):
			wrong.Add("ends-on", "The end date is more than 10 years away.")
		default:
			after = after.endingOn(wish.EndsOn, loc)
		}
	case KeepTerm:
		if wish.EndsOn != "" && wish.EndsOn != s.Subscription.EndsOn {
			wrong.Add("term", "Choose “End on another date” for another end date, or leave the date as it is.")
		}
	default:
		wrong.Add("term", "Choose what happens to the end date.")
		return after
	}
	switch st := after.State(terms, s.Now); {
	case st == Cancelled:
		wrong.Add("term", "This plan was cancelled. Restart its term today.")
	case !st.Live() && wish.Term == KeepTerm:
		wrong.Add("term", "The term is over. Restart it today or choose an end date.")
	}
	return after
}

func impactOf(s Situation, terms PlanTerms, after Subscription) Impact {
	before := s.Subscription
	im := Impact{
		After: after, Terms: terms,
		MonthlyBefore: s.Terms.Monthly(before.Seats), MonthlyAfter: terms.Monthly(after.Seats),
		Without:  max(0, s.Agents.Total-after.Seats),
		Lost:     s.Terms.Without(terms),
		Converts: s.Terms.Trial && !terms.Trial,
	}
	if after.EndsOn != "" && !s.Now.Before(after.StartsAt) {
		im.Charged = true
		paidUntil := before.EndsOn
		if before.CancelledAt != nil {
			paidUntil = "" // the rest of that term was credited when it was cancelled
		}
		im.Charge = chargeFor(s.Today(), im.MonthlyBefore, paidUntil, im.MonthlyAfter, after.EndsOn)
	}
	if after.PlanID != before.PlanID {
		im.Changed = append(im.Changed, "plan")
	}
	if after.Seats != before.Seats {
		im.Changed = append(im.Changed, "seats")
	}
	if after.EndsOn != before.EndsOn {
		im.Changed = append(im.Changed, "end date")
	}
	if after.Renews != before.Renews {
		im.Changed = append(im.Changed, "renewal")
	}
	return im
}

// chargeFor is what the rest of the term costs after, less what it cost before; by days of a year of
// 365, rounded once.
func chargeFor(today Date, before Money, until Date, after Money, ends Date) Money {
	days := func(d Date) int64 {
		if d == "" {
			return 0
		}
		return int64(max(0, today.DaysUntil(d)))
	}
	return after.Times(days(ends)).Minus(before.Times(days(until))).ForDays(1)
}

// Modified records what a modification did.
func (im Impact) Modified(s Situation, wish Modification) Event {
	d := Detail{
		Plan: im.Terms.Name, Seats: im.After.Seats, EndsOn: im.After.EndsOn, Note: wish.Note,
		Agents: s.Agents.Total, Charge: im.Charge.Minor, Currency: im.Charge.Currency,
	}
	if im.After.PlanID != s.Subscription.PlanID {
		d.PlanBefore = s.Terms.Name
	}
	if im.After.Seats != s.Subscription.Seats {
		d.Before = s.Subscription.Seats
	}
	if im.After.EndsOn != s.Subscription.EndsOn {
		d.EndedOn = s.Subscription.EndsOn
	}
	if im.After.Renews != s.Subscription.Renews {
		d.Renews = &im.After.Renews
	}
	return Event{Kind: PlanModified, AccountID: s.Account.ID, CustomerID: s.Customer.ID, PartnerID: s.Account.PartnerID, RootID: s.Account.RootID, Detail: d}
}

// ActivatedBy is the subscription activated at an instant by the customer's first sign-in or by its
// date, under its terms. An end date that was set before stays.
func (s Subscription) ActivatedBy(terms PlanTerms, at time.Time, loc *time.Location) Subscription {
	on := DateOf(at, loc)
	if terms.Activation == OnDate && s.StartsOn != "" {
		on = s.StartsOn
	}
	if s.EndsOn == "" {
		return s.Begun(terms, on, at, loc)
	}
	s.ActivatedAt, s.StartsOn = &at, min(on, s.EndsOn)
	return s
}
