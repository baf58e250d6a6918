package store

import "mooring/models"

// Overview is what the account page reads, all at once. Of the account and what hangs on it, it is as
// much as the page shows.
type Overview struct {
	Held
	Agents   models.AgentCounts
	Troubled []models.SeenAgent
	History  []models.Event
	Contacts []models.Contact
	Others   []models.HeldPlan
}

// Every column costs PostgreSQL about as much as reading a row more, so those are left out that the
// account page has no place for. A new one is read until somebody says that it has none either.
var overviewColumns = columns("a", models.Account{}, "proposal_id") + ", " +
	columns("c", models.Customer{}, "id", "root_id", "partner_id", "address", "city", "region", "postal_code", "country", "currency",
		"external_ref", "note", "created_at", "archived_at", "version") + ", " +
	columns("s", models.Subscription{}, "root_id", "partner_id", "customer_id", "account_id", "anchor_day", "created_at") + ", " +
	columns("t", models.PlanTerms{}, "plan_id", "number", "root_id", "partner_id", "summary", "features", "renews", "created_at") + ", " +
	columns("p", models.Product{}, "id", "root_id", "partner_id", "family", "created_at")

// The customer is the one of an account, so that nobody has to know it first.
const customerOf = `(SELECT o.customer_id FROM accounts o WHERE {{wall.accounts o}} AND o.id = ?)`

var (
	selectOverview = `SELECT ` + overviewColumns + `, ` + heldNames + heldFrom + `WHERE {{wall.accounts a}} AND a.customer_id = ` + customerOf + `
		ORDER BY CASE WHEN a.id = ? THEN 0 ELSE 1 END, CASE WHEN a.closed_at IS NULL THEN 0 ELSE 1 END, a.created_at DESC, a.id LIMIT 101`

	selectContacts = `SELECT k.id, k.customer_id, k.name, k.email, k.created_at FROM contacts k
		WHERE {{wall k}} AND k.customer_id = ` + customerOf + ` ORDER BY k.created_at, k.id LIMIT 50`
)

// Overview reads an account, and behind it its customer's other accounts, the open ones first, then the
// newest; with its agents, its history and its customer's contacts: four statements in one turn.
func (v *View) Overview(accountID string) (o Overview, err error) {
	var held []Held
	var fleet []fleetRow
	err = v.gather(
		ask{into: &held, sql: selectOverview, args: []any{accountID, accountID}},
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
	o.Held = held[0]
	for _, h := range held[1:] {
		o.Others = append(o.Others, models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms})
	}
	o.Agents, o.Troubled = v.fleet(fleet)
	return o, nil
}
