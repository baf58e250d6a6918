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
var WatchedKinds = []EventKind{PlanModified, PlanSwapped, AccountReplaced, ReassignUndone, CarryBegun}

// HourCount is how many agents of an account were seen in one hour: Unix hours.
type HourCount struct {
	AccountID string
	Hour      int64
	Agents    int
}

// Watch is an account whose agents report less since a change than in the week before.
type Watch struct {
	Change   Event
	AsOf     time.Time
	Seen     int // agents an hour on average, since the change
	Expected int // the same hours of the week before, for as many agents as there are now
	Drop     int // in per cent
}

// WatchedChange finds the change that an account is watched for: the last one that is long enough ago to
// say something and not longer than WatchFor. history has the newest first.
func WatchedChange(history []Event, now time.Time) (Event, bool) {
	for _, e := range history {
		since, until := watchWindow(e, now)
		if slices.Contains(WatchedKinds, e.Kind) && now.Sub(e.At) <= WatchFor && until-since >= watchHours {
			return e, true
		}
	}
	return Event{}, false
}

// watchWindow is the whole hours between a change and now.
func watchWindow(change Event, now time.Time) (since, until int64) {
	return UnixHour(change.At) + 1, UnixHour(now)
}

// UnixHour is the number of the hour that an instant lies in.
func UnixHour(at time.Time) int64 { return at.Unix() / 3600 }

// WatchFrom is the first hour that judging a change needs.
func WatchFrom(change Event) int64 { return UnixHour(change.At) + 1 - hoursOfWeek }

// WatchOf compares the hours since a change with the same hours of the week before and reports whether
// agents fell silent: a fifth or more of what is expected is missing. then is how many agents the account
// had a week before the change, and now how many it has: agents that left are not missed. Where there is
// too little to compare, nothing is said.
func WatchOf(change Event, hours []HourCount, then, now int, at time.Time) (Watch, bool) {
	since, until := watchWindow(change, at)
	n := int(until - since)
	if n < watchHours || then < watchAgents {
		return Watch{}, false
	}
	seen, before := 0, 0
	for _, h := range hours {
		switch {
		case h.Hour >= since && h.Hour < until:
			seen += h.Agents
		case h.Hour >= since-hoursOfWeek && h.Hour < until-hoursOfWeek:
			before += h.Agents
		}
	}
	expected := before * min(now, then) / then
	if expected < watchSeen || seen*100 > expected*(100-watchDrop) {
		return Watch{}, false
	}
	return Watch{Change: change, AsOf: at, Seen: seen / n, Expected: expected / n, Drop: 100 - seen*100/expected}, true
}
