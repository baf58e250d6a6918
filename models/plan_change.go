package models

import (
	"fmt"
	"time"
)

// Situation is everything that the rules about another plan look at.
type Situation struct {
	Customer     Customer
	Account      Account
	Subscription Subscription
	Terms        PlanTerms // of the version that is assigned
	Product      Product
	Target       Offer
	Agents       AgentCounts
	Now          time.Time
}

// State of the subscription at the moment in question.
func (s Situation) State() State { return s.Subscription.State(s.Terms, s.Now) }

// Today in the customer's time zone.
func (s Situation) Today() Date { return DateOf(s.Now, s.Customer.Location()) }

// RuleOnReassignment says what assigning another plan to this customer would mean. Off an activated
// SaaS account that generates a new account and leaves the agents on the old one (Trend Micro
// KB 1059337), so the rule is to advise against it and offer to modify the plan instead.
func RuleOnReassignment(s Situation) Ruling {
	for _, rule := range []func(Situation) (Ruling, bool){
		refusedForAccount, refusedForTarget, modifyOnly, notActivated, impossibleInPlace, trial, ended,
	} {
		if r, ok := rule(s); ok {
			return r
		}
	}
	return advisedInPlace(s, BecauseActivated, InsteadModify,
		fmt.Sprintf("To give them %s, modify the plan they have.", s.Target.Terms.Edition)+keeps)
}

const keeps = " The account, its agents and their settings stay as they are."

func refuse(because Reason, headline, why, who string, instead Instead) (Ruling, bool) {
	return Ruling{Verdict: Refused, Reason: because, Advisory: Advisory{
		Headline: headline, Why: why, Who: who, Instead: instead,
	}}, true
}

func refusedForAccount(s Situation) (Ruling, bool) {
	a := s.Account
	switch {
	case s.Customer.ArchivedAt != nil:
		return refuse(BecauseArchived, "This customer is archived",
			"Nothing is assigned to a customer who was put away. Restore the customer first.", "An admin or account manager can restore it.", InsteadNothing)
	case a.ClosedAt != nil:
		return refuse(BecauseClosed, "This account is closed",
			"A closed account takes no other plan. Assign the plan to the customer instead.", "", InsteadNothing)
	case a.Replaced():
		return refuse(BecauseReplaced, "This account was already reassigned",
			fmt.Sprintf("Account %s was generated in its place. An account has one successor at most.", *a.ReplacedByID), "", InsteadModify)
	case s.State() == Suspended:
		return refuse(BecauseSuspended, "This plan is suspended",
			"A suspended plan cannot be changed or replaced. Resume it first.",
			"An admin, account manager, licence manager or billing can resume it.", InsteadNothing)
	}
	return Ruling{}, false
}

func refusedForTarget(s Situation) (Ruling, bool) {
	t, name := s.Target, s.Target.Terms.Name
	switch {
	case t.Product.Family != s.Account.Family:
		return refuse(BecauseOtherFamily, fmt.Sprintf("%s is another product", name),
			"It would run beside this account, not replace its plan. Assign it to the customer as a plan of its own.", "", InsteadNothing)
	case !t.Granted:
		return refuse(BecauseNotGranted, fmt.Sprintf("%s is not yours to sell", name),
			"Your distributor has not granted this plan to you.", "An admin of your distributor can grant it.", InsteadNothing)
	case t.Plan.RetiredAt != nil:
		return refuse(BecauseRetired, fmt.Sprintf("%s is no longer sold", name),
			"A retired plan stays where it is assigned and is assigned nowhere else.", "The admin of the partner that owns the plan can put it back on sale.", InsteadModify)
	case t.Plan.LockedAt != nil:
		return refuse(BecauseLocked, fmt.Sprintf("%s is locked", name),
			"A locked plan cannot be assigned or changed.", "The admin of the partner that owns the plan can unlock it.", InsteadModify)
	case s.same() && s.State().Live():
		return refuse(BecauseSame, fmt.Sprintf("They already have %s", name),
			"Assigning it again would change nothing for the better. Seats, end date and renewal are modified in place.", "", InsteadModify)
	case t.Terms.Trial && !s.Terms.Trial:
		return refuse(BecauseDowntrial, "A full plan cannot become a trial",
			fmt.Sprintf("%s is a trial, and this customer has %s, a full plan.", name, s.Terms.Name), "", InsteadModify)
	}
	return Ruling{}, false
}

func modifyOnly(s Situation) (Ruling, bool) {
	if !s.live() || !s.Terms.Policy.ModifyOnly {
		return Ruling{}, false
	}
	return refuse(BecauseModifyOnly, fmt.Sprintf("%s can only be modified", s.Terms.Name),
		"The policy of this plan refuses to put another plan in its place."+modifyInstead(s),
		"An admin of the partner that owns the plan sets its policy.", InsteadModify)
}

func modifyInstead(s Situation) string {
	if s.obstacle() != "" {
		return ""
	}
	return fmt.Sprintf(" Modify the plan to give them %s.", s.Target.Terms.Edition)
}

func notActivated(s Situation) (Ruling, bool) {
	if s.Account.Activated() || s.needsCode() {
		return Ruling{}, false
	}
	return Ruling{Verdict: Allowed, Reason: BecauseNotActivated, Asks: Asks{}, Advisory: Advisory{
		Headline: fmt.Sprintf("Replace %s before it begins", s.Terms.Name),
		Text: fmt.Sprintf("Account %s was never activated and no agent reports to it. It keeps its id and gets %s instead of %s.",
			s.Account.ID, s.Target.Terms.Name, s.Terms.Name),
	}}, true
}

func (s Situation) needsCode() bool {
	return s.Product.Kind == OnPremise || s.Terms.Activation == ByCode || s.Target.Terms.Activation == ByCode
}

// same reports whether the target is the plan that is assigned already.
func (s Situation) same() bool { return s.Target.Plan.ID == s.Subscription.PlanID }

func impossibleInPlace(s Situation) (Ruling, bool) {
	from, to := s.Terms, s.Target.Terms
	inPlace := s.live() && !s.same() // whether there is something to change in place, into something else
	switch {
	case s.needsCode():
		return refuse(BecauseCode, "A new plan here brings a new activation code",
			"The code has to be entered in the product itself, and the old code stays valid until its end. The portal does not issue codes, so it cannot do this for you.",
			"", InsteadNothing)
	case from.DataCenter != to.DataCenter && inPlace:
		r := advised(s, BecauseDataCenter, InsteadNothing, "")
		r.Advisory.Why = fmt.Sprintf("%s runs in %s and this account in %s. An account cannot move between data centers, so the plan cannot be modified into it.", to.Name, to.DataCenter, from.DataCenter)
		return r, true
	case from.Unit != to.Unit && inPlace:
		r := advised(s, BecauseUnit, InsteadNothing, "")
		r.Advisory.Why = fmt.Sprintf("%s counts by the %s and this plan by the %s, so the plan cannot be modified into it.", to.Name, to.Unit, from.Unit)
		return r, true
	}
	return Ruling{}, false
}

// live reports whether the account is still there. Of a purged one nothing is left to modify or convert.
func (s Situation) live() bool { return s.Account.PurgedAt == nil }

func trial(s Situation) (Ruling, bool) {
	if !s.Terms.Trial || s.Target.Terms.Trial || !s.live() {
		return Ruling{}, false
	}
	return advisedInPlace(s, BecauseTrial, InsteadConvert,
		fmt.Sprintf("To give them %s, convert the trial in place.", s.Target.Terms.Edition)+keeps), true
}

func ended(s Situation) (Ruling, bool) {
	if !s.live() {
		return Ruling{Verdict: Allowed, Reason: BecausePurged, Advisory: Advisory{
			Headline: fmt.Sprintf("%s begins on a new account", s.Target.Terms.Name),
			Text:     fmt.Sprintf("Account %s was purged after its plan ended. The plan begins on a new account, and agents must be installed again.", s.Account.ID),
		}}, true
	}
	if st := s.State(); st != Ended && st != Locked && st != Cancelled {
		return Ruling{}, false
	}
	return advisedInPlace(s, BecauseEnded, InsteadRenew,
		fmt.Sprintf("To give them %s, renew into it.", s.Target.Terms.Edition)+" The account and its agents stay, and a new term starts today."), true
}

// advisedInPlace offers the better way only where it is open; otherwise it says what stands in its way.
func advisedInPlace(s Situation, because Reason, instead Instead, better string) Ruling {
	why := unfit(s)
	if why == "" {
		return advised(s, because, instead, better)
	}
	r := advised(s, because, InsteadNothing, "")
	r.Advisory.Why = why
	return r
}

// advised writes the advisory: the headline says what happens, the text why, and the confirmation
// grows with the number of agents.
func advised(s Situation, because Reason, instead Instead, better string) Ruling {
	n := s.Agents.Total
	ad := Advisory{Instead: instead, Better: better}
	switch {
	case n == 0:
		ad.Headline = "Reassigning would make a second account"
		ad.Text = fmt.Sprintf("%s already uses account %s. Assigning %s as a new plan does not upgrade that account. It makes a second, empty one beside it.",
			s.Customer.Name, s.Account.ID, s.Target.Terms.Name)
	case n == 1:
		ad.Headline = "Reassigning would leave 1 agent behind"
		ad.Text = fmt.Sprintf("%s already uses account %s, and 1 agent reports to it. Assigning %s as a new plan does not upgrade that account. It makes a second, empty one, and the agent stays with the first.",
			s.Customer.Name, s.Account.ID, s.Target.Terms.Name)
	default:
		ad.Headline = fmt.Sprintf("Reassigning would leave %d agents behind", n)
		ad.Text = fmt.Sprintf("%s already uses account %s, and %d agents report to it. Assigning %s as a new plan does not upgrade that account. It makes a second, empty one, and the agents stay with the first.",
			s.Customer.Name, s.Account.ID, n, s.Target.Terms.Name)
	}
	p := s.Terms.Policy
	return Ruling{Verdict: Advised, Reason: because, Advisory: ad, Asks: Asks{
		Reason:       true,
		TypedID:      n > 0 && n >= p.TypedIDFrom,
		SecondPerson: p.SecondPersonFrom > 0 && n >= p.SecondPersonFrom,
	}}
}
