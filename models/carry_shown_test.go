package models

import (
	"slices"
	"testing"
)

func TestAFormOfACarryRemembersWhatItShowed(t *testing.T) {
	before := CarryShown{Agents: 48, Picked: 48, InUse: 77, Seats: 60}
	if got := CarryShownFrom(before.String()); got != before {
		t.Errorf("%+v comes back as %+v", before, got)
	}
	for _, text := range []string{"", "48 0 48", "many"} {
		if got := CarryShownFrom(text); got != (CarryShown{}) {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestDifferencesOfACarryAreSaidInNumbers(t *testing.T) {
	before := CarryShown{Agents: 48, Picked: 48, InUse: 77, Seats: 60}
	now := before
	if d := before.Differences(now, "A-1", "A-2"); len(d) > 0 {
		t.Errorf("nothing changed: %q", d)
	}
	now.Agents, now.Picked = 47, 47
	want := []string{"Agents in A-1: 47 now, 48 before.", "Picked: 47 now, 48 before."}
	if d := before.Differences(now, "A-1", "A-2"); !slices.Equal(d, want) {
		t.Errorf("%q, want %q", d, want)
	}
	if d := (CarryShown{}).Differences(now, "A-1", "A-2"); len(d) > 0 {
		t.Errorf("nobody knows what was shown: %q", d)
	}
}
