package gallery

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"mooring/models"
	"mooring/models/demo"
)

// world is the demo world at its one morning. Nobody changes it.
var world = sync.OnceValue(func() demo.World { return demo.At(demo.Now) })

func warsaw() *time.Location {
	loc, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		return time.UTC
	}
	return loc
}

// one is the first of the rows that fits. The lists name only what is there.
func one[T any](rows []T, fits func(T) bool) T {
	return rows[slices.IndexFunc(rows, fits)]
}

// situation is an account of the demo world before another plan.
func situation(account, planKey string) models.Situation {
	w := world()
	s := models.Situation{Now: w.Now}
	s.Account = one(w.Accounts, func(a models.AccountSeed) bool { return a.ID == account }).Account
	s.Customer = one(w.Customers, func(c models.Customer) bool { return c.ID == s.Account.CustomerID })
	s.Product = one(w.Products, func(p models.Product) bool { return p.ID == s.Account.ProductID })
	s.Subscription = one(w.Subscriptions, func(x models.Subscription) bool { return x.AccountID == account })
	s.Terms = terms(s.Subscription.PlanID, s.Subscription.PlanNumber)
	plan := one(w.Plans, func(p models.Plan) bool { return p.Key == planKey && p.RootID == s.Account.RootID })
	s.Target = models.Offer{Plan: plan, Terms: terms(plan.ID, plan.Current), Product: s.Product, Granted: true}
	s.Agents, _ = fleet(account)
	return s
}

func terms(plan string, number int) models.PlanTerms {
	return one(world().Terms, func(t models.PlanTerms) bool { return t.PlanID == plan && t.Number == number })
}

// fitting lists what the account could have in place, the cheapest first.
func fitting(s models.Situation) (offers []models.Offer) {
	w := world()
	for _, p := range w.Plans {
		granted := slices.ContainsFunc(w.Grants, func(g demo.Grant) bool { return g.PlanID == p.ID && g.PartnerID == s.Account.PartnerID })
		product := one(w.Products, func(x models.Product) bool { return x.ID == p.ProductID })
		o := models.Offer{Plan: p, Terms: terms(p.ID, p.Current), Product: product, Granted: granted}
		if o.Sellable() && models.FitsInPlace(s, o) {
			offers = append(offers, o)
		}
	}
	slices.SortStableFunc(offers, func(a, b models.Offer) int { return cmp.Compare(a.Terms.PriceMinor, b.Terms.PriceMinor) })
	return offers
}

// fleet counts an account's agents, and lists some of those that are not online.
func fleet(account string) (n models.AgentCounts, troubled []models.SeenAgent) {
	w := world()
	seen := map[string]*time.Time{}
	for _, s := range w.Sightings {
		seen[s.AgentID] = &s.SeenAt
	}
	for _, g := range w.Agents {
		if g.AccountID != account || g.ReleasedAt != nil {
			continue
		}
		a := models.SeenAgent{Agent: g, SeenAt: seen[g.ID]}
		n.Total++
		switch a.Presence(w.Now) {
		case models.Online:
			n.Online++
			continue
		case models.Offline:
			n.Offline++
		case models.Quiet:
			n.Quiet++
		case models.NeverSeen:
			n.Never++
		}
		troubled = append(troubled, a)
	}
	return n, troubled[:min(len(troubled), 5)]
}

// reassignment is the desk of somebody who is about to reassign an account.
func reassignment(account, planKey string, wish models.Reassignment) models.ReassignmentDesk {
	s := situation(account, planKey)
	wish.PlanKey, wish.Seats = planKey, s.Subscription.Seats
	d := models.ReassignmentDesk{Situation: s, Wish: wish, Ruling: models.RuleOnReassignment(s), Groups: 4, Lines: 7}
	d.Proposal.ID = "PR-70001"
	d.Proposal.NewAccountID, _ = demo.NewAccountID(account)
	_, d.Behind = fleet(account)
	var err error
	d.Impact, err = models.RuleOnModification(s, models.Modification{PlanKey: planKey, Seats: wish.Seats, Term: models.KeepTerm, Renews: true})
	d.CanModify = err == nil
	return d
}

// modification is the desk of somebody who is about to modify a plan.
func modification(account string, wish models.Modification) models.ModificationDesk {
	s := situation(account, wish.PlanKey)
	wish.Version = s.Subscription.Version
	d := models.ModificationDesk{Situation: s, Wish: wish, Offers: fitting(s)}
	impact, err := models.RuleOnModification(s, wish)
	d.Impact = impact
	d.Problem, _ = models.ProblemIn(err)
	if d.Impact.Without > 0 {
		_, d.Without = fleet(account)
		d.Without = d.Without[:min(len(d.Without), d.Impact.Without)]
	}
	return d
}
