package demo

import (
	"time"

	"mooring/models"
)

// teller is whoever did what an event tells.
type teller struct {
	root, partner string
	id, name      string
	role          models.Role
	door          string
}

// staff is a member of a partner's staff; the clock where nobody looks after the customer.
func (b *builder) staff(id, partner string) teller {
	u, ok := b.users[id]
	if !ok {
		return b.clock(partner)
	}
	return teller{b.roots[partner], partner, u.ID, u.Name, u.Role, "page"}
}

func (b *builder) clock(partner string) teller {
	who := models.Clock()
	return teller{b.roots[partner], partner, who.ID, who.Name, who.Role, who.Door}
}

func (b *builder) customer(k models.Contact) teller {
	who := teller{k.RootID, k.PartnerID, k.ID, k.Name, models.RoleContact, "page"}
	if k.UserID != nil {
		who.id = *k.UserID
	}
	return who
}

func (b *builder) tell(who teller, e models.Event) {
	e.RootID, e.PartnerID = who.root, who.partner
	e.ActorID, e.ActorName, e.ActorRole, e.Door = who.id, who.name, who.role, who.door
	b.world.Events = append(b.world.Events, e)
}

// recount writes the history of one account.
func (b *builder) recount(c models.Customer, a models.Account, s models.Subscription, t models.PlanTerms, h held) {
	owner := b.staff(c.OwnerID, c.PartnerID)
	on := func(who teller, kind models.EventKind, moment *time.Time, d models.Detail) {
		if moment != nil {
			d.Plan = t.Name
			e := models.Event{CustomerID: c.ID, AccountID: a.ID, Kind: kind, At: *moment, Detail: d}
			if a.ProposalID != nil && kind == models.AccountCreated {
				e.ProposalID = *a.ProposalID
			}
			b.tell(who, e)
		}
	}
	seats := s.Seats
	if h.before != 0 {
		seats = h.before
	}
	maker := owner
	if h.maker != "" {
		maker = b.staff(h.maker, c.PartnerID)
	}
	on(maker, models.AccountCreated, &a.CreatedAt, models.Detail{Seats: seats})
	renewed, first := renewal(c, s)
	on(b.activator(c, owner, t), models.PlanActivated, s.ActivatedAt, models.Detail{Seats: seats, EndsOn: first, Why: string(t.Activation)})
	on(b.clock(c.PartnerID), models.PlanRenewed, renewed, models.Detail{Seats: seats, EndsOn: s.EndsOn, EndedOn: first})
	if h.before != 0 {
		on(owner, models.PlanModified, maybe(h.raised), raise(c, s, t, h))
	}
	on(owner, models.PlanSuspended, s.SuspendedAt, models.Detail{Seats: s.Seats, EndsOn: s.EndsOn, Note: h.why})
	on(owner, models.PlanCancelled, s.CancelledAt, models.Detail{Seats: s.Seats, EndsOn: s.EndsOn, Note: h.why})
	for _, e := range h.events {
		e.CustomerID, e.AccountID = c.ID, a.ID
		b.tell(teller{c.RootID, c.PartnerID, e.ActorID, e.ActorName, e.ActorRole, e.Door}, e)
	}
}

// activator is who a plan's activation is told of.
func (b *builder) activator(c models.Customer, owner teller, t models.PlanTerms) teller {
	switch t.Activation {
	case models.FirstSignIn:
		return b.customer(b.contacts[c.ID])
	case models.AtOnce:
		return owner
	}
	return b.clock(c.PartnerID)
}

// renewal is when the running term followed another one, and the last day of that one; with no such
// term, nil and the last day of the first.
func renewal(c models.Customer, s models.Subscription) (*time.Time, models.Date) {
	loc := c.Location()
	if s.ActivatedAt == nil || s.StartsOn <= models.DateOf(*s.ActivatedAt, loc) {
		return nil, s.EndsOn
	}
	moment := s.StartsOn.StartIn(loc)
	return &moment, s.StartsOn.AddDays(-1)
}

// raise tells of more seats in the middle of a term.
func raise(c models.Customer, s models.Subscription, t models.PlanTerms, h held) models.Detail {
	days := models.DateOf(at(h.raised), c.Location()).DaysUntil(s.EndsOn)
	charge := t.Monthly(s.Seats).Minus(t.Monthly(h.before)).ForDays(days)
	return models.Detail{
		Seats: s.Seats, Before: h.before, EndsOn: s.EndsOn,
		Agents: h.fleet.total, Charge: charge.Minor, Currency: charge.Currency,
	}
}
