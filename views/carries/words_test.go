package carries

import (
	"testing"
	"time"

	"mooring/models"
	"mooring/views/ui"
)

var noon = time.Date(2026, time.March, 12, 12, 0, 0, 0, time.UTC)

func TestTheNumbersAreSaidInASentence(t *testing.T) {
	c := models.Carry{ToAccountID: "A-20977", DeadlineAt: noon}
	for _, x := range []struct {
		n    models.CarryCounts
		want string
	}{
		{models.CarryCounts{Total: 42, Waiting: 42}, "0 of 42 agents have moved to A-20977. 42 are waited for until 12 Mar 2026."},
		{models.CarryCounts{Total: 42, Moved: 24, Waiting: 17, Failed: 1}, "24 of 42 agents have moved to A-20977. 17 are waited for until 12 Mar 2026. 1 did not move."},
		{models.CarryCounts{Total: 1, Moved: 1}, "1 of 1 agent has moved to A-20977."},
	} {
		if got := Said(c, x.n, time.UTC); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}

func TestAnAgentThatHasNotMovedSaysWhy(t *testing.T) {
	c := models.Carry{DeadlineAt: noon}
	before, after := noon.Add(-time.Hour), noon.Add(time.Hour)
	for _, x := range []struct {
		a    models.CarriedAgent
		now  time.Time
		want mark
	}{
		{models.CarriedAgent{}, before, mark{ui.Wait, "Not told yet"}},
		{models.CarriedAgent{ToldAt: &before}, before, mark{ui.Info, "Knows already"}},
		{models.CarriedAgent{ToldAt: &before}, after, mark{ui.Warn, "Not in time"}},
		{models.CarriedAgent{DroppedAt: &before, Why: models.DroppedByCancel}, before, mark{ui.Off, "Called off"}},
		{models.CarriedAgent{DroppedAt: &before, Why: models.DroppedAsThere}, after, mark{ui.Off, "There already"}},
		{models.CarriedAgent{DroppedAt: &before, Why: models.DroppedByRelease}, after, mark{ui.Off, "Released"}},
		{models.CarriedAgent{DroppedAt: &before, Why: models.DroppedByDeadline}, after, mark{ui.Off, "Not in time"}},
	} {
		if got := standingOf(c, x.a, x.now); got != x.want {
			t.Errorf("%+v: %+v, want %+v", x.a, got, x.want)
		}
	}
}
