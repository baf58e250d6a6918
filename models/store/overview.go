package store

import "mooring/models"

// Overview is what the account page reads, all at once.
type Overview struct {
	Held
	Agents   models.AgentCounts
	Troubled []models.SeenAgent
	History  []models.Event
	Contacts []models.Contact
	Others   []models.HeldPlan // as far as their states need
}

// Overview reads an account with its agents, its history, its customer's contacts and other accounts:
// four statements in one turn.
func (v *View) Overview(accountID string) (o Overview, err error) {
	var held []Held
	var fleet []fleetRow
	var kin []relativeRow
	err = v.gather(
		ask{&held, selectHeld, []any{accountID}},
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
	o.Held = held[0]
	o.whole()
	o.Agents, o.Troubled = v.fleet(fleet)
	o.Contacts, o.Others = relatives(kin, o.Customer.ID)
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
	if err := v.gather(ask{&held, selectHeld, []any{accountID}}, v.askCounts(&counts, accountID)); err != nil {
		return h, err
	}
	if len(held) == 0 {
		return h, models.Absent()
	}
	h.Held, h.Agents = held[0], counts[0]
	h.whole()
	return h, nil
}
