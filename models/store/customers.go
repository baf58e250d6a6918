package store

import (
	"mooring/models"
)

// customerRow is a customer with the keys it is sorted, searched and matched by.
type customerRow struct {
	models.Customer
	SortKey   string
	SearchKey string
	PlainName string
}

func (customerRow) TableName() string { return "customers" }

func rowOf(c models.Customer) *customerRow {
	return &customerRow{
		Customer: c, SortKey: SortKey(c.Name),
		SearchKey: SearchKey(c.Name, c.City, c.ExternalRef), PlainName: models.PlainName(c.Name),
	}
}

// contactRow is a contact with what its email address is searched by.
type contactRow struct {
	models.Contact
	EmailKey string
}

func (contactRow) TableName() string { return "contacts" }

func contactRowOf(k models.Contact) *contactRow {
	return &contactRow{Contact: k, EmailKey: fold(k.Email)}
}

// Customer finds one customer within reach.
func (v *View) Customer(id string) (models.Customer, error) {
	var row customerRow
	err := v.db.Where("id = ?", id).Take(&row).Error
	return row.Customer, absent(err)
}

// Contacts of one customer, the oldest first.
func (v *View) Contacts(customerID string) ([]models.Contact, error) {
	var found []models.Contact
	err := v.db.Where("customer_id = ?", customerID).Order("created_at, id").Limit(50).Find(&found).Error
	return found, err
}

// UserName is the name of somebody on the staff; empty if there is no such person within reach.
func (v *View) UserName(id string) (string, error) {
	if id == "" {
		return "", nil
	}
	var u models.User
	err := v.db.Select("name").Where("id = ?", id).Limit(1).Find(&u).Error
	return u.Name, err
}
