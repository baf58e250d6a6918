package demo

import (
	"time"

	"mooring/models"
)

// Now is the moment at which the stopped demo stands: Thursday 12 March 2026, 09:41 in Warsaw.
var Now = time.Date(2026, time.March, 12, 8, 41, 0, 0, time.UTC)

// zone is a time zone by name, with the same fallback as a customer's.
func zone(name string) *time.Location { return models.Customer{TimeZone: name}.Location() }

// at reads a moment as it is told in Warsaw; a day alone is that day at 10:15.
func at(s string) time.Time {
	if len(s) == len(time.DateOnly) {
		s += " 10:15"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone(warsaw))
	if err != nil {
		panic("demo: " + err.Error())
	}
	return t.UTC()
}

// maybe is at, and nil for nothing.
func maybe(s string) *time.Time {
	if s == "" {
		return nil
	}
	t := at(s)
	return &t
}
