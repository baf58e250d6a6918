package models

import "time"

// AccountHour says how many agents of an account had their first check-in of an hour in it.
type AccountHour struct {
	Hour   int64 // Unix hours
	Agents int
}

// HourOf is the hour that an instant lies in, in Unix hours.
func HourOf(at time.Time) int64 { return at.Unix() / 3600 }

// HoursKept is how many hours the portal remembers what it counted in them.
const HoursKept = 15 * 24
