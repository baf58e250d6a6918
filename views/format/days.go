package format

import (
	"time"

	"mooring/models"
)

// Day is a day of a customer's calendar: "30 Nov 2026". No date is no words.
func Day(d models.Date) string { return day(d, "2 Jan 2006") }

// DayShort is "30 Nov".
func DayShort(d models.Date) string { return day(d, "2 Jan") }

// DayYear is "2026".
func DayYear(d models.Date) string { return day(d, "2006") }

// DayLong is "30 November 2026".
func DayLong(d models.Date) string { return day(d, "2 January 2006") }

// DayUntil is how far off a day is, seen from another: "today", "tomorrow", "in 263 days",
// "yesterday", "13 days ago".
func DayUntil(d, today models.Date) string {
	return Until(noon(d), noon(today), time.UTC)
}

func day(d models.Date, layout string) string {
	if d == "" {
		return ""
	}
	return noon(d).Format(layout)
}

func noon(d models.Date) time.Time { return d.StartIn(time.UTC).Add(12 * time.Hour) }
