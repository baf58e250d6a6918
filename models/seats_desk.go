package models

import (
	"fmt"
	"time"
)

// IdleAfter is how long an agent has not been seen, or was enrolled and never seen, before its seat
// counts as one that could be released.
const IdleAfter = 30 * 24 * time.Hour

// PeakOver is how far back the peak of the seats in use goes.
const PeakOver = 30 * 24 * time.Hour

// SeatsDesk is what the page of an account's seats shows.
type SeatsDesk struct {
	AsOf     time.Time
	Customer Customer
	Held     HeldPlan
	Peak     int         // the most seats that were in use at one moment of the last 30 days
	Idle     []SeenAgent // whose seats could be released, the longest silent first; up to MaxIdleShown
	IdleAll  int         // how many there are of them
	Problem  *Problem
}

// MaxIdleShown is how many idle agents a page lists.
const MaxIdleShown = 200

// ReleaseWish is the wish to take seats back: of the named agents, or of all that are idle.
type ReleaseWish struct {
	Agents  []string
	AllIdle bool
	// IdleAll is how many idle agents were shown; more or fewer now is a conflict for AllIdle.
	IdleAll int
	FormKey string
}

// Check says what is wrong with a wish.
func (w ReleaseWish) Check() error {
	var wrong Complaints
	switch {
	case !w.AllIdle && len(w.Agents) == 0:
		wrong.Add("agents", "Choose the agents whose seats you want back.")
	case len(w.Agents) > MaxPicked:
		wrong.Add("agents", fmt.Sprintf("Choose at most %d at once.", MaxPicked))
	}
	return wrong.Problem()
}

// AgentsFreed records agents whose seats were taken back. One is named.
func AgentsFreed(a Account, released []Agent) Event {
	e := Event{RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, Kind: AgentsReleased, Detail: Detail{Agents: len(released)}}
	if len(released) == 1 {
		e.Detail.Device = released[0].DeviceName
	}
	return e
}
