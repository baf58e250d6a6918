package models

import "time"

// Account is one customer's account for one product: the tenant that its agents report to. Modifying
// what is assigned to it never changes its id, its enrolment key or its agents.
type Account struct {
	ID         string // A-…
	RootID     string
	PartnerID  string
	CustomerID string
	ProductID  string
	Family     string // the product family; one live account per customer and family
	DataCenter string
	// SealedKey is the enrolment key, encrypted. Agents present the key when they enrol.
	SealedKey   string
	CreatedAt   time.Time
	ActivatedAt *time.Time
	// ReplacedByID is the account that a reassign generated instead of this one. It is a mark, not
	// an end: this account stays open, and its subscription runs until a person ends it.
	ReplacedByID *string
	ReplacedAt   *time.Time
	// ProposalID is the reassign that generated this account; nil for one that began with an assign.
	ProposalID *string
	ClosedAt   *time.Time
	PurgedAt   *time.Time
	// AgentsVersion changes when an agent joins or leaves, never on a check-in.
	AgentsVersion int
	Version       int
}

// Activated reports whether the account has ever become active.
func (a Account) Activated() bool { return a.ActivatedAt != nil }

// Replaced reports whether a reassign generated another account instead of this one.
func (a Account) Replaced() bool { return a.ReplacedByID != nil }

// Open reports whether agents may still report here.
func (a Account) Open() bool { return a.ClosedAt == nil && a.PurgedAt == nil }
