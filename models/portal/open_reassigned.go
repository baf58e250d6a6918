package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenReassigned reads what a reassign did: the account it generated beside the one it left.
func (p *Portal) OpenReassigned(ctx context.Context, who models.Actor, newID string) (r models.Reassigned, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		held, err := v.Held(newID)
		if err != nil {
			return err
		}
		if held.Account.ProposalID == nil {
			return models.Absent()
		}
		if r.Proposal, err = v.Proposal(*held.Account.ProposalID); err != nil {
			return err
		}
		r.AsOf, r.Customer = v.Now, held.Customer
		accounts, err := v.AccountsOf(held.Customer.ID)
		if err != nil {
			return err
		}
		for _, h := range accounts {
			switch h.Account.ID {
			case newID:
				r.New = h
			case r.Proposal.AccountID:
				r.Old = h
			}
		}
		if who.May(models.SeeEnrolmentKey) {
			r.EnrolmentKey, err = p.keySight(v, held.Account)
		}
		return err
	})
	return r, err
}
