package models

import (
	"fmt"
	"time"
)

// Date is a day in a customer's calendar, written as 2026-11-30. The empty date is no date. Dates
// compare as text. An end date is a local date: the subscription runs to the last second of it.
type Date string

// DateOf is the day at this instant in a time zone.
func DateOf(at time.Time, loc *time.Location) Date {
	return Date(at.In(loc).Format(time.DateOnly))
}

// ParseDate reads a date as forms and files write it.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("%q is not a date like 2026-11-30", s)
	}
	return Date(s), nil
}

func (d Date) midday() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// Day is the day of the month, 1 to 31.
func (d Date) Day() int { return d.midday().Day() }

// AddDays is the date so many days later.
func (d Date) AddDays(n int) Date { return Date(d.midday().AddDate(0, 0, n).Format(time.DateOnly)) }

// DaysUntil counts the days from d to o; negative if o is earlier.
func (d Date) DaysUntil(o Date) int {
	return int(o.midday().Sub(d.midday()).Round(24*time.Hour) / (24 * time.Hour))
}

// AddMonths is the date so many months later on the anchor day, or on the last day of a month that
// has no such day: from 31 January it is 28 February and then 31 March.
func (d Date) AddMonths(n, anchor int) Date {
	t := d.midday()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date(first.AddDate(0, 0, min(anchor, last)-1).Format(time.DateOnly))
}

// longestGap is more than clocks were ever put forward: Samoa once left out a day.
const longestGap = 26 * time.Hour

// StartIn is the first instant of the day in a time zone. Where clocks skip midnight, or the whole day,
// that is the first instant after the gap.
func (d Date) StartIn(loc *time.Location) time.Time {
	const step = 15 * time.Minute
	m := d.midday()
	if m.IsZero() {
		return time.Time{}
	}
	// In a gap, and where midnight comes twice, it is open which instant this gives.
	t := time.Date(m.Year(), m.Month(), m.Day(), 0, 0, 0, 0, loc)
	for range longestGap / step {
		if DateOf(t, loc) >= d {
			break
		}
		t = t.Add(step)
	}
	for DateOf(t.Add(-step), loc) >= d {
		t = t.Add(-step)
	}
	return t.UTC()
}

// EndIn is the instant at which the day is over in a time zone: the start of the next one.
func (d Date) EndIn(loc *time.Location) time.Time { return d.AddDays(1).StartIn(loc) }
