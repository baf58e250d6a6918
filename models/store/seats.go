package store

import (
	"slices"
	"time"

	"mooring/models"
)

const (
	idleFrom = ` FROM sightings w JOIN agents g ON g.id = w.agent_id
		WHERE {{wall g}} AND w.account_id = ? AND w.seen_hour <= ? AND coalesce(w.seen_at, g.enrolled_at) <= ? AND g.enrolled_at <= ?`
	longestIdle = ` ORDER BY coalesce(w.seen_at, g.enrolled_at), g.device_name, g.id LIMIT 200`

	// What joined and left since, in order: of several at one instant those that left come first.
	seatPeak = `SELECT coalesce(max(r.run), 0) AS highest, coalesce(sum(r.change), 0) AS changed FROM (
		SELECT e.change, sum(e.change) OVER (ORDER BY e.at, e.change ROWS UNBOUNDED PRECEDING) AS run FROM (
			SELECT m.joined_at AS at, 1 AS change FROM memberships m WHERE {{wall m}} AND m.partner_id = ? AND m.account_id = ? AND m.joined_at > ?
			UNION ALL
			SELECT m.left_at, -1 FROM memberships m WHERE {{wall m}} AND m.partner_id = ? AND m.account_id = ? AND m.left_at > ?) AS e) AS r`
)

// Idle lists the agents of an account that were not seen since an instant, nor enrolled since, the longest
// silent first, up to two hundred, and counts all of them.
func (v *View) Idle(accountID string, since time.Time) ([]models.SeenAgent, int, error) {
	var found []models.SeenAgent
	if err := v.rows(&found, seenColumns+idleFrom+longestIdle, accountID, models.HourOf(since), since, since); err != nil {
		return nil, 0, err
	}
	n, err := v.number(`SELECT count(*)`+idleFrom, accountID, models.HourOf(since), since, since)
	return found, n, err
}

// SeatPeak is the most seats of an account that were in use at one moment since an instant, given how
// many are in use now. Every agent's membership says when it joined and left, so nothing else has to be
// kept.
func (v *View) SeatPeak(a models.Account, inUse int, since time.Time) (int, error) {
	var rows []struct{ Highest, Changed int }
	err := v.rows(&rows, seatPeak, a.PartnerID, a.ID, since, a.PartnerID, a.ID, since)
	if err != nil || len(rows) == 0 {
		return inUse, err
	}
	atFirst := inUse - rows[0].Changed
	return atFirst + max(0, rows[0].Highest), nil
}

// IdleIDs lists the ids of all agents of an account that were not seen since an instant, nor enrolled
// since.
func (v *View) IdleIDs(accountID string, since time.Time) ([]string, error) {
	var ids []string
	err := v.rows(&ids, `SELECT g.id`+idleFrom+` ORDER BY g.id`, accountID, models.HourOf(since), since, since)
	return ids, err
}

const seatedFrom = ` FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id
	WHERE {{wall g}} AND g.account_id = ? AND g.released_at IS NULL AND g.id IN ?`

// Seated lists those of the named agents that hold a seat of an account, the longest silent first.
func (v *View) Seated(accountID string, ids []string) ([]models.SeenAgent, error) {
	var found []models.SeenAgent
	err := v.rows(&found, seenColumns+seatedFrom+` ORDER BY coalesce(w.seen_at, g.enrolled_at), g.device_name, g.id`, accountID, ids)
	return found, err
}

const onItsWay = ` AND EXISTS (SELECT 1 FROM carry_agents o WHERE {{wall o}} AND o.agent_id = g.id AND o.moved_at IS NULL AND o.dropped_at IS NULL)`

// SeatedMoving counts those of the named agents that are on their way to another account.
func (v *View) SeatedMoving(accountID string, ids []string) (int, error) {
	return v.number(`SELECT count(*)`+seatedFrom+onItsWay, accountID, ids)
}

// IdleMoving counts the idle agents that are on their way to another account.
func (v *View) IdleMoving(accountID string, since time.Time) (int, error) {
	return v.number(`SELECT count(*)`+idleFrom+onItsWay, accountID, models.HourOf(since), since, since)
}

// releasedAtOnce is how many agents one statement releases.
const releasedAtOnce = 1000

// Release takes the seats of agents of a held account back and gives the number of those that had one. They
// leave the carry that they are on, if they are on one. All are one event; if there is none, nothing is
// recorded.
func (t *Tx) Release(a models.Account, ids []string, why func(n int, first []models.Agent) models.Event) (n int, err error) {
	var first []models.Agent
	for some := range slices.Chunk(ids, releasedAtOnce) {
		released, err := t.release(a.ID, some)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			first = released
		}
		n += len(released)
	}
	if n == 0 {
		return 0, nil
	}
	if err := t.joined(a.ID); err != nil {
		return 0, err
	}
	return n, t.record(why(n, first))
}

func (t *Tx) release(accountID string, ids []string) ([]models.Agent, error) {
	var released []models.Agent
	err := t.db.Where("account_id = ? AND released_at IS NULL AND id IN ?", accountID, ids).Order("id").Find(&released).Error
	if err != nil || len(released) == 0 {
		return nil, err
	}
	ids = make([]string, len(released))
	for i, g := range released {
		ids[i] = g.ID
	}
	err = t.inTurn([]step{
		// The schema does this too, one by one; check-ins take these rows in the order of their ids.
		{`UPDATE sightings SET account_id = '' WHERE agent_id IN (
			SELECT w.agent_id FROM sightings w JOIN agents g ON g.id = w.agent_id WHERE {{wall g}} AND w.agent_id IN ?
			ORDER BY w.agent_id FOR UPDATE OF w)`, []any{ids}},
		{`UPDATE agents SET released_at = ? WHERE {{wall}} AND id IN ?`, []any{t.Now, ids}},
		{`UPDATE memberships SET left_at = ? WHERE {{wall}} AND agent_id IN ? AND left_at IS NULL`, []any{t.Now, ids}},
		{
			`UPDATE carry_agents SET dropped_at = ?, why = ? WHERE {{wall}} AND agent_id IN ? AND moved_at IS NULL AND dropped_at IS NULL`,
			[]any{t.Now, models.DroppedByRelease, ids},
		},
	}...)
	return released, err
}
