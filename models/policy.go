package models

import "time"

// Policy is what partner admins decided about a plan. Rules read it; nothing else does.
type Policy struct {
	// ModifyOnly refuses to put another plan in this one's place: it can only be modified.
	ModifyOnly bool
	// RefuseOverUse refuses seats below what is in use, and agents above the seats.
	RefuseOverUse bool
	// TypedIDFrom is the number of agents from which a reassign asks for the typed account id.
	TypedIDFrom int
	// SecondPersonFrom is the number of agents from which a reassign asks for a second person;
	// 0 asks never.
	SecondPersonFrom int
	// EndingSoonDays is how long before its end a subscription is said to end soon.
	EndingSoonDays int
	// GraceDays is how long everything works after the end.
	GraceDays int
	// LockedDays is how long, after the grace, a renewal can still bring everything back.
	LockedDays int
	// UndoDays is how long a reassign away from this plan can be undone; 0 is 7.
	UndoDays int `json:",omitempty"`
}

// UndoFor is how long a reassign away from the plan can be undone.
func (p Policy) UndoFor() time.Duration {
	if p.UndoDays > 0 {
		return time.Duration(p.UndoDays) * 24 * time.Hour
	}
	return 7 * 24 * time.Hour
}

// DefaultPolicy is the policy of a plan about which nobody decided anything. Full plans end soon
// 60 days before their end and trials 14, the thresholds of the trade.
func DefaultPolicy(trial bool) Policy {
	p := Policy{TypedIDFrom: 1, EndingSoonDays: 60, GraceDays: 30, LockedDays: 30}
	if trial {
		p.EndingSoonDays = 14
	}
	return p
}
