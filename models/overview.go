package models

import "time"

// AccountOverview is what the account page shows, as of one instant.
type AccountOverview struct {
	AsOf         time.Time
	Customer     Customer
	Account      Account
	Subscription Subscription
	Terms        PlanTerms
	Product      Product
	Owner        string // who looks after the customer, by name
	Contacts     []Contact
	EnrolmentKey KeySight
	Agents       AgentCounts
	Troubled     []SeenAgent  // the quiet and the never seen, then the offline; a few
	History      []Event      // the newest first; a few
	Others       []HeldPlan   // the customer's other accounts, as far as their states need
	Predecessor  string       // the account that this one replaced, or empty
	ReplacedBy   string       // who replaced this account, by name; empty unless it was
	Carry        RunningCarry // from or to this account, while agents are on it; zero without one
	UndoneAt     *time.Time   // when the reassign that made this account was undone
	Watch        *Watch       // what is to be said since the last change; nil while agents report as before
	Reassigns    bool         // whether trying to reassign makes sense here at all
}

// State of the account's subscription.
func (o AccountOverview) State() State { return o.Subscription.State(o.Terms, o.AsOf) }

// Monthly is what the account costs a month.
func (o AccountOverview) Monthly() Money { return o.Terms.Monthly(o.Subscription.Seats) }

// Live reports whether agents belong to the account for good: it was activated, and it is not
// closed. From here on a reassign would leave them behind.
func (o AccountOverview) Live() bool { return o.Account.Activated() && o.Account.Open() }

// Held is the account with what is assigned to it.
func (o AccountOverview) Held() HeldPlan {
	return HeldPlan{Account: o.Account, Subscription: o.Subscription, Terms: o.Terms, Agents: o.Agents.Total}
}

// HeldPlan is one account of a customer in a list.
type HeldPlan struct {
	Account      Account
	Subscription Subscription
	Terms        PlanTerms
	Agents       int
}

// State of the account's subscription.
func (h HeldPlan) State(now time.Time) State { return h.Subscription.State(h.Terms, now) }

// Modifiable reports whether the plan can be modified. One that is suspended has to be resumed first, and
// one that was cancelled before it began has no term to restart.
func (h HeldPlan) Modifiable(now time.Time) bool {
	state := h.State(now)
	return h.Account.Open() && state != Suspended && (h.Account.Activated() || state != Cancelled)
}

// CustomerFile is what the customer page shows.
type CustomerFile struct {
	AsOf     time.Time
	Customer Customer
	Owner    string
	Contacts []Contact
	Accounts []HeldPlan
	History  []Event
}

// ModificationDesk is what the modify page shows: the account, the plans it could have, and what the
// wish would do.
type ModificationDesk struct {
	Situation
	Offers  []Offer // the plans of the family that fit in place, the assigned one first
	Wish    Modification
	Impact  Impact
	Problem *Problem    // what is wrong with the wish
	Without []SeenAgent // who would be without a seat, least recently seen first; a few
	Stale   []string    // what changed since the form was drawn
}

// ReassignmentDesk is what the reassign pages show: the situation, the portal's ruling, and the
// proposal that was kept of it.
type ReassignmentDesk struct {
	Situation
	Ruling    Ruling
	Proposal  Proposal
	Offers    []Offer // for the choice of a plan
	Wish      Reassignment
	Problem   *Problem
	Changed   []string    // what changed since the form was drawn
	Behind    []SeenAgent // some of the agents that would stay behind, the troubled first
	Groups    int         // of agents
	Lines     int         // of history on the account, up to CountBound
	Impact    Impact      // of modifying instead; zero when that is impossible
	CanModify bool        // whether modifying into the target works in place
	Result    string      // the account that came of this proposal or of another one
	ResultBy  string
}

// Reassigned is what a reassign did.
type Reassigned struct {
	AsOf         time.Time
	Customer     Customer
	Old          HeldPlan
	New          HeldPlan
	EnrolmentKey KeySight
	Proposal     Proposal
	At           time.Time
}
