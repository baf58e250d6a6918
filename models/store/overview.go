package store

import (
	"time"

	"mooring/models"
)

// Overview is what the account page reads, all at once. Of the account and what hangs on it, it is as
// much as the page shows.
type Overview struct {
	Held
	Carry    models.RunningCarry
	UndoneAt *time.Time // when the reassign that made the account was undone
	Agents   models.AgentCounts
	Troubled []models.SeenAgent
	History  []models.Event
	Contacts []models.Contact
	Others   []models.HeldPlan
	KeyOpen  bool // whether the actor sees the enrolment key
}

// overviewRow is an account with the carry that is under way from it or to it.
type overviewRow struct {
	Held     `gorm:"embedded"`
	Carry    models.RunningCarry `gorm:"embedded;embeddedPrefix:y_"`
	UndoneAt *time.Time
	KeyOpen  int
}

const underWay = `SELECT w.id FROM carries w
	WHERE w.partner_id = a.partner_id AND (w.account_id = a.id OR w.to_account_id = a.id) AND w.cancelled_at IS NULL AND w.deadline_at > ?
		AND EXISTS (SELECT 1 FROM carry_agents k WHERE k.carry_id = w.id AND k.moved_at IS NULL AND k.dropped_at IS NULL)
	ORDER BY w.created_at DESC, w.id DESC LIMIT 1`

// Every column costs PostgreSQL about 0.4 µs, whatever is in it, so those are left out that the
// account page has no place for. A new one is read until somebody says that it has none either.
var overviewColumns = columns("a", models.Account{}) + ", " +
	columns("c", models.Customer{}, "id", "root_id", "partner_id", "address", "city", "region", "postal_code", "country", "currency",
		"external_ref", "note", "created_at", "archived_at", "version") + ", " +
	columns("s", models.Subscription{}, "root_id", "partner_id", "customer_id", "account_id", "anchor_day", "created_at") + ", " +
	columns("t", models.PlanTerms{}, "plan_id", "number", "root_id", "partner_id", "summary", "features", "renews", "created_at") + ", " +
	columns("p", models.Product{}, "id", "root_id", "partner_id", "family", "created_at")

// The customer is the one of an account, so that nobody has to know it first.
const customerOf = `(SELECT o.customer_id FROM accounts o WHERE {{wall.accounts o}} AND o.id = ?)`

var (
	selectOverview = `SELECT CASE WHEN a.id = ? THEN ` + keyOpen + ` ELSE 0 END AS key_open, ` + overviewColumns + `, ` + heldNames + `, coalesce(y.id, '') AS y_id, coalesce(y.account_id, '') AS y_account_id,
		coalesce(y.to_account_id, '') AS y_to_account_id, coalesce(y.kind, '') AS y_kind, coalesce(y.total, 0) AS y_total,
		CASE WHEN y.id IS NULL THEN 0 ELSE (SELECT count(*) FROM carry_agents k WHERE k.carry_id = y.id AND k.moved_at IS NOT NULL) END AS y_moved,
		(SELECT r.undone_at FROM proposals r WHERE r.id = a.proposal_id) AS undone_at` + heldFrom + `
		LEFT JOIN carries y ON a.id = ? AND y.id = (` + underWay + `)
		WHERE {{wall.accounts a}} AND a.customer_id = ` + customerOf + `
		ORDER BY CASE WHEN a.id = ? THEN 0 ELSE 1 END, CASE WHEN a.closed_at IS NULL THEN 0 ELSE 1 END, a.created_at DESC, a.id LIMIT 101`

	selectContacts = `SELECT k.id, k.customer_id, k.name, k.email, k.created_at FROM contacts k
		WHERE {{wall k}} AND k.customer_id = ` + customerOf + ` ORDER BY k.created_at, k.id LIMIT 50`
)

// Overview reads an account, and behind it its customer's other accounts, the open ones first, then the
// newest; with its agents, its history and its customer's contacts: four statements in one turn.
func (v *View) Overview(accountID string) (o Overview, err error) {
	var held []overviewRow
	var fleet []fleetRow
	err = v.gather(
		ask{into: &held, sql: selectOverview, args: append(append([]any{accountID}, v.keyOpenArgs()...), accountID, v.Now, accountID, accountID)},
		v.askFleet(&fleet, accountID),
		ask{into: &o.History, sql: historyOfAccount, args: []any{accountID}},
		ask{into: &o.Contacts, sql: selectContacts, args: []any{accountID}},
	)
	if err != nil {
		return o, err
	}
	if len(held) == 0 || held[0].Account.ID != accountID {
		return o, models.Absent()
	}
	for i := range held {
		held[i].whole()
	}
	o.Held, o.Carry, o.UndoneAt, o.KeyOpen = held[0].Held, held[0].Carry, held[0].UndoneAt, held[0].KeyOpen == 1
	for _, h := range held[1:] {
		o.Others = append(o.Others, models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms})
	}
	o.Agents, o.Troubled = v.fleet(fleet)
	return o, nil
}

// Health is an account and how its agents are.
type Health struct {
	Held
	Agents models.AgentCounts
}

// AccountHealth reads an account and counts its agents by presence, in one turn.
func (v *View) AccountHealth(accountID string) (h Health, err error) {
	var held []Held
	var counts []models.AgentCounts
	if err := v.gather(ask{into: &held, sql: selectHeld, args: []any{accountID}}, v.askCounts(&counts, accountID)); err != nil {
		return h, err
	}
	if len(held) == 0 {
		return h, models.Absent()
	}
	h.Held, h.Agents = held[0], counted(counts[0])
	h.whole()
	return h, nil
}
