package demo

import (
	"time"

	"mooring/models"
)

func (h held) madeAt() time.Time {
	if h.made != "" {
		return at(h.made)
	}
	return at(h.begun).AddDate(0, 0, -1).Add(-65 * time.Minute)
}

// addHeld puts an account, its subscription, its agents and its history into the world.
func (b *builder) addHeld(c models.Customer, h held) {
	p := b.plans[c.RootID+"/"+h.plan]
	number := p.Current
	if h.version != 0 {
		number = h.version
	}
	t := b.terms[termsKey{p.ID, number}]
	product := b.products[p.ProductID]
	a := models.Account{
		ID: h.id, RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID,
		ProductID: product.ID, Family: product.Family, DataCenter: t.DataCenter,
		CreatedAt: h.madeAt(), ActivatedAt: maybe(h.begun), ClosedAt: maybe(h.closed), PurgedAt: maybe(h.purged),
		AgentsVersion: h.fleet.total, Version: 1 + count(h.begun, h.closed, h.purged),
	}
	s := h.subscription(c, t)
	if h.replaces != nil {
		b.replace(c, &a, h, t)
	}
	b.keep(a, h.replaces)
	b.world.Subscriptions = append(b.world.Subscriptions, s)
	b.enrol(a, h.fleet)
	b.recount(c, a, s, t, h)
}

func (h held) subscription(c models.Customer, t models.PlanTerms) models.Subscription {
	loc := c.Location()
	s := models.Subscription{
		ID: "S-" + digits(h.id), RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, AccountID: h.id,
		PlanID: t.PlanID, PlanNumber: t.Number, Seats: h.seats,
		StartsAt: h.madeAt(), Renews: t.Renews && !h.lapses, CreatedAt: h.madeAt(),
		SuspendedAt: maybe(h.suspended), CancelledAt: maybe(h.cancelled),
		Version: 1 + count(h.begun, h.suspended, h.cancelled, h.raised),
	}
	switch begun := maybe(h.begun); {
	case begun != nil && t.Activation == models.OnDate:
		s.StartsAt = models.DateOf(*begun, loc).StartIn(loc)
		s = s.Begun(t, models.DateOf(*begun, loc), s.StartsAt, loc)
	case begun != nil:
		s = s.Begun(t, models.DateOf(*begun, loc), *begun, loc)
	case h.begins != "":
		s = s.Begun(t, h.begins, h.begins.StartIn(loc), loc)
		s.StartsAt, s.ActivatedAt = *s.ActivatedAt, nil
	}
	if h.ends == "" || h.ends == s.EndsOn {
		return s
	}
	s.AnchorDay = h.ends.AddDays(1).Day()
	if on := h.ends.AddDays(1).AddMonths(-t.TermMonths, s.AnchorDay); on > s.StartsOn && on.StartIn(loc).Before(Now) {
		s.StartsOn = on // a term that followed the first
		s.Version++
	}
	return s.Ending(h.ends, loc)
}

// count says how many of the moments there are.
func count(moments ...string) int {
	n := 0
	for _, m := range moments {
		if m != "" {
			n++
		}
	}
	return n
}
