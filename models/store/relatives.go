package store

import (
	"cmp"
	"slices"
	"time"

	"mooring/models"
)

// relativeRow is another account of a customer, or one of its contacts with what a contact has.
type relativeRow struct {
	Contact      bool
	ID           string
	ProductID    string
	CreatedAt    time.Time
	ClosedAt     *time.Time
	ReplacedByID *string
	ReplacedAt   *time.Time
	Seats        int
	StartsAt     time.Time
	ActivatedAt  *time.Time
	EndsOn       models.Date
	EndsAt       *time.Time
	SuspendedAt  *time.Time
	CancelledAt  *time.Time
	Name         string
	Unit         string
	Activation   models.Activation
	Policy       models.Policy `gorm:"serializer:json"`
	Email        string
}

// The customer is the one of an account, so that nobody has to know it first.
const (
	customerOf = `(SELECT o.customer_id FROM accounts o WHERE {{wall.accounts o}} AND o.id = ?)`

	selectRelatives = `SELECT * FROM (
	SELECT FALSE AS contact, a.id, a.product_id, a.created_at, a.closed_at, a.replaced_by_id, a.replaced_at, s.seats, s.starts_at, s.activated_at, s.ends_on, s.ends_at,
		s.suspended_at, s.cancelled_at, t.name, t.unit, t.activation, t.policy, '' AS email
	FROM accounts a
	JOIN subscriptions s ON s.partner_id = a.partner_id AND s.account_id = a.id AND s.id = (` + lastSubscription + `)
	JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number
	WHERE {{wall.accounts a}} AND a.customer_id = ` + customerOf + ` AND a.id <> ?
	ORDER BY CASE WHEN a.closed_at IS NULL THEN 0 ELSE 1 END, a.created_at DESC, a.id LIMIT 100) others
	UNION ALL
	SELECT TRUE, id, '', created_at, NULL, NULL, NULL, 0, created_at, NULL, '', NULL, NULL, NULL, name, '', '', NULL, email FROM (
	SELECT k.id, k.created_at, k.name, k.email FROM contacts k
	WHERE {{wall k}} AND k.customer_id = ` + customerOf + ` ORDER BY k.created_at, k.id LIMIT 50) people`
)

// relatives parts the contacts of a customer, the oldest first, from the customer's other accounts, the
// open ones first, then the newest. Of those it knows what it takes to say their state.
func relatives(rows []relativeRow, customerID string) (contacts []models.Contact, others []models.HeldPlan) {
	slices.SortFunc(rows, beforeInList)
	for _, r := range rows {
		if r.Contact {
			contacts = append(contacts, models.Contact{ID: r.ID, CustomerID: customerID, Name: r.Name, Email: r.Email, CreatedAt: r.CreatedAt})
			continue
		}
		others = append(others, r.held(customerID))
	}
	return contacts, others
}

// beforeInList orders rows as their two statements did, which their union does not promise to keep.
func beforeInList(a, b relativeRow) int {
	if a.Contact && b.Contact {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	}
	return cmp.Or(cmp.Compare(kind(a), kind(b)), b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID, b.ID))
}

// kind is contacts, then open accounts, then closed ones.
func kind(r relativeRow) int {
	switch {
	case r.Contact:
		return 0
	case r.ClosedAt == nil:
		return 1
	}
	return 2
}

func (r relativeRow) held(customerID string) models.HeldPlan {
	return models.HeldPlan{
		Account: models.Account{
			ID: r.ID, CustomerID: customerID, ProductID: r.ProductID, CreatedAt: r.CreatedAt, ActivatedAt: r.ActivatedAt, ClosedAt: r.ClosedAt,
			ReplacedByID: r.ReplacedByID, ReplacedAt: r.ReplacedAt,
		},
		Subscription: models.Subscription{
			AccountID: r.ID, Seats: r.Seats, StartsAt: r.StartsAt, ActivatedAt: r.ActivatedAt, EndsOn: r.EndsOn, EndsAt: r.EndsAt,
			SuspendedAt: r.SuspendedAt, CancelledAt: r.CancelledAt,
		},
		Terms: models.PlanTerms{Name: r.Name, Unit: r.Unit, Activation: r.Activation, Policy: r.Policy},
	}
}
