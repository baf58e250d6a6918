package handlers

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAnswersToAgentsAreCountedInALineAMinute(t *testing.T) {
	var counts tally
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	for range 1000 {
		if line := counts.add(200, now); line != nil {
			t.Fatal("a line within the minute: ", line)
		}
	}
	if diff := cmp.Diff([]any{"200", 1001, "seconds", 61}, counts.add(200, now.Add(61*time.Second))); diff != "" {
		t.Error(diff)
	}
	if line := counts.add(429, now.Add(62*time.Second)); line != nil {
		t.Error("the next minute has begun: ", line)
	}
}
