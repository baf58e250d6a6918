package store

import (
	"time"

	"mooring/models"
)

// Overview is what the account page reads, all at once.
type Overview struct {
	Held
	Carry    models.RunningCarry
	UndoneAt *time.Time // when the reassign that made the account was undone
	Agents   models.AgentCounts
	Troubled []models.SeenAgent
	History  []models.Event
	Contacts []models.Contact
	Others   []models.HeldPlan // as far as their states need
}

// overviewRow is an account with the carry that is under way from it or to it.
type overviewRow struct {
	Held     `gorm:"embedded"`
	Carry    models.RunningCarry `gorm:"embedded;embeddedPrefix:y_"`
	UndoneAt *time.Time
}

const underWay = `SELECT w.id FROM carries w
	WHERE w.partner_id = a.partner_id AND (w.account_id = a.id OR w.to_account_id = a.id) AND w.cancelled_at IS NULL AND w.deadline_at > ?
		AND EXISTS (SELECT 1 FROM carry_agents k WHERE k.carry_id = w.id AND k.moved_at IS NULL AND k.dropped_at IS NULL)
	ORDER BY w.created_at DESC, w.id DESC LIMIT 1`

var selectOverview = `SELECT ` + heldColumns + heldNames + `, coalesce(y.id, '') AS y_id, coalesce(y.account_id, '') AS y_account_id,
	coalesce(y.to_account_id, '') AS y_to_account_id, coalesce(y.kind, '') AS y_kind, coalesce(y.total, 0) AS y_total,
	(SELECT count(*) FROM carry_agents k WHERE k.carry_id = y.id AND k.moved_at IS NOT NULL) AS y_moved,
	(SELECT r.undone_at FROM proposals r WHERE r.id = a.proposal_id) AS undone_at` + heldFrom + `
	LEFT JOIN carries y ON y.id = (` + underWay + `)
	WHERE {{wall.accounts a}} AND a.id = ? LIMIT 1`

// Overview reads an account with its agents, its history, its customer's contacts and other accounts:
// four statements in one turn.
func (v *View) Overview(accountID string) (o Overview, err error) {
	var held []overviewRow
	var fleet []fleetRow
	var kin []relativeRow
	err = v.gather(
		ask{&held, selectOverview, []any{v.Now, accountID}},
		v.askFleet(&fleet, accountID),
		ask{&o.History, historyOfAccount, []any{accountID}},
		ask{&kin, selectRelatives, []any{accountID, accountID, accountID}},
	)
	if err != nil {
		return o, err
	}
	if len(held) == 0 {
		return o, models.Absent()
	}
	o.Held, o.Carry, o.UndoneAt = held[0].Held, held[0].Carry, held[0].UndoneAt
	o.whole()
	o.Agents, o.Troubled = v.fleet(fleet)
	o.Contacts, o.Others = relatives(kin, o.Customer.ID)
	return o, nil
}
