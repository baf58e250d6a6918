package store

import (
	"strings"

	"mooring/models"
)

var selectCarries = `SELECT ` + bareColumns("c", models.Carry{}) + ` FROM carries c WHERE {{wall c}} `

// Carry finds one carry within reach.
func (v *View) Carry(id string) (models.Carry, error) {
	var c models.Carry
	err := v.db.Where("id = ?", id).Take(&c).Error
	return c, absent(err)
}

// CarriesOf lists the last carries from and to an account, the newest first.
func (v *View) CarriesOf(accountID string) ([]models.Carry, error) {
	var found []models.Carry
	err := v.rows(&found, selectCarries+`AND (c.account_id = ? OR c.to_account_id = ?)
		ORDER BY c.created_at DESC, c.id DESC LIMIT 20`, accountID, accountID)
	return found, err
}

// CarriesUnderWay lists the carries from and to an account that agents are still on, those that a deadline has
// passed among them: they can be tried again.
func (v *View) CarriesUnderWay(accountID string) ([]models.Carry, error) {
	var found []models.Carry
	err := v.rows(&found, selectCarries+`AND (c.account_id = ? OR c.to_account_id = ?) AND c.cancelled_at IS NULL
		AND EXISTS (SELECT 1 FROM carry_agents k WHERE k.carry_id = c.id AND k.moved_at IS NULL AND k.dropped_at IS NULL)
		ORDER BY c.id`, accountID, accountID)
	return found, err
}

const (
	// theAccount is where the wall stands of statements that read nothing but an index.
	theAccount = `(SELECT a.id FROM accounts a WHERE {{wall.accounts a}} AND a.id = ?)`

	countCarried = `SELECT c.total, w.waiting, w.told,
	(SELECT count(*) FROM carry_agents k WHERE k.carry_id = c.id AND k.moved_at IS NOT NULL) AS moved
	FROM carries c CROSS JOIN (SELECT count(*) AS waiting, count(k.told_at) AS told FROM carry_agents k
		WHERE k.carry_id = ? AND k.moved_at IS NULL AND k.dropped_at IS NULL) AS w
	WHERE {{wall c}} AND c.id = ?`

	// Who is waited for has a seat in the account that is left. Hours come first: the work grows with those
	// that were not seen. Each is looked up by itself, however few are carried as far as the database believes.
	countOffline = `SELECT count(*) AS offline FROM (
		SELECT w.agent_id FROM sightings w WHERE w.account_id = ` + theAccount + ` AND w.seen_hour < ?
		UNION ALL
		SELECT w.agent_id FROM sightings w WHERE w.account_id = ` + theAccount + ` AND w.seen_hour = ? AND w.seen_at < ?) AS s
	WHERE (SELECT k.carry_id FROM carry_agents k WHERE k.agent_id = s.agent_id AND k.moved_at IS NULL AND k.dropped_at IS NULL) = ?`
)

// CarryCounts counts the agents of a carry as they stand now.
func (v *View) CarryCounts(c models.Carry) (models.CarryCounts, error) {
	var found []models.CarryCounts
	var offline []models.CarryCounts
	l := v.limits()
	err := v.gather(
		ask{into: &found, sql: countCarried, args: []any{c.ID, c.ID}},
		ask{into: &offline, sql: countOffline, args: []any{c.AccountID, l.offlineHour, c.AccountID, l.offlineHour, l.offline, c.ID}},
	)
	if err != nil || len(found) == 0 || len(offline) == 0 {
		return models.CarryCounts{}, err
	}
	n := found[0]
	n.Failed, n.Offline = n.Total-n.Moved-n.Waiting, offline[0].Offline
	if !c.Open(v.Now) {
		n.Failed, n.GivenUp, n.Waiting, n.Told, n.Offline = n.Failed+n.Waiting, n.Waiting, 0, 0, 0
	}
	return n, nil
}

// The last one that moved is found by its order: times are not added up.
const progressOf = `SELECT {{columns}}, (SELECT count(*) FROM carry_agents k WHERE k.carry_id = c.id AND k.moved_at IS NOT NULL) AS moved,
	(SELECT k.moved_at FROM carry_agents k WHERE k.carry_id = c.id AND k.moved_at IS NOT NULL ORDER BY k.moved_at DESC LIMIT 1) AS last_at
	FROM {{list}} JOIN carries c ON c.id = q.id WHERE {{wall c}}`

var (
	progressSQLite   = progressFor(idList)
	progressPostgres = progressFor(idListOfJSON)
)

func progressFor(list string) string {
	return strings.NewReplacer("{{columns}}", bareColumns("c", models.Carry{}), "{{list}}", list).Replace(progressOf)
}

// ProgressOf says of some carries how far they came.
func (v *View) ProgressOf(ids []string) ([]models.CarriedSoFar, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []models.CarriedSoFar
	err := v.listed(&found, progressSQLite, progressPostgres, ids)
	return found, err
}

var (
	missingFrom = ` FROM carry_agents k WHERE {{wall k}} AND k.carry_id = ? AND k.moved_at IS NULL`
	missingAs   = `SELECT ` + bareColumns("k", models.CarriedAgent{}, "token_hash") + `, g.device_name, g.group_name, w.seen_at
	FROM k JOIN agents g ON g.id = k.agent_id LEFT JOIN sightings w ON w.agent_id = k.agent_id`
)

// missing are agents of a carry that have not moved, some of them, with their names.
func missing(some, order string) string {
	return `WITH k AS MATERIALIZED (SELECT k.*` + missingFrom + some + `) ` + missingAs + order
}

// Missing lists agents of a carry that have not moved, in the order of their ids, behind one of them and
// up to a bound.
func (v *View) Missing(carryID, after string, most int) ([]models.MissingAgent, error) {
	var found []models.MissingAgent
	err := v.rows(&found, missing(` AND k.agent_id > ? ORDER BY k.agent_id LIMIT ?`, ` ORDER BY k.agent_id`), carryID, after, most)
	return found, err
}

const (
	silentShown = 10
	// silentLooked is how many seats of the account are looked at, from the longest silent on, before all
	// that are missing are sorted.
	silentLooked = 2000

	silentIDs = `SELECT s.agent_id FROM (
		SELECT w.agent_id, w.seen_at FROM sightings w WHERE w.account_id = ` + theAccount + ` ORDER BY w.seen_hour LIMIT ?) AS s
	WHERE (SELECT k.moved_at IS NULL FROM carry_agents k WHERE k.carry_id = ? AND k.agent_id = s.agent_id) = (1 = 1)
	ORDER BY CASE WHEN s.seen_at IS NULL THEN 0 ELSE 1 END, s.seen_at, s.agent_id LIMIT ?`
)

// sortSilent puts those first that have a seat in the account that is left.
const sortSilent = ` ORDER BY CASE WHEN w.account_id = k.account_id THEN 0 ELSE 1 END, CASE WHEN w.seen_at IS NULL THEN 0 ELSE 1 END,
	w.seen_at, k.agent_id LIMIT ?`

// LongestSilent names ten agents of a carry that have not moved: those that have a seat in the account that
// is left before others, and of each the never seen and the longest silent first. Of many that fell silent in
// one hour it does not matter which are named.
func (v *View) LongestSilent(c models.Carry, n models.CarryCounts) (found []models.MissingAgent, err error) {
	if n.Total-n.Moved > silentLooked {
		var ids []string
		if err := v.rows(&ids, silentIDs, c.AccountID, silentLooked, c.ID, silentShown); err != nil {
			return nil, err
		}
		if len(ids) == silentShown {
			err = v.rows(&found, missing(` AND k.agent_id IN ?`, sortSilent), c.ID, ids, silentShown)
			return found, err
		}
	}
	err = v.rows(&found, missing("", sortSilent), c.ID, silentShown)
	return found, err
}

// GroupsOf lists the groups of an account's agents with their numbers, the largest first, up to a hundred.
func (v *View) GroupsOf(accountID string) ([]models.AgentGroup, error) {
	var found []models.AgentGroup
	err := v.rows(&found, `SELECT g.group_name AS name, count(*) AS agents FROM agents g
		WHERE g.account_id = `+theAccount+` AND g.released_at IS NULL AND g.group_name <> ''
		GROUP BY g.group_name ORDER BY count(*) DESC, g.group_name LIMIT 100`, accountID)
	return found, err
}

// Carries are found along the index of their accounts, which begins with the partner.
const (
	openCarries   = `SELECT count(*) FROM accounts b JOIN carries c ON c.partner_id = b.partner_id AND c.account_id = b.id` + onTheWay
	openCarriesTo = `SELECT count(*) FROM accounts b JOIN carries c ON c.partner_id = b.partner_id AND c.to_account_id = b.id` + onTheWay
	// CROSS keeps SQLite from beginning with all agents that are on any way.
	onTheWay = ` CROSS JOIN carry_agents k
		WHERE {{wall.accounts b}} AND b.id = ? AND c.cancelled_at IS NULL AND c.deadline_at > ?
			AND k.carry_id = c.id AND k.moved_at IS NULL AND k.dropped_at IS NULL`
)

// OpenCarries counts the agents of an account that are on their way elsewhere.
func (v *View) OpenCarries(accountID string) (int, error) {
	return v.number(openCarries, accountID, v.Now)
}

// OpenCarriesTo counts the agents that are on their way to an account.
func (v *View) OpenCarriesTo(accountID string) (int, error) {
	return v.number(openCarriesTo, accountID, v.Now)
}

// OnTheirWay lists agents that are told to move, or shall be at their next check-in, up to a bound.
func (v *View) OnTheirWay() ([]models.CarriedAgent, error) {
	var found []models.CarriedAgent
	err := v.rows(&found, `SELECT `+bareColumns("k", models.CarriedAgent{})+` FROM carry_agents k
		JOIN carries c ON c.id = k.carry_id JOIN accounts b ON b.id = c.to_account_id
		WHERE {{wall k}} AND k.moved_at IS NULL AND k.dropped_at IS NULL AND c.deadline_at > ? AND b.activated_at IS NOT NULL
		ORDER BY k.carry_id, k.agent_id LIMIT 10000`, v.Now)
	return found, err
}

// EnrolledThere counts the agents of an account that came to it by enrolling, and were not carried there.
func (v *View) EnrolledThere(accountID string) (int, error) {
	return v.number(`SELECT count(*) FROM memberships m WHERE m.account_id = `+theAccount+` AND m.left_at IS NULL AND m.carry_id IS NULL`, accountID)
}

// GoneOn counts the agents that were carried from one account to another, went on from there to a third
// and are in it now.
func (v *View) GoneOn(from, through string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(DISTINCT m.agent_id) FROM memberships m
		JOIN carries c ON c.id = m.carry_id AND c.account_id = ? AND c.to_account_id = m.account_id
		JOIN agents g ON g.id = m.agent_id
		WHERE {{wall m}} AND m.account_id = ? AND m.left_at IS NOT NULL AND g.released_at IS NULL AND g.account_id NOT IN ?`,
		from, through, []string{from, through})
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}
