package store

import (
	"encoding/json"
	"strings"

	"gorm.io/gorm/clause"

	"mooring/models"
)

// Held is an account with everything that is assigned to it, read in one statement.
type Held struct {
	Account      models.Account      `gorm:"embedded;embeddedPrefix:a_"`
	Customer     models.Customer     `gorm:"embedded;embeddedPrefix:c_"`
	Subscription models.Subscription `gorm:"embedded;embeddedPrefix:s_"`
	Terms        models.PlanTerms    `gorm:"embedded;embeddedPrefix:t_"`
	Product      models.Product      `gorm:"embedded;embeddedPrefix:p_"`
	Owner        string
	ReplacedBy   string // who reassigned the plan, if somebody did
}

// What the account says already is not read a second time.
var heldColumns = columns("a", models.Account{}) + ", " + columns("c", models.Customer{}, "id", "root_id", "partner_id") + ", " +
	columns("s", models.Subscription{}, "root_id", "partner_id", "customer_id", "account_id") + ", " +
	columns("t", models.PlanTerms{}, "plan_id", "number", "root_id") + ", " + columns("p", models.Product{}, "id", "root_id", "family")

// whole fills in what the account says of everything that hangs on it.
func (h *Held) whole() {
	a := h.Account
	h.Customer.ID, h.Customer.RootID, h.Customer.PartnerID = a.CustomerID, a.RootID, a.PartnerID
	h.Subscription.RootID, h.Subscription.PartnerID = a.RootID, a.PartnerID
	h.Subscription.CustomerID, h.Subscription.AccountID = a.CustomerID, a.ID
	h.Terms.PlanID, h.Terms.Number, h.Terms.RootID = h.Subscription.PlanID, h.Subscription.PlanNumber, a.RootID
	h.Product.ID, h.Product.RootID, h.Product.Family = a.ProductID, a.RootID, a.Family
}

// lastSubscription is the subscription of an account: its live one, or the last that it had.
const lastSubscription = `SELECT l.id FROM subscriptions l WHERE l.partner_id = a.partner_id AND l.account_id = a.id
	ORDER BY CASE WHEN l.cancelled_at IS NULL THEN 0 ELSE 1 END, l.created_at DESC, l.id LIMIT 1`

const heldFrom = ` FROM accounts a
	JOIN customers c ON c.partner_id = a.partner_id AND c.id = a.customer_id
	JOIN products p ON p.id = a.product_id
	JOIN subscriptions s ON s.partner_id = a.partner_id AND s.account_id = a.id AND s.id = (` + lastSubscription + `)
	JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number `

// heldNames are those of who looks after the customer and of who replaced the account.
const heldNames = `coalesce((SELECT u.name FROM users u WHERE u.id = c.owner_id), '') AS owner,
	CASE WHEN a.replaced_by_id IS NULL THEN '' ELSE coalesce((SELECT o.actor_name FROM proposals o
		WHERE o.partner_id = a.partner_id AND o.account_id = a.id AND o.result_id = a.replaced_by_id LIMIT 1), '') END AS replaced_by`

var selectHeld = `SELECT ` + heldColumns + `, ` + heldNames + heldFrom + `WHERE {{wall.accounts a}} AND a.id = ? LIMIT 1`

// Held finds one account with its customer, subscription, terms and product.
func (v *View) Held(accountID string) (Held, error) {
	var found []Held
	err := v.rows(&found, selectHeld, accountID)
	if err != nil {
		return Held{}, err
	}
	if len(found) == 0 {
		return Held{}, models.Absent()
	}
	found[0].whole()
	return found[0], nil
}

// Ids that a statement is about. The limit is the length of the list: PostgreSQL takes it for a hundred
// otherwise, and reads whole tables for it.
const (
	idList       = `(SELECT value AS id FROM json_each(?) LIMIT ?) AS q`
	idListOfJSON = `(SELECT r.id FROM jsonb_array_elements_text(CAST(? AS jsonb)) AS r (id) LIMIT ?) AS q`
)

// listed reads what a statement says of such a list.
func (v *View) listed(into any, sqlite, postgres string, ids []string) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	if v.dialect == postgresDialect {
		sqlite = postgres
	}
	return v.gather(ask{into: into, sql: sqlite, args: []any{string(list), len(ids)}})
}

var (
	heldOfSQLite   = selectHeldOf(idList)
	heldOfPostgres = selectHeldOf(idListOfJSON)
)

func selectHeldOf(list string) string {
	return `SELECT ` + heldColumns + `, ` + heldNames + strings.Replace(heldFrom, "FROM accounts a", "FROM "+list+" JOIN accounts a ON a.id = q.id", 1) +
		`WHERE {{wall.accounts a}}`
}

// HeldOf finds accounts as Held does, by their ids.
func (v *View) HeldOf(ids []string) (map[string]Held, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []Held
	err := v.listed(&found, heldOfSQLite, heldOfPostgres, ids)
	held := make(map[string]Held, len(found))
	for _, h := range found {
		h.whole()
		held[h.Account.ID] = h
	}
	return held, err
}

// heldRow is one account of a customer with its number of agents.
type heldRow struct {
	Account      models.Account      `gorm:"embedded;embeddedPrefix:a_"`
	Subscription models.Subscription `gorm:"embedded;embeddedPrefix:s_"`
	Terms        models.PlanTerms    `gorm:"embedded;embeddedPrefix:t_"`
	Agents       int
}

var selectAccounts = `SELECT ` + columns("a", models.Account{}) + `, ` + columns("s", models.Subscription{}) + `, ` + columns("t", models.PlanTerms{}) + `,
	(SELECT l.in_use FROM account_lines l WHERE l.account_id = a.id) AS agents` +
	heldFrom + `WHERE {{wall.accounts a}} AND a.customer_id = ?
	ORDER BY CASE WHEN a.closed_at IS NULL THEN 0 ELSE 1 END, a.created_at DESC, a.id LIMIT 100`

// AccountsOf lists the accounts of one customer, the open ones first, then the newest.
func (v *View) AccountsOf(customerID string) ([]models.HeldPlan, error) {
	var rows []heldRow
	err := v.rows(&rows, selectAccounts, customerID)
	held := make([]models.HeldPlan, len(rows))
	for i, r := range rows {
		held[i] = models.HeldPlan(r)
	}
	return held, err
}

// LockAccount holds the account for this transaction: whatever else would change it or its agents
// waits. On SQLite the transaction itself already holds everybody back.
func (t *Tx) LockAccount(id string) error {
	var a models.Account
	return absent(t.db.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id = ?", id).Take(&a).Error)
}

// AccountThere reports whether an account of this id is within reach.
func (v *View) AccountThere(id string) (bool, error) {
	var found []models.Account
	err := v.db.Select("id").Where("id = ?", id).Limit(1).Find(&found).Error
	return len(found) > 0, err
}

// AddAccount stores a new account with the hash of its enrolment key and what is assigned to it, and why.
// ErrTaken says that the customer got an account of the family at the same moment.
func (t *Tx) AddAccount(a models.Account, keyHash string, s models.Subscription, e models.Event) error {
	if err := t.db.Create(&a).Error; err != nil {
		return taken(err)
	}
	key := enrolmentKey{
		Hash: keyHash, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, CreatedAt: t.Now,
	}
	if err := t.db.Create(&key).Error; err != nil {
		return err
	}
	if err := t.db.Create(&s).Error; err != nil {
		return err
	}
	return t.record(e)
}

// SaveAccount stores a changed account, guarded by its version, and why it changed.
func (t *Tx) SaveAccount(a models.Account, e models.Event) error {
	if err := t.saveAccount(a); err != nil {
		return err
	}
	return t.record(e)
}

// SaveActivation stores an account and its subscription becoming active, and why.
func (t *Tx) SaveActivation(a models.Account, s models.Subscription, e models.Event) error {
	if err := t.saveAccount(a); err != nil {
		return err
	}
	return t.SaveSubscription(s, e)
}

// SaveUndone stores an account that is replaced no more beside the one that replaced it, which is closed
// and its subscription cancelled, each with its reason.
func (t *Tx) SaveUndone(old models.Account, undone models.Event, next models.Account, sub models.Subscription, closed models.Event) error {
	if err := t.SaveAccount(old, undone); err != nil {
		return err
	}
	if err := t.saveAccount(next); err != nil {
		return err
	}
	return t.SaveSubscription(sub, closed)
}

func (t *Tx) saveAccount(a models.Account) error {
	row := a
	row.Version++
	return matched(t.db.Model(&models.Account{}).Where("id = ? AND version = ?", a.ID, a.Version).
		Select("activated_at", "replaced_by_id", "replaced_at", "closed_at", "purged_at", "agents_version", "version").Updates(&row))
}
