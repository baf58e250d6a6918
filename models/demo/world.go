package demo

import (
	"slices"

	"mooring/models"
)

// World is everything in the demo.
type World = models.World

// AccountSeed is an account of the demo with its enrolment key in plain text.
type AccountSeed = models.AccountSeed

type termsKey struct {
	plan   string
	number int
}

// builder makes a world out of the lists, and looks things up in what it has.
type builder struct {
	world    World
	roots    map[string]string // of partners
	users    map[string]models.User
	products map[string]models.Product
	plans    map[string]models.Plan // by root and key
	terms    map[termsKey]models.PlanTerms
	contacts map[string]models.Contact // by customer
}

// base is the world at Now.
func base() World {
	b := newBuilder()
	b.add(Northgate, Halden, bramley())
	b.add(Northgate, Halden, customers()...)
	b.add(Northgate, Halden, more()...)
	b.add(Northgate, Halden, states()...)
	b.add(Northgate, Halden, boundaries()...)
	b.add(Northgate, Halden, steamers(), vinegarYard())
	b.carry(underWay())
	for _, r := range hours() {
		b.count(r)
	}
	b.add(Northgate, Tidewater, tidewater()...)
	b.add(Sable, Kestrel, kestrel()...)
	b.tellCatalogue()
	inOrder(b.world.Events)
	return b.world
}

func inOrder(events []models.Event) {
	slices.SortStableFunc(events, func(x, y models.Event) int { return x.At.Compare(y.At) })
}

func newBuilder() *builder {
	b := &builder{
		roots: map[string]string{}, users: map[string]models.User{}, products: map[string]models.Product{},
		plans: map[string]models.Plan{}, terms: map[termsKey]models.PlanTerms{}, contacts: map[string]models.Contact{},
	}
	w := &b.world
	w.Now, w.Partners, w.Users, w.Products = Now, partners(), users(), products()
	w.Plans, w.Terms = plans()
	w.Grants = grants(w.Plans)
	for _, p := range w.Partners {
		b.roots[p.ID] = p.RootID
	}
	for _, u := range w.Users {
		b.users[u.ID] = u
	}
	for _, p := range w.Products {
		b.products[p.ID] = p
	}
	for _, p := range w.Plans {
		b.plans[p.RootID+"/"+p.Key] = p
	}
	for _, t := range w.Terms {
		b.terms[termsKey{t.PlanID, t.Number}] = t
	}
	return b
}

// tellCatalogue writes the history of the plans.
func (b *builder) tellCatalogue() {
	admins := map[string]string{Northgate: Sofia, Sable: Edda}
	for _, t := range b.world.Terms {
		kind := models.PlanDrawnUp
		if t.Number > 1 {
			kind = models.PlanEdited
		}
		b.tell(b.staff(admins[t.RootID], t.RootID), models.Event{Kind: kind, At: t.CreatedAt, Detail: models.Detail{Plan: t.Name}})
	}
	for _, p := range b.world.Plans {
		if p.RetiredAt != nil {
			name := b.terms[termsKey{p.ID, p.Current}].Name
			b.tell(b.staff(admins[p.RootID], p.RootID), models.Event{Kind: models.PlanRetired, At: *p.RetiredAt, Detail: models.Detail{Plan: name}})
		}
	}
}
