package models

import (
	"fmt"
	"time"
)

// Twin is one of two agents of a device, with the account on which it holds a seat.
type Twin struct {
	SeenAgent
	Held HeldPlan
}

// MergeDesk is what the page that makes one agent of two of a device shows: the two, which of them the
// device goes on as, or why it cannot be.
type MergeDesk struct {
	AsOf     time.Time
	Customer Customer
	Older    Twin // enrolled first
	Younger  Twin
	Moving   bool // one of the two is on its way to another account
	Wish     MergeWish
	Problem  *Problem
}

// MergeWish is the wish to make one agent of two of a device, having seen what that would do.
type MergeWish struct {
	OtherID string // the other agent of the device; empty means the one that enrolled first
	Note    string
	Both    bool   // that both report was read
	Facts   string // of what was shown
	FormKey string
}

// YoungerLives reports whether the device goes on as its younger agent: where the account is open, and of
// two open ones where it was seen last. Of two that were never seen the younger is the one whose software
// is there.
func (d MergeDesk) YoungerLives() bool {
	older, younger := d.Older, d.Younger
	switch {
	case older.Held.Account.Open() != younger.Held.Account.Open():
		return younger.Held.Account.Open()
	case older.SeenAt == nil:
		return true
	}
	return younger.SeenAt != nil && !younger.SeenAt.Before(*older.SeenAt)
}

// Living is the agent whose software goes on, in its account; Silent is the other one.
func (d MergeDesk) Living() Twin {
	if d.YoungerLives() {
		return d.Younger
	}
	return d.Older
}

// Silent is the agent whose seat becomes free.
func (d MergeDesk) Silent() Twin {
	if d.YoungerLives() {
		return d.Older
	}
	return d.Younger
}

// BothReport says that both were seen lately: most likely these are two installations, or two devices that
// were copied from one.
func (d MergeDesk) BothReport() bool {
	return d.Older.Presence(d.AsOf) == Online && d.Younger.Presence(d.AsOf) == Online
}

// Facts is what merging rests on, in short. A form that was drawn from others is old.
func (d MergeDesk) Facts() string {
	return fmt.Sprintf("%s.%s.%s.%s", d.Older.ID, d.Older.AccountID, d.Younger.AccountID, d.Living().ID)
}

// RuleOnMerge says why two agents cannot become one; nil lets it be. That they are of one device, customer
// and product is how they were found.
func RuleOnMerge(d MergeDesk) error {
	switch {
	case d.Older.ID == "" || d.Younger.ID == "":
		return Moved("This device has no second seat any more, in any other account of the product.")
	case d.Moving:
		return Moved("One of the two agents is on its way to another account. Let it arrive, or call that off first.")
	}
	return nil
}

// Agreement checks what was typed, and that who merges two agents that report has read so.
func (d MergeDesk) Agreement() error {
	var wrong Complaints
	if fault := textFault("note", d.Wish.Note, MaxNote, true); fault != "" {
		wrong.Add("note", fault)
	}
	if d.BothReport() && !d.Wish.Both {
		wrong.Add("both", "Confirm that these are one device, although both report")
	}
	return wrong.Problem()
}

// Merged records on both accounts that two agents of a device are one.
func (d MergeDesk) Merged() []Event {
	living, silent := d.Living(), d.Silent()
	at := func(a Account, other string, to bool) Event {
		return Event{
			RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, Kind: AgentsMerged,
			Detail: Detail{Device: living.DeviceName, Other: other, To: to, Note: d.Wish.Note},
		}
	}
	return []Event{
		at(silent.Held.Account, living.AccountID, true),
		at(living.Held.Account, silent.AccountID, false),
	}
}
