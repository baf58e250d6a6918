package orphans

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/states"
	"mooring/views/ui"
)

// effects are the preview: what becomes of the account that keeps the agents, and of the empty one.
func (p RetirePage) effects() ui.Effects {
	old, empty := p.Old, p.New
	e := ui.Effects{ID: "impact-preview", Title: "What will change", Rows: []ui.Effect{
		{Thing: "Empty one", From: states.Words(empty.State(p.AsOf)), To: "Closed", Under: "Nothing can enrol in " + empty.Account.ID + " any more. History keeps it.", TestID: "impact-closed"},
		{
			Thing: "Agents", Tone: ui.OK, To: format.Count(old.Agents, "agent stays", "agents stay"), TestID: "impact-agents",
			Under: "In " + old.Account.ID + ", which keeps its id, key and history" + replacedNoMore(p),
		},
	}}
	if p.Moves {
		e.Rows = append(e.Rows, p.moved()...)
	}
	if p.Moves && p.Who.May(models.SeeMoney) {
		e.Sum, e.SumNote, e.SumValue = p.sum()
	}
	return e
}

func replacedNoMore(p RetirePage) string {
	if by := p.Old.Account.ReplacedByID; by != nil && *by == p.New.Account.ID {
		return ", and is replaced no more."
	}
	return "."
}

// moved is what the plan that moves does to the account that gets it.
func (p RetirePage) moved() []ui.Effect {
	before, after := p.Old.Subscription, p.Impact.After
	seats := ui.Effect{Thing: "Seats", From: format.Number(before.Seats), To: format.Number(after.Seats), TestID: "impact-seats"}
	if p.Impact.Without > 0 {
		seats.Under = format.Count(p.Impact.Without, "agent", "agents") + " more than seats"
	}
	return []ui.Effect{
		{Thing: "Plan", From: p.Old.Terms.Name, To: p.Impact.Terms.Name, Under: "Of " + p.Old.Account.ID, TestID: "impact-plan"},
		seats,
		{Thing: "Ends", From: ends(before), To: ends(after), TestID: "impact-end"},
		{Thing: "Renews", From: yes(before.Renews), To: yes(after.Renews), TestID: "impact-renewal"},
	}
}

func ends(s models.Subscription) string {
	if s.EndsOn == "" {
		return "On activation"
	}
	return format.Day(s.EndsOn)
}

func yes(renews bool) string {
	if renews {
		return "By itself"
	}
	return "No"
}

// sum is what there is to pay for the rest of the term, with what is credited for the empty account.
func (p RetirePage) sum() (what, note, value string) {
	all := p.Impact.Charge
	if p.Credited && p.Credit.Currency == all.Currency {
		all.Minor += p.Credit.Minor
	}
	note = "On " + p.Old.Account.ID
	if p.Credited {
		note += ", with the credit for " + p.New.Account.ID
	}
	if all.Minor < 0 {
		return "Credit for the rest of the term", note, format.Money(all.Times(-1))
	}
	return "More to pay this term", note, format.Money(all)
}
