package models

import "time"

// OrphanKind says what is wrong about an orphan: agents that report where nobody means them to, or what
// is left of an accident that led to it.
type OrphanKind string

const (
	// NoPlan: agents report to an account whose plan has ended or was cancelled. One that is locked can be
	// renewed and one that is suspended is held on purpose, so they are not meant.
	NoPlan OrphanKind = "no-plan"
	// LeftBehind: agents report to an account that another one replaced, and are not on their way.
	LeftBehind OrphanKind = "left-behind"
	// EmptySecond: a second account of a product without agents, beside one with agents.
	EmptySecond OrphanKind = "empty-second"
	// SameDevice: one device holds a seat in two accounts of a customer.
	SameDevice OrphanKind = "same-device"
)

// OrphanKinds lists the kinds, the most pressing first.
func OrphanKinds() []OrphanKind { return []OrphanKind{LeftBehind, NoPlan, EmptySecond, SameDevice} }

// OrphanKindOf is the kind that an address names; empty if it names none.
func OrphanKindOf(key string) OrphanKind {
	for _, k := range OrphanKinds() {
		if string(k) == key {
			return k
		}
	}
	return ""
}

// OrphanCount is how many orphans of a kind there are, up to CountBound and one more.
type OrphanCount struct {
	Kind  OrphanKind
	Count int
}

// Orphan is one line of the radar.
type Orphan struct {
	Kind       OrphanKind
	AccountID  string
	CustomerID string
	Customer   string
	Plan       string
	// Since is when it began: the plan's end, the reassign, the account's beginning, the second enrolment.
	Since time.Time
	// Agents report here and are not on their way; of an empty account, those of the other one; up to
	// CountBound and one more.
	Agents int
	// OtherID is the account that the repair leads to, or empty. Of a device it is the one that it came to
	// first.
	OtherID string
	// Paired says that this account was left behind and the other one is its empty successor, or the other way
	// round: what repairs the one rules out what repairs the other.
	Paired bool
	// Cancelled says that the plan was cancelled; otherwise it has ended.
	Cancelled bool
	Closed    bool
	// UndoUntil is until when the reassign can be undone; zero when it cannot any more.
	UndoUntil time.Time
	// Device names a doubled device. FirstSeen and LastSeen are its last check-ins in the account that it
	// came to first and in this one.
	Device  string
	AgentID string // of it here
	// OtherAgentID is of it in the account that it came to first.
	OtherAgentID string
	FirstSeen    *time.Time
	LastSeen     *time.Time
}

// OrphansPage is one page of the radar: one kind of orphan, and the numbers of all.
type OrphansPage struct {
	AsOf   time.Time
	Counts []OrphanCount
	Kind   OrphanKind
	Rows   []Orphan
	// Previous and Next are the places before and after which other pages are; empty where there is none.
	Previous string
	Next     string
}

// Count is how many orphans of a kind there are.
func (p OrphansPage) Count(k OrphanKind) int {
	for _, c := range p.Counts {
		if c.Kind == k {
			return c.Count
		}
	}
	return 0
}

// None reports whether there are no orphans at all.
func (p OrphansPage) None() bool { return NoOrphans(p.Counts) }

// NoOrphans reports whether all counts are nought.
func NoOrphans(counts []OrphanCount) bool {
	for _, c := range counts {
		if c.Count > 0 {
			return false
		}
	}
	return true
}
