package demo_test

import (
	"slices"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
)

// moments are where the world is looked at: the stopped one, and others at hard times of day, of the
// year and of the clock.
func moments(t *testing.T) map[string]time.Time {
	t.Helper()
	warsaw, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]time.Time{
		"the stopped moment":           demo.Now,
		"200 days later":               demo.Now.AddDate(0, 0, 200),
		"before the summer clock":      time.Date(2027, 3, 27, 23, 50, 0, 0, warsaw),
		"just after midnight":          time.Date(2026, 7, 1, 0, 1, 0, 0, warsaw),
		"before the winter clock":      time.Date(2026, 10, 24, 12, 0, 0, 0, warsaw),
		"the last day of February":     time.Date(2028, 2, 29, 8, 0, 0, 0, warsaw),
		"a minute before the New Year": time.Date(2026, 12, 31, 23, 59, 0, 0, warsaw),
	}
}

// everywhere runs a check on the world at every one of the moments.
func everywhere(t *testing.T, check func(*testing.T, demo.World)) {
	t.Helper()
	for name, now := range moments(t) {
		t.Run(name, func(t *testing.T) { check(t, demo.At(now)) })
	}
}

func termsOf(w demo.World, s models.Subscription) models.PlanTerms {
	i := slices.IndexFunc(w.Terms, func(t models.PlanTerms) bool { return t.PlanID == s.PlanID && t.Number == s.PlanNumber })
	return w.Terms[i]
}

func customerOf(w demo.World, id string) models.Customer {
	return w.Customers[slices.IndexFunc(w.Customers, func(c models.Customer) bool { return c.ID == id })]
}

func accountOf(w demo.World, id string) models.Account {
	return w.Accounts[slices.IndexFunc(w.Accounts, func(a demo.AccountSeed) bool { return a.ID == id })].Account
}

func subscriptionOf(w demo.World, account string) models.Subscription {
	return w.Subscriptions[slices.IndexFunc(w.Subscriptions, func(s models.Subscription) bool { return s.AccountID == account })]
}

// countsOf counts the agents of every account.
func countsOf(w demo.World) map[string]models.AgentCounts {
	seen := map[string]*time.Time{}
	for _, s := range w.Sightings {
		seen[s.AgentID] = &s.SeenAt
	}
	all := map[string]models.AgentCounts{}
	for _, g := range w.Agents {
		n := all[g.AccountID]
		n.Total++
		switch (models.SeenAgent{Agent: g, SeenAt: seen[g.ID]}).Presence(w.Now) {
		case models.Online:
			n.Online++
		case models.Offline:
			n.Offline++
		case models.Quiet:
			n.Quiet++
		case models.NeverSeen:
			n.Never++
		}
		all[g.AccountID] = n
	}
	return all
}
