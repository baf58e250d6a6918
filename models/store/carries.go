package store

import "mooring/models"

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

const countCarried = `SELECT count(*) AS total, count(k.moved_at) AS moved,
	count(CASE WHEN k.moved_at IS NULL AND k.dropped_at IS NULL THEN 1 END) AS waiting,
	count(CASE WHEN k.moved_at IS NULL AND k.dropped_at IS NULL AND k.told_at IS NOT NULL THEN 1 END) AS told,
	count(CASE WHEN k.moved_at IS NULL AND k.dropped_at IS NULL AND (w.seen_at IS NULL OR w.seen_at < ?) THEN 1 END) AS offline,
	count(k.dropped_at) AS failed
	FROM carry_agents k LEFT JOIN sightings w ON w.agent_id = k.agent_id WHERE {{wall k}} AND k.carry_id = ?`

// CarryCounts counts the agents of a carry as they stand now.
func (v *View) CarryCounts(c models.Carry) (models.CarryCounts, error) {
	var found []models.CarryCounts
	err := v.rows(&found, countCarried, v.Now.Add(-models.OnlineFor), c.ID)
	if err != nil || len(found) == 0 {
		return models.CarryCounts{}, err
	}
	n := found[0]
	if !c.Open(v.Now) {
		n.Failed, n.GivenUp, n.Waiting, n.Told, n.Offline = n.Failed+n.Waiting, n.Waiting, 0, 0, 0
	}
	return n, nil
}

var missing = `SELECT ` + bareColumns("k", models.CarriedAgent{}, "token_hash") + `, g.device_name, g.group_name, w.seen_at
	FROM carry_agents k JOIN agents g ON g.id = k.agent_id LEFT JOIN sightings w ON w.agent_id = k.agent_id
	WHERE {{wall k}} AND k.carry_id = ? AND k.moved_at IS NULL`

// Missing lists agents of a carry that have not moved, in the order of their ids, behind one of them and
// up to a bound.
func (v *View) Missing(carryID, after string, most int) ([]models.MissingAgent, error) {
	var found []models.MissingAgent
	err := v.rows(&found, missing+` AND k.agent_id > ? ORDER BY k.agent_id LIMIT ?`, carryID, after, most)
	return found, err
}

// LongestSilent names ten agents of a carry that have not moved, the never seen and the longest silent
// first.
func (v *View) LongestSilent(carryID string) ([]models.MissingAgent, error) {
	var found []models.MissingAgent
	err := v.rows(&found, missing+` ORDER BY CASE WHEN w.seen_at IS NULL THEN 0 ELSE 1 END, w.seen_at, k.agent_id LIMIT 10`, carryID)
	return found, err
}

// GroupsOf lists the groups of an account's agents with their numbers, the largest first, up to a hundred.
func (v *View) GroupsOf(accountID string) ([]models.AgentGroup, error) {
	var found []models.AgentGroup
	err := v.rows(&found, `SELECT g.group_name AS name, count(*) AS agents FROM agents g
		WHERE {{wall g}} AND g.account_id = ? AND g.released_at IS NULL AND g.group_name <> ''
		GROUP BY g.group_name ORDER BY count(*) DESC, g.group_name LIMIT 100`, accountID)
	return found, err
}

// OpenCarries counts the agents of an account that are on their way elsewhere.
func (v *View) OpenCarries(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM carry_agents k JOIN carries c ON c.id = k.carry_id
		WHERE {{wall k}} AND c.account_id = ? AND c.cancelled_at IS NULL AND c.deadline_at > ?
			AND k.moved_at IS NULL AND k.dropped_at IS NULL`, accountID, v.Now)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}

// OpenCarriesTo counts the agents that are on their way to an account.
func (v *View) OpenCarriesTo(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM accounts b JOIN carries c ON c.partner_id = b.partner_id AND c.to_account_id = b.id JOIN carry_agents k ON k.carry_id = c.id
		WHERE {{wall.accounts b}} AND b.id = ? AND c.cancelled_at IS NULL AND c.deadline_at > ?
			AND k.moved_at IS NULL AND k.dropped_at IS NULL`, accountID, v.Now)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
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
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM memberships m WHERE {{wall m}} AND m.account_id = ? AND m.left_at IS NULL AND m.carry_id IS NULL`, accountID)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
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
