package models_test

import (
	"testing"
	"time"

	"mooring/models"
)

func TestAMaskedKeyShowsItsEndingOnly(t *testing.T) {
	for _, c := range []struct{ key, masked, ending string }{
		{"EK-7K3Q9-XW2MD-4HTRN-2P9EK-8PZVC", "EK-•••••-•••••-•••••-•••••-8PZVC", "8PZVC"},
		{"7K3Q9-XW2MD-4HTRN-2P9EK-8PZVC", "•••••-•••••-•••••-•••••-8PZVC", "8PZVC"},
		{"abc", "abc", "abc"},
		{"", "", ""},
	} {
		closed, open := models.SightOf(c.key, false), models.SightOf(c.key, true)
		if closed.Masked != c.masked || closed.Ending != c.ending || closed.Whole != "" || open.Whole != c.key {
			t.Errorf("%q is shown as %+v and %+v", c.key, closed, open)
		}
		if closed.Closed() != (c.key != "") || open.Closed() {
			t.Errorf("%q: closed %v and %v", c.key, closed.Closed(), open.Closed())
		}
	}
	if (models.KeySight{}).Closed() {
		t.Error("who may not see keys is asked to show one")
	}
}

func TestARotatedKeyWorksForAChosenTime(t *testing.T) {
	now := time.Date(2026, 3, 12, 8, 41, 0, 0, time.UTC)
	for overlap, want := range map[models.Overlap]time.Time{
		models.OverlapNone:  now,
		models.OverlapDay:   now.AddDate(0, 0, 1),
		models.OverlapWeek:  now.AddDate(0, 0, 7),
		models.OverlapMonth: now.AddDate(0, 0, 30),
	} {
		if got := overlap.Until(now); !got.Equal(want) {
			t.Errorf("%s: until %s, want %s", overlap, got, want)
		}
		if err := (models.RotationWish{Overlap: overlap}).Checked(); err != nil {
			t.Errorf("%s: %v", overlap, err)
		}
	}
	for _, bad := range []models.Overlap{"", "2d", "NOW"} {
		if err := (models.RotationWish{Overlap: bad}).Checked(); !models.IsProblem(err, models.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
