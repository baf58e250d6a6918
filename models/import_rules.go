package models

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// lastEnd is the latest end date a file may name. Later ones are nearly always a way of writing never.
const lastEnd = Date("2199-12-31")

// maxPersonName bounds a first and a last name, in characters.
const maxPersonName = 50

// Complaints are all that is wrong with the row by itself, whatever the portal knows already.
func (r ImportRow) Complaints() Complaints {
	wrong := slices.Clone(r.Wrong)
	if len(wrong) > 0 && wrong[0].Field == "" {
		return wrong // the row as a whole could not be read, so it has no fields to look at
	}
	add := func(field, message string) {
		if !slices.ContainsFunc(wrong, func(f FieldProblem) bool { return f.Field == field }) {
			wrong.Add(field, message)
		}
	}
	r.checkTexts(add)
	r.checkCustomer(add)
	r.checkContact(add)
	r.checkAssignment(add)
	return wrong
}

func (r ImportRow) checkTexts(add func(field, message string)) {
	for _, f := range []struct {
		field, text string
		most        int
		lines       bool // may have several
	}{
		{"external_ref", r.ExternalRef, MaxExternalRef, false},
		{"company", r.Company, MaxCompanyName, false},
		{"address", r.Address, MaxAddress, true},
		{"city", r.City, MaxCity, false},
		{"state", r.Region, MaxRegion, false},
		{"postal_code", r.PostalCode, MaxPostalCode, false},
		{"first_name", r.FirstName, maxPersonName, false},
		{"last_name", r.LastName, maxPersonName, false},
		{"email", r.Email, MaxEmail, false},
		{"note", r.Note, MaxNote, true},
	} {
		if fault := textFault(f.field, f.text, f.most, f.lines); fault != "" {
			add(f.field, fault)
		}
	}
}

func (r ImportRow) checkCustomer(add func(field, message string)) {
	if PlainName(r.Company) == "" {
		add("company", "Enter a company name.")
	}
	if r.City == "" {
		add("city", "Enter a city.")
	}
	if !KnownCountry(r.Country) {
		add("country", "Enter a country as its two letters, such as DE.")
	}
	if r.TimeZone != "" && !knownZone(r.TimeZone) {
		add("time_zone", fmt.Sprintf("%q is not a time zone such as Europe/Berlin.", r.TimeZone))
	}
	if r.ExternalRef == "" && r.Email == "" {
		add("external_ref", "Enter an external_ref or the contact's email. Without one of them the row cannot be recognised the next time.")
	}
}

func (r ImportRow) checkContact(add func(field, message string)) {
	named := r.ContactName() != ""
	switch {
	case named && r.Email == "":
		add("email", "Enter the contact's email.")
	case r.Email != "" && !named:
		add("last_name", "Enter the contact's name.")
	}
	if r.Email != "" && !emailAddress(r.Email) {
		add("email", fmt.Sprintf("%q is not an email address.", r.Email))
	}
}

func (r ImportRow) checkAssignment(add func(field, message string)) {
	a := r.Assignment
	if a == nil {
		return
	}
	if a.PlanKey == "" {
		add("plan", "Enter the plan that the units and dates are for.")
	}
	if a.Seats < MinSeats || a.Seats > MaxSeats {
		add("units", "Enter a number of units from 1 to 999,999.")
	}
	if a.EndsOn > lastEnd {
		add("expires_on", fmt.Sprintf("The latest end date is %s.", lastEnd))
	}
}

// zones remembers the time zones that are known; looking one up reads a file.
var zones sync.Map

func knownZone(name string) bool {
	if _, ok := zones.Load(name); ok {
		return true
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return false
	}
	zones.Store(name, true)
	return true
}

// NeedsCode says in words that a plan cannot be assigned because it begins with a code; empty if it can.
func NeedsCode(o Offer) string {
	if o.Product.Kind != OnPremise && o.Terms.Activation != ByCode {
		return ""
	}
	return fmt.Sprintf("%s begins with an activation code, and the portal issues no codes. It cannot be assigned here.", o.Terms.Name)
}

// Gives reports whether the account of the situation already has what an assignment asks for, so that
// there is nothing to do. A date that the plan does not take is no difference.
func (s Situation) Gives(wish Assignment) bool {
	have := s.Subscription
	return s.State().Live() &&
		have.PlanID == s.Target.Plan.ID && have.Seats == wish.Seats &&
		(wish.StartsOn == "" || s.Terms.Activation != OnDate || have.StartsOn == wish.StartsOn) &&
		(wish.EndsOn == "" || have.EndsOn == wish.EndsOn) &&
		(wish.Renews == nil || have.Renews == *wish.Renews)
}

// RuleOnSecondPlan says whether a row may assign a plan to a customer who already has an account of
// that family, and the sentence to say with it. It asks what the page asks: LeadsAway. A row
// has nobody who reads an advisory, so whatever is not plainly a new account is refused.
func RuleOnSecondPlan(s Situation) (bool, string) {
	r, away := LeadsAway(s)
	if !away {
		return true, r.Advisory.Text
	}
	has := fmt.Sprintf("%s already has %s on %s with %s. ", s.Customer.ID, s.Terms.Name, s.Account.ID, agentsInWords(s.Agents.Total))
	switch {
	case r.Verdict == Allowed:
		return false, has + "It was never activated. Replace the plan on that account."
	case r.Verdict == Refused:
		return false, strings.TrimSpace(has + r.Advisory.Why + " " + r.Advisory.Who)
	case r.Advisory.Instead == InsteadModify:
		return false, has + "Assigning another plan would open a second account. Modify the plan instead."
	case r.Advisory.Instead == InsteadConvert:
		return false, has + "Assigning another plan would open a second account. Convert the trial instead."
	case r.Advisory.Instead == InsteadRenew:
		return false, has + "Assigning another plan would open a second account. Renew it instead."
	}
	return false, strings.TrimSpace(has + "Assigning another plan would open a second account. " + r.Advisory.Why)
}

func agentsInWords(n int) string {
	switch n {
	case 0:
		return "no agents"
	case 1:
		return "1 agent"
	}
	return fmt.Sprintf("%d agents", n)
}
