package models

import (
	"sync"
	"time"
)

// knownZones are the time zones that were asked for: the standard library reads a file each time.
var knownZones sync.Map

// location is a time zone by name; UTC where nobody knows it.
func location(name string) *time.Location {
	if known, ok := knownZones.Load(name); ok {
		return known.(*time.Location)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	knownZones.Store(name, loc)
	return loc
}
