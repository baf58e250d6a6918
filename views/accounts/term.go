package accounts

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/ui"
)

func (p *ShowPage) today() models.Date { return models.DateOf(p.AsOf, p.Customer.Location()) }

// termFigure says when the term ends, or how it begins.
func (p *ShowPage) termFigure() ui.Figure {
	s := p.Subscription
	switch p.State() {
	case models.AwaitingSignIn:
		return ui.Figure{Label: "Term", Value: format.Count(p.Terms.TermMonths, "month", "months"), Note: "Begins when the customer first signs in"}
	case models.AwaitingCode:
		return ui.Figure{Label: "Term", Value: format.Count(p.Terms.TermMonths, "month", "months"), Note: "Begins with its activation code"}
	case models.Scheduled:
		return ui.Figure{Label: "Begins", Value: format.DayShort(p.begins()), Small: format.DayYear(p.begins()), Note: p.lasts()}
	case models.Cancelled:
		on := models.DateOf(*s.CancelledAt, p.Customer.Location())
		return ui.Figure{Label: "Cancelled", Value: format.DayShort(on), Small: format.DayYear(on), Note: p.lasts()}
	case models.Grace, models.Locked, models.Ended:
		return ui.Figure{Label: "Term ended", Value: format.DayShort(s.EndsOn), Small: format.DayYear(s.EndsOn), Note: format.DayUntil(s.EndsOn, p.today())}
	}
	if s.EndsOn == "" {
		return ui.Figure{Label: "Term", Value: format.Count(p.Terms.TermMonths, "month", "months"), Note: renews(s)}
	}
	f := ui.Figure{Label: "Term ends", Value: format.DayShort(s.EndsOn), Small: format.DayYear(s.EndsOn), Note: renews(s)}
	if p.State() == models.EndingSoon {
		f.Note += ", " + format.DayUntil(s.EndsOn, p.today())
	}
	return f
}

func (p *ShowPage) begins() models.Date {
	if p.Subscription.StartsOn != "" {
		return p.Subscription.StartsOn
	}
	return models.DateOf(p.Subscription.StartsAt, p.Customer.Location())
}

// lasts says until when a term that is not running was or is to last.
func (p *ShowPage) lasts() string {
	if p.Subscription.EndsOn == "" {
		return ""
	}
	return "Term to " + format.Day(p.Subscription.EndsOn)
}

func renews(s models.Subscription) string {
	if s.Renews {
		return "Renews by itself"
	}
	return "Does not renew"
}
