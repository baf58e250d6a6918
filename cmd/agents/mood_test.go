package main

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestAsManyAreOfflineAtAnyTimeAsShouldBe(t *testing.T) {
	const n = 2000
	start := time.Date(2026, time.March, 12, 9, 0, 0, 0, time.UTC)
	h := habits{seed: 7, offline: 0.3, offlineFor: time.Hour}
	var moods, twins []*mood
	for i := range n {
		moods, twins = append(moods, newMood(h, i)), append(twins, newMood(h, i))
	}
	var first []bool
	for _, after := range []time.Duration{0, time.Minute, time.Hour, 5 * time.Hour, 24 * time.Hour} {
		var gone []bool
		away := 0
		for i, m := range moods {
			d := m.away(start.Add(after))
			if d != twins[i].away(start.Add(after)) || d > 3*time.Hour/2 {
				t.Fatalf("agent %d is away for %v, and for something else with the same seed", i, d)
			}
			gone = append(gone, d > 0)
			away += one(d > 0)
		}
		if got := float64(away) / n; math.Abs(got-0.3) > 0.05 {
			t.Errorf("after %v %.2f are offline", after, got)
		}
		if first == nil {
			first = gone
		} else if after > time.Hour && slices.Equal(first, gone) {
			t.Error("it is always the same ones")
		}
	}
}

func TestWhoIsNeverOrAlwaysOffline(t *testing.T) {
	now := time.Date(2026, time.March, 12, 9, 0, 0, 0, time.UTC)
	never, always := newMood(habits{offlineFor: time.Hour}, 0), newMood(habits{offline: 1, offlineFor: time.Hour}, 0)
	for range 100 {
		now = now.Add(17 * time.Minute)
		if never.away(now) != 0 || always.away(now) <= 0 {
			t.Fatal("the other way round at", now)
		}
	}
}

func TestSomeClocksLie(t *testing.T) {
	now := time.Date(2026, time.March, 12, 9, 0, 0, 0, time.FixedZone("", 3600))
	liars := 0
	for i := range 1000 {
		m := newMood(habits{seed: 3, clockLies: 0.1}, i)
		told, err := time.Parse(time.RFC3339, m.clock(now))
		if err != nil || told.Sub(now).Abs() > mostLie {
			t.Fatalf("it said %v, %v", told, err)
		}
		liars += one(told.Sub(now).Abs() > time.Minute)
	}
	if liars < 60 || liars > 140 {
		t.Errorf("%d in 1000 lie", liars)
	}
	if said := newMood(habits{noClock: true, clockLies: 1}, 0).clock(now); said != "" {
		t.Errorf("without a clock it said %q", said)
	}
}

func TestRepeatsDoNoHarm(t *testing.T) {
	for _, relay := range []int{0, 5} {
		q := newQuay(t)
		o := q.options(10)
		o.duplicate, o.replay, o.clockLies, o.relay = 1, 1, 0.5, relay
		goOut(t, o, "all have checked in", q.all(10, checkedInOnce))
		q.moveAll("A-2")
		out := goOut(t, o, "all have moved and gone on", q.all(10, func(m *moored) bool { return in("A-2")(m) && m.last > 8 }))
		r, saw := reportIn(t, out), q.saw()
		if r.Reporting != 10 || r.Moved != 10 || r.Duplicated < 10 || r.Replayed < 10 || saw.asked <= 2*saw.counted || saw.devices != 10 {
			t.Errorf("it saw %+v, %+v", saw, r)
		}
		if r.Failed != 0 {
			t.Errorf("it said:\n%s", out)
		}
		if saw.clocks < 20 { // those that do not lie tell one or two
			t.Errorf("it was told %d times of day", saw.clocks)
		}
	}
}

func TestAnOfflineFleetEnrolsAndIsAskedInTheEnd(t *testing.T) {
	q := newQuay(t)
	o := q.options(20)
	o.offline, o.offlineFor = 0.5, time.Hour
	out := goOut(t, o, "all have enrolled and some checked in", func() bool {
		saw := q.saw()
		return saw.devices == 20 && saw.counted >= 20
	})
	if r := reportIn(t, out); r.Reporting != 20 {
		t.Errorf("%+v", r)
	}
	quiet := 0
	for _, d := range stateOf(t, o.state).Agents {
		quiet += one(d.Acknowledged == 1) // the last check-in alone
	}
	if quiet < 3 || quiet > 17 {
		t.Errorf("%d of 20 stayed away", quiet)
	}
}
