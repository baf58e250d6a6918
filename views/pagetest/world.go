package pagetest

import (
	"slices"
	"sync"
	"time"

	"mooring/models"
	"mooring/models/demo"
)

// Warsaw is where Halden Partners are.
func Warsaw() *time.Location {
	loc, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		panic(err)
	}
	return loc
}

// world is the demo world at its one morning. Nobody changes it.
var world = sync.OnceValue(func() demo.World { return demo.At(demo.Now) })

// fleets are the agents of the world by account, with their last check-in.
var fleets = sync.OnceValue(func() map[string][]models.SeenAgent {
	seen := map[string]*time.Time{}
	for _, s := range world().Sightings {
		seen[s.AgentID] = &s.SeenAt
	}
	all := map[string][]models.SeenAgent{}
	for _, a := range world().Agents {
		if a.ReleasedAt == nil {
			all[a.AccountID] = append(all[a.AccountID], models.SeenAgent{Agent: a, SeenAt: seen[a.ID]})
		}
	}
	return all
})

// Actor is somebody of the demo world, by id.
func Actor(id string) models.Actor {
	w := world()
	u := w.Users[slices.IndexFunc(w.Users, func(u models.User) bool { return u.ID == id })]
	p := w.Partners[slices.IndexFunc(w.Partners, func(p models.Partner) bool { return p.ID == u.PartnerID })]
	return models.ActorFor(u, p, nil, "page", "request")
}

// Overview is what the account page of the demo world shows.
func Overview(account string) models.AccountOverview {
	w := world()
	o := models.AccountOverview{AsOf: w.Now}
	for _, a := range w.Accounts {
		if a.ID == account {
			o.Account, o.EnrolmentKey = a.Account, models.SightOf(a.EnrolmentKey, false)
		}
		if a.ReplacedByID != nil && *a.ReplacedByID == account {
			o.Predecessor = a.ID
		}
	}
	f := File(o.Account.CustomerID)
	o.Customer, o.Owner, o.Contacts = f.Customer, f.Owner, f.Contacts
	for _, h := range f.Accounts {
		if h.Account.ID == account {
			o.Subscription, o.Terms = h.Subscription, h.Terms
		} else {
			o.Others = append(o.Others, h)
		}
	}
	for _, p := range w.Products {
		if p.ID == o.Account.ProductID {
			o.Product = p
		}
	}
	o.Agents, o.Troubled = fleet(account)
	o.History = newest(w, func(e models.Event) bool { return e.AccountID == account })
	o.Reassigns = o.Account.Open() && !o.Account.Replaced()
	return o
}

// File is what the customer page of the demo world shows.
func File(customer string) models.CustomerFile {
	w := world()
	f := models.CustomerFile{AsOf: w.Now}
	for _, c := range w.Customers {
		if c.ID == customer {
			f.Customer = c
		}
	}
	for _, u := range w.Users {
		if u.ID == f.Customer.OwnerID {
			f.Owner = u.Name
		}
	}
	for _, k := range w.Contacts {
		if k.CustomerID == customer {
			f.Contacts = append(f.Contacts, k)
		}
	}
	for _, a := range w.Accounts {
		if a.CustomerID == customer {
			f.Accounts = append(f.Accounts, held(w, a.Account))
		}
	}
	f.History = newest(w, func(e models.Event) bool { return e.CustomerID == customer })
	return f
}

func held(w demo.World, a models.Account) models.HeldPlan {
	h := models.HeldPlan{Account: a}
	for _, s := range w.Subscriptions {
		if s.AccountID == a.ID {
			h.Subscription = s
		}
	}
	for _, t := range w.Terms {
		if t.PlanID == h.Subscription.PlanID && t.Number == h.Subscription.PlanNumber {
			h.Terms = t
		}
	}
	counts, _ := fleet(a.ID)
	h.Agents = counts.Total
	return h
}

// fleet counts an account's agents, and lists some of those that are not online.
func fleet(account string) (n models.AgentCounts, troubled []models.SeenAgent) {
	for _, a := range fleets()[account] {
		n.Total++
		switch a.Presence(demo.Now) {
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

func newest(w demo.World, wanted func(models.Event) bool) (events []models.Event) {
	for _, e := range w.Events {
		if wanted(e) {
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b models.Event) int { return b.At.Compare(a.At) })
	return events[:min(len(events), 10)]
}
