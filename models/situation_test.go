package models_test

import (
	"time"

	"mooring/models"
)

// now is the morning on which every rule is asked, unless a case says otherwise.
var now = time.Date(2026, 3, 12, 8, 41, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

func zone(t interface {
	Helper()
	Fatal(...any)
}, name string,
) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

var (
	endpoint = models.Product{ID: "R-1", Family: "endpoint", Name: "Endpoint", Kind: models.SaaS}

	standard = models.PlanTerms{
		PlanID: "N-1001", Number: 2, Name: "Endpoint Standard", Edition: "Standard", Features: []string{"Antivirus", "Web filter", "Device control"},
		Unit: "device", DataCenter: "EU, Frankfurt", Activation: models.FirstSignIn, PriceMinor: 210, Currency: "EUR", TermMonths: 12,
		Renews: true, Policy: models.DefaultPolicy(false),
	}
	advanced = models.PlanTerms{
		PlanID: "N-1002", Number: 1, Name: "Endpoint Advanced", Edition: "Advanced", Features: []string{"Antivirus", "Web filter", "Encryption"},
		Unit: "device", DataCenter: "EU, Frankfurt", Activation: models.FirstSignIn, PriceMinor: 340, Currency: "EUR", TermMonths: 12,
		Renews: true, Policy: models.DefaultPolicy(false),
	}
	trialTerms = models.PlanTerms{
		PlanID: "N-1003", Number: 1, Name: "Endpoint Trial", Edition: "Trial", Trial: true,
		Unit: "device", DataCenter: "EU, Frankfurt", Activation: models.FirstSignIn, Currency: "EUR", TermMonths: 1,
		Policy: models.DefaultPolicy(true),
	}
)

// offer is a plan on sale.
func offer(t models.PlanTerms) models.Offer {
	return models.Offer{Plan: models.Plan{ID: t.PlanID, Key: t.Edition, Current: t.Number, Version: 1}, Terms: t, Product: endpoint, Granted: true}
}

// bramley is the situation of the product's own story: Endpoint Standard, activated, 50 seats, 42
// agents, until 30 November 2026, with Endpoint Advanced as the target.
func bramley() models.Situation {
	warsaw := "Europe/Warsaw"
	loc, _ := time.LoadLocation(warsaw)
	s := models.Subscription{
		ID: "S-1", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1042", AccountID: "A-20418", PlanID: "N-1001", PlanNumber: 2, Seats: 50,
		StartsAt: time.Date(2025, 6, 2, 12, 0, 0, 0, time.UTC), ActivatedAt: ptr(time.Date(2025, 6, 3, 4, 47, 0, 0, time.UTC)),
		StartsOn: "2025-12-01", AnchorDay: 1, Renews: true, Version: 7,
	}
	return models.Situation{
		Customer:     models.Customer{ID: "C-1042", RootID: "P-1", PartnerID: "P-2", Name: "Bramley Dental Group", TimeZone: warsaw, Currency: "EUR"},
		Account:      models.Account{ID: "A-20418", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1042", Family: "endpoint", DataCenter: "EU, Frankfurt", ActivatedAt: s.ActivatedAt, AgentsVersion: 42, Version: 3},
		Subscription: s.Ending("2026-11-30", loc),
		Terms:        standard,
		Product:      endpoint,
		Target:       offer(advanced),
		Agents:       models.AgentCounts{Total: 42, Online: 37, Quiet: 4, Never: 1},
		Now:          now,
	}
}

// change is one thing that is different from Bramley.
type change func(*models.Situation)

func situationWith(changes ...change) models.Situation {
	s := bramley()
	for _, c := range changes {
		c(&s)
	}
	return s
}

func agents(n int) change {
	return func(s *models.Situation) { s.Agents = models.AgentCounts{Total: n, Online: n} }
}

func endedOn(d models.Date) change {
	return func(s *models.Situation) { s.Subscription = s.Subscription.Ending(d, s.Customer.Location()) }
}

func onTrial(s *models.Situation) {
	policy := s.Terms.Policy
	policy.EndingSoonDays = trialTerms.Policy.EndingSoonDays
	s.Terms, s.Subscription.PlanID, s.Subscription.PlanNumber = trialTerms, trialTerms.PlanID, trialTerms.Number
	s.Terms.Policy = policy
	s.Subscription.Renews = false
}

// neverActivated waits for the customer's first sign-in.
func neverActivated(s *models.Situation) {
	sub := &s.Subscription
	s.Account.ActivatedAt, sub.ActivatedAt, sub.EndsAt = nil, nil, nil
	sub.StartsOn, sub.EndsOn, sub.AnchorDay = "", "", 0
	s.Agents = models.AgentCounts{}
}

// scheduled begins on a date in the future.
func scheduled(s *models.Situation) {
	neverActivated(s)
	s.Terms.Activation, s.Target.Terms.Activation = models.OnDate, models.OnDate
	loc := s.Customer.Location()
	s.Subscription = s.Subscription.Begun(s.Terms, "2026-04-01", now, loc)
	s.Subscription.StartsAt, s.Subscription.ActivatedAt = models.Date("2026-04-01").StartIn(loc), nil
}

func purged(s *models.Situation) {
	s.Account.PurgedAt, s.Agents = ptr(now.AddDate(0, -1, 0)), models.AgentCounts{}
}

func archived(s *models.Situation)     { s.Customer.ArchivedAt = &now }
func closed(s *models.Situation)       { s.Account.ClosedAt = &now }
func replaced(s *models.Situation)     { s.Account.ReplacedByID = ptr("A-20977") }
func suspended(s *models.Situation)    { s.Subscription.SuspendedAt = ptr(now.AddDate(0, 0, -6)) }
func cancelled(s *models.Situation)    { s.Subscription.CancelledAt = ptr(now.AddDate(0, 0, -6)) }
func otherFamily(s *models.Situation)  { s.Target.Product.Family = "mail" }
func notGranted(s *models.Situation)   { s.Target.Granted = false }
func retired(s *models.Situation)      { s.Target.Plan.RetiredAt = &now }
func locked(s *models.Situation)       { s.Target.Plan.LockedAt = &now }
func toATrial(s *models.Situation)     { s.Target.Terms.Trial = true }
func modifyOnly(s *models.Situation)   { s.Terms.Policy.ModifyOnly = true }
func byCode(s *models.Situation)       { s.Target.Terms.Activation = models.ByCode }
func onPremise(s *models.Situation)    { s.Product.Kind = models.OnPremise }
func inTheUS(s *models.Situation)      { s.Target.Terms.DataCenter = "US, Virginia" }
func byTheMailbox(s *models.Situation) { s.Target.Terms.Unit = "mailbox" }
func inDollars(s *models.Situation)    { s.Target.Terms.Currency = "USD" }
func refusesOverUse(s *models.Situation) {
	s.Terms.Policy.RefuseOverUse, s.Target.Terms.Policy.RefuseOverUse = true, true
}

// samePlan takes the plan that is assigned already as the target.
func samePlan(s *models.Situation) { s.Target.Plan.ID, s.Target.Terms = s.Terms.PlanID, s.Terms }
