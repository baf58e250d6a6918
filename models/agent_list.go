package models

import "time"

// FewAgents is how many agents can be counted exactly and sorted by anything.
const FewAgents = 5000

// AgentRow is one line of the list of agents.
type AgentRow struct {
	SeenAgent
	Customer string // by name
	SortKey  string
	MovesTo  string // the account that it is told to move to, or empty
	// ReleasedBy is who took its seat back, by name; empty while it has one, and where it was merged.
	ReleasedBy string
}

// AgentsPage is one page of the agents that hold a seat, or of those that were released.
type AgentsPage struct {
	ListFrame
	Rows     []AgentRow
	Customer string // the name of the customer that the question names
	// SortsBySeen says that few enough fit to be sorted by their last check-in.
	SortsBySeen bool
}

// AccountAgents are the agents of one account.
type AccountAgents struct {
	AgentsPage
	Held   HeldPlan
	Owner  Customer // whose account it is
	Health AgentCounts
}

// AgentFile is what the page of one agent shows.
type AgentFile struct {
	AsOf     time.Time
	Agent    SeenAgent
	CheckIns CheckIns
	Customer Customer
	Held     HeldPlan // the account that it reports to
	Doubled  bool     // whether its device has an agent in another account too
	Moves    []AgentMove
	Carries  []AgentCarry
}

// CheckIns is what is kept of an agent's check-ins besides when the last one was.
type CheckIns struct {
	Before   *time.Time    // the one before the last; nil if there was none
	Sequence int64         // the agent's own count of them; 0 before the first
	Skew     time.Duration // how far its clock was ahead of the portal's at the last one
}

// ClockTolerance is how wrong a clock may be before people are told.
const ClockTolerance = 2 * time.Minute

// ClockIsWrong reports whether the agent's clock is far from the portal's, either way.
func (c CheckIns) ClockIsWrong() bool { return c.Skew.Abs() >= ClockTolerance }

// AgentMove is one stay of an agent in an account, the newest first. What it joined from is the account
// of the stay before.
type AgentMove struct {
	AgentID   string // another one's, if that was merged into this agent
	Number    int
	AccountID string
	CarryID   string // empty where it joined by enrolling
	JoinedAt  time.Time
	LeftAt    *time.Time
	// ReleasedBy is who took its seat back at the end of the stay, by name; empty where it left otherwise.
	ReleasedBy string
}

// AgentCarry is what an agent was told about moving, and what came of it.
type AgentCarry struct {
	Carry   Carry
	Carried CarriedAgent
}

// State is where the agent stands on its way.
func (c AgentCarry) State(now time.Time) CarryState { return c.Carried.State(c.Carry, now) }
