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

// Merge makes one agent of two of a device, whose accounts are held, and says why. The one that lives goes on
// untouched, so that no check-in that is under way is stored as another's, and counts as enrolled when the
// older one did. The other one has no seat any more and leads to it; software that still holds a token of it
// is told that it was released.
func (t *Tx) Merge(m models.MergeDesk) error {
	living, silent := m.Living(), m.Silent()
	err := t.inTurn(
		step{`UPDATE agents SET released_at = ?, merged_into_id = ?, device_id = device_id || '~' || id WHERE {{wall}} AND id = ?`, []any{t.Now, living.ID, silent.ID}},
		step{`UPDATE agents SET enrolled_at = ? WHERE {{wall}} AND id = ?`, []any{m.Older.EnrolledAt, living.ID}},
		// What was merged into the one that goes leads to the one that stays.
		step{`UPDATE agents SET merged_into_id = ? WHERE {{wall}} AND merged_into_id = ?`, []any{living.ID, silent.ID}},
		step{`UPDATE memberships SET left_at = ? WHERE {{wall}} AND agent_id = ? AND left_at IS NULL`, []any{t.Now, silent.ID}},
		// What they were on has ended: agents on their way are not merged.
		step{
			`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND agent_id IN ? AND moved_at IS NULL AND dropped_at IS NULL`,
			[]any{t.Now, models.DroppedByDeadline, []string{living.ID, silent.ID}},
		},
	)
	if err != nil {
		return err
	}
	for _, account := range []string{living.AccountID, silent.AccountID} {
		if err := t.joined(account); err != nil {
			return err
		}
	}
	return t.recordAll(m.Merged())
}
