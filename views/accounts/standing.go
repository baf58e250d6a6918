package accounts

import (
	"mooring/models"
	"mooring/views/format"
)

// began says how a live account became active.
var began = map[models.Activation]string{
	models.FirstSignIn: "on first sign-in",
	models.OnDate:      "on its start date",
	models.AtOnce:      "when the plan was assigned",
	models.ByCode:      "by code",
}

// standing says in a few sentences what the account is now.
func (p *ShowPage) standing() string {
	if !p.Account.Open() {
		return "This account is closed. No agent can report to it, and nothing of it can be changed."
	}
	s := p.Subscription
	switch p.State() {
	case models.Scheduled:
		return "This account is not live yet. It begins by itself on " + format.DayLong(p.begins()) + ", when that day starts in " + p.Customer.TimeZone + "."
	case models.AwaitingSignIn:
		return "This account is not live yet. It activates by itself when " + p.firstContact() + " first signs in, and the term counts from then."
	case models.AwaitingCode:
		if p.Product.Kind == models.OnPremise {
			return "The product runs on the customer’s own server and begins with its activation code, which is entered there."
		}
		return "This account is not live yet. It begins with its activation code."
	case models.Suspended:
		return "This plan was suspended on " + format.LongDate(*s.SuspendedAt, p.In) + ". The account keeps its agents and its history, and the term goes on counting. " +
			"The plan has to be resumed before anything else can be changed."
	case models.Cancelled:
		return "This plan was cancelled on " + format.LongDate(*s.CancelledAt, p.In) + ". The account keeps its history" + p.kept() + "."
	case models.Grace:
		return "The term ended on " + format.DayLong(s.EndsOn) + ". Everything works until " + format.DayLong(p.graceEnds()) + ", then the account is locked."
	case models.Locked:
		return "The term ended on " + format.DayLong(s.EndsOn) + " and the account is locked. A new term brings everything back until " + format.DayLong(p.lockEnds()) + "."
	case models.Ended:
		return "The term ended on " + format.DayLong(s.EndsOn) + ", and the time to bring it back as it was is over."
	}
	return p.liveStanding()
}

func (p *ShowPage) liveStanding() string {
	reports := "agents report to it"
	if p.Agents.Total == 0 {
		reports = "agents can report to it"
	}
	said := "This account is live: it was activated " + began[p.Terms.Activation] + " and " + reports + "."
	if began[p.Terms.Activation] == "" {
		said = "This account is live, and " + reports + "."
	}
	if p.Terms.Trial {
		said += " It is a trial."
	}
	s := p.Subscription
	if p.State() == models.EndingSoon && !s.Renews {
		said += " It ends on " + format.DayLong(s.EndsOn) + " and does not renew by itself."
	}
	return said
}

// modifyFor leads to modifying the plan.
func (p *ShowPage) modifyFor() string {
	switch p.State() {
	case models.Grace, models.Locked, models.Ended, models.Cancelled:
		return "To begin a new term,"
	case models.EndingSoon:
		if p.Terms.Trial {
			return "To convert it or to move its end,"
		}
		return "To move its end or change what it has,"
	}
	if p.Terms.Trial {
		return "To convert it into a full plan,"
	}
	return "To change what it has,"
}

func (p *ShowPage) firstContact() string {
	if len(p.Contacts) == 0 {
		return "the customer"
	}
	return p.Contacts[0].Name
}

func (p *ShowPage) kept() string {
	if p.Agents.Total == 0 {
		return ""
	}
	return ", and " + format.Count(p.Agents.Total, "agent is", "agents are") + " still enrolled"
}

func (p *ShowPage) graceEnds() models.Date {
	return p.Subscription.EndsOn.AddDays(p.Terms.Policy.GraceDays)
}

func (p *ShowPage) lockEnds() models.Date {
	return p.graceEnds().AddDays(p.Terms.Policy.LockedDays)
}
