package models

import "time"

// World is an installation as plain values, in an order in which it can be stored: a successor stands
// before the account that it replaced. Only the demo is built from one.
type World struct {
	Now           time.Time // the moment at which it stands
	Partners      []Partner
	Users         []User // without password hashes
	Products      []Product
	Plans         []Plan
	Terms         []PlanTerms
	Grants        []PlanGrant
	Customers     []Customer
	Contacts      []Contact
	Proposals     []Proposal
	Accounts      []AccountSeed
	Subscriptions []Subscription
	Agents        []Agent
	Sightings     []Sighting
	Hours         []HourCount // how many agents were seen when
	Carries       []Carry
	Carried       []CarriedAgent // without the hashes of the tokens that were offered
	Events        []Event        // the oldest first; numbers and hashes are the store's business
}

// AccountSeed is an account with its enrolment key in plain text, yet to be sealed.
type AccountSeed struct {
	Account
	EnrolmentKey string
}

// PlanGrant lets a partner sell a plan of its distributor.
type PlanGrant struct {
	PlanID    string
	RootID    string
	PartnerID string
	CreatedAt time.Time
}

// Reporting lists the agents that keep reporting while the demo runs, with their last check-ins: those
// that are online at the start, on accounts that take reports.
func (w World) Reporting() []Sighting {
	open := map[string]bool{}
	for _, a := range w.Accounts {
		open[a.ID] = a.Open()
	}
	on := map[string]string{}
	for _, g := range w.Agents {
		on[g.ID] = g.AccountID
	}
	var reporting []Sighting
	for _, s := range w.Sightings {
		if open[on[s.AgentID]] && (SeenAgent{SeenAt: &s.SeenAt}).Presence(w.Now) == Online {
			reporting = append(reporting, s)
		}
	}
	return reporting
}
