package store

import (
	"errors"

	"gorm.io/gorm"

	"mooring/models"
)

// AddCustomer stores a new customer with its contacts, and why. ErrTaken says that another customer of
// the partner has the reference.
func (t *Tx) AddCustomer(c models.Customer, contacts []models.Contact, e models.Event) error {
	if err := t.add(rowOf(c)); err != nil {
		return taken(err)
	}
	if len(contacts) > 0 {
		if err := t.addContacts(contacts); err != nil {
			return err
		}
	}
	return t.record(e)
}

// CustomerEdit is everything that an edit writes.
type CustomerEdit struct {
	Customer models.Customer
	Added    []models.Contact
	Changed  []models.Contact
	Removed  []models.Contact
	// Moved are subscriptions whose days begin and end at other instants.
	Moved []models.Subscription
}

// EditCustomer stores a changed customer with its contacts, guarded by its version, and why. ErrTaken is
// as for AddCustomer.
func (t *Tx) EditCustomer(w CustomerEdit, e models.Event) error {
	if err := t.saveCustomer(w.Customer); err != nil {
		return taken(err)
	}
	if len(w.Added) > 0 {
		if err := t.addContacts(w.Added); err != nil {
			return err
		}
	}
	for _, k := range w.Changed {
		if err := matched(t.db.Model(&contactRow{}).Where("id = ?", k.ID).Select("name", "email", "email_key").Updates(contactRowOf(k))); err != nil {
			return err
		}
	}
	for _, k := range w.Removed {
		if err := matched(t.db.Where("id = ? AND customer_id = ?", k.ID, k.CustomerID).Delete(&models.Contact{})); err != nil {
			return err
		}
	}
	for _, s := range w.Moved {
		row := s
		row.Version++
		done := t.db.Model(&models.Subscription{}).Where("id = ? AND version = ?", s.ID, s.Version).Select("starts_at", "ends_at", "version").Updates(&row)
		if err := matched(done); err != nil {
			return err
		}
	}
	return t.record(e)
}

func (t *Tx) addContacts(contacts []models.Contact) error {
	rows := make([]contactRow, len(contacts))
	for i, k := range contacts {
		rows[i] = *contactRowOf(k)
	}
	return t.add(&rows)
}

// SaveCustomer stores a changed customer, guarded by its version, and why it changed.
func (t *Tx) SaveCustomer(c models.Customer, e models.Event) error {
	if err := t.saveCustomer(c); err != nil {
		return err
	}
	return t.record(e)
}

func (t *Tx) saveCustomer(c models.Customer) error {
	row := rowOf(c)
	row.Version++
	return matched(t.db.Model(&customerRow{}).Where("id = ? AND version = ?", c.ID, c.Version).
		Select("owner_id", "name", "address", "city", "region", "postal_code", "country", "time_zone", "currency",
			"external_ref", "note", "sort_key", "search_key", "plain_name", "archived_at", "version").Updates(row))
}

// taken says of a row that another one stands in its place.
func taken(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrTaken
	}
	return err
}
