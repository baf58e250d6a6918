package models

import "slices"

// Why somebody takes a turn: the choices of the forms, beside WhyOther.
const (
	WhyUnpaid   = "unpaid"
	WhyAsked    = "asked"
	WhyLookInto = "look-into"
	WhyPaid     = "paid"
	WhyMistake  = "mistake"
	WhyLeaves   = "leaves"
	WhyCloses   = "closes"
	WhyReplaced = "replaced"
	WhyMind     = "mind"
	WhyAssigned = "assigned"
)

// TurnWhyWords says a choice in words.
var TurnWhyWords = map[string]string{
	WhyUnpaid:   "Invoices are unpaid",
	WhyAsked:    "The customer asked for it",
	WhyLookInto: "Something on the account has to be looked into first",
	WhyPaid:     "The invoices are paid",
	WhyMistake:  "It was done by mistake",
	WhyLeaves:   "The customer moves to another supplier",
	WhyCloses:   "The customer is closing down",
	WhyReplaced: "Another account took its place",
	WhyAssigned: "It was assigned by mistake",
	WhyMind:     "The customer has a change of mind",
	WhyOther:    "Something else",
}

// Reasons are the choices that a turn offers, in the order people read them.
func (t Turn) Reasons() []string {
	switch t {
	case Suspend:
		return []string{WhyUnpaid, WhyAsked, WhyLookInto, WhyOther}
	case Resume:
		return []string{WhyPaid, WhyAsked, WhyMistake, WhyOther}
	case CancelAtEnd, CancelNow:
		return []string{WhyLeaves, WhyCloses, WhyReplaced, WhyUnpaid, WhyAssigned, WhyOther}
	case Restore:
		return []string{WhyMistake, WhyMind, WhyOther}
	}
	return nil
}

func (t Turn) knows(why string) bool { return slices.Contains(t.Reasons(), why) }
