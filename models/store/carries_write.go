package store

import (
	"gorm.io/gorm/clause"

	"mooring/models"
)

// AddCarry stores a carry with the picked agents of its account, and why. Agents that are on another way
// are not picked; those whose device has an agent in the other account already are, and stay. The
// accounts of a carry are held, so what was counted is what is stored.
func (t *Tx) AddCarry(c models.Carry, wish models.CarryWish, events ...models.Event) error {
	if err := t.takeTime(); err != nil {
		return err
	}
	if err := t.giveUp(c.AccountID); err != nil {
		return err
	}
	if err := t.add(&c); err != nil {
		return err
	}
	condition, args := picking(wish)
	// An agent that is on another way already is not taken: the index says so, whatever else a plan would do.
	n, err := t.exec(`INSERT INTO carry_agents (carry_id, agent_id, root_id, partner_id, customer_id, account_id, why)
		SELECT c.id, g.id, g.root_id, g.partner_id, g.customer_id, g.account_id, ''
		FROM carries c JOIN agents g ON g.account_id = c.account_id WHERE {{wall g}} AND c.id = ? AND g.released_at IS NULL`+condition+`
		ON CONFLICT (agent_id) WHERE moved_at IS NULL AND dropped_at IS NULL DO NOTHING`, append([]any{c.ID}, args...)...)
	if err != nil {
		return err
	}
	if int(n) != c.Total {
		return models.Moved("Agents joined or left this account while you were reading. Look at the new numbers, then confirm again.")
	}
	if _, err := t.dropThere(c); err != nil {
		return err
	}
	if err := t.joined(c.AccountID); err != nil { // whoever counts agents for a reassign looks again
		return err
	}
	return t.recordAll(events)
}

// giveUp lets go of the agents of an account that a deadline has passed, so that another carry can take
// them.
func (t *Tx) giveUp(accountID string) error {
	_, err := t.exec(`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND moved_at IS NULL AND dropped_at IS NULL
		AND carry_id IN (SELECT c.id FROM carries c WHERE c.account_id = ? AND c.deadline_at <= ?)`,
		t.Now, models.DroppedByDeadline, accountID, t.Now)
	return err
}

// dropThere lets go of those whose device has an agent in the other account already: of some agents of the
// carry, or of all that are on it. A batch that confirms must not look through a whole account.
func (t *Tx) dropThere(c models.Carry, some ...string) (dropped int, err error) {
	only, args := "", []any{t.Now, models.DroppedAsThere, c.ID, c.ToAccountID}
	if len(some) > 0 {
		only, args = " AND agent_id IN ?", append(args, some)
	}
	n, err := t.exec(`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND carry_id = ? AND moved_at IS NULL AND dropped_at IS NULL
		AND EXISTS (SELECT 1 FROM agents g JOIN agents o ON o.account_id = ? AND o.device_id = g.device_id AND o.released_at IS NULL
			WHERE g.id = carry_agents.agent_id)`+only, args...)
	return int(n), err
}

// CancelCarry calls a carry off for the agents that have not moved, and says why.
func (t *Tx) CancelCarry(c models.Carry, events ...models.Event) error {
	c.CancelledAt = &t.Now
	if err := t.saveCarry(c); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND carry_id = ? AND moved_at IS NULL AND dropped_at IS NULL`,
		t.Now, models.DroppedByCancel, c.ID)
	if err != nil {
		return err
	}
	return t.recordAll(events)
}

// ProlongCarry gives the agents that have not moved more time, and says why.
func (t *Tx) ProlongCarry(c models.Carry, e models.Event) error {
	if err := t.saveCarry(c); err != nil {
		return err
	}
	return t.record(e)
}

func (t *Tx) saveCarry(c models.Carry) error {
	row := c
	row.Version++
	return matched(t.db.Model(&models.Carry{}).Where("id = ? AND version = ? AND cancelled_at IS NULL", c.ID, c.Version).
		Select("deadline_at", "cancelled_at", "version").Updates(&row))
}

// HoldCarry holds a carry and its accounts for this transaction and gives it as it is then.
func (t *Tx) HoldCarry(id string) (models.Carry, error) {
	c, err := t.Carry(id)
	if err != nil {
		return c, err
	}
	if err := t.LockAccounts(c.AccountID, c.ToAccountID); err != nil {
		return c, err
	}
	err = t.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(&c).Error
	return c, absent(err)
}

// LockAccounts holds some accounts, in one order everywhere.
func (t *Tx) LockAccounts(ids ...string) error {
	var found []models.Account
	err := t.db.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id IN ?", ids).Order("id").Find(&found).Error
	if err == nil && len(found) < len(ids) {
		return models.Absent()
	}
	return err
}

// Move moves agents of a held carry that have confirmed, and tells why with the events that it is given for
// the number of those that moved, and of those that stay because their device is there already. Who is not on
// the carry any more stays where it is. It returns who has moved.
func (t *Tx) Move(c models.Carry, agents []string, why func(moved, stayed int) []models.Event) (moved []string, err error) {
	stayed, err := t.dropThere(c, agents...)
	if err != nil {
		return nil, err
	}
	moved, err = t.onTheirWay(c.ID, agents)
	if err != nil {
		return nil, err
	}
	if len(moved) == 0 {
		return nil, t.recordAll(why(0, stayed))
	}
	err = t.inTurn([]step{
		// The schema does this too, one by one; check-ins take these rows in the order of their ids.
		{`UPDATE sightings SET account_id = ? WHERE agent_id IN (
			SELECT w.agent_id FROM sightings w JOIN agents g ON g.id = w.agent_id WHERE {{wall g}} AND w.agent_id IN ?
			ORDER BY w.agent_id FOR UPDATE OF w)`, []any{c.ToAccountID, moved}},
		// A released agent of the same device makes room for the one that comes.
		{`UPDATE agents SET device_id = device_id || '~' || id WHERE {{wall}} AND account_id = ? AND released_at IS NOT NULL
			AND device_id IN (SELECT g.device_id FROM agents g WHERE g.id IN ?)`, []any{c.ToAccountID, moved}},
		{`UPDATE agents SET account_id = ? WHERE {{wall}} AND id IN ?`, []any{c.ToAccountID, moved}},
		{`UPDATE memberships SET left_at = ? WHERE {{wall}} AND agent_id IN ? AND left_at IS NULL`, []any{t.Now, moved}},
		{`INSERT INTO memberships (agent_id, number, root_id, partner_id, customer_id, account_id, carry_id, joined_at)
			SELECT g.id, 1 + (SELECT max(m.number) FROM memberships m WHERE m.agent_id = g.id), g.root_id, g.partner_id, g.customer_id, g.account_id, c.id, ?
			FROM agents g JOIN carries c ON c.id = ? WHERE {{wall g}} AND g.id IN ?`, []any{t.Now, c.ID, moved}},
		{`DELETE FROM agent_tokens WHERE {{wall}} AND agent_id IN ?`, []any{moved}},
		{`INSERT INTO agent_tokens (hash, root_id, partner_id, customer_id, account_id, agent_id, created_at)
			SELECT k.token_hash, k.root_id, k.partner_id, k.customer_id, c.to_account_id, k.agent_id, k.told_at
			FROM carry_agents k JOIN carries c ON c.id = k.carry_id WHERE {{wall k}} AND k.carry_id = ? AND k.agent_id IN ?`, []any{c.ID, moved}},
		{`UPDATE carry_agents SET moved_at = ? WHERE {{wall}} AND carry_id = ? AND agent_id IN ?`, []any{t.Now, c.ID, moved}},
	}...)
	if err != nil {
		return nil, err
	}
	for _, account := range []string{c.AccountID, c.ToAccountID} {
		if err := t.joined(account); err != nil {
			return nil, err
		}
	}
	return moved, t.recordAll(why(len(moved), stayed))
}

func (t *Tx) onTheirWay(carryID string, agents []string) (ids []string, err error) {
	var found []models.CarriedAgent
	err = t.rows(&found, `SELECT k.agent_id FROM carry_agents k WHERE {{wall k}} AND k.carry_id = ? AND k.agent_id IN ?
		AND k.told_at IS NOT NULL AND k.moved_at IS NULL AND k.dropped_at IS NULL`, carryID, agents)
	for _, k := range found {
		ids = append(ids, k.AgentID)
	}
	return ids, err
}

// joined notes that the agents of an account are others than before.
func (t *Tx) joined(accountID string) error {
	_, err := t.exec(`UPDATE accounts SET agents_version = agents_version + 1 WHERE {{wall.accounts accounts}} AND id = ?`, accountID)
	return err
}
