package store

import (
	"strings"
	"time"
	"unicode/utf8"

	"mooring/models"
)

// Key is a place in a sorted list: what the row that stands there is sorted by, and its id. The zero
// Key is the beginning.
type Key struct {
	Sort string
	ID   string
}

// KeyOf is the place of a row whose list is sorted by one of these.
func KeyOf(s models.Sort, sortKey string, ends, created time.Time, id string) Key {
	switch s.By() {
	case models.ByEnd:
		sortKey = ends.UTC().Format(time.RFC3339Nano)
	case models.ByCreated:
		sortKey = created.UTC().Format(time.RFC3339Nano)
	}
	return Key{Sort: sortKey, ID: id}
}

// Fits reports whether the key can be a place in this order.
func (k Key) Fits(s models.Sort) bool {
	if text := k.Sort + k.ID; k.ID == "" || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return false
	}
	_, err := time.Parse(time.RFC3339Nano, k.Sort)
	return err == nil || s.By() == models.ByName
}

func (k Key) value(s models.Sort) any {
	if s.By() == models.ByName {
		return k.Sort
	}
	at, _ := time.Parse(time.RFC3339Nano, k.Sort)
	return at.UTC()
}

// Never is the end of what has none, as lists are sorted by it.
var Never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// accountLine is a line as it is read, with the names that belong to it.
type accountLine struct {
	AccountID, CustomerID, Customer, Owner, SortKey string
	Plan, Activation, EndsOn                        string
	Seats, InUse, SoonDays, GraceDays, LockedDays   int
	CreatedAt, StartsAt, EndsAt                     time.Time
	ActivatedAt, SuspendedAt, CancelledAt           *time.Time
	ReplacedByID                                    *string
}

const accountLineColumns = `SELECT l.account_id, l.customer_id, c.name AS customer, coalesce(u.name, '') AS owner, l.sort_key,
	t.name AS plan, l.activation, l.ends_on, l.seats, l.in_use, t.soon_days, t.grace_days, t.locked_days,
	l.created_at, l.starts_at, l.ends_at, l.activated_at, l.suspended_at, l.cancelled_at, l.replaced_by_id
	FROM page JOIN account_lines l ON l.id = page.id
	JOIN customers c ON c.partner_id = l.partner_id AND c.id = l.customer_id
	JOIN plan_versions t ON t.plan_id = l.plan_id AND t.number = l.plan_number
	LEFT JOIN users u ON u.partner_id = l.partner_id AND u.id = l.owner_id`

// walks reports whether a page is met on a walk along its order, past nothing that does not fit: there is no
// better way to it, whatever the place.
func walks(q Listing, fit int) bool { return fit > models.CountBound && !q.Narrowed() && q.View == "" }

// Accounts reads a part of the accounts from a place on, in the order asked for; what comes before a
// place is read backwards, the nearest first. Fit is how many fit
// the question, as CountAccounts has it; it decides how they are looked for.
func (v *View) Accounts(q Listing, at Key, fit int) ([]models.AccountRow, error) {
	var found []accountLine
	with, order, args := v.page(accountLines, q, at, fit)
	if err := v.gather(ask{into: &found, sql: with + accountLineColumns + order, args: args, steady: walks(q, fit)}); err != nil {
		return nil, err
	}
	rows := make([]models.AccountRow, len(found))
	for i, l := range found {
		rows[i] = l.row()
	}
	return rows, nil
}

// AccountKey is the place of an account in a list.
func AccountKey(s models.Sort, r models.AccountRow) Key {
	ends := Never
	if r.Subscription.EndsAt != nil {
		ends = *r.Subscription.EndsAt
	}
	return KeyOf(s, r.SortKey, ends, r.CreatedAt, r.ID)
}

func (l accountLine) row() models.AccountRow {
	r := models.AccountRow{
		ID: l.AccountID, CustomerID: l.CustomerID, Customer: l.Customer, Owner: l.Owner, SortKey: l.SortKey,
		InUse: l.InUse, CreatedAt: l.CreatedAt, ReplacedByID: l.ReplacedByID,
		Subscription: models.Subscription{
			AccountID: l.AccountID, CustomerID: l.CustomerID, Seats: l.Seats, StartsAt: l.StartsAt, ActivatedAt: l.ActivatedAt,
			SuspendedAt: l.SuspendedAt, CancelledAt: l.CancelledAt, EndsOn: models.Date(l.EndsOn),
		},
		Terms: models.PlanTerms{
			Name: l.Plan, Activation: models.Activation(l.Activation),
			Policy: models.Policy{EndingSoonDays: l.SoonDays, GraceDays: l.GraceDays, LockedDays: l.LockedDays},
		},
	}
	if l.EndsOn != "" {
		r.Subscription.EndsAt = &l.EndsAt
	}
	return r
}

const customerLineColumns = `SELECT l.customer_id AS id, c.name, c.city, c.external_ref, coalesce(u.name, '') AS owner,
	l.sort_key, l.created_at, l.archived_at, l.accounts
	FROM page JOIN customer_lines l ON l.id = page.id
	JOIN customers c ON c.partner_id = l.partner_id AND c.id = l.customer_id
	LEFT JOIN users u ON u.partner_id = l.partner_id AND u.id = l.owner_id`

// Customers reads a part of the customers, as Accounts does.
func (v *View) Customers(q Listing, at Key, fit int) ([]models.CustomerRow, error) {
	var rows []models.CustomerRow
	with, order, args := v.page(customerLines, q, at, fit)
	err := v.gather(ask{into: &rows, sql: with + customerLineColumns + order, args: args, steady: walks(q, fit)})
	return rows, err
}

// CustomerKey is the place of a customer in a list.
func CustomerKey(s models.Sort, r models.CustomerRow) Key {
	return KeyOf(s, r.SortKey, Never, r.CreatedAt, r.ID)
}
