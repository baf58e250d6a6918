package models

import (
	"slices"
	"time"
)

// WatchFor is how long the check-ins of an account are watched after a change.
const WatchFor = 72 * time.Hour

const (
	watchHours  = 3  // the least number of whole hours that say something
	watchAgents = 5  // the least number of agents
	watchSeen   = 20 // the least number of agents and hours expected; fewer say nothing
	watchDrop   = 20 // per cent
	hoursOfWeek = 7 * 24
)

// WatchedKinds are the changes after which the check-ins of an account are watched.
var WatchedKinds = []EventKind{PlanModified, AccountReplaced, ReassignUndone, CarryBegun}

// HourCount is how many agents of an account were seen in one hour: Unix hours.
type HourCount struct {
	AccountID string `gorm:"primaryKey"`
	Hour      int64  `gorm:"primaryKey;autoIncrement:false"`
	Agents    int
}

// TableName is where they are stored.
func (HourCount) TableName() string { return "account_hours" }

// WatchFacts are what a change is judged by. They are about all accounts that it touched together: an
// agent that moved from one to the other is not missed.
type WatchFacts struct {
	Customer   string // by name
	PlanBefore string // the key of the plan before, where the change was to another one
	Seen       int    // agents and hours since the change
	Before     int    // agents and hours a week before
	Then       int    // how many agents had a seat a week before the change
	Now        int    // and how many have one now
}

// Watch is a change since which fewer agents report than in the week before.
type Watch struct {
	Change     Event
	Customer   string
	PlanBefore string
	Since      time.Time // the first whole hour after the change
	Seen       int       // agents an hour on average, since then
	Expected   int       // the same hours of the week before, for as many agents as there are now
	Drop       int       // in per cent
	Held       HeldPlan  // the account as it is now
	Today      Date      // where its customer is
}

// WayBack is a way back from a change since which agents are silent.
type WayBack string

const (
	// BackByModifying assigns again what was assigned before.
	BackByModifying WayBack = "modify"
	// BackByUndoing undoes the reassign.
	BackByUndoing WayBack = "undo"
	// BackByCarry has no way back of its own: the page of the carry shows who is missing, and ends it.
	BackByCarry WayBack = "carry"
)

// WayBack says how the reader of a watch gets back from its change; empty where there is no way, or none
// that is open to them. Whether a reassign really can be undone is found where it is tried.
func (w Watch) WayBack(who Actor, now time.Time) WayBack {
	switch w.Change.Kind {
	case PlanModified:
		if who.May(ModifyPlans) && w.Held.Modifiable(now) {
			return BackByModifying
		}
	case AccountReplaced:
		if _, open := Undoable(w.Held.Account.ReplacedAt, w.Held.Terms.Policy, now); open && who.May(ReassignPlans) && w.Held.Account.Replaced() {
			return BackByUndoing
		}
	case ReassignUndone, CarryBegun:
		if w.Change.Detail.Carry != "" {
			return BackByCarry
		}
	}
	return ""
}

// Reversal is the modification that brings back what was assigned before the change.
func (w Watch) Reversal() Modification {
	d, s := w.Change.Detail, w.Held.Subscription
	m := Modification{PlanKey: w.PlanBefore, Seats: d.Before, Renews: s.Renews, Term: KeepTerm, Version: s.Version}
	if m.Seats == 0 {
		m.Seats = s.Seats
	}
	if d.Renews != nil {
		m.Renews = !*d.Renews
	}
	if d.EndedOn > w.Today {
		m.Term, m.EndsOn = UntilTerm, d.EndedOn
	}
	return m
}

// Touches lists the accounts whose agents a change can have reached, the one of its event first.
func (e Event) Touches() []string {
	if e.Detail.Other == "" {
		return []string{e.AccountID}
	}
	return []string{e.AccountID, e.Detail.Other}
}

// WatchedChange finds the change that an account is watched for: the last one that is long enough ago to
// say something and not longer than WatchFor. history has the newest first.
func WatchedChange(history []Event, now time.Time) (Event, bool) {
	for _, e := range history {
		if slices.Contains(WatchedKinds, e.Kind) && e.AccountID != "" && watched(e.At, now) {
			return e, true
		}
	}
	return Event{}, false
}

func watched(at, now time.Time) bool {
	return now.Sub(at) <= WatchFor && HourOf(now)-WatchFrom(at) >= watchHours
}

// WatchFrom is the first whole hour after a change.
func WatchFrom(at time.Time) int64 { return HourOf(at) + 1 }

// WatchedBetween bounds when the changes happened that are watched now: after the first, before the
// second.
func WatchedBetween(now time.Time) (after, before time.Time) {
	return now.Add(-WatchFor).Add(-time.Nanosecond), time.Unix((HourOf(now)-watchHours)*3600, 0).UTC()
}

// WatchOf judges a change and reports whether agents fell silent: of what is expected of the whole hours
// since, by the same hours of the week before, a fifth or more is missing. Agents that left since are not
// missed. Where there is too little to compare, nothing is said.
func WatchOf(change Event, f WatchFacts, now time.Time) (Watch, bool) {
	since := WatchFrom(change.At)
	hours := int(HourOf(now) - since)
	if hours < watchHours || f.Then < watchAgents {
		return Watch{}, false
	}
	expected := f.Before * min(f.Now, f.Then) / f.Then
	if expected < watchSeen || f.Seen*100 > expected*(100-watchDrop) {
		return Watch{}, false
	}
	each := func(n int) int { return (n + hours/2) / hours }
	return Watch{
		Change: change, Customer: f.Customer, PlanBefore: f.PlanBefore, Since: time.Unix(since*3600, 0).UTC(),
		Seen: each(f.Seen), Expected: each(expected), Drop: 100 - f.Seen*100/expected,
	}, true
}

// Latest keeps the last of the changes of each account, the newest first as they come. What two accounts
// were told of at once is one change, told of the account that agents left.
func Latest(changes []Event) (latest []Event) {
	seen := map[string]bool{}
	for _, e := range changes {
		twin := slices.IndexFunc(latest, func(o Event) bool { return o.Kind == e.Kind && o.At.Equal(e.At) && o.Detail.Other == e.AccountID })
		switch {
		case twin >= 0 && e.Detail.To && !latest[twin].Detail.To:
			latest[twin] = e
		case twin < 0 && !seen[e.AccountID]:
			latest = append(latest, e)
		}
		seen[e.AccountID] = true
	}
	return latest
}

// WatchDesk is what the page of watched accounts shows.
type WatchDesk struct {
	AsOf    time.Time
	Watches []Watch // the newest change first
}
