package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// maxOwn bounds the companies on the desk of a contact.
const maxOwn = 20

// namedLeft is how many of the accounts that were left behind the desk names.
const namedLeft = 3

// OpenDesk reads what the dashboard shows.
func (p *Portal) OpenDesk(ctx context.Context, who models.Actor) (d models.Desk, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		d = models.Desk{AsOf: v.Now}
		if d.History, err = v.LatestHistory(); err != nil {
			return err
		}
		if d.History, err = timeline(v, store.Of{}, d.History, store.LatestShown); err != nil {
			return err
		}
		if who.Reach == models.ReachCustomers {
			return fillOwn(v, &d)
		}
		if d.Figures, err = v.Figures(); err != nil || d.Empty() {
			return err
		}
		if d.Waiting, err = v.Waiting(); err != nil {
			return err
		}
		if d.Silent, err = watches(v); err != nil {
			return err
		}
		if d.Quiet, err = v.QuietAccounts(); err != nil {
			return err
		}
		if d.Orphans, err = v.CountOrphans(); err != nil || d.LeftBehind() == 0 {
			return err
		}
		d.Left, _, err = v.Orphans(models.LeftBehind, store.Key{}, false, namedLeft)
		return err
	})
	return d, err
}

func fillOwn(v *store.View, d *models.Desk) error {
	for _, id := range v.Who.CustomerIDs[:min(len(v.Who.CustomerIDs), maxOwn)] {
		c, err := v.Customer(id)
		if err != nil {
			return err
		}
		accounts, err := v.AccountsOf(id)
		if err != nil {
			return err
		}
		d.Own = append(d.Own, models.CustomerFile{AsOf: v.Now, Customer: c, Accounts: accounts})
	}
	return nil
}
