package portal_test

import (
	"slices"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func ofKind(events []models.Event, kind models.EventKind) (found []models.Event) {
	for _, e := range events {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	return found
}

// Each agent moves in a batch of its own, so there are more batches than a timeline reads events.
func TestACarryIsOneLineHoweverManyBatchesMoved(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.ReplacedAccount, 25)
		w.Pass(time.Minute)
		before := opened(t, w, demo.ReplacedAccount)
		desk := carry(t, w, ines, demo.ReplacedAccount, demo.SuccessorAccount).ID
		for range 2 { // told, then moved
			w.Pass(time.Minute)
			for _, a := range f.agents {
				if _, err := a.checkIn(w); err != nil {
					t.Fatal(err)
				}
			}
		}
		last := w.Clock()
		w.Pass(time.Minute)

		home, err := w.OpenDesk(ctx, ines)
		if err != nil {
			t.Fatal(err)
		}
		file, err := w.OpenCustomer(ctx, ines, before.Customer.ID)
		if err != nil {
			t.Fatal(err)
		}
		old, next := opened(t, w, demo.ReplacedAccount).History, opened(t, w, demo.SuccessorAccount).History
		for _, c := range []struct {
			where, account string
			events         []models.Event
			to             bool
		}{
			{"the old account", demo.ReplacedAccount, old, true},
			{"the new account", demo.SuccessorAccount, next, false},
			{"the dashboard", demo.ReplacedAccount, home.History, true},
			{"the customer", demo.ReplacedAccount, file.History, true},
		} {
			moved := ofKind(c.events, models.AgentsMoved)
			moved = slices.DeleteFunc(moved, func(e models.Event) bool { return e.Detail.Carry != desk })
			if len(moved) != 1 || moved[0].Detail.Agents != 25 || moved[0].Detail.Total != before.Agents.Total || !moved[0].At.Equal(last) ||
				moved[0].AccountID != c.account || moved[0].Detail.To != c.to {
				t.Errorf("%s tells of the carry: %+v", c.where, moved)
			}
			if begun := ofKind(c.events, models.CarryBegun); len(begun) == 0 || begun[0].Detail.Carry != desk || begun[0].AccountID != c.account {
				t.Errorf("%s says of its beginning: %+v", c.where, begun)
			}
		}
		if n := len(home.History); n != 10 {
			t.Errorf("the dashboard has %d lines", n)
		}
		if n := len(ofKind(old, models.AgentEnrolled)); n == 0 {
			t.Error("what happened before the carry is gone")
		}
		if all := history(t, w, demo.ReplacedAccount); len(ofKind(all, models.AgentsMoved)) < 20 {
			t.Errorf("the history itself keeps %d batches", len(ofKind(all, models.AgentsMoved)))
		}
		w.Sound(t)
	})
}
