package models

import "time"

// AgentRefusal is a refusal that an agent can tell from others: people read the message, programs the
// code.
type AgentRefusal struct {
	Code    AgentCode
	Problem *Problem
}

// AgentCode names a reason for refusing an agent. The codes are part of the protocol and never change.
type AgentCode string

const (
	// UnknownAgent: no such key or token, or not one that opens anything here.
	UnknownAgent AgentCode = "unknown"
	// AccountClosed: nothing reports to this account any more.
	AccountClosed AgentCode = "account-closed"
	// AccountNotActivated: the account has never become active.
	AccountNotActivated AgentCode = "not-activated"
	// PlanNotWorking: what is assigned is suspended, cancelled, locked or over, or has not begun.
	PlanNotWorking AgentCode = "plan-not-working"
	// SeatsInUse: the plan refuses more agents than seats.
	SeatsInUse AgentCode = "seats-in-use"
	// AgentReleased: somebody took the seat back.
	AgentReleased AgentCode = "agent-released"
)

func (r *AgentRefusal) Error() string { return r.Problem.Error() }

// Unwrap gives the problem.
func (r *AgentRefusal) Unwrap() error { return r.Problem }

// RefuseAgent makes a refusal.
func RefuseAgent(code AgentCode, kind ProblemKind, message string) error {
	return &AgentRefusal{code, &Problem{Kind: kind, Message: message}}
}

// Working reports whether the state is one in which agents are protected and may enrol.
func (s State) Working() bool { return s == Active || s == EndingSoon || s == Grace }

// RuleOnEnrolment refuses, with the reason, an agent that may not enrol on an account; nil lets it in.
// A device that holds a seat already takes no other one. inUse is asked only where the plan refuses
// over-use.
func RuleOnEnrolment(a Account, s Subscription, terms PlanTerms, seated bool, inUse int, now time.Time) error {
	state := s.State(terms, now)
	switch {
	case !a.Open():
		return RefuseAgent(AccountClosed, Forbidden, "This account is closed.")
	case !a.Activated():
		return RefuseAgent(AccountNotActivated, Conflict, "Enrolment is refused before activation.")
	case !state.Working():
		return RefuseAgent(PlanNotWorking, Conflict, "The plan of this account does not take agents: it is "+string(state)+".")
	case terms.Policy.RefuseOverUse && !seated && inUse >= s.Seats:
		return RefuseAgent(SeatsInUse, Conflict, "All seats are in use, and the plan refuses more agents than seats.")
	}
	return nil
}

// RuleOnCheckIn refuses an agent that reports nowhere any more; nil lets it report. A plan that does
// not work stops nobody from reporting, and a closed account stops nobody who is on the way out of it.
func RuleOnCheckIn(r Reporter) error {
	switch {
	case r.Released:
		return RefuseAgent(AgentReleased, Forbidden, "This agent was released from its account.")
	case (r.ClosedAt != nil || r.PurgedAt != nil) && r.CarryID == "":
		return RefuseAgent(AccountClosed, Forbidden, "This account is closed.")
	}
	return nil
}
