package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"mooring/models"
)

// Accounts is the piece with the accounts numbered from one up to another, and what belongs to them.
// Every tenth account is the second one of the customer before it; Base comes first.
func (c *Crowd) Accounts(from, to int) models.World {
	w := models.World{Now: c.now}
	for n := from; n < to; n++ {
		maker := crowdMaker{c: c, w: &w, n: n, r: rand.New(rand.NewPCG(1847, uint64(n)))}
		if second := n%10 == 9; second {
			before := crowdMaker{c: c, w: &models.World{}, n: n - 1, r: rand.New(rand.NewPCG(1847, uint64(n-1)))}
			maker.account(before.customer(), MailStandard)
		} else {
			maker.account(maker.customer(), "")
		}
	}
	return w
}

// crowdMaker makes one account.
type crowdMaker struct {
	c *Crowd
	w *models.World
	n int
	r *rand.Rand
}

// crowdID writes a number like the random part of an id. Ids in one order let a database append.
func crowdID(prefix string, n int) string {
	const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	var b [8]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = letters[n%len(letters)]
		n /= len(letters)
	}
	return prefix + "-" + string(b[:])
}

// reseller gives the first half of everything, and the others the rest in turn.
func (m crowdMaker) reseller() int {
	if unit := m.n / 10; unit%2 == 1 {
		return 1 + unit/2%(crowdPartners-1)
	}
	return 0
}

func (m crowdMaker) customer() models.Customer {
	partner := m.c.members[m.reseller()]
	town := towns[m.r.IntN(len(towns))]
	made := m.c.now.AddDate(0, 0, -700-m.r.IntN(700))
	customer := models.Customer{
		ID: crowdID("C", m.n), RootID: Fathom, PartnerID: partner.ID, OwnerID: m.c.staff[m.reseller()].ID,
		Name: crowdName(m.r), Address: fmt.Sprintf("%d %s Street", 1+m.r.IntN(200), surnames[m.r.IntN(len(surnames))]),
		City: town.name, PostalCode: fmt.Sprintf("%05d", m.r.IntN(100_000)), Country: town.country,
		TimeZone: town.zone, Currency: "EUR", CreatedAt: made, Version: 1,
	}
	if m.r.IntN(3) > 0 {
		customer.ExternalRef = fmt.Sprintf("CRM-%d", 100_000+m.n)
	}
	m.w.Customers = append(m.w.Customers, customer)
	first, last := firstNames[m.r.IntN(len(firstNames))], surnames[m.r.IntN(len(surnames))]
	m.w.Contacts = append(m.w.Contacts, models.Contact{
		ID: crowdID("K", m.n), RootID: Fathom, PartnerID: partner.ID, CustomerID: customer.ID,
		Name: first + " " + last, Email: fmt.Sprintf("office@company-%d.example", m.n), CreatedAt: made,
	})
	m.tell(customer, models.Event{Kind: models.CustomerCreated, At: made, Detail: models.Detail{Name: customer.Name}})
	return customer
}

// account gives a customer an account; an empty plan leaves the choice to chance.
func (m crowdMaker) account(of models.Customer, plan string) {
	fate := fateOf(m.r)
	if plan == "" {
		plan = fate.plan
	}
	if plan == "" {
		plan = []string{Standard, Standard, Advanced, AdvancedMail}[m.r.IntN(4)]
	}
	o := m.c.offers[plan]
	s := fate.lived(m.c.now, of, o.terms)
	a := models.Account{
		ID: crowdID("A", m.n), RootID: Fathom, PartnerID: of.PartnerID, CustomerID: of.ID, ProductID: o.product.ID,
		Family: o.product.Family, DataCenter: o.terms.DataCenter, CreatedAt: s.CreatedAt, ActivatedAt: s.ActivatedAt, Version: 1,
	}
	if a.Activated() {
		a.Version, a.AgentsVersion = 2, m.fleet()
	}
	s.ID, s.RootID, s.PartnerID, s.CustomerID, s.AccountID = crowdID("S", m.n), Fathom, of.PartnerID, of.ID, a.ID
	s.PlanID, s.PlanNumber, s.Seats = o.terms.PlanID, o.terms.Number, max(5, a.AgentsVersion+m.r.IntN(6)-1)
	m.w.Accounts = append(m.w.Accounts, models.AccountSeed{Account: a, EnrolmentKey: "EK-" + crowdID("F", m.n)})
	m.w.Subscriptions = append(m.w.Subscriptions, s)
	m.enrol(a)
	m.recount(of, a, s, o.terms)
}

// fleet is how many agents an active account has: ten on most, a few hundred on some.
func (m crowdMaker) fleet() int {
	switch {
	case m.n%1000 == 500:
		return 600
	case m.n%2 == 0:
		return 10
	}
	return 3 + m.r.IntN(16)
}

func (m crowdMaker) enrol(a models.Account) {
	for i := range a.AgentsVersion {
		d := kinds[m.r.IntN(len(kinds))]
		g := models.Agent{
			ID: crowdID("G", m.n*1000+i), RootID: Fathom, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID,
			DeviceID: fmt.Sprintf("device-%d-%d", m.n, i), Fingerprint: fmt.Sprintf("device-%d-%d", m.n, i), DeviceName: fmt.Sprintf("%s-%03d", d.name, i+1), GroupName: d.group, OS: d.os,
			AppVersion: versions[i%len(versions)], EnrolledAt: a.ActivatedAt.Add(time.Duration(i+1) * time.Minute),
		}
		m.w.Agents = append(m.w.Agents, g)
		ago := time.Duration(m.r.IntN(23*60)) * time.Minute
		switch m.r.IntN(10) {
		case 0:
			ago += 25 * time.Hour
		case 1:
			ago += 8 * 24 * time.Hour
		}
		if seen := m.c.now.Add(-ago); seen.After(g.EnrolledAt) && m.r.IntN(40) > 0 {
			m.w.Sightings = append(m.w.Sightings, models.Sighting{
				AgentID: g.ID, SeenAt: seen, Sequence: int64(seen.Sub(g.EnrolledAt)/(10*time.Minute)) + 1,
			})
		}
	}
}

func (m crowdMaker) recount(of models.Customer, a models.Account, s models.Subscription, t models.PlanTerms) {
	on := func(kind models.EventKind, at *time.Time, d models.Detail) {
		if at != nil {
			d.Plan, d.Seats, d.EndsOn = t.Name, s.Seats, s.EndsOn
			m.tell(of, models.Event{AccountID: a.ID, Kind: kind, At: *at, Detail: d})
		}
	}
	on(models.AccountCreated, &a.CreatedAt, models.Detail{})
	on(models.PlanActivated, s.ActivatedAt, models.Detail{Why: string(t.Activation)})
	if a.AgentsVersion > 0 {
		at := a.ActivatedAt.Add(time.Duration(a.AgentsVersion) * time.Minute)
		m.tell(of, models.Event{AccountID: a.ID, Kind: models.AgentEnrolled, At: at, Detail: models.Detail{Agents: a.AgentsVersion}})
	}
	on(models.PlanSuspended, s.SuspendedAt, models.Detail{Note: "Invoices are open."})
	on(models.PlanCancelled, s.CancelledAt, models.Detail{Note: "The company was sold."})
}

// tell writes history in the name of whoever looks after the customer.
func (m crowdMaker) tell(of models.Customer, e models.Event) {
	u := m.c.staff[m.reseller()]
	e.RootID, e.PartnerID, e.CustomerID = Fathom, of.PartnerID, of.ID
	e.ActorID, e.ActorName, e.ActorRole, e.Door = u.ID, u.Name, u.Role, "page"
	m.w.Events = append(m.w.Events, e)
}
