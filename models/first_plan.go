package models

import (
	"fmt"
	"time"
)

// LeadsAway says whether a plan for a customer who already has this account of its family is no first
// plan, and what the portal says of it instead. Only where the account was purged is it one. Page and
// import ask this; it asks RuleOnReassignment.
func LeadsAway(s Situation) (Ruling, bool) {
	r := RuleOnReassignment(s)
	return r, r.Verdict != Allowed || r.Reason != BecausePurged
}

// PlanChoice is a plan that a customer could get, with the account that has its family already, if there
// is one.
type PlanChoice struct {
	Offer
	Held *HeldPlan
}

// AssignmentDesk is what the page for assigning a plan shows.
type AssignmentDesk struct {
	AsOf     time.Time
	Customer Customer
	Choices  []PlanChoice // what is on sale, by product and price
	Wish     Assignment
	Chosen   Offer // zero while no plan of the catalogue is chosen
	// Beside is the account that has the family of the chosen plan already, and Ruling what the portal
	// says of another plan there. Nil where the plan is a first one.
	Beside  *Situation
	Ruling  Ruling
	Problem *Problem
}

// Today in the customer's time zone.
func (d AssignmentDesk) Today() Date { return DateOf(d.AsOf, d.Customer.Location()) }

// FirstPlan is the subscription that the wish on the desk makes, not yet stored; a Conflict where the
// plan leads away or the customer is archived, or what is wrong with the wish.
func (d AssignmentDesk) FirstPlan() (Subscription, error) {
	switch {
	case d.Customer.ArchivedAt != nil:
		return Subscription{}, Moved("This customer is archived. Restore it before assigning a plan.")
	case d.Beside != nil:
		return Subscription{}, Moved(d.Ruling.Advisory.Headline + ".")
	}
	var wrong Complaints
	if d.Chosen.Plan.ID == "" {
		wrong.Add("plan", "Choose a plan.")
		return Subscription{}, wrong.Problem()
	}
	if refusal := NeedsCode(d.Chosen); refusal != "" {
		wrong.Add("plan", refusal)
		return Subscription{}, wrong.Problem()
	}
	s, err := Assigned(d.Wish, d.Chosen, d.Customer, d.AsOf)
	if p, ok := ProblemIn(err); ok {
		wrong = p.Fields
	}
	if d.Wish.StartsOn != "" && d.Chosen.Terms.Activation != OnDate {
		wrong.Add("starts-on", fmt.Sprintf("%s does not begin on a date. Leave this empty.", d.Chosen.Terms.Name))
	}
	if fault := textFault("note", d.Wish.Note, MaxNote, true); fault != "" {
		wrong.Add("note", fault)
	}
	return s, wrong.Problem()
}
