package models

import "time"

// Desk is what the dashboard shows: what there is, what waits, and what happened last. A customer's
// contact has their own companies on it instead.
type Desk struct {
	AsOf    time.Time
	Figures Figures
	Waiting []Waiting // by kind, the most pressing first; only kinds of which there are any
	Quiet   []QuietAccount
	Orphans []OrphanCount // of every kind
	Left    []Orphan      // the first few of those left behind
	Silent  []Watch       // changes since which fewer agents report, the newest first
	History []Event
	Own     []CustomerFile // a contact's; nil for staff
}

// Empty reports whether nobody looks after any customer here yet.
func (d Desk) Empty() bool { return d.Figures.Customers == 0 && d.Figures.Accounts == 0 }

// SumBound is over how many accounts the dashboard adds up. Beyond it a sum is said as "at least".
const SumBound = 10_000

// LeftBehind is how many accounts that were replaced still have agents that report, as the radar counts
// them.
func (d Desk) LeftBehind() int {
	for _, c := range d.Orphans {
		if c.Kind == LeftBehind {
			return c.Count
		}
	}
	return 0
}

// Figures are the key figures. Customers and accounts are counted to CountBound and one more.
type Figures struct {
	Customers int
	Accounts  int
	Summed    int // accounts that were added up, up to SumBound and one more
	Agents    int // enrolled and not released, on open accounts
	Seats     int // of plans that have not run out
	InUse     int // of those seats
}

// More reports whether there are more accounts than were added up.
func (f Figures) More() bool { return f.Summed > SumBound }

// Waiting is one kind of account that wants somebody: a saved view of the accounts, how many it holds up
// to CountBound and one more, and the first few of them.
type Waiting struct {
	View  string
	Count int
	First []WaitingAccount
}

// WaitingAccount is an account in a line of the dashboard.
type WaitingAccount struct {
	ID       string
	Customer string
	Seats    int
	InUse    int
	EndsOn   Date
}

// QuietAccount is an account with agents that are quiet.
type QuietAccount struct {
	ID       string
	Customer string
	Quiet    int
	Agents   int
}
