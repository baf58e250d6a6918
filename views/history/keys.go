package history

import (
	"time"

	"mooring/models"
	"mooring/views/format"
)

func keyRotated(e models.Event) (string, string) {
	text := "Enrolment key rotated; the key before it" + ending(e)
	if u := e.Detail.Until; u == nil || !u.After(e.At) {
		return "", text + " stopped working"
	}
	return "", text + " works"
}

func keyEnded(e models.Event) (string, string) {
	return "", "Older enrolment key" + ending(e) + " ended"
}

func ending(e models.Event) string {
	if e.Detail.Key == "" {
		return ""
	}
	return ", ending in " + e.Detail.Key + ","
}

// until says how long something goes on, where the event tells it and it is not over at once.
func until(e models.Event, in *time.Location) string {
	u := e.Detail.Until
	if u == nil || !u.After(e.At) {
		return ""
	}
	return " until " + format.LongDate(*u, in) + ", " + format.Clock(*u, in)
}
