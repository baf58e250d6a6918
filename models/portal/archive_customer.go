package portal

import (
	"context"
	"fmt"

	"mooring/models"
	"mooring/models/store"
)

// ProposeArchive says what stands in the way of archiving a customer.
func (p *Portal) ProposeArchive(ctx context.Context, who models.Actor, id string) (desk models.ArchiveDesk, err error) {
	err = p.look(ctx, who, models.EditCustomers, func(v *store.View) error {
		desk, err = archiveDesk(v, id)
		return err
	})
	return desk, err
}

// ArchiveCustomer puts a customer away: it leaves the lists, and its history stays to be read. While an
// account is open it refuses with a Conflict and a desk that says which. Archiving twice is the same as
// once.
func (p *Portal) ArchiveCustomer(ctx context.Context, who models.Actor, id string) (desk models.ArchiveDesk, err error) {
	err = p.do(ctx, who, models.EditCustomers, func(tx *store.Tx) error {
		c, err := tx.Customer(id)
		if err != nil {
			return err
		}
		if err := tx.HoldHistory(c.PartnerID); err != nil {
			return err
		}
		if desk, err = archiveDesk(&tx.View, id); err != nil || desk.Customer.ArchivedAt != nil {
			return err
		}
		if n := len(desk.Open); n > 0 {
			return models.Moved(fmt.Sprintf("%s still has %s.", desk.Customer.Name, count(n, "open account", "open accounts")))
		}
		c = desk.Customer
		c.ArchivedAt = &tx.Now
		return tx.SaveCustomer(c, onCustomer(c, models.CustomerArchived, models.Detail{Name: c.Name}))
	})
	return desk, err
}

func archiveDesk(v *store.View, id string) (desk models.ArchiveDesk, err error) {
	if desk.Customer, err = v.Customer(id); err != nil {
		return desk, err
	}
	held, err := v.AccountsOf(id)
	desk.Open = models.RuleOnArchiving(held)
	return desk, err
}

// RestoreCustomer brings a customer back from the archive. One that is not there is left as it is.
func (p *Portal) RestoreCustomer(ctx context.Context, who models.Actor, id string) error {
	return p.do(ctx, who, models.EditCustomers, func(tx *store.Tx) error {
		c, err := tx.Customer(id)
		if err != nil || c.ArchivedAt == nil {
			return err
		}
		if err := tx.HoldHistory(c.PartnerID); err != nil {
			return err
		}
		if c, err = tx.Customer(id); err != nil || c.ArchivedAt == nil {
			return err
		}
		c.ArchivedAt = nil
		return tx.SaveCustomer(c, onCustomer(c, models.CustomerRestored, models.Detail{Name: c.Name}))
	})
}
