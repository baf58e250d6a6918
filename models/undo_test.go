package models_test

import (
	"testing"
	"time"

	"mooring/models"
)

func TestAReassignCanBeUndoneForSomeDays(t *testing.T) {
	replaced := time.Date(2026, time.March, 5, 9, 41, 0, 0, time.UTC)
	for _, c := range []struct {
		days  int // of the policy
		after time.Duration
		want  bool
	}{
		{0, 0, true},
		{0, 7 * 24 * time.Hour, true},
		{0, 7*24*time.Hour + time.Second, false},
		{2, 2 * 24 * time.Hour, true},
		{2, 2*24*time.Hour + time.Second, false},
	} {
		if _, got := models.Undoable(&replaced, models.Policy{UndoDays: c.days}, replaced.Add(c.after)); got != c.want {
			t.Errorf("%d days, %s later: %v", c.days, c.after, got)
		}
	}
	if _, open := models.Undoable(nil, models.Policy{}, replaced); open {
		t.Error("what was not replaced can be undone")
	}
}
