package models

import "time"

// EventKind says what happened. The sentence for it is written where history is shown.
type EventKind string

const (
	CustomerCreated  EventKind = "customer.created"
	CustomerChanged  EventKind = "customer.changed"
	CustomerArchived EventKind = "customer.archived"
	CustomerRestored EventKind = "customer.restored"
	AccountCreated   EventKind = "account.created"
	AccountReplaced  EventKind = "account.replaced"
	PlanAssigned     EventKind = "plan.assigned"
	PlanActivated    EventKind = "plan.activated"
	PlanModified     EventKind = "plan.modified"
	PlanRenewed      EventKind = "plan.renewed"
	PlanSwapped      EventKind = "plan.swapped" // another plan before the first activation
	PlanSuspended    EventKind = "plan.suspended"
	PlanResumed      EventKind = "plan.resumed"
	PlanCancelled    EventKind = "plan.cancelled"
	PlanRestored     EventKind = "plan.restored"   // a cancellation taken back
	ReassignUndone   EventKind = "account.undone"  // on both accounts of the reassign
	AccountRetired   EventKind = "account.retired" // on the empty account, and on the one that keeps its plan
	AgentEnrolled    EventKind = "agent.enrolled"
	AgentReturned    EventKind = "agent.returned" // a released agent took a seat again
	AgentsReleased   EventKind = "agents.released"
	AgentsMerged     EventKind = "agents.merged" // on the accounts of both agents of a device
	CarryBegun       EventKind = "carry.begun"
	CarryCancelled   EventKind = "carry.cancelled"
	CarryRetried     EventKind = "carry.retried"
	AgentsMoved      EventKind = "agents.moved" // on both accounts, one for each batch
	// AgentsStayed tells both accounts of agents that did not move because their device was there already.
	AgentsStayed    EventKind = "agents.stayed"
	PlanDrawnUp     EventKind = "catalogue.created"
	PlanEdited      EventKind = "catalogue.changed"
	PlanRetired     EventKind = "catalogue.retired"
	PlanBroughtBack EventKind = "catalogue.restored"
	UserCreated     EventKind = "user.created"
	PasswordSet     EventKind = "user.password"
	// EnrolmentKeyShown tells of one person's sight of the key, for an hour.
	EnrolmentKeyShown   EventKind = "account.key-shown"
	EnrolmentKeyRotated EventKind = "account.key-rotated"
	EnrolmentKeyEnded   EventKind = "account.key-ended" // of a key that had been rotated
)

// Event is one line of history: who did what to which thing, from what to what, when, through which
// door, having seen which proposal. It is written in the same transaction as the change.
type Event struct {
	ID         int64
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	// Seq counts the events of one partner without gaps. History is ordered by it, not by time.
	Seq        int64
	Kind       EventKind
	At         time.Time
	ActorID    string
	ActorName  string
	ActorRole  Role
	Door       string
	RequestID  string
	ProposalID string
	Detail     Detail `gorm:"serializer:json"`
	PrevHash   string
	Hash       string
}

// Detail is what an event has to tell beyond its kind. Fields that do not apply are empty.
type Detail struct {
	Plan       string     `json:",omitempty"`
	PlanBefore string     `json:",omitempty"`
	Seats      int        `json:",omitempty"`
	Before     int        `json:",omitempty"` // seats before
	EndsOn     Date       `json:",omitempty"`
	EndedOn    Date       `json:",omitempty"` // the end date before
	Renews     *bool      `json:",omitempty"`
	Other      string     `json:",omitempty"` // the other account of a reassign
	Agents     int        `json:",omitempty"` // how many agents it concerned
	Total      int        `json:",omitempty"` // of how many, where the batches of a carry are told as one; never stored
	Device     string     `json:",omitempty"`
	Name       string     `json:",omitempty"`
	Why        string     `json:",omitempty"` // the reason chosen
	Note       string     `json:",omitempty"` // the reason in the actor's words
	Fields     string     `json:",omitempty"` // which fields changed
	Charge     int64      `json:",omitempty"` // minor units
	Currency   string     `json:",omitempty"`
	Carry      string     `json:",omitempty"` // the carry it belongs to
	To         bool       `json:",omitempty"` // whether the other account is where the agents go
	Key        string     `json:",omitempty"` // the ending of an enrolment key
	Until      *time.Time `json:",omitempty"` // how long that key works
}
