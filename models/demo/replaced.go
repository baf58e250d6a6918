package demo

import (
	"slices"
	"time"

	"mooring/models"
)

// proposed is a reassign that somebody agreed to all the same.
type proposed struct {
	id      string // of the proposal
	account string // which the holder replaces
	by      string // a user
	read    string // when the advisory was opened; the holder was made when it was agreed to
	why     string
	note    string
}

// replace marks the old account, and keeps the proposal that the new one came of.
func (b *builder) replace(c models.Customer, successor *models.Account, h held, target models.PlanTerms) {
	w, r := &b.world, h.replaces
	old := &w.Accounts[b.account(r.account)].Account
	s := b.situation(c, *old, target, at(r.read))
	used, who := successor.CreatedAt, b.users[r.by]
	shown := s.Shows(models.RuleOnReassignment(s), h.seats)
	w.Proposals = append(w.Proposals, models.Proposal{
		ID: r.id, RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, AccountID: old.ID,
		PlanID: target.PlanID, PlanNumber: target.Number, Seats: h.seats, ActorID: who.ID, ActorName: who.Name,
		NewAccountID: successor.ID, Digest: s.Digest(h.seats), Shown: shown,
		CreatedAt: s.Now, ExpiresAt: s.Now.Add(models.ProposalLife),
		UsedAt: &used, Why: r.why, Note: r.note, TypedID: old.ID, ResultID: &successor.ID,
	})
	old.ReplacedByID, old.ReplacedAt = &successor.ID, &used
	old.Version++
	successor.ProposalID = &r.id
	b.tell(b.staff(r.by, c.PartnerID), models.Event{
		CustomerID: c.ID, AccountID: old.ID, Kind: models.AccountReplaced, At: used, ProposalID: r.id,
		Detail: models.Detail{
			Plan: target.Name, PlanBefore: s.Terms.Name, Seats: h.seats, Before: s.Subscription.Seats,
			Other: successor.ID, Agents: s.Agents.Total, Why: r.why, Note: r.note,
		},
	})
}

// situation is what the rules looked at when a proposal was drawn up.
func (b *builder) situation(c models.Customer, a models.Account, target models.PlanTerms, now time.Time) models.Situation {
	s := models.Situation{Customer: c, Account: a, Product: b.products[a.ProductID], Now: now, Agents: b.counts(a.ID, now)}
	for _, sub := range b.world.Subscriptions {
		if sub.AccountID == a.ID {
			s.Subscription, s.Terms = sub, b.terms[termsKey{sub.PlanID, sub.PlanNumber}]
		}
	}
	for _, p := range b.world.Plans {
		if p.ID == target.PlanID {
			s.Target = models.Offer{Plan: p, Terms: target, Product: b.products[p.ProductID], Granted: true}
		}
	}
	return s
}

// counts takes the check-ins of the stopped moment for those of a few days before.
func (b *builder) counts(accountID string, now time.Time) models.AgentCounts {
	seen := map[string]time.Time{}
	for _, s := range b.world.Sightings {
		seen[s.AgentID] = s.SeenAt.Add(now.Sub(Now))
	}
	var n models.AgentCounts
	for _, g := range b.world.Agents {
		if g.AccountID != accountID {
			continue
		}
		sa := models.SeenAgent{Agent: g}
		if t, ok := seen[g.ID]; ok {
			sa.SeenAt = &t
		}
		n = counted(n, sa.Presence(now))
	}
	return n
}

func counted(n models.AgentCounts, p models.Presence) models.AgentCounts {
	n.Total++
	switch p {
	case models.Online:
		n.Online++
	case models.Offline:
		n.Offline++
	case models.Quiet:
		n.Quiet++
	case models.NeverSeen:
		n.Never++
	}
	return n
}

// account is the place of an account among those made so far; the end for an unknown one.
func (b *builder) account(id string) int {
	i := slices.IndexFunc(b.world.Accounts, func(a AccountSeed) bool { return a.ID == id })
	if i < 0 {
		return len(b.world.Accounts)
	}
	return i
}

// keep stores an account; a successor before the account that it replaced.
func (b *builder) keep(a models.Account, replaces *proposed) {
	place := len(b.world.Accounts)
	if replaces != nil {
		place = b.account(replaces.account)
	}
	b.world.Accounts = slices.Insert(b.world.Accounts, place, AccountSeed{Account: a, EnrolmentKey: enrolmentKey(a.ID)})
}
