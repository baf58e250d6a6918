package store

import (
	"slices"
	"strings"

	"mooring/models"
)

// CustomersByRefs finds a partner's customers by their external references.
func (v *View) CustomersByRefs(partnerID string, refs []string) ([]models.Customer, error) {
	var found []models.Customer
	if len(refs) == 0 {
		return nil, nil
	}
	err := v.rows(&found, `SELECT `+bareColumns("c", models.Customer{})+` FROM customers c
		WHERE {{wall.customers c}} AND c.partner_id = ? AND c.external_ref IN ? AND c.external_ref <> ''`, partnerID, refs)
	return found, err
}

// CustomersByContacts finds a partner's customers who have one of the plain names and a contact with
// one of the email addresses, in lower case.
func (v *View) CustomersByContacts(partnerID string, plain, emails []string) ([]models.Customer, error) {
	var found []models.Customer
	if len(plain) == 0 {
		return nil, nil
	}
	err := v.rows(&found, `SELECT `+bareColumns("c", models.Customer{})+` FROM customers c
		WHERE {{wall.customers c}} AND c.partner_id = ? AND c.plain_name IN ? AND EXISTS (
			SELECT 1 FROM contacts k WHERE {{wall k}} AND k.partner_id = c.partner_id AND k.customer_id = c.id AND lower(k.email) IN ?)`, partnerID, plain, emails)
	// Sorted here: asked for the order of ids, SQLite walks through all customers of the partner.
	slices.SortFunc(found, func(a, b models.Customer) int { return strings.Compare(a.ID, b.ID) })
	return found, err
}

// ContactsOfAll lists the contacts of some customers of one partner, the oldest first.
func (v *View) ContactsOfAll(partnerID string, customerIDs []string) ([]models.Contact, error) {
	var found []models.Contact
	if len(customerIDs) == 0 {
		return nil, nil
	}
	err := v.db.Where("partner_id = ? AND customer_id IN ?", partnerID, customerIDs).Order("created_at, id").Find(&found).Error
	return found, err
}

// HeldInFamily is an account of a customer with what is assigned to it and its number of agents.
type HeldInFamily struct {
	Account      models.Account      `gorm:"embedded;embeddedPrefix:a_"`
	Subscription models.Subscription `gorm:"embedded;embeddedPrefix:s_"`
	Terms        models.PlanTerms    `gorm:"embedded;embeddedPrefix:t_"`
	Product      models.Product      `gorm:"embedded;embeddedPrefix:p_"`
	Agents       int
}

var heldInFamily = `SELECT ` + columns("a", models.Account{}) + `, ` + columns("s", models.Subscription{}) + `, ` +
	columns("t", models.PlanTerms{}) + `, ` + columns("p", models.Product{}) + `,
	(SELECT l.in_use FROM account_lines l WHERE l.account_id = a.id) AS agents` + heldFrom

// HeldByAll lists the accounts of some customers of one partner that were not closed. Of several in
// one family the one that counts comes first: the one that was not purged, then the one that was not
// replaced, then the newest.
func (v *View) HeldByAll(partnerID string, customerIDs []string) ([]HeldInFamily, error) {
	var found []HeldInFamily
	if len(customerIDs) == 0 {
		return nil, nil
	}
	err := v.rows(&found, heldInFamily+`WHERE {{wall.accounts a}} AND a.partner_id = ? AND a.customer_id IN ? AND a.closed_at IS NULL
		ORDER BY a.customer_id, CASE WHEN a.purged_at IS NULL THEN 0 ELSE 1 END,
			CASE WHEN a.replaced_by_id IS NULL THEN 0 ELSE 1 END, a.created_at DESC, a.id`, partnerID, customerIDs)
	return found, err
}

// OffersNamed finds plans in the catalogue whose key or exact name is among some texts, as they stand
// for one partner.
func (v *View) OffersNamed(partnerID string, texts []string) ([]models.Offer, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	return v.offers(`AND (n.key IN ? OR t.name IN ?) ORDER BY n.key, n.id`, partnerID, texts, texts)
}
