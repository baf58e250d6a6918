package subscriptions

import (
	"mooring/models"
	"mooring/views/link"
	"mooring/views/ui"
)

// What the assign page says where a customer has the product already. The words are those of the ruling.

func (p AssignPage) heldTitle() string {
	if p.Ruling.Verdict == models.Refused {
		return p.Ruling.Advisory.Headline
	}
	return p.Customer.Name + " already has " + p.Beside.Terms.Name + " on " + p.Beside.Account.ID
}

func (p AssignPage) heldWords() []string {
	ad := p.Ruling.Advisory
	var said []string
	if p.Refused != nil {
		said = append(said, "Nothing was assigned.")
	}
	for _, words := range []string{ad.Text, ad.Better, ad.Why, ad.Who} {
		if words != "" {
			said = append(said, words)
		}
	}
	if p.Ruling.Verdict != models.Refused && !p.Who.May(models.ReassignPlans) && !p.leadsToModify() {
		said = append(said, "An admin or licence manager can reassign.")
	}
	return said
}

// leadsToModify reports whether changing what is there does what was wished.
func (p AssignPage) leadsToModify() bool {
	if !p.Who.May(models.ModifyPlans) {
		return false
	}
	return p.Ruling.Advisory.Instead != models.InsteadNothing || p.replaces() && models.FitsInPlace(*p.Beside, p.Chosen)
}

// replaces reports whether the account was never activated, so that its plan is simply replaced.
func (p AssignPage) replaces() bool { return p.Ruling.Reason == models.BecauseNotActivated }

func (p AssignPage) leadsToReassign() bool {
	return p.Ruling.Verdict != models.Refused && p.Who.May(models.ReassignPlans)
}

func (p AssignPage) modifyWords() string {
	switch p.Ruling.Advisory.Instead {
	case models.InsteadConvert:
		return "Convert the trial instead"
	case models.InsteadRenew:
		return "Renew the plan instead"
	}
	return "Modify the plan instead"
}

// modifyLink takes the chosen plan along where it can be had.
func (p AssignPage) modifyLink() string {
	if p.Ruling.Verdict == models.Refused {
		return link.ModifyPlan(p.Beside.Account.ID)
	}
	return link.ModifyPlanWith(p.Beside.Account.ID, p.Chosen.Plan.Key, max(p.Wish.Seats, 0))
}

func (p AssignPage) reassignWords() string {
	if p.replaces() {
		return "Replace the plan on " + p.Beside.Account.ID
	}
	return "See what reassigning would do"
}

// reassignWeight is that of the way to a reassign: the main one only where nothing is left behind.
func (p AssignPage) reassignWeight() ui.Variant {
	if p.replaces() && !p.leadsToModify() {
		return ui.Primary
	}
	return ui.Plain
}
