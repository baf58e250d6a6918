package store

import "mooring/models"

// mostTwins bounds what is read of a device.
const mostTwins = "20"

// selectTwins are the other agents of a device with a seat in other accounts of the product.
var selectTwins = seenColumns + ` FROM agents o JOIN accounts b ON b.id = o.account_id
	JOIN agents g ON g.partner_id = o.partner_id AND g.customer_id = o.customer_id AND g.fingerprint = o.fingerprint AND g.account_id <> o.account_id
	JOIN accounts a ON a.id = g.account_id AND a.product_id = b.product_id
	LEFT JOIN sightings w ON w.agent_id = g.id
	WHERE {{wall g}} AND o.id = ? AND o.fingerprint <> '' AND o.released_at IS NULL AND g.released_at IS NULL
	ORDER BY g.enrolled_at, g.id LIMIT ` + mostTwins

// Twins lists the other agents of an agent's device that hold a seat in another account of its customer and
// product, the one that enrolled first first.
func (v *View) Twins(agentID string) ([]models.SeenAgent, error) {
	var found []models.SeenAgent
	err := v.rows(&found, selectTwins, agentID)
	return found, err
}

// Moving reports whether any of some agents is on a carry that has not ended.
func (v *View) Moving(ids ...string) (bool, error) {
	n, err := v.number(`SELECT count(*) FROM carry_agents k JOIN carries c ON c.id = k.carry_id
		WHERE {{wall k}} AND k.agent_id IN ? AND k.moved_at IS NULL AND k.dropped_at IS NULL AND c.cancelled_at IS NULL AND c.deadline_at > ?`, ids, v.Now)
	return n > 0, err
}

// Merge makes one agent of two of a device, whose accounts are held, and says why. The older one is kept,
// with its id and its history. Where the device goes on as the younger one, the older takes its place: its
// account, its tokens, its last check-in. The other one has no seat any more, and software that still holds
// a token of it is told so.
func (t *Tx) Merge(m models.MergeDesk) error {
	kept, other := m.Older, m.Younger
	if err := t.holdSightings(kept.ID, other.ID); err != nil {
		return err
	}
	err := t.inTurn(
		step{`UPDATE agents SET released_at = ?, merged_into_id = ?, device_id = device_id || '~' || id WHERE {{wall}} AND id = ?`, []any{t.Now, kept.ID, other.ID}},
		step{`UPDATE memberships SET left_at = ? WHERE {{wall}} AND agent_id = ? AND left_at IS NULL`, []any{t.Now, other.ID}},
		// What they were on has ended: agents on their way are not merged.
		step{
			`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND agent_id IN ? AND moved_at IS NULL AND dropped_at IS NULL`,
			[]any{t.Now, models.DroppedByDeadline, []string{kept.ID, other.ID}},
		},
	)
	if err == nil && m.YoungerLives() {
		err = t.takePlace(kept.Agent, other.Agent)
	}
	if err != nil {
		return err
	}
	for _, account := range []string{kept.AccountID, other.AccountID} {
		if err := t.joined(account); err != nil {
			return err
		}
	}
	return t.recordAll(m.Merged())
}

// holdSightings keeps check-ins of some agents waiting, which take these rows in the same order.
func (t *Tx) holdSightings(ids ...string) error {
	var held []struct{ AgentID string }
	return t.rows(&held, `SELECT w.agent_id FROM sightings w JOIN agents g ON g.id = w.agent_id WHERE {{wall g}} AND w.agent_id IN ?
		ORDER BY w.agent_id FOR UPDATE OF w`, ids)
}

// takePlace makes one agent what another one was that holds no seat any more.
func (t *Tx) takePlace(kept, other models.Agent) error {
	return t.inTurn([]step{
		{`UPDATE agents SET device_id = device_id || '~' || id WHERE {{wall}} AND account_id = ? AND device_id = ?`, []any{other.AccountID, other.DeviceID}},
		{`UPDATE agents SET account_id = ?, device_id = ?, device_name = ?, group_name = ?, os = ?, app_version = ?, sort_key = ?, search_key = ?
			WHERE {{wall}} AND id = ?`, []any{
			other.AccountID, other.DeviceID, other.DeviceName, other.GroupName, other.OS, other.AppVersion,
			agentRowOf(other).SortKey, agentRowOf(other).SearchKey, kept.ID,
		}},
		{`UPDATE memberships SET left_at = ? WHERE {{wall}} AND agent_id = ? AND left_at IS NULL`, []any{t.Now, kept.ID}},
		{`INSERT INTO memberships (agent_id, number, root_id, partner_id, customer_id, account_id, joined_at)
			SELECT g.id, 1 + (SELECT max(m.number) FROM memberships m WHERE m.agent_id = g.id), g.root_id, g.partner_id, g.customer_id, g.account_id, ?
			FROM agents g WHERE {{wall g}} AND g.id = ?`, []any{t.Now, kept.ID}},
		{`UPDATE agent_tokens SET agent_id = CASE agent_id WHEN ? THEN ? ELSE ? END, account_id = ? WHERE {{wall}} AND agent_id IN ?`, []any{
			kept.ID, other.ID, kept.ID, other.AccountID, []string{kept.ID, other.ID},
		}},
		{`UPDATE sightings SET seen_at = o.seen_at, seen_before = o.seen_before, seen_hour = o.seen_hour, sequence = o.sequence, skew = o.skew
			FROM sightings o WHERE o.agent_id = ? AND sightings.agent_id IN (SELECT g.id FROM agents g WHERE {{wall g}} AND g.id = ?)`, []any{other.ID, kept.ID}},
	}...)
}
