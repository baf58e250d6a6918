package models_test

import (
	"testing"

	"mooring/models"
)

func TestHowLoudANumberOfAgentsIs(t *testing.T) {
	for _, c := range []struct {
		inUse, seats int
		want         models.Usage
	}{
		{0, 1, models.WithinSeats},
		{42, 50, models.WithinSeats},
		{50, 50, models.WithinSeats}, // 100 %
		{51, 50, models.OverSeats},   // 102 %
		{55, 50, models.OverSeats},   // 110 %
		{56, 50, models.FarOver},     // 112 %
		{1, 1, models.WithinSeats},
		{2, 1, models.FarOver},
		{9, 9, models.WithinSeats},
		{10, 9, models.FarOver}, // 111 %
		{models.MaxSeats, models.MaxSeats, models.WithinSeats},
		{1_099_998, models.MaxSeats, models.OverSeats},
		{1_099_999, models.MaxSeats, models.FarOver},
	} {
		if got := models.UsageOf(c.inUse, c.seats); got != c.want {
			t.Errorf("%d on %d seats: %s, want %s", c.inUse, c.seats, got, c.want)
		}
	}
}
