package store

import (
	"strings"

	"mooring/models"
)

// Overview is what the account page reads, all at once.
type Overview struct {
	Held
	Agents   models.AgentCounts
	Troubled []models.SeenAgent
	History  []models.Event
	Contacts []models.Contact
	Others   []models.HeldPlan // as far as their states need
	KeyOpen  bool              // whether the actor sees the enrolment key
}

// heldSight is an account with what it holds, and whether the actor sees its enrolment key.
type heldSight struct {
	Held    `gorm:"embedded"`
	KeyOpen int
}

var selectSight = `SELECT ` + keyOpen + ` AS key_open, ` + strings.TrimPrefix(selectHeld, "SELECT ")

// Overview reads an account with its agents, its history, its customer's contacts and other accounts:
// four statements in one turn.
func (v *View) Overview(accountID string) (o Overview, err error) {
	var held []heldSight
	var fleet []fleetRow
	var kin []relativeRow
	err = v.gather(
		ask{&held, selectSight, append(v.keyOpenArgs(), accountID)},
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
	o.Held, o.KeyOpen = held[0].Held, held[0].KeyOpen == 1
	o.whole()
	o.Agents, o.Troubled = v.fleet(fleet)
	o.Contacts, o.Others = relatives(kin, o.Customer.ID)
	return o, nil
}
