package store

import (
	"time"

	"mooring/models"
)

const (
	idleFrom = ` FROM sightings w JOIN agents g ON g.id = w.agent_id
		WHERE {{wall g}} AND w.account_id = ? AND w.seen_hour <= ? AND coalesce(w.seen_at, g.enrolled_at) <= ?`
	longestIdle = ` ORDER BY coalesce(w.seen_at, g.enrolled_at), g.device_name, g.id LIMIT 200`

	// What joined and left since, in order: of several at one instant those that left come first.
	seatPeak = `SELECT coalesce(max(r.run), 0) AS highest, coalesce(sum(r.change), 0) AS changed FROM (
		SELECT e.change, sum(e.change) OVER (ORDER BY e.at, e.change ROWS UNBOUNDED PRECEDING) AS run FROM (
			SELECT m.joined_at AS at, 1 AS change FROM memberships m WHERE {{wall m}} AND m.account_id = ? AND m.joined_at > ?
			UNION ALL
			SELECT m.left_at, -1 FROM memberships m WHERE {{wall m}} AND m.account_id = ? AND m.left_at > ?) AS e) AS r`
)

// Idle lists the agents of an account that were not seen since an instant, nor enrolled since, the longest
// silent first, up to two hundred, and counts all of them.
func (v *View) Idle(accountID string, since time.Time) ([]models.SeenAgent, int, error) {
	var found []models.SeenAgent
	var n []int
	err := v.rows(&found, seenColumns+idleFrom+longestIdle, accountID, models.HourOf(since), since)
	if err == nil {
		err = v.rows(&n, `SELECT count(*)`+idleFrom, accountID, models.HourOf(since), since)
	}
	if err != nil || len(n) == 0 {
		return nil, 0, err
	}
	return found, n[0], nil
}

// SeatPeak is the most seats of an account that were in use at one moment since an instant, given how
// many are in use now. Every agent's membership says when it joined and left, so nothing else has to be
// kept.
func (v *View) SeatPeak(accountID string, inUse int, since time.Time) (int, error) {
	var rows []struct{ Highest, Changed int }
	err := v.rows(&rows, seatPeak, accountID, since, accountID, since)
	if err != nil || len(rows) == 0 {
		return inUse, err
	}
	atFirst := inUse - rows[0].Changed
	return atFirst + max(0, rows[0].Highest), nil
}

// Release takes the seats of agents of a held account back. They leave the carry that they are on, if they
// are on one. It gives those that had a seat; if there is none, nothing is recorded.
func (t *Tx) Release(a models.Account, ids []string, why func([]models.Agent) models.Event) ([]models.Agent, error) {
	var released []models.Agent
	err := t.db.Where("account_id = ? AND released_at IS NULL AND id IN ?", a.ID, ids).Order("id").Find(&released).Error
	if err != nil || len(released) == 0 {
		return nil, err
	}
	ids = ids[:0:0]
	for _, g := range released {
		ids = append(ids, g.ID)
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		// The schema does this too, one by one; check-ins take these rows in the order of their ids.
		{`UPDATE sightings SET account_id = '' WHERE agent_id IN (
			SELECT w.agent_id FROM sightings w JOIN agents g ON g.id = w.agent_id WHERE {{wall g}} AND w.agent_id IN ?
			ORDER BY w.agent_id FOR UPDATE OF w)`, []any{ids}},
		{`UPDATE agents SET released_at = ? WHERE {{wall}} AND id IN ?`, []any{t.Now, ids}},
		{`UPDATE memberships SET left_at = ? WHERE {{wall}} AND agent_id IN ? AND left_at IS NULL`, []any{t.Now, ids}},
		{`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND agent_id IN ? AND moved_at IS NULL AND dropped_at IS NULL`,
			[]any{t.Now, models.DroppedByRelease, ids}},
	} {
		if _, err := t.exec(step.sql, step.args...); err != nil {
			return nil, err
		}
	}
	if err := t.joined(a.ID); err != nil {
		return nil, err
	}
	return released, t.record(why(released))
}

// IdleIDs lists the ids of all agents of an account that were not seen since an instant, nor enrolled
// since, a thousand at a time.
func (v *View) IdleIDs(accountID string, since time.Time) ([]string, error) {
	var ids []string
	err := v.rows(&ids, `SELECT g.id`+idleFrom+` ORDER BY g.id LIMIT 1000`, accountID, models.HourOf(since), since)
	return ids, err
}
