package models

import (
	"fmt"
	"time"
)

// UndoDesk is what the page that undoes a reassign shows: the accounts, what would happen to their
// agents, or why it cannot be.
type UndoDesk struct {
	AsOf     time.Time
	Customer Customer
	Old      HeldPlan
	New      HeldPlan
	Proposal Proposal
	// Enrolled are the agents that enrolled in the new account by themselves, Carried those that were
	// carried over to it, Waiting those that are on their way to it, Gone those that went on from it to
	// a third account.
	Enrolled int
	Carried  int
	Waiting  int
	Gone     int
	// Credit is what the rest of the new account's term would have cost; Credited is false where no
	// money moves.
	Credit   Money
	Credited bool
	Wish     UndoWish
	Problem  *Problem // why it cannot be undone
}

// UndoWish is the wish to undo a reassign, having seen what that would do.
type UndoWish struct {
	Why     string
	Note    string
	Facts   string // of what was shown
	FormKey string
}

// UndoReasons are the choices of the form, in the order people read them.
func UndoReasons() []string { return []string{WhyMistake, WhyMind, WhyOther} }

// Until is the last moment at which the reassign can be undone.
func (d UndoDesk) Until() time.Time {
	until, _ := Undoable(d.Old.Account.ReplacedAt, d.Old.Terms.Policy, d.AsOf)
	return until
}

// Undoable reports whether the days in which a reassign can be undone still run. Whether it really can be
// is found where it is tried.
func Undoable(replacedAt *time.Time, p Policy, now time.Time) (until time.Time, open bool) {
	if replacedAt == nil {
		return time.Time{}, false
	}
	until = replacedAt.Add(p.UndoFor())
	return until, !now.After(until)
}

// Facts is what undoing rests on, in short. A form that was drawn from others is old.
func (d UndoDesk) Facts() string {
	return fmt.Sprintf("%d.%d.%d.%d.%d", d.Old.Account.Version, d.Old.Subscription.Version,
		d.New.Account.Version, d.New.Account.AgentsVersion, d.New.Subscription.Version)
}

// RuleOnUndo says why a reassign cannot be undone; nil lets it be. What was done to the old account in
// the meantime stays, apart from its being replaced.
func RuleOnUndo(d UndoDesk) error {
	old, next := d.Old.Account, d.New.Account
	switch {
	case old.ReplacedByID == nil || *old.ReplacedByID != next.ID:
		return Moved("Account " + old.ID + " was not reassigned, or it has been undone already.")
	case d.AsOf.After(d.Until()):
		return Moved(fmt.Sprintf("A reassign can be undone for %d days, and they are over. Carry the agents over, or modify the plan instead.",
			int(d.Old.Terms.Policy.UndoFor()/(24*time.Hour))))
	case !next.Open():
		return Moved("Account " + next.ID + " is closed already.")
	case next.Replaced():
		return Moved("Account " + next.ID + " was itself reassigned to " + *next.ReplacedByID + ". Undo that first.")
	case d.Enrolled > 0:
		return Moved(fmt.Sprintf("%s enrolled in %s without being carried there. Carry them over to %s first; then it can be undone.", plural(d.Enrolled, "agent"), next.ID, old.ID))
	case d.Gone > 0:
		return Moved(fmt.Sprintf("%s went on from %s to a third account. Carry them back to %s first.", plural(d.Gone, "agent"), next.ID, next.ID))
	case d.Old.Subscription.CancelledAt != nil:
		return Moved("The plan of " + old.ID + " was cancelled since. Take the cancellation back first; then it can be undone.")
	}
	return nil
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Agreement checks what was typed.
func (w UndoWish) Agreement() error {
	var wrong Complaints
	n := len([]rune(w.Note))
	switch {
	case w.Why != WhyMistake && w.Why != WhyMind && w.Why != WhyOther:
		wrong.Add("reason", "Choose a reason")
	case w.Why == WhyOther && n < MinNote:
		wrong.Add("note", fmt.Sprintf("Say why in your own words, in at least %d characters", MinNote))
	}
	if n > MaxNote {
		wrong.Add("note", fmt.Sprintf("Say why in at most %d characters", MaxNote))
	}
	return wrong.Problem()
}
