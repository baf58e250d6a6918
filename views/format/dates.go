// Package format knows how things are written: dates, counts, money, names. The time zone and the
// instant called now are always arguments, so that a page says the same whenever it is drawn again.
package format

import (
	"strconv"
	"time"
)

// Date is "30 Nov 2026".
func Date(t time.Time, in *time.Location) string { return t.In(in).Format("2 Jan 2006") }

// DayMonth is "30 Nov".
func DayMonth(t time.Time, in *time.Location) string { return t.In(in).Format("2 Jan") }

// Year is "2026".
func Year(t time.Time, in *time.Location) string { return t.In(in).Format("2006") }

// LongDate is "30 November 2026".
func LongDate(t time.Time, in *time.Location) string { return t.In(in).Format("2 January 2006") }

// Weekday is "Thursday 12 March 2026".
func Weekday(t time.Time, in *time.Location) string { return t.In(in).Format("Monday 2 January 2006") }

// Clock is "09:41".
func Clock(t time.Time, in *time.Location) string { return t.In(in).Format("15:04") }

// Machine is the instant for a datetime attribute.
func Machine(t time.Time, in *time.Location) string { return t.In(in).Format(time.RFC3339) }

// Moment says when something happened, as exactly as its age deserves: "Today, 09:12",
// "Tue 10 Mar, 14:22" for the six days before, "18 Feb, 10:03" in the same year, and
// "3 Jun 2025, 08:47" otherwise. Never is "Never".
func Moment(t, now time.Time, in *time.Location) string {
	if t.IsZero() {
		return "Never"
	}
	local := t.In(in)
	switch days := DaysBetween(t, now, in); {
	case days == 0:
		return "Today, " + local.Format("15:04")
	case days > 0 && days < 7:
		return local.Format("Mon 2 Jan, 15:04")
	case local.Year() == now.In(in).Year():
		return local.Format("2 Jan, 15:04")
	}
	return local.Format("2 Jan 2006, 15:04")
}

// LastSeen is when an agent last reported: "Today, 09:40", "24 Feb 2026" or "Never".
func LastSeen(t, now time.Time, in *time.Location) string {
	if t.IsZero() {
		return "Never"
	}
	if DaysBetween(t, now, in) == 0 {
		return "Today, " + Clock(t, in)
	}
	return Date(t, in)
}

// Ago is how long before now something was: "just now", "5 minutes ago", "3 hours ago", "yesterday",
// "13 days ago". Days are those of the calendar.
func Ago(t, now time.Time, in *time.Location) string {
	if days := DaysBetween(t, now, in); days == 1 {
		return "yesterday"
	} else if days > 1 {
		return strconv.Itoa(days) + " days ago"
	}
	switch age := now.Sub(t); {
	case age < time.Minute:
		return "just now"
	case age < time.Hour:
		return Count(int(age/time.Minute), "minute", "minutes") + " ago"
	default:
		return Count(int(age/time.Hour), "hour", "hours") + " ago"
	}
}

// Span is how long something is, in its largest whole unit: "3 minutes", "2 hours", "400 days".
func Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return Count(int(d/time.Second), "second", "seconds")
	case d < time.Hour:
		return Count(int(d/time.Minute), "minute", "minutes")
	case d < 48*time.Hour:
		return Count(int(d/time.Hour), "hour", "hours")
	}
	return Count(int(d/(24*time.Hour)), "day", "days")
}

// Until is how far off a day is: "today", "tomorrow", "in 263 days"; past days as Ago has them.
func Until(t, now time.Time, in *time.Location) string {
	switch days := DaysBetween(now, t, in); {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days > 1:
		return "in " + Count(days, "day", "days")
	}
	return Ago(t, now, in)
}

// DaysBetween counts calendar days from one instant to another; it is negative when to comes first.
func DaysBetween(from, to time.Time, in *time.Location) int {
	return int(midnight(to, in).Sub(midnight(from, in)) / (24 * time.Hour))
}

// midnight is in UTC, where every day has 24 hours.
func midnight(t time.Time, in *time.Location) time.Time {
	y, m, d := t.In(in).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
