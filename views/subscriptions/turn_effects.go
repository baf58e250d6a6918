package subscriptions

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/states"
	"mooring/views/ui"
)

// effects are the preview: what changes, what stays, what it costs and how it is taken back.
func (p TurnPage) effects() ui.Effects {
	im, s := p.Impact, p.Subscription
	e := ui.Effects{ID: "impact-preview", Title: "What will change"}
	e.Rows = append(e.Rows, ui.Effect{Thing: "Status", From: states.Words(im.Before), To: states.Words(im.State), TestID: "impact-state"})
	if p.Wish.Turn == models.Resume {
		e.Rows = append(e.Rows, ui.Effect{Thing: "Suspended", To: p.suspendedFor(), TestID: "impact-suspended"})
	}
	e.Rows = append(e.Rows, p.agentsEffect(), p.enrolmentEffect(), p.endEffect())
	if p.Wish.Turn == models.CancelAtEnd {
		e.Rows = append(e.Rows, ui.Effect{Thing: "Renewal", From: renewalWords(s), To: renewalWords(im.After), TestID: "impact-renewal"})
	}
	e.Rows = append(e.Rows, p.priceEffect(),
		ui.Effect{Thing: "Account", To: p.Account.ID + ", the same", TestID: "impact-account"},
		ui.Effect{Thing: "Key", To: "The same enrolment key", TestID: "impact-key"},
		ui.Effect{Thing: "Way back", To: p.wayBack(), TestID: "impact-way-back"},
	)
	if im.Charged && p.Who.May(models.SeeMoney) {
		e.Sum, e.SumNote, e.SumValue = p.sum()
	}
	return e
}

func (p TurnPage) suspendedFor() string {
	since := *p.Subscription.SuspendedAt
	days := format.DaysBetween(since, p.Now, p.Customer.Location())
	if days == 0 {
		return "Since today"
	}
	return format.Count(days, "day", "days") + ", since " + format.Date(since, p.Customer.Location())
}

func (p TurnPage) agentsEffect() ui.Effect {
	e := ui.Effect{Thing: "Agents", TestID: "impact-agents", Under: presenceWords(p.Agents)}
	n := p.Agents.Total
	switch {
	case n == 0:
		return ui.Effect{Thing: "Agents", To: "None", TestID: "impact-agents"}
	case p.Impact.Without > 0:
		e.Tone, e.To = ui.Warn, format.Count(n, "agent would", "agents would")+" lose updates"
	case p.Impact.Again > 0:
		e.Tone, e.To = ui.OK, format.Count(n, "agent gets", "agents get")+" updates again"
	case p.Impact.State.Working():
		e.Tone, e.To = ui.OK, format.Count(n, "agent keeps its", "agents keep their")+" updates"
	default:
		e.To = format.Count(n, "agent goes", "agents go") + " on without updates"
	}
	return e
}

func (p TurnPage) enrolmentEffect() ui.Effect {
	e := ui.Effect{Thing: "New ones", TestID: "impact-enrolment", From: enrolWords(p.Impact.Before), To: enrolWords(p.Impact.State)}
	if p.Agents.Total > 0 && p.Impact.Without > 0 {
		e.Under = "Those that are there go on reporting"
	}
	return e
}

func enrolWords(s models.State) string {
	if s.Working() {
		return "May enrol"
	}
	return "Refused"
}

func (p TurnPage) endEffect() ui.Effect {
	e := ui.Effect{Thing: "Ends", TestID: "impact-end", From: endWords(p.Subscription), To: endWords(p.Impact.After)}
	switch {
	case p.Wish.Turn == models.CancelNow:
		e.To = "Today, " + format.Day(p.Today())
	case p.Wish.Turn == models.Restore:
		e.From = "Cancelled " + format.Date(*p.Subscription.CancelledAt, p.Customer.Location())
	case p.Impact.State == models.Grace:
		e.Under = "The term ended meanwhile; everything works until its grace is over"
	}
	return e
}

func (p TurnPage) priceEffect() ui.Effect {
	e := ui.Effect{Thing: "Price", TestID: "impact-price", To: "As it is"}
	if !p.Who.May(models.SeeMoney) {
		return e
	}
	price := format.Money(p.Terms.Monthly(p.Subscription.Seats)) + " a month"
	e.From, e.To = price, price
	switch p.Wish.Turn {
	case models.CancelNow:
		e.To = "Nothing"
	case models.Restore:
		e.From = "Nothing"
	case models.CancelAtEnd:
		e.Under = "To the end of the term, then nothing. No credit"
	case models.Suspend:
		e.Under = "It goes on while the plan is suspended"
	}
	return e
}

func (p TurnPage) wayBack() string {
	switch until := p.Impact.BackUntil; p.Wish.Turn {
	case models.Suspend:
		return "Resume, until the grace after its term is over"
	case models.Resume:
		return "Suspend again, at any time"
	case models.CancelAtEnd:
		return "Modify plan lets it renew again, until " + format.Day(p.Subscription.EndsOn)
	case models.CancelNow:
		return "72 hours, until " + format.Date(until, p.In) + ", " + format.Clock(until, p.In)
	}
	return "Cancel again, at any time"
}

func (p TurnPage) sum() (sum, note, value string) {
	charge := p.Impact.Charge
	if charge.Minor < 0 {
		return "Credit for the rest of the term", format.DayShort(p.Today()) + " to " + format.Day(p.Subscription.EndsOn),
			format.Money(charge.Times(-1))
	}
	return "The credit is taken back", "The rest of the term, as it was credited", format.Money(charge)
}
