package portal

import (
	"context"
	"errors"
	"slices"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// OpenCustomerForm opens the form for a customer who is there: with the customer as it is, or with a wish
// that was already typed.
func (p *Portal) OpenCustomerForm(ctx context.Context, who models.Actor, id string, wish models.CustomerWish) (desk models.CustomerDesk, err error) {
	err = p.look(ctx, who, models.EditCustomers, func(v *store.View) error {
		desk, err = editDesk(v, id)
		if err == nil && wish.FormKey != "" {
			desk.Wish = wish
		}
		return err
	})
	return desk, err
}

// EditCustomer changes a customer's facts and contacts. In another time zone the terms of its accounts
// keep their dates and end at other instants. When it cannot, it returns the problem with a desk that
// shows the wish again: Conflict when somebody else changed the customer first.
func (p *Portal) EditCustomer(ctx context.Context, who models.Actor, id string, wish models.CustomerWish) (desk models.CustomerDesk, err error) {
	wish = wish.Tidied()
	added := p.newContacts(wish)
	edit := func() error {
		return p.do(ctx, who, models.EditCustomers, func(tx *store.Tx) error {
			c, err := tx.Customer(id)
			if err != nil {
				return err
			}
			if err := tx.HoldHistory(c.PartnerID); err != nil {
				return err
			}
			if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
				return err
			}
			if desk, err = editDesk(&tx.View, id); err != nil { // as things are now that nobody else can change them
				return err
			}
			desk.Wish = wish
			if err := refuseEdit(&tx.View, &desk); err != nil {
				return err
			}
			if err := saveEdit(tx, desk, added); err != nil {
				return err
			}
			return tx.FinishForm(wish.FormKey, id)
		})
	}
	if err = edit(); errors.Is(err, store.ErrTaken) {
		err = edit()
	}
	return desk, err
}

func editDesk(v *store.View, id string) (desk models.CustomerDesk, err error) {
	c, err := v.Customer(id)
	if err != nil {
		return desk, err
	}
	if desk, err = customerDesk(v, c.PartnerID); err != nil {
		return desk, err
	}
	if desk.Contacts, err = v.Contacts(id); err != nil {
		return desk, err
	}
	desk.Customer, desk.Partners = c, nil
	desk.Wish = models.WishFor(c, desk.Contacts)
	if c.OwnerID != "" && !owns(desk, c.OwnerID) {
		name, err := v.UserName(c.OwnerID)
		if err != nil {
			return desk, err
		}
		desk.Owners = append(desk.Owners, models.StaffUser{ID: c.OwnerID, Name: name})
	}
	return desk, nil
}

func refuseEdit(v *store.View, desk *models.CustomerDesk) error {
	known := func(k models.ContactWish) bool {
		return k.ID == "" || slices.ContainsFunc(desk.Contacts, func(c models.Contact) bool { return c.ID == k.ID })
	}
	desk.Wish.PartnerID = desk.Partner.ID
	if desk.Wish.Version == desk.Customer.Version {
		if i := slices.IndexFunc(desk.Wish.Contacts, func(k models.ContactWish) bool { return !known(k) }); i >= 0 {
			return models.Absent()
		}
		return agreeable(v, desk, desk.Contacts)
	}
	desk.Stored = differences(*desk)
	desk.Wish.Version = desk.Customer.Version
	for i, k := range desk.Wish.Contacts {
		if !known(k) {
			desk.Wish.Contacts[i].ID = "" // somebody took it away; saving brings it back
		}
	}
	desk.Problem = &models.Problem{
		Kind: models.Conflict, Message: "Somebody changed this customer while you were reading. Your input is kept. Look at what differs, then save again.",
	}
	return desk.Problem
}

// differences are all that is stored otherwise than it is wished, contacts included.
func differences(desk models.CustomerDesk) []models.CustomerDifference {
	_, differ := desk.Wish.Applied(desk.Customer)
	for _, k := range desk.Contacts {
		same := func(w models.ContactWish) bool {
			return w.ID == k.ID && w.Name == k.Name && w.Email == k.Email && !w.Remove
		}
		if !slices.ContainsFunc(desk.Wish.Contacts, same) {
			differ = append(differ, models.CustomerDifference{Field: "contact", Stored: k.Name + ", " + k.Email})
		}
	}
	return differ
}

func saveEdit(tx *store.Tx, desk models.CustomerDesk, added []models.Contact) error {
	changed, differ := desk.Wish.Applied(desk.Customer)
	w := store.CustomerEdit{Customer: changed, Added: belonging(added, changed, tx.Now)}
	compareContacts(&w, desk)
	var fields []string
	for _, d := range differ {
		fields = append(fields, d.Field)
	}
	if len(w.Added)+len(w.Changed)+len(w.Removed) > 0 {
		fields = append(fields, "contacts")
	}
	if len(fields) == 0 {
		return nil
	}
	if changed.TimeZone != desk.Customer.TimeZone {
		if err := moveTerms(tx, &w); err != nil {
			return err
		}
	}
	return tx.EditCustomer(w, onCustomer(changed, models.CustomerChanged, models.Detail{Name: changed.Name, Fields: strings.Join(fields, ", ")}))
}

func compareContacts(w *store.CustomerEdit, desk models.CustomerDesk) {
	for _, k := range desk.Contacts {
		i := slices.IndexFunc(desk.Wish.Contacts, func(c models.ContactWish) bool { return c.ID == k.ID })
		switch {
		case i < 0: // the form did not speak of it
		case desk.Wish.Contacts[i].Gone():
			w.Removed = append(w.Removed, k)
		case desk.Wish.Contacts[i].Name != k.Name || desk.Wish.Contacts[i].Email != k.Email:
			k.Name, k.Email = desk.Wish.Contacts[i].Name, desk.Wish.Contacts[i].Email
			w.Changed = append(w.Changed, k)
		}
	}
}

// moveTerms counts the terms of the customer's accounts in the new time zone.
func moveTerms(tx *store.Tx, w *store.CustomerEdit) error {
	held, err := tx.AccountsOf(w.Customer.ID)
	if err != nil {
		return err
	}
	for _, h := range held {
		if err := tx.LockAccount(h.Account.ID); err != nil {
			return err
		}
		now, err := tx.Held(h.Account.ID)
		if err != nil {
			return err
		}
		if s := now.Subscription; s.CancelledAt == nil && s.EndsOn != "" {
			w.Moved = append(w.Moved, s.CountedIn(w.Customer.Location(), tx.Now))
		}
	}
	return nil
}
