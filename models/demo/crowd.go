package demo

import (
	"fmt"
	"strings"
	"time"

	"mooring/models"
)

// Crowd is an installation for measuring, as large as one likes: a distributor of its own with ten
// resellers, told piece by piece. The same account is the same whatever piece it comes in.
type Crowd struct {
	now     time.Time
	members []models.Partner // the resellers
	staff   []models.User    // who looks after customers, one for each reseller
	offers  map[string]offered
}

// offered is a plan on sale with its terms and product.
type offered struct {
	terms   models.PlanTerms
	product models.Product
}

// Fathom is the distributor of the crowd. Half of the accounts belong to the first of its resellers.
const (
	Fathom        = "P-F000"
	fathomAdmin   = "admin@fathom.example"
	crowdPartners = 10
)

// NewCrowd is a crowd as it stands at a moment.
func NewCrowd(now time.Time) *Crowd {
	return &Crowd{now: now.UTC().Truncate(time.Second), offers: map[string]offered{}}
}

// CrowdEmail is the address with which the licence manager of a reseller signs in; the first is 1.
func CrowdEmail(reseller int) string { return fmt.Sprintf("manager@reseller-%d.example", reseller) }

// Base is the part without customers: partners, people, catalogue.
func (c *Crowd) Base() models.World {
	made := c.now.AddDate(-4, 0, 0)
	w := models.World{Now: c.now}
	w.Partners = []models.Partner{{
		ID: Fathom, RootID: Fathom, Kind: models.Distributor, Name: "Fathom Distribution", TimeZone: warsaw, Currency: "EUR", CreatedAt: made,
	}}
	w.Users = []models.User{person("U-F000", Fathom, Fathom, "Ursula Fathom", fathomAdmin, models.RoleAdmin)}
	for i := range crowdPartners {
		root := Fathom
		p := models.Partner{
			ID: fmt.Sprintf("P-F%03d", i+1), RootID: Fathom, ParentID: &root, Kind: models.Reseller,
			Name: surnames[i] + " Systems", TimeZone: warsaw, Currency: "EUR", CreatedAt: made,
		}
		u := person(fmt.Sprintf("U-F%03d", i+1), Fathom, p.ID, firstNames[i]+" "+surnames[i], CrowdEmail(i+1), models.RoleLicenceManager)
		c.members, c.staff = append(c.members, p), append(c.staff, u)
	}
	w.Partners, w.Users = append(w.Partners, c.members...), append(w.Users, c.staff...)
	for i := range w.Users {
		w.Users[i].CreatedAt = made
	}
	c.catalogue(&w, made)
	return w
}

// catalogue is what Northgate sells, as Fathom's own.
func (c *Crowd) catalogue(w *models.World, made time.Time) {
	own := func(id string) string { return strings.Replace(id, "-", "-F", 1) }
	known := map[string]models.Product{}
	for _, p := range products() {
		if p.RootID == Northgate {
			p.ID, p.RootID, p.PartnerID, p.CreatedAt = own(p.ID), Fathom, Fathom, made
			w.Products, known[p.ID] = append(w.Products, p), p
		}
	}
	plans, terms := plans()
	keys := map[string]models.Plan{}
	for _, p := range plans {
		if p.RootID != Northgate {
			continue
		}
		p.ID, p.RootID, p.PartnerID, p.ProductID, p.CreatedAt = own(p.ID), Fathom, Fathom, own(p.ProductID), made
		w.Plans, keys[p.ID] = append(w.Plans, p), p
		for _, m := range c.members {
			w.Grants = append(w.Grants, models.PlanGrant{PlanID: p.ID, RootID: Fathom, PartnerID: m.ID})
		}
	}
	for _, t := range terms {
		if t.RootID != Northgate {
			continue
		}
		t.PlanID, t.RootID, t.PartnerID, t.CreatedAt = own(t.PlanID), Fathom, Fathom, made
		w.Terms = append(w.Terms, t)
		if p := keys[t.PlanID]; p.Current == t.Number {
			c.offers[p.Key] = offered{t, known[p.ProductID]}
		}
	}
}
