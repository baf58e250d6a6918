package models

import (
	"slices"
	"time"
)

// CarriedSoFar is how far a carry came: told in one line instead of one for each batch of agents.
type CarriedSoFar struct {
	Carry
	Moved  int
	LastAt *time.Time // when the last of them moved; nil before the first
}

// CarriesIn lists the carries that events speak of.
func CarriesIn(events []Event) (ids []string) {
	for _, e := range events {
		if id := e.Detail.Carry; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// WithoutBatches leaves out the batches in which the agents of a carry moved, and of what two accounts were told
// at once, if together is set, what the one says to which agents came.
func WithoutBatches(events []Event, together bool) (left []Event) {
	for _, e := range events {
		twin := func(o Event) bool {
			return together && e.Detail.Carry != "" && o.Kind == e.Kind && o.Detail.Carry == e.Detail.Carry && o.At.Equal(e.At)
		}
		switch i := slices.IndexFunc(left, twin); {
		case e.Kind == AgentsMoved:
		case i < 0:
			left = append(left, e)
		case e.Detail.To:
			left[i] = e
		}
	}
	return left
}

// WithProgress puts a line for each carry of which agents moved among events, the newest first: told to the
// account whose events they are, or else to the one that agents left. Nothing is put behind the last event, where
// others stand that were not read.
func WithProgress(events []Event, carries []CarriedSoFar, account string) []Event {
	for _, c := range carries {
		if c.LastAt == nil || len(events) > 0 && c.LastAt.Before(events[len(events)-1].At) {
			continue
		}
		e := c.told(account)
		at := slices.IndexFunc(events, func(o Event) bool { return !o.At.After(e.At) })
		if at < 0 {
			at = len(events)
		}
		events = slices.Insert(events, at, e)
	}
	return events
}

func (c CarriedSoFar) told(account string) Event {
	e := Event{
		RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.CustomerID, AccountID: c.AccountID, Kind: AgentsMoved, At: *c.LastAt,
		Detail: Detail{Agents: c.Moved, Total: c.Total, Other: c.ToAccountID, Carry: c.ID, To: true},
	}
	if account == c.ToAccountID {
		e.AccountID, e.Detail.Other, e.Detail.To = c.ToAccountID, c.AccountID, false
	}
	return e
}
