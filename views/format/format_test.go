package format

import (
	"testing"
	"time"

	"mooring/models"
)

func warsaw(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestDatesReadAsOnTheDrawings(t *testing.T) {
	loc := warsaw(t)
	at := func(y int, m time.Month, d, h, min int) time.Time { return time.Date(y, m, d, h, min, 0, 0, loc) }
	now := at(2026, 3, 12, 9, 41)
	for _, c := range []struct{ got, want string }{
		{Date(at(2026, 11, 30, 0, 0), loc), "30 Nov 2026"},
		{DayMonth(at(2026, 11, 30, 0, 0), loc), "30 Nov"},
		{Year(at(2026, 11, 30, 0, 0), loc), "2026"},
		{LongDate(at(2026, 12, 1, 0, 0), loc), "1 December 2026"},
		{Weekday(now, loc), "Thursday 12 March 2026"},
		{Machine(at(2026, 3, 10, 14, 22), loc), "2026-03-10T14:22:00+01:00"},
		{Moment(at(2026, 3, 12, 9, 12), now, loc), "Today, 09:12"},
		{Moment(at(2026, 3, 10, 14, 22), now, loc), "Tue 10 Mar, 14:22"},
		{Moment(at(2026, 3, 6, 23, 59), now, loc), "Fri 6 Mar, 23:59"},
		{Moment(at(2026, 3, 5, 23, 59), now, loc), "5 Mar, 23:59"},
		{Moment(at(2026, 2, 18, 10, 3), now, loc), "18 Feb, 10:03"},
		{Moment(at(2025, 6, 3, 8, 47), now, loc), "3 Jun 2025, 08:47"},
		{Moment(time.Time{}, now, loc), "Never"},
		{Moment(at(2026, 3, 13, 8, 0), now, loc), "13 Mar, 08:00"},
		{LastSeen(at(2026, 3, 12, 9, 40), now, loc), "Today, 09:40"},
		{LastSeen(at(2026, 2, 24, 9, 40), now, loc), "24 Feb 2026"},
		{LastSeen(time.Time{}, now, loc), "Never"},
		{Ago(now.Add(-30*time.Second), now, loc), "just now"},
		{Ago(now.Add(-time.Minute), now, loc), "1 minute ago"},
		{Ago(now.Add(-3*time.Hour), now, loc), "3 hours ago"},
		{Ago(at(2026, 3, 11, 23, 59), now, loc), "yesterday"},
		{Ago(at(2026, 2, 27, 23, 0), now, loc), "13 days ago"},
		{Until(at(2026, 11, 30, 0, 0), now, loc), "in 263 days"},
		{Until(at(2026, 3, 13, 0, 0), now, loc), "tomorrow"},
		{Until(at(2026, 3, 12, 23, 0), now, loc), "today"},
		{Until(at(2026, 3, 10, 23, 0), now, loc), "2 days ago"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestTheSameInstantIsAnotherDayElsewhere(t *testing.T) {
	late := time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC)
	if got := Date(late, time.UTC) + " / " + Date(late, warsaw(t)); got != "30 Nov 2026 / 1 Dec 2026" {
		t.Error(got)
	}
}

func TestDaysAreCountedByTheCalendarAcrossSummerTime(t *testing.T) {
	loc := warsaw(t)
	from, to := time.Date(2026, 3, 28, 12, 0, 0, 0, loc), time.Date(2026, 3, 30, 0, 0, 0, 0, loc)
	if got := DaysBetween(from, to, loc); got != 2 {
		t.Errorf("%d days, want 2", got)
	}
	if got := DaysBetween(to, from, loc); got != -2 {
		t.Errorf("%d days, want -2", got)
	}
}

func TestCountsAndSizes(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Number(6482), "6,482"},
		{Number(999), "999"},
		{Number(1234567), "1,234,567"},
		{Number(-14000), "−14,000"},
		{Bounded(1000, true), "1,000+"},
		{Bounded(214, false), "214"},
		{Count(1, "agent", "agents"), "1 agent"},
		{Count(0, "agent", "agents"), "0 agents"},
		{Count(1204, "agent", "agents"), "1,204 agents"},
		{Plural(1, "seat", "seats"), "seat"},
		{Of(42, 50), "42 of 50"},
		{Bytes(1), "1 byte"},
		{Bytes(812), "812 bytes"},
		{Bytes(34 << 10), "34 KB"},
		{Bytes(1_468_006), "1.4 MB"},
		{Bytes(2 << 30), "2 GB"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestMoneyWearsItsCurrency(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		currency string
		want     string
	}{
		{10500, "EUR", "€105.00"},
		{56203, "EUR", "€562.03"},
		{123456789, "USD", "$1,234,567.89"},
		{5, "GBP", "£0.05"},
		{-6500, "EUR", "−€65.00"},
		{-5, "EUR", "−€0.05"},
		{10500, "PLN", "105.00\u00a0zł"},
		{10500, "CHF", "CHF\u00a0105.00"},
		{10500, "", "105.00"},
	} {
		if got := Money(models.Money{Minor: c.minor, Currency: c.currency}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got := MoneyRound(models.Money{Minor: 1894000, Currency: "EUR"}); got != "€18,940" {
		t.Error(got)
	}
	if got := MoneyRound(models.Money{Minor: 210, Currency: "EUR"}); got != "€2.10" {
		t.Error(got)
	}
}

func TestASpanIsToldInItsLargestUnit(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Second: "1 second", 150 * time.Second: "2 minutes", time.Hour: "1 hour", 47 * time.Hour: "47 hours",
		48 * time.Hour: "2 days", 10000 * time.Hour: "416 days",
	} {
		if got := Span(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Maya Kowalski", "MK"},
		{"Dr Helen Bramley", "HB"},
		{"Helen", "H"},
		{"åsa van der berg", "ÅB"},
		{"田中 太郎", "田太"},
		{"", "?"},
	} {
		if got := Initials(c.name); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDaysOfACalendarNeedNoTimeZone(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Day("2026-11-30"), "30 Nov 2026"},
		{DayShort("2026-11-30"), "30 Nov"},
		{DayYear("2026-11-30"), "2026"},
		{DayLong("2026-12-01"), "1 December 2026"},
		{DayUntil("2026-11-30", "2026-03-12"), "in 263 days"},
		{DayUntil("2026-03-12", "2026-03-12"), "today"},
		{DayUntil("2026-03-02", "2026-03-12"), "10 days ago"},
		{Day(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
