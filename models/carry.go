package models

import "time"

// Carry is agents of one account on their way to another one of the same customer and product. Each
// agent is told at its next check-in, and counts in the other account from the check-in after that.
type Carry struct {
	ID          string // CR-…
	RootID      string
	PartnerID   string
	CustomerID  string
	AccountID   string // where the agents are when it begins
	ToAccountID string
	Kind        CarryKind
	Picked      string // which agents, in words: "all", "group Reception", "a list"
	ActorID     string
	ActorName   string
	Total       int
	CreatedAt   time.Time
	// DeadlineAt is when agents that have not confirmed are given up. Nothing happens then: that it
	// has passed is found when somebody looks.
	DeadlineAt  time.Time
	CancelledAt *time.Time
	Version     int
}

// CarryKind says what a carry is for.
type CarryKind string

const (
	// CarryOver moves agents because a person asked for it.
	CarryOver CarryKind = "carry"
	// CarryBack moves them because a reassign was undone.
	CarryBack CarryKind = "undo"
)

// CarryFor is how long agents have to confirm, from when the carry began or was tried again.
const CarryFor = 14 * 24 * time.Hour

// CarriedAgent is one agent of a carry.
type CarriedAgent struct {
	CarryID    string
	AgentID    string
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string // where it was when the carry began
	// TokenHash finds the token that it was offered for the other account.
	TokenHash *string
	ToldAt    *time.Time
	MovedAt   *time.Time
	// DroppedAt is when it left the carry without moving, and Why for what.
	DroppedAt *time.Time
	Why       DropReason
}

// TableName is where they are stored.
func (CarriedAgent) TableName() string { return "carry_agents" }

// DropReason says why an agent of a carry stays where it is.
type DropReason string

const (
	DroppedByCancel  DropReason = "cancelled"
	DroppedByRelease DropReason = "released"
	// DroppedAsThere: the same device has an agent in the other account already.
	DroppedAsThere DropReason = "there already"
	// DroppedByDeadline: it was given up, and another carry has taken its place.
	DroppedByDeadline DropReason = "given up"
)

// CarryCounts add up at every moment: Moved + Waiting + Failed = Total.
type CarryCounts struct {
	Total   int
	Moved   int
	Waiting int
	// Told and Offline are part of Waiting: those that know already, and those that were last seen
	// longer than OnlineFor ago or never.
	Told    int
	Offline int
	Failed  int
	// GivenUp is part of Failed: those that the deadline has passed. Trying again waits for them.
	GivenUp int
}

// Done reports whether nobody is waited for any more.
func (c CarryCounts) Done() bool { return c.Waiting == 0 }

// Open reports whether agents of the carry are still told to move.
func (c Carry) Open(now time.Time) bool { return c.CancelledAt == nil && now.Before(c.DeadlineAt) }

// CarryState is where an agent of a carry stands.
type CarryState string

const (
	CarryMoved   CarryState = "moved"
	CarryWaiting CarryState = "waiting"
	CarryFailed  CarryState = "failed"
)

// State of an agent of a carry. Whom the deadline has passed is failed; trying again makes it wait.
func (a CarriedAgent) State(c Carry, now time.Time) CarryState {
	switch {
	case a.MovedAt != nil:
		return CarryMoved
	case a.DroppedAt != nil || !c.Open(now):
		return CarryFailed
	}
	return CarryWaiting
}

// CarryWish asks for agents to be carried over. Exactly one way of picking is meant: with Agents those,
// with a Group its agents, otherwise all.
type CarryWish struct {
	ToAccountID string
	Pick        CarryPick
	Group       string
	Agents      []string
	// AgentsVersion is the one that the form was drawn from: an agent that joined or left since is a
	// conflict.
	AgentsVersion int
	Shown         CarryShown // what the form showed then
	FormKey       string
}

// CarryPick is a way of choosing agents.
type CarryPick string

const (
	PickAll   CarryPick = "all"
	PickGroup CarryPick = "group"
	PickList  CarryPick = "list"
)

// MaxPicked is how many agents can be picked by hand.
const MaxPicked = 1000

// MostChoices is how many agents a form offers for picking by hand.
const MostChoices = 200

// Words say in history which agents were picked.
func (w CarryWish) Words() string {
	switch w.Pick {
	case PickGroup:
		return "group " + w.Group
	case PickList:
		return "a list"
	}
	return "all"
}

// Muddled says what is wrong with how the agents were picked; a form without scripts lets a person pick in
// two ways at once.
func (w CarryWish) Muddled() string {
	switch {
	case w.Pick != PickList && len(w.Agents) > 0:
		return "Agents are ticked, and another way of choosing is chosen. Choose “Those that I tick below”, or untick them."
	case w.Pick == PickAll && w.Group != "":
		return "The group " + w.Group + " is chosen, and so are all agents. Choose “Those of one group”, or no group."
	case w.Pick == PickGroup && w.Group == "":
		return "Choose a group."
	case w.Pick == PickList && len(w.Agents) == 0:
		return "Tick at least one agent."
	}
	return ""
}

// CarryImpact is what carrying so many agents would do, computed and not yet done.
type CarryImpact struct {
	Agents int
	// InUse is how many agents the other account would have, with those that are arriving already, and Seats
	// what it pays for.
	InUse int
	Seats int
	// Waits says that agents are told only once the other account has become active.
	Waits bool
}

// Over is how many agents would be there beyond the seats.
func (i CarryImpact) Over() int { return max(0, i.InUse-i.Seats) }

// RuleOnCarry says what carrying so many agents from one account to another would mean, where others are
// arriving already, or why it cannot be done. More agents than seats are tolerated where the plan tolerates
// them.
func RuleOnCarry(from, to HeldPlan, agents, arriving int, now time.Time) (CarryImpact, error) {
	im := CarryImpact{Agents: agents, InUse: to.Agents + arriving + agents, Seats: to.Subscription.Seats, Waits: !to.Account.Activated()}
	state := to.State(now)
	switch {
	case from.Account.ID == to.Account.ID:
		return im, carryRefused("to", "Choose another account than the one the agents are in.")
	case from.Account.CustomerID != to.Account.CustomerID:
		return im, carryRefused("to", "The other account belongs to another customer.")
	case from.Account.ProductID != to.Account.ProductID:
		return im, carryRefused("to", "The other account is for another product.")
	case !to.Account.Open():
		return im, carryRefused("to", "The other account is closed. Nothing can report to it.")
	case !state.Working() && state != AwaitingSignIn && state != Scheduled:
		return im, carryRefused("to", "The plan of the other account does not take agents: it is "+string(state)+".")
	case agents < 1:
		return im, carryRefused("pick", "There is no agent to carry over.")
	case to.Terms.Policy.RefuseOverUse && im.Over() > 0:
		return im, carryRefused("pick", "The plan of the other account refuses more agents than seats. Add seats there first.")
	}
	return im, nil
}

func carryRefused(field, message string) error {
	return &Problem{Kind: Invalid, Fields: []FieldProblem{{Field: field, Message: message}}}
}

// MissingAgent is an agent of a carry that has not moved.
type MissingAgent struct {
	CarriedAgent
	DeviceName string
	GroupName  string
	SeenAt     *time.Time
}

// AgentGroup is a group of an account's agents.
type AgentGroup struct {
	Name   string
	Agents int
}

// CarryDesk is what the page of a new carry shows.
type CarryDesk struct {
	AsOf     time.Time
	Customer Customer
	From     HeldPlan
	Targets  []HeldPlan // the customer's accounts that agents could move to
	To       HeldPlan   // the one that is wished; zero where there is none
	Groups   []AgentGroup
	Choices  []SeenAgent // to pick from by hand: those that are picked, then others up to a bound
	More     bool        // whether there are others beyond it
	Waiting  int         // agents that are on their way elsewhere already; they are not picked again
	OnCarry  string      // the newest carry that they are on
	There    int         // of the picked: whose device has an agent in the other account already; they stay
	Wish     CarryWish
	Impact   CarryImpact
	Problem  *Problem
	Changed  []string // what changed since the form was drawn
}

// Free is how many agents of the account are on no way elsewhere.
func (d CarryDesk) Free() int { return d.From.Agents - d.Waiting }

// CarryProgress is what the page of a carry shows.
type CarryProgress struct {
	AsOf     time.Time
	Customer Customer
	Carry    Carry
	From, To HeldPlan
	Counts   CarryCounts
	Missing  []MissingAgent // a few, the longest silent first
}

// MissingPage is one page of the agents of a carry that have not moved.
type MissingPage struct {
	AsOf     time.Time
	Customer Customer
	Carry    Carry
	Missing  []MissingAgent
	After    string // the agent behind which it begins; empty for the first page
	Next     string // the agent behind which the next one begins; empty for the last
}

// RunningCarry is a carry that agents are still on, in short.
type RunningCarry struct {
	ID          string
	AccountID   string
	ToAccountID string
	Kind        CarryKind
	Total       int
	Moved       int
}
