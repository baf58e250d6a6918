package models

import (
	"strings"
	"time"
)

// KeyShownFor is how long a person who made an enrolment key, or asked to see it, goes on seeing it. One
// line of history stands for all of that time.
const KeyShownFor = time.Hour

// KeySight is the enrolment key of an account as far as its reader may see it. The zero one is for who
// may not see keys.
type KeySight struct {
	Ending string // by which people tell keys apart
	Masked string // with nothing to read but the ending
	Whole  string // empty until its reader asks to see it
}

// SightOf is what the reader of a key sees of it.
func SightOf(key string, open bool) KeySight {
	s := KeySight{Ending: KeyEnding(key), Masked: masked(key)}
	if open {
		s.Whole = key
	}
	return s
}

// KeyEnding is the last group of an enrolment key.
func KeyEnding(key string) string { return key[max(0, len(key)-5):] }

// Closed reports whether the reader may see keys, and has to ask for this one.
func (s KeySight) Closed() bool { return s.Ending != "" && s.Whole == "" }

func masked(key string) string {
	secret, prefixed := strings.CutPrefix(strings.TrimSuffix(key, KeyEnding(key)), keyPrefix)
	hidden := strings.Map(func(r rune) rune {
		if r == '-' {
			return r
		}
		return '•'
	}, secret)
	if prefixed {
		hidden = keyPrefix + hidden
	}
	return hidden + KeyEnding(key)
}

// keyPrefix says what a key is, wherever it turns up.
const keyPrefix = "EK-"

// EnrolmentKey is a key that agents can enrol with. Only the current key of an account has no end.
type EnrolmentKey struct {
	ID         string // of the key's row; it says nothing about the key
	Ending     string // empty for the current key
	CreatedAt  time.Time
	ValidUntil *time.Time
}

// Current reports whether this is the key that the account shows.
func (k EnrolmentKey) Current() bool { return k.ValidUntil == nil }

// Overlap is how long a key that was rotated goes on working.
type Overlap string

// The choices of the form.
const (
	OverlapNone  Overlap = "now"
	OverlapDay   Overlap = "1d"
	OverlapWeek  Overlap = "7d"
	OverlapMonth Overlap = "30d"
)

// Overlaps lists the choices in the order people read them.
var Overlaps = []Overlap{OverlapNone, OverlapDay, OverlapWeek, OverlapMonth}

// Days of the choice, and whether it is one.
func (o Overlap) Days() (int, bool) {
	days, ok := map[Overlap]int{OverlapNone: 0, OverlapDay: 1, OverlapWeek: 7, OverlapMonth: 30}[o]
	return days, ok
}

// Until is the end of a key that is rotated at an instant.
func (o Overlap) Until(now time.Time) time.Time {
	days, _ := o.Days()
	return now.Add(time.Duration(days) * 24 * time.Hour)
}

// RotationWish is the wish to give an account another enrolment key.
type RotationWish struct {
	Overlap Overlap
	KeyID   string // of the key that the form was drawn for
	FormKey string
}

// EnrolmentDesk is what the pages about an account's enrolment show.
type EnrolmentDesk struct {
	AsOf     time.Time
	Customer Customer
	HeldPlan
	Product Product
	Key     KeySight
	Current EnrolmentKey
	Older   []EnrolmentKey // those that still work, the longest first
	Wish    RotationWish
	Problem *Problem // why the key cannot be rotated
}

// Enrols reports whether a new agent would be let in with the key now.
func (d EnrolmentDesk) Enrols() error {
	return RuleOnEnrolment(d.Account, d.Subscription, d.Terms, true, 0, d.AsOf)
}

// RuleOnRotation says why an account takes no other key; nil lets it have one. Agents that are there
// already have tokens of their own, so that a rotation stops none of them.
func RuleOnRotation(a Account) error {
	if !a.Open() {
		return Moved("This account is closed. Nothing enrols in it any more, with whichever key.")
	}
	return nil
}

// Checked is what is wrong with the wish; nil for nothing.
func (w RotationWish) Checked() error {
	var c Complaints
	if _, ok := w.Overlap.Days(); !ok {
		c.Add("overlap", "Choose how long the present key goes on working.")
	}
	return c.Problem()
}
