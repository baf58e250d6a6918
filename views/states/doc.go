// Package states says in words and in tone what state a subscription is in, so that every page says the
// same. It looks at the state alone; working it out is the subscription's business.
package states

import (
	"strings"

	"mooring/models"
	"mooring/views/ui"
)

var looks = map[models.State]struct {
	tone  ui.Tone
	words string
}{
	models.Scheduled:      {ui.Wait, "Scheduled"},
	models.AwaitingSignIn: {ui.Wait, "Awaiting first sign-in"},
	models.AwaitingCode:   {ui.Wait, "Awaiting code"},
	models.Active:         {ui.OK, "Active"},
	models.EndingSoon:     {ui.Warn, "Ends soon"},
	models.Grace:          {ui.Warn, "In grace"},
	models.Locked:         {ui.Bad, "Locked"},
	models.Ended:          {ui.Off, "Ended"},
	models.Suspended:      {ui.Warn, "Suspended"},
	models.Cancelled:      {ui.Off, "Cancelled"},
}

// Tone is what a state means for whoever looks after it.
func Tone(s models.State) ui.Tone { return looks[s].tone }

// Words is the state as a mark says it: "Ends soon".
func Words(s models.State) string { return looks[s].words }

// Key is the state as pages name theirs: "ending-soon", and "default" for the ordinary one.
func Key(s models.State) string {
	if s == models.Active {
		return "default"
	}
	return strings.ReplaceAll(string(s), " ", "-")
}
