package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenAccount reads what the account page shows.
func (p *Portal) OpenAccount(ctx context.Context, who models.Actor, id string) (o models.AccountOverview, err error) {
	err = p.glance(ctx, who, models.SeeCustomers, func(v *store.View) error {
		h, err := v.Overview(id)
		if err != nil {
			return err
		}
		o = models.AccountOverview{
			AsOf: v.Now, Customer: h.Customer, Account: h.Account, Subscription: h.Subscription, Terms: h.Terms, Product: h.Product,
			Owner: h.Owner, ReplacedBy: h.ReplacedBy, Agents: h.Agents, Troubled: h.Troubled,
			Carry: h.Carry, UndoneAt: h.UndoneAt, Contacts: h.Contacts, Others: h.Others, Predecessor: predecessor(h.Others, id),
			Reassigns: h.Account.Open() && !h.Account.Replaced(),
		}
		if o.History, err = timeline(v, store.Of{Account: id}, h.History, store.HistoryShown); err != nil {
			return err
		}
		if o.Watch, err = watchOf(v, h.Held, h.History); err != nil {
			return err
		}
		if who.May(models.SeeEnrolmentKey) {
			o.EnrolmentKey, err = p.sight(h.Account, h.KeyOpen || p.openKeys)
		}
		return err
	})
	return o, err
}

// predecessor is the account that another one replaced, or nothing.
func predecessor(others []models.HeldPlan, id string) string {
	for _, h := range others {
		if h.Account.ReplacedByID != nil && *h.Account.ReplacedByID == id {
			return h.Account.ID
		}
	}
	return ""
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
		if f.History, err = v.HistoryOfCustomer(id); err != nil {
			return err
		}
		f.History, err = timeline(v, store.Of{Customer: id}, f.History, store.HistoryShown)
		return err
	})
	return f, err
}
