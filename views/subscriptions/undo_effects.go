package subscriptions

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/link"
	"mooring/views/states"
	"mooring/views/ui"
)

// effects are the preview: what comes back, what goes, what it costs and until when it is possible.
func (p UndoPage) effects() ui.Effects {
	old, next := p.Old.Account.ID, p.New.Account.ID
	e := ui.Effects{ID: "impact-preview", Title: "What will change", Rows: []ui.Effect{
		{Thing: "Account", From: "Replaced by " + next, To: "In use, as before", Under: old + " keeps its id, key and history", TestID: "impact-account"},
		{Thing: "Plan", To: p.Old.Terms.Name + ", " + format.Count(p.Old.Subscription.Seats, p.Old.Terms.Unit, plurals(p.Old.Terms.Unit)), Under: "As it stands on " + old + " today", TestID: "impact-plan"},
		p.agentsEffect(),
		{Thing: "New one", From: states.Words(p.New.State(p.AsOf)), To: "Closed", Under: "The plan of " + next + " is cancelled, and nothing can enrol there", TestID: "impact-new"},
	}}
	if p.Who.May(models.SeeMoney) {
		before, after := p.monthly()
		e.Rows = append(e.Rows, ui.Effect{Thing: "Price", From: before, To: after, TestID: "impact-price"})
	}
	e.Rows = append(e.Rows, ui.Effect{Thing: "Possible", To: "Until " + format.Date(p.Until(), p.In) + ", " + format.Clock(p.Until(), p.In), TestID: "impact-until"})
	if p.Credited && p.Credit.Minor < 0 && p.Who.May(models.SeeMoney) {
		e.Sum, e.SumNote, e.SumValue = "Credit for the rest of the term", "Of "+next, format.Money(p.Credit.Times(-1))
	}
	return e
}

func plurals(unit string) string {
	if unit == "mailbox" {
		return "mailboxes"
	}
	return unit + "s"
}

// monthly is what both accounts cost together, and what the old one costs alone.
func (p UndoPage) monthly() (before, after string) {
	old, next := p.Old.Terms.Monthly(p.Old.Subscription.Seats), p.New.Terms.Monthly(p.New.Subscription.Seats)
	both := old
	if p.New.State(p.AsOf).Working() {
		both.Minor += next.Minor
	}
	return format.Money(both) + " a month", format.Money(old) + " a month"
}

func (p UndoPage) agentsEffect() ui.Effect {
	e := ui.Effect{Thing: "Agents", TestID: "impact-agents", Tone: ui.OK}
	old, next := p.Old.Account.ID, p.New.Account.ID
	switch {
	case p.Carried > 0:
		e.To = format.Count(p.Carried, "agent comes", "agents come") + " back"
		e.Under = "Each is told at its next check-in and counts in " + next + " until the one after that, for up to 14 days."
		if p.Old.Agents > 0 {
			e.Under += " " + remainWords(p.Old.Agents, old) + "."
		}
	case p.Old.Agents > 0:
		e.To = remainWords(p.Old.Agents, old)
	default:
		e.Tone, e.To = "", "None"
	}
	if p.Waiting > 0 {
		e.Under += " " + format.Count(p.Waiting, "of them was", "of them were") + " on the way to " + next + " and " + format.Plural(p.Waiting, "is", "are") + " told nothing of it any more."
	}
	return e
}

func remainWords(n int, account string) string {
	if n == 0 {
		return ""
	}
	return format.Count(n, "agent stays", "agents stay") + " in " + account
}

// ways lead on from a reassign that cannot be undone.
func (p UndoPage) ways() (open []ui.Press) {
	add := func(may models.Permission, label, href, hook string) {
		if p.Who.May(may) {
			open = append(open, ui.Press{Label: label, Href: href, Size: ui.Large, TestID: hook})
		}
	}
	old, next := p.Old, p.New
	switch {
	case next.Account.ID == "" || !old.Account.Replaced():
	case next.Account.Open() && next.Account.Replaced():
		add(models.ReassignPlans, "Undo the reassign of "+next.Account.ID, link.UndoReassign(next.Account.ID), "undo-next")
	case next.Account.Open() && p.AsOf.After(p.Until()):
		if old.Agents > 0 {
			add(models.CarryAgents, "Carry the agents over", link.CarryAgentsTo(old.Account.ID, next.Account.ID), "carry-agents")
		}
		add(models.ModifyPlans, "Modify the plan", link.ModifyPlan(old.Account.ID), "choose-modify")
	case next.Account.Open() && p.Enrolled > 0:
		add(models.CarryAgents, "Carry them over to "+old.Account.ID, link.CarryAgentsTo(next.Account.ID, old.Account.ID), "carry-agents")
	case old.Subscription.CancelledAt != nil:
		add(models.CancelPlans, "Take the cancellation back", link.Restoration(old.Account.ID), "choose-restore")
	}
	if next.Account.ID != "" {
		add(models.SeeCustomers, "Open "+next.Account.ID, link.Account(next.Account.ID), "open-new")
	}
	return open
}
