package carries

import (
	"time"

	"mooring/models"
	"mooring/views/ui"
)

type mark struct {
	tone  ui.Tone
	words string
}

var dropped = map[models.DropReason]string{
	models.DroppedByCancel:   "Called off",
	models.DroppedByRelease:  "Released",
	models.DroppedAsThere:    "There already",
	models.DroppedByDeadline: "Not in time",
}

// standingOf says where an agent stands that has not moved.
func standingOf(c models.Carry, a models.CarriedAgent, now time.Time) mark {
	switch {
	case a.DroppedAt != nil:
		return mark{ui.Off, dropped[a.Why]}
	case a.State(c, now) == models.CarryFailed:
		return mark{ui.Warn, "Not in time"}
	case a.ToldAt != nil:
		return mark{ui.Info, "Knows already"}
	}
	return mark{ui.Wait, "Not told yet"}
}
