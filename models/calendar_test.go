package models_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"mooring/models"
)

func TestMonthsAreCountedFromTheAnchorDay(t *testing.T) {
	for _, c := range []struct {
		from   models.Date
		n      int
		anchor int
		want   models.Date
	}{
		{"2026-01-31", 1, 31, "2026-02-28"},
		{"2026-02-28", 1, 31, "2026-03-31"},
		{"2026-01-31", 2, 31, "2026-03-31"},
		{"2026-03-31", 1, 31, "2026-04-30"},
		{"2028-01-31", 1, 31, "2028-02-29"},
		{"2028-01-30", 1, 30, "2028-02-29"},
		{"2027-01-30", 1, 30, "2027-02-28"},
		{"2028-02-29", 12, 29, "2029-02-28"},
		{"2029-02-28", 36, 29, "2032-02-29"},
		{"2026-11-15", 2, 15, "2027-01-15"},
		{"2026-12-31", 0, 31, "2026-12-31"},
		{"2026-03-31", -1, 31, "2026-02-28"},
		{"2026-01-15", -1, 15, "2025-12-15"},
		{"2099-12-31", 2, 31, "2100-02-28"}, // 2100 is no leap year
	} {
		if got := c.from.AddMonths(c.n, c.anchor); got != c.want {
			t.Errorf("%s and %d months on day %d: %s, want %s", c.from, c.n, c.anchor, got, c.want)
		}
	}
}

func TestRenewalsFromThe31stNeverDriftAway(t *testing.T) {
	d := models.Date("2026-01-31")
	for _, want := range []models.Date{"2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31"} {
		if d = d.AddMonths(1, 31); d != want {
			t.Fatalf("%s, want %s", d, want)
		}
	}
}

func TestWhenADayBeginsAndEnds(t *testing.T) {
	for _, c := range []struct {
		when, zone  string
		day         models.Date
		start, end  string // UTC
		lengthHours float64
	}{
		{"an ordinary day", "UTC", "2026-03-12", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 24},
		{"far in the east, where it is tomorrow", "Pacific/Kiritimati", "2026-03-12", "2026-03-11T10:00:00Z", "2026-03-12T10:00:00Z", 24},
		{"in Tonga", "Pacific/Tongatapu", "2026-03-12", "2026-03-11T11:00:00Z", "2026-03-12T11:00:00Z", 24},
		{"far in the west", "Pacific/Pago_Pago", "2026-03-12", "2026-03-12T11:00:00Z", "2026-03-13T11:00:00Z", 24},
		{"45 minutes beside the others", "Asia/Kathmandu", "2026-03-12", "2026-03-11T18:15:00Z", "2026-03-12T18:15:00Z", 24},
		{"clocks go forward at night", "Europe/Warsaw", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23},
		{"clocks go back at night", "Europe/Warsaw", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25},
		{"there is no midnight", "Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z", 23},
		{"the day before there is no midnight", "Africa/Cairo", "2026-04-23", "2026-04-22T22:00:00Z", "2026-04-23T22:00:00Z", 24},
		{"there is no midnight in the west", "America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z", 23},
		{"nor in Havana", "America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 23},
		{"the day before a day that never was", "Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", 24},
		{"midnight comes twice", "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 25},
		{"the last hour comes twice", "Africa/Cairo", "2026-10-29", "2026-10-28T21:00:00Z", "2026-10-29T22:00:00Z", 25},
		{"clocks move by half an hour", "Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 24.5},
		{"the leap day", "Europe/London", "2028-02-29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z", 24},
	} {
		t.Run(c.when, func(t *testing.T) {
			loc := zone(t, c.zone)
			start, end := c.day.StartIn(loc), c.day.EndIn(loc)
			if got := start.Format(time.RFC3339); got != c.start {
				t.Errorf("%s begins at %s, want %s", c.day, got, c.start)
			}
			if got := end.Format(time.RFC3339); got != c.end {
				t.Errorf("%s ends at %s, want %s", c.day, got, c.end)
			}
			if got := end.Sub(start).Hours(); got != c.lengthHours {
				t.Errorf("%s has %v hours, want %v", c.day, got, c.lengthHours)
			}
		})
	}
}

func TestNoDateHasNoBeginning(t *testing.T) {
	if got := models.Date("").StartIn(time.UTC); !got.IsZero() {
		t.Errorf("it begins at %s", got)
	}
}

// A day is half-open: its first instant belongs to it, its end to the next day, and nothing lies between
// two days, whatever the clocks there do.
func TestDaysLieSideBySideInEveryZone(t *testing.T) {
	zones := []string{
		"UTC", "Europe/Warsaw", "Europe/London", "Europe/Dublin", "Africa/Cairo", "Africa/Casablanca", "America/New_York", "America/Havana",
		"America/Santiago", "America/Asuncion", "America/Nuuk", "America/St_Johns", "Asia/Beirut", "Asia/Tehran", "Asia/Kathmandu", "Asia/Tokyo",
		"Atlantic/Azores", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Tongatapu", "Pacific/Pago_Pago",
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := zone(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		d := models.Date("2015-01-01").AddDays(rapid.IntRange(0, 9000).Draw(t, "days"))
		start, end := d.StartIn(loc), d.EndIn(loc)
		within := start.Add(time.Duration(rapid.Int64Range(0, int64(end.Sub(start))-1).Draw(t, "within")))

		for _, c := range []struct {
			at   time.Time
			want models.Date
		}{
			{start.Add(-time.Nanosecond), d.AddDays(-1)},
			{start, d},
			{within, d},
			{end.Add(-time.Nanosecond), d},
			{end, d.AddDays(1)},
		} {
			if got := models.DateOf(c.at, loc); got != c.want {
				t.Fatalf("%s in %s is %s, want %s", c.at, loc, got, c.want)
			}
		}
	})
}

func TestDaysBetweenTwoDates(t *testing.T) {
	for _, c := range []struct {
		from, to models.Date
		want     int
	}{
		{"2026-03-12", "2026-11-30", 263},
		{"2026-03-12", "2026-03-12", 0},
		{"2026-03-12", "2026-03-11", -1},
		{"2026-01-01", "2027-01-01", 365},
		{"2028-01-01", "2029-01-01", 366},
		{"2026-03-28", "2026-03-30", 2}, // across a change of clocks
	} {
		if got := c.from.DaysUntil(c.to); got != c.want {
			t.Errorf("from %s to %s: %d, want %d", c.from, c.to, got, c.want)
		}
		if got := c.from.AddDays(c.want); got != c.to {
			t.Errorf("%d days after %s: %s, want %s", c.want, c.from, got, c.to)
		}
	}
}

func TestTheDateDependsOnWhereOneIs(t *testing.T) {
	at := time.Date(2026, 3, 12, 10, 30, 0, 0, time.UTC)
	for name, want := range map[string]models.Date{
		"UTC": "2026-03-12", "Pacific/Kiritimati": "2026-03-13", "Pacific/Auckland": "2026-03-12", "Pacific/Tongatapu": "2026-03-12", "Pacific/Pago_Pago": "2026-03-11",
	} {
		if got := models.DateOf(at, zone(t, name)); got != want {
			t.Errorf("in %s it is %s, want %s", name, got, want)
		}
	}
}

func TestReadingADate(t *testing.T) {
	for _, good := range []string{"2026-11-30", "2028-02-29", "2026-01-01"} {
		if got, err := models.ParseDate(good); err != nil || string(got) != good {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
	for _, bad := range []string{
		"", " ", "2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "26-11-30", "30.11.2026", "11/30/2026", "2026-11-30 ",
		"2026-11-30T00:00:00Z", "２０２６-11-30", "20261130", "10000-01-01", "-2026-01-01", "tomorrow",
	} {
		if got, err := models.ParseDate(bad); err == nil {
			t.Errorf("%q was read as %s", bad, got)
		}
	}
}
