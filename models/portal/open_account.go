package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenAccount reads what the account page shows.
func (p *Portal) OpenAccount(ctx context.Context, who models.Actor, id string) (o models.AccountOverview, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		h, err := v.Held(id)
		if err != nil {
			return err
		}
		o = models.AccountOverview{
			AsOf: v.Now, Customer: h.Customer, Account: h.Account, Subscription: h.Subscription,
			Terms: h.Terms, Product: h.Product, Owner: h.Owner,
		}
		if who.May(models.SeeEnrolmentKey) {
			if o.EnrolmentKey, err = p.keys.unseal(h.Account.SealedKey); err != nil {
				return err
			}
		}
		return fillAccount(v, &o)
	})
	return o, err
}

func fillAccount(v *store.View, o *models.AccountOverview) (err error) {
	id := o.Account.ID
	if o.Agents, err = v.AgentCounts(id); err != nil {
		return err
	}
	if o.Troubled, err = v.Troubled(id); err != nil {
		return err
	}
	if o.History, err = v.HistoryOfAccount(id); err != nil {
		return err
	}
	if o.Contacts, err = v.Contacts(o.Customer.ID); err != nil {
		return err
	}
	held, err := v.AccountsOf(o.Customer.ID)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.Account.ID != id {
			o.Others = append(o.Others, h)
		}
		if h.Account.ReplacedByID != nil && *h.Account.ReplacedByID == id {
			o.Predecessor = h.Account.ID
		}
	}
	if o.Account.Replaced() {
		used, err := v.UsedProposal(id)
		if err = ignore(err, models.NotFound); err != nil {
			return err
		}
		o.ReplacedBy = used.ActorName
	}
	o.Reassigns = o.Account.Open() && !o.Account.Replaced()
	return nil
}

// OpenCustomer reads what the customer page shows.
func (p *Portal) OpenCustomer(ctx context.Context, who models.Actor, id string) (f models.CustomerFile, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		f.AsOf = v.Now
		if f.Customer, err = v.Customer(id); err != nil {
			return err
		}
		if who.Reach != models.ReachCustomers {
			if f.Owner, err = v.UserName(f.Customer.OwnerID); err != nil {
				return err
			}
		}
		if f.Contacts, err = v.Contacts(id); err != nil {
			return err
		}
		if f.Accounts, err = v.AccountsOf(id); err != nil {
			return err
		}
		f.History, err = v.HistoryOfCustomer(id)
		return err
	})
	return f, err
}
