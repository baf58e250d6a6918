package store

import (
	"cmp"
	"slices"
	"time"

	"mooring/models"
)

const (
	idleFrom = ` FROM sightings w JOIN agents g ON g.id = w.agent_id
		WHERE {{wall g}} AND w.account_id = ? AND w.seen_hour <= ? AND coalesce(w.seen_at, g.enrolled_at) <= ? AND g.enrolled_at <= ?`

	// Those that were not seen are counted along the index of hours, less those that enrolled since.
	seatUse = `SELECT l.in_use,
	(SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour = 0) AS never,
	(SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour > 0 AND w.seen_hour < ?)
		+ (SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour = ? AND w.seen_at <= ?) AS silent,
	(SELECT count(*) FROM agent_lines e JOIN sightings w ON w.agent_id = e.agent_id WHERE e.account_id = ? AND e.enrolled_at > ?
		AND w.seen_hour <= ? AND coalesce(w.seen_at, ?) <= ?) AS fresh,
	(SELECT count(*) FROM (SELECT 1 FROM memberships m WHERE m.partner_id = ? AND m.account_id = ? AND m.left_at > ? LIMIT 1) AS one) AS gone
	FROM account_lines l WHERE {{wall l}} AND l.account_id = ?`

	silentOnes = ` FROM sightings w JOIN agents g ON g.id = w.agent_id
		WHERE {{wall g}} AND w.account_id = ? AND w.seen_hour > 0 AND w.seen_hour <= ? AND w.seen_at <= ? AND g.enrolled_at <= ? ORDER BY w.seen_hour LIMIT ?`
	fewNeverSeen = ` FROM sightings w JOIN agents g ON g.id = w.agent_id
		WHERE {{wall g}} AND w.account_id = ? AND w.seen_hour = 0 AND g.enrolled_at <= ? ORDER BY g.enrolled_at, g.id LIMIT ?`
	manyNeverSeen = ` FROM agent_lines e JOIN agents g ON g.id = e.agent_id JOIN sightings w ON w.agent_id = e.agent_id
		WHERE {{wall e}} AND e.account_id = ? AND w.seen_hour = 0 AND e.enrolled_at <= ? ORDER BY e.enrolled_at, e.agent_id LIMIT ?`
	// few is how many are sorted; of more, two hundred are soon met on the way along those that enrolled first.
	few = 2000

	// What joined and left since, in order: of several at one instant those that left come first.
	seatPeak = `SELECT coalesce(max(r.run), 0) AS highest, coalesce(sum(r.change), 0) AS changed FROM (
		SELECT e.change, sum(e.change) OVER (ORDER BY e.at, e.change ROWS UNBOUNDED PRECEDING) AS run FROM (
			SELECT m.joined_at AS at, 1 AS change FROM memberships m WHERE {{wall m}} AND m.partner_id = ? AND m.account_id = ? AND m.joined_at > ?
			UNION ALL
			SELECT m.left_at, -1 FROM memberships m WHERE {{wall m}} AND m.partner_id = ? AND m.account_id = ? AND m.left_at > ?) AS e) AS r`
)

// SeatUse is how many seats of an account are in use, and which of them are idle: agents that were not seen
// since an instant, nor enrolled since.
type SeatUse struct {
	InUse  int
	Never  int // never seen
	Silent int // seen before that instant
	Fresh  int // of both, enrolled since
	Gone   int // not 0 if any has left since another instant
}

// Idle is how many agents are idle.
func (u SeatUse) Idle() int { return u.Never + u.Silent - u.Fresh }

// SeatUse counts the agents of an account that are idle since one instant, and finds out whether any has left
// it since another one.
func (v *View) SeatUse(a models.Account, idle, left time.Time) (SeatUse, error) {
	var found []SeatUse
	hour := models.HourOf(idle)
	err := v.rows(&found, seatUse, a.ID, a.ID, hour, a.ID, hour, idle, a.ID, idle, hour, idle, idle, a.PartnerID, a.ID, left, a.ID)
	if err != nil || len(found) == 0 {
		return SeatUse{}, err
	}
	return found[0], nil
}

// Idle lists the idle agents of an account, the longest silent first, up to two hundred. Of many that fell
// silent in one hour it does not matter which are named.
func (v *View) Idle(accountID string, use SeatUse, since time.Time) (found []models.SeenAgent, err error) {
	if use.Idle() == 0 {
		return nil, nil
	}
	if use.Silent > 0 {
		err = v.rows(&found, seenColumns+silentOnes, accountID, models.HourOf(since), since, since, models.MaxIdleShown)
	}
	if err == nil && use.Never > 0 {
		ones := fewNeverSeen
		if use.Never > few {
			ones = manyNeverSeen
		}
		var never []models.SeenAgent
		err = v.rows(&never, seenColumns+ones, accountID, since, models.MaxIdleShown)
		found = append(found, never...)
	}
	slices.SortFunc(found, func(a, b models.SeenAgent) int {
		return cmp.Or(silentSince(a).Compare(silentSince(b)), cmp.Compare(a.DeviceName, b.DeviceName), cmp.Compare(a.ID, b.ID))
	})
	return found[:min(len(found), models.MaxIdleShown)], err
}

func silentSince(a models.SeenAgent) time.Time {
	if a.SeenAt != nil {
		return *a.SeenAt
	}
	return a.EnrolledAt
}

// SeatPeak is the most seats of an account that were in use at one moment since an instant, since which some
// have left. Every agent's membership says when it joined and left, so nothing else has to be kept.
func (v *View) SeatPeak(a models.Account, use SeatUse, since time.Time) (int, error) {
	if use.Gone == 0 {
		return use.InUse, nil
	}
	var rows []struct{ Highest, Changed int }
	err := v.rows(&rows, seatPeak, a.PartnerID, a.ID, since, a.PartnerID, a.ID, since)
	if err != nil || len(rows) == 0 {
		return use.InUse, err
	}
	atFirst := use.InUse - rows[0].Changed
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

// onItsWay looks each agent up by itself, however few are on their way as far as the database believes.
const onItsWay = ` AND (SELECT o.carry_id FROM carry_agents o WHERE {{wall o}} AND o.agent_id = g.id AND o.moved_at IS NULL AND o.dropped_at IS NULL) IS NOT NULL`

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
