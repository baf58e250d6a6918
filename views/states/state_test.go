package states

import (
	"testing"

	"mooring/models"
	"mooring/views/ui"
)

func TestEveryStateHasToneWordsAndKey(t *testing.T) {
	for _, c := range []struct {
		state models.State
		tone  ui.Tone
		words string
		key   string
	}{
		{models.Scheduled, ui.Wait, "Scheduled", "scheduled"},
		{models.AwaitingSignIn, ui.Wait, "Awaiting first sign-in", "awaiting-sign-in"},
		{models.AwaitingCode, ui.Wait, "Awaiting code", "awaiting-code"},
		{models.Active, ui.OK, "Active", "default"},
		{models.EndingSoon, ui.Warn, "Ends soon", "ending-soon"},
		{models.Grace, ui.Warn, "In grace", "grace"},
		{models.Locked, ui.Bad, "Locked", "locked"},
		{models.Ended, ui.Off, "Ended", "ended"},
		{models.Suspended, ui.Warn, "Suspended", "suspended"},
		{models.Cancelled, ui.Off, "Cancelled", "cancelled"},
	} {
		if Tone(c.state) != c.tone || Words(c.state) != c.words || Key(c.state) != c.key {
			t.Errorf("%s: %s %q %q, want %s %q %q", c.state, Tone(c.state), Words(c.state), Key(c.state), c.tone, c.words, c.key)
		}
	}
	if len(looks) != 10 {
		t.Errorf("%d states, and this test knows 10", len(looks))
	}
}
