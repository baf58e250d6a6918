package models

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// reporting counts the agents and hours of an account in which so many agents are seen in each hour of a
// time, as counted from the change: negative hours lie before it.
func reporting(change, now time.Time, then, agents int, seen func(hour int64) int) WatchFacts {
	f := WatchFacts{Then: then, Now: agents}
	for at := HourOf(change) + 1; at < HourOf(now); at++ {
		f.Seen += seen(at - HourOf(change))
		f.Before += seen(at - HourOf(change) - 7*24)
	}
	return f
}

func TestAccountsAreWatchedAfterAChange(t *testing.T) {
	monday := time.Date(2026, 3, 9, 10, 20, 0, 0, time.UTC)
	always := func(before, after int) func(int64) int {
		return func(h int64) int {
			if h <= 0 {
				return before
			}
			return after
		}
	}
	office := func(h int64) int { // nobody at night and at the weekend
		at := monday.Add(time.Duration(h) * time.Hour)
		if at.Hour() < 8 || at.Hour() >= 18 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			return 1
		}
		return 40
	}
	for _, c := range []struct {
		what      string
		seen      func(int64) int
		then, now int
		after     time.Duration
		drop      int // 0: nothing is said
	}{
		{"nothing changed", always(40, 40), 42, 42, 10 * time.Hour, 0},
		{"half fell silent", always(40, 20), 42, 42, 10 * time.Hour, 50},
		{"all fell silent", always(40, 0), 42, 42, 10 * time.Hour, 100},
		{"a fifth fell silent", always(40, 32), 42, 42, 10 * time.Hour, 20},
		{"less than a fifth fell silent", always(40, 33), 42, 42, 10 * time.Hour, 0},
		{"it was two hours ago", always(40, 0), 42, 42, 2*time.Hour + 30*time.Minute, 0},
		{"it was three whole hours ago", always(40, 0), 42, 42, 3*time.Hour + 40*time.Minute, 100},
		{"half the agents were released", always(40, 20), 42, 21, 10 * time.Hour, 0},
		{"half were released, and half of the rest fell silent", always(40, 10), 42, 21, 10 * time.Hour, 50},
		{"agents joined, and the old ones fell silent", always(40, 10), 42, 84, 10 * time.Hour, 75},
		{"a new account", always(0, 10), 0, 42, 10 * time.Hour, 0},
		{"a handful of agents", always(4, 0), 4, 4, 20 * time.Hour, 0},
		{"seen once in a long while", func(h int64) int { return map[bool]int{true: 1}[h < 0 && h%24 == 0] }, 42, 42, 20 * time.Hour, 0},
		{"an office at night", office, 42, 42, 12 * time.Hour, 0},
		{"an office into the night", office, 42, 42, 20 * time.Hour, 0},
		{"an office over the weekend", func(h int64) int { return office(h + 4*24) }, 42, 42, 70 * time.Hour, 0},
		{"an office whose agents fell silent", func(h int64) int {
			if h > 0 {
				return office(h) / 4
			}
			return office(h)
		}, 42, 42, 8 * time.Hour, 75},
	} {
		t.Run(c.what, func(t *testing.T) {
			now := monday.Add(c.after)
			got, ok := WatchOf(Event{Kind: PlanModified, At: monday}, reporting(monday, now, c.then, c.now, c.seen), now)
			if ok != (c.drop > 0) || got.Drop != c.drop {
				t.Errorf("%v %+v, want a drop of %d", ok, got, c.drop)
			}
		})
	}
}

func TestWhichChangeIsWatched(t *testing.T) {
	now := time.Date(2026, 3, 12, 12, 30, 0, 0, time.UTC)
	at := func(kind EventKind, ago time.Duration) Event {
		return Event{AccountID: "A", Kind: kind, At: now.Add(-ago)}
	}
	for _, c := range []struct {
		what    string
		history []Event
		want    time.Duration
	}{
		{"none", nil, 0},
		{"nothing that matters", []Event{at(AgentEnrolled, 10*time.Hour)}, 0},
		{"too young", []Event{at(PlanModified, time.Hour)}, 0},
		{"too old", []Event{at(PlanModified, 73*time.Hour)}, 0},
		{"the last one", []Event{at(AgentEnrolled, time.Hour), at(AccountReplaced, 10*time.Hour), at(PlanModified, 20*time.Hour)}, 10 * time.Hour},
		{"the one before, when the last is too young", []Event{at(PlanModified, time.Hour), at(CarryBegun, 20*time.Hour)}, 20 * time.Hour},
	} {
		got, ok := WatchedChange(c.history, now)
		if ok != (c.want > 0) || ok && now.Sub(got.At) != c.want {
			t.Errorf("%s: %v, want %v ago", c.what, got.At, c.want)
		}
	}
}

func TestWhatIsAskedForIsWhatIsWatched(t *testing.T) {
	now := time.Date(2026, 3, 12, 12, 30, 0, 0, time.UTC)
	after, before := WatchedBetween(now)
	for ago := time.Duration(0); ago < 80*time.Hour; ago += 10 * time.Minute {
		e := Event{AccountID: "A", Kind: PlanModified, At: now.Add(-ago)}
		if _, watched := WatchedChange([]Event{e}, now); watched != (e.At.After(after) && e.At.Before(before)) {
			t.Errorf("a change %v ago: watched %v, asked for between %v and %v", ago, watched, after, before)
		}
	}
}

func TestOfTheChangesOfAnAccountTheLastIsWatched(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(int64(n), 0) }
	here := Event{AccountID: "B", Kind: CarryBegun, At: at(5), Detail: Detail{Other: "A"}}
	there := Event{AccountID: "A", Kind: CarryBegun, At: at(5), Detail: Detail{Other: "B", To: true}}
	modified := func(account string, n int) Event { return Event{AccountID: account, Kind: PlanModified, At: at(n)} }
	for _, c := range []struct {
		what    string
		changes []Event
		want    []Event
	}{
		{"nothing", nil, nil},
		{"two accounts", []Event{modified("B", 4), modified("A", 3)}, []Event{modified("B", 4), modified("A", 3)}},
		{"twice", []Event{modified("A", 4), modified("A", 3)}, []Event{modified("A", 4)}},
		{"a carry is one change", []Event{here, there}, []Event{there}},
		{"in whatever order", []Event{there, here}, []Event{there}},
		{"modified before it", []Event{here, there, modified("B", 3), modified("A", 2)}, []Event{there}},
		{"modified since", []Event{modified("A", 6), here, there}, []Event{modified("A", 6), there}},
	} {
		if diff := cmp.Diff(c.want, Latest(c.changes)); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}
