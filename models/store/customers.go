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

const customersFrom = `SELECT c.id, c.name, c.city, c.external_ref, c.sort_key, c.archived_at,
	coalesce((SELECT u.name FROM users u WHERE u.id = c.owner_id), '') AS owner,
	(SELECT count(*) FROM accounts a WHERE a.partner_id = c.partner_id AND a.customer_id = c.id AND a.closed_at IS NULL) AS accounts
	FROM customers c WHERE {{wall.customers c}} AND c.archived_at IS NULL `

// CustomersAfter lists customers in the order of their names, from a key on.
func (v *View) CustomersAfter(key Key) ([]models.CustomerRow, error) {
	var rows []models.CustomerRow
	err := v.rows(&rows, customersFrom+`AND (c.sort_key > ? OR c.sort_key = ? AND c.id > ?)
		ORDER BY c.sort_key, c.id LIMIT 51`, key.Sort, key.Sort, key.ID)
	return rows, err
}

// CustomersBefore lists the customers that come before a key, the nearest first.
func (v *View) CustomersBefore(key Key) ([]models.CustomerRow, error) {
	var rows []models.CustomerRow
	err := v.rows(&rows, customersFrom+`AND (c.sort_key < ? OR c.sort_key = ? AND c.id < ?)
		ORDER BY c.sort_key DESC, c.id DESC LIMIT 51`, key.Sort, key.Sort, key.ID)
	return rows, err
}

// CountCustomers counts the customers within reach up to the bound of lists.
func (v *View) CountCustomers() (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM (SELECT 1 FROM customers c
		WHERE {{wall.customers c}} AND c.archived_at IS NULL LIMIT 1001) AS bounded`)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}
