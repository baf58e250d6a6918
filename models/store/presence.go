package store

import (
	"time"

	"mooring/models"
)

// Presence is counted as models.SeenAgent.Presence says it, along the index of accounts and hours: whole
// hours by their number, and the two in which a limit lies by the minute. Agents that are online are
// what is left of all, so that the work grows with those that are not.
const countPresence = `SELECT l.in_use AS total,
	(SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour = 0) AS never,
	(SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour > 0 AND w.seen_hour < ?)
		+ (SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour = ? AND w.seen_at <= ?) AS quiet,
	(SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour = ? AND w.seen_at > ?)
		+ (SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour > ? AND w.seen_hour < ?)
		+ (SELECT count(*) FROM sightings w WHERE w.account_id = ? AND w.seen_hour = ? AND w.seen_at < ?) AS offline
	FROM account_lines l WHERE {{wall l}} AND l.account_id = ?`

// limits are where presence changes, as instants and as hours.
type limits struct {
	quiet, offline         time.Time
	quietHour, offlineHour int64
}

func (v *View) limits() limits {
	quiet, offline := v.Now.Add(-models.QuietAfter), v.Now.Add(-models.OnlineFor)
	return limits{quiet, offline, models.HourOf(quiet), models.HourOf(offline)}
}

func (l limits) counting(account string) []any {
	return []any{
		account,
		account, l.quietHour, account, l.quietHour, l.quiet,
		account, l.quietHour, l.quiet, account, l.quietHour, l.offlineHour, account, l.offlineHour, l.offline,
		account,
	}
}

// AgentCounts counts the agents of an account by presence.
func (v *View) AgentCounts(accountID string) (models.AgentCounts, error) {
	var found []models.AgentCounts
	err := v.gather(v.askCounts(&found, accountID))
	if len(found) == 0 {
		return models.AgentCounts{}, err
	}
	return counted(found[0]), err
}

func (v *View) askCounts(into *[]models.AgentCounts, accountID string) ask {
	return ask{into: into, sql: countPresence, args: v.limits().counting(accountID)}
}

func counted(n models.AgentCounts) models.AgentCounts {
	n.Online = n.Total - n.Offline - n.Quiet - n.Never
	return n
}

// CountAgents counts the agents of an account that hold a seat.
func (v *View) CountAgents(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT l.in_use FROM account_lines l WHERE {{wall l}} AND l.account_id = ?`, accountID)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}

// fleetRow is an agent beside the counts of all.
type fleetRow struct {
	models.AgentCounts
	ID         string
	DeviceName string
	GroupName  string
	AppVersion string
	SeenAt     *time.Time
}

// Ten of each kind are sorted out of the two hundred longest silent at most: where more fell silent
// in one hour it does not matter which of them are named.
const (
	selectFleet = `SELECT n.total, n.never, n.quiet, n.offline, t.id, t.device_name, t.group_name, t.app_version, t.seen_at
	FROM (` + countPresence + `) AS n
	LEFT JOIN (` + quietOnes + ` UNION ALL ` + neverOnes + ` UNION ALL ` + offlineOnes + `) AS t ON n.total > 0
	ORDER BY t.kind, t.seen_at, t.device_name, t.id LIMIT 10`
	quietOnes   = `SELECT * FROM (SELECT 0 AS kind, ` + troubledColumns + ` AND w.seen_hour > 0 AND w.seen_hour <= ? AND w.seen_at <= ?` + troubledOrder
	neverOnes   = `SELECT * FROM (SELECT 1 AS kind, ` + troubledColumns + ` AND w.seen_hour = 0` + troubledOrder
	offlineOnes = `SELECT * FROM (SELECT 2 AS kind, ` + troubledColumns + ` AND w.seen_hour >= ? AND w.seen_hour <= ? AND w.seen_at > ? AND w.seen_at < ?` + troubledOrder

	troubledColumns = `g.id, g.device_name, g.group_name, g.app_version, w.seen_at
		FROM sightings w JOIN agents g ON g.id = w.agent_id WHERE {{wall g}} AND w.account_id = ?`
	troubledOrder = ` ORDER BY w.seen_hour LIMIT 200) AS q`
)

// Fleet counts the agents of an account by presence, and names a few that want attention: the quiet
// ones, then the never seen, then the offline, and within each the longest silent first.
func (v *View) Fleet(accountID string) (models.AgentCounts, []models.SeenAgent, error) {
	var found []fleetRow
	err := v.gather(v.askFleet(&found, accountID))
	counts, troubled := v.fleet(found)
	return counts, troubled, err
}

func (v *View) askFleet(into *[]fleetRow, accountID string) ask {
	l := v.limits()
	return ask{into: into, sql: selectFleet, args: append(l.counting(accountID),
		accountID, l.quietHour, l.quiet, accountID, accountID, l.quietHour, l.offlineHour, l.quiet, l.offline)}
}

func (v *View) fleet(found []fleetRow) (counts models.AgentCounts, troubled []models.SeenAgent) {
	for _, r := range found {
		counts = counted(r.AgentCounts)
		if r.ID != "" {
			g := models.Agent{ID: r.ID, DeviceName: r.DeviceName, GroupName: r.GroupName, AppVersion: r.AppVersion}
			troubled = append(troubled, models.SeenAgent{Agent: g, SeenAt: r.SeenAt})
		}
	}
	return counts, troubled
}
