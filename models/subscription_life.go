package models

import (
	"fmt"
	"time"
)

// Turn is one of the ways in which a person changes the life of a subscription. Account, enrolment key
// and agents stay where they are, whichever it is.
type Turn string

const (
	// Suspend stops updates and enrolment until somebody resumes. The term goes on counting.
	Suspend Turn = "suspend"
	// Resume ends a suspension, as long as the term or its grace lasts.
	Resume Turn = "resume"
	// CancelAtEnd lets the term run out: it does not renew.
	CancelAtEnd Turn = "cancel at the end"
	// CancelNow ends the subscription today; the rest of the term is credited.
	CancelNow Turn = "cancel now"
	// Restore takes a cancellation back, as if it had not been.
	Restore Turn = "restore"
)

// RestoreFor is how long a cancellation can be taken back.
const RestoreFor = 72 * time.Hour

// suspendTypedFrom is the number of agents from which suspending asks for the typed account id.
const suspendTypedFrom = 10

// Needs is the permission that a turn takes.
func (t Turn) Needs() Permission {
	if t == Suspend || t == Resume {
		return SuspendPlans
	}
	return CancelPlans
}

const (
	notBegun      = "This plan has not begun, so there is nothing to suspend. Cancel it, or let it begin."
	overAlready   = "The term of this plan is over. A new term brings it back: modify the plan and restart its term."
	nothingToEnd  = "This plan has not begun, so it has no term to end. Cancel it now instead."
	alreadyGone   = "This plan is cancelled already."
	isNotGone     = "This plan is not cancelled, so there is nothing to take back."
	resumeTooLate = "The term of this plan ended and its grace is over, so there is nothing to resume. A new term brings it back: modify the plan and restart its term."
)

// refusedTurns says which turns are refused in which state, and why. What does not stand here is open.
var refusedTurns = map[Turn]map[State]string{
	Suspend: {
		Scheduled: notBegun, AwaitingSignIn: notBegun, AwaitingCode: notBegun,
		Suspended: "This plan is suspended already.", Locked: overAlready, Ended: overAlready,
		Cancelled: "This plan is cancelled, so there is nothing to suspend.",
	},
	Resume: {
		Locked: resumeTooLate, Ended: resumeTooLate,
		Cancelled: "This plan is cancelled. Take the cancellation back first.",
	},
	CancelAtEnd: {
		Scheduled: nothingToEnd, AwaitingSignIn: nothingToEnd, AwaitingCode: nothingToEnd,
		Grace: overAlready, Locked: overAlready, Ended: overAlready, Cancelled: alreadyGone,
	},
	CancelNow: {Ended: "This plan has ended already. Nothing of it runs or costs.", Cancelled: alreadyGone},
	Restore: {
		Scheduled: isNotGone, AwaitingSignIn: isNotGone, AwaitingCode: isNotGone, Active: isNotGone, EndingSoon: isNotGone,
		Grace: isNotGone, Locked: isNotGone, Ended: isNotGone, Suspended: isNotGone,
	},
}

// RefusedTurn says why a turn cannot be taken, or nothing.
func RefusedTurn(t Turn, a Account, s Subscription, terms PlanTerms, now time.Time) string {
	if !a.Open() {
		return "This account is closed. What was assigned to it can no longer be changed."
	}
	if why := refusedTurns[t][s.State(terms, now)]; why != "" {
		return why
	}
	switch {
	case t == Resume && s.SuspendedAt == nil:
		return "This plan is not suspended, so there is nothing to resume."
	case t == CancelAtEnd && (s.EndsOn == "" || s.EndsAt != nil && !now.Before(*s.EndsAt)):
		return overAlready
	case t == CancelAtEnd && !s.Renews:
		return "This plan does not renew, so it ends with its term already."
	case t == Restore && now.Sub(*s.CancelledAt) >= RestoreFor:
		return "A cancellation can be taken back for 72 hours, and they are over. Begin a new term instead."
	}
	return ""
}

// Takes reports whether this turn is open on the account.
func (o AccountOverview) Takes(t Turn) bool {
	return RefusedTurn(t, o.Account, o.Subscription, o.Terms, o.AsOf) == ""
}

// TurnImpact is what a turn would do, computed and not yet done.
type TurnImpact struct {
	After  Subscription
	Before State
	State  State // after
	// Without counts the agents that would lose their updates, Again those that would get them again.
	Without int
	Again   int
	// Charge is for the rest of the term: negative is a credit, positive takes a credit back. Charged is
	// false where no money moves.
	Charge  Money
	Charged bool
	// TypedID says that the account's id has to be typed.
	TypedID bool
	// BackUntil is how long there is a way back; the zero time is no bound.
	BackUntil time.Time
}

// RuleOnTurn says what a turn would do, or why it cannot be taken.
func RuleOnTurn(s Situation, t Turn) (TurnImpact, error) {
	if why := RefusedTurn(t, s.Account, s.Subscription, s.Terms, s.Now); why != "" {
		return TurnImpact{}, Moved(why)
	}
	im := TurnImpact{After: s.Subscription, Before: s.State(), Charge: Money{Currency: s.Terms.Currency}}
	switch t {
	case Suspend:
		im.After.SuspendedAt = &s.Now
		im.TypedID = s.Agents.Total >= suspendTypedFrom
	case Resume:
		im.After.SuspendedAt = nil
	case CancelAtEnd:
		im.After.Renews = false
		im.BackUntil = *s.Subscription.EndsAt
	case CancelNow:
		im.After.CancelledAt = &s.Now
		im.TypedID = s.Agents.Total > 0
		im.BackUntil = s.Now.Add(RestoreFor)
		im.Charge, im.Charged = restOfTerm(s, s.Now)
	case Restore:
		im.Charge, im.Charged = restOfTerm(s, *s.Subscription.CancelledAt)
		im.Charge = im.Charge.Times(-1)
		im.After.CancelledAt = nil
	default:
		return TurnImpact{}, Absent()
	}
	im.State = im.After.State(s.Terms, s.Now)
	switch working := im.State.Working(); {
	case im.Before.Working() && !working:
		im.Without = s.Agents.Total
	case !im.Before.Working() && working:
		im.Again = s.Agents.Total
	}
	return im, nil
}

// restOfTerm is what the seats cost from a moment to the end of the term, as a credit; nothing where no
// term had begun or it was over.
func restOfTerm(s Situation, at time.Time) (Money, bool) {
	sub, none := s.Subscription, Money{Currency: s.Terms.Currency}
	from := DateOf(at, s.Customer.Location())
	if sub.EndsOn == "" || at.Before(sub.StartsAt) || sub.EndsOn <= from {
		return none, false
	}
	return chargeFor(from, s.Terms.Monthly(sub.Seats), sub.EndsOn, none, from), true
}

// TurnWish is the wish to take a turn, having seen what it would do.
type TurnWish struct {
	Turn    Turn
	Why     string
	Note    string
	TypedID string
	Version int // of the subscription when the form was drawn
	FormKey string
}

// Agreement checks what was typed against what the turn asks for.
func (im TurnImpact) Agreement(wish TurnWish, accountID string) error {
	var wrong Complaints
	n := len([]rune(wish.Note))
	switch {
	case !wish.Turn.knows(wish.Why):
		wrong.Add("reason", "Choose a reason")
	case wish.Why == WhyOther && n < MinNote:
		wrong.Add("note", fmt.Sprintf("Say why in your own words, in at least %d characters", MinNote))
	}
	if n > MaxNote {
		wrong.Add("note", fmt.Sprintf("Say why in at most %d characters", MaxNote))
	}
	if im.TypedID && !SameID(wish.TypedID, accountID) {
		wrong.Add("code", "The account ID does not match. Type "+accountID)
	}
	return wrong.Problem()
}

// kinds are the events of the turns.
var kinds = map[Turn]EventKind{
	Suspend: PlanSuspended, Resume: PlanResumed, CancelAtEnd: PlanCancelled, CancelNow: PlanCancelled, Restore: PlanRestored,
}

// Taken records what a turn did. A cancellation at the end of the term says that the plan does not renew.
func (im TurnImpact) Taken(s Situation, wish TurnWish) Event {
	a := s.Account
	e := Event{Kind: kinds[wish.Turn], RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, Detail: Detail{
		Plan: s.Terms.Name, Seats: im.After.Seats, EndsOn: im.After.EndsOn, Agents: s.Agents.Total, Why: wish.Why, Note: wish.Note,
	}}
	if im.Charged {
		e.Detail.Charge, e.Detail.Currency = im.Charge.Minor, im.Charge.Currency
	}
	if wish.Turn == CancelAtEnd {
		e.Detail.Renews = &im.After.Renews
	}
	return e
}

// TurnDesk is what the page of a turn shows: the account, what the turn would do, or why it cannot be.
type TurnDesk struct {
	Situation
	Wish    TurnWish
	Impact  TurnImpact
	Problem *Problem // why the turn cannot be taken
}

// Takes reports whether another turn is open on the account.
func (d TurnDesk) Takes(t Turn) bool {
	return RefusedTurn(t, d.Account, d.Subscription, d.Terms, d.Now) == ""
}
