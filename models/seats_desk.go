package models

import (
	"cmp"
	"fmt"
	"strings"
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
	// What a wish to release would do: how many seats it takes back, and whose; up to MaxIdleShown. Moving
	// of these agents are on their way to another account, and would stay behind.
	Releases int
	Chosen   []SeenAgent
	Moving   int
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
	Note    string
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
	if fault := textFault("note", w.Note, MaxNote, true); fault != "" {
		wrong.Add("note", fault)
	}
	return wrong.Problem()
}

// FreedNamed is how many of the agents whose seats were taken back at once are named.
const FreedNamed = 3

// AgentsFreed records agents whose seats were taken back. The first few are named.
func AgentsFreed(a Account, n int, first []Agent, note string) Event {
	var names []string
	for _, g := range first[:min(len(first), FreedNamed)] {
		names = append(names, cmp.Or(g.DeviceName, g.ID))
	}
	return Event{
		RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, Kind: AgentsReleased,
		Detail: Detail{Agents: n, Device: strings.Join(names, ", "), Note: note},
	}
}
