package store

import (
	"time"

	"mooring/models"
)

type agentToken struct {
	Hash       string
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	AgentID    string
	CreatedAt  time.Time
	// NextHash is the token that the agent was offered instead.
	NextHash *string
}

func (agentToken) TableName() string { return "agent_tokens" }

type membership struct {
	AgentID    string
	Number     int // from 1, in the order in which the agent joined
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	CarryID    *string // nil where it joined by enrolling
	JoinedAt   time.Time
	LeftAt     *time.Time
}

func (membership) TableName() string { return "memberships" }

// AgentOn finds the agent of a device on an account.
func (v *View) AgentOn(accountID, deviceID string) (models.Agent, error) {
	var a models.Agent
	err := v.db.Where("account_id = ? AND device_id = ?", accountID, deviceID).Take(&a).Error
	return a, absent(err)
}

// Agent finds one agent and its last check-in.
func (v *View) Agent(id string) (models.SeenAgent, error) {
	var found []models.SeenAgent
	err := v.rows(&found, selectAgent, id)
	if err == nil && len(found) == 0 {
		return models.SeenAgent{}, models.Absent()
	}
	if err != nil {
		return models.SeenAgent{}, err
	}
	return found[0], nil
}

// AddAgent stores a new agent with the hash of its token and its membership, and why.
func (t *Tx) AddAgent(a models.Agent, tokenHash string, e models.Event) error {
	if err := t.add(agentRowOf(a)); err != nil {
		return err
	}
	return t.join(a, 1, tokenHash, e)
}

// join makes a stored agent a member of its account; one that was released since is no member any more.
func (t *Tx) join(a models.Agent, number int, tokenHash string, e models.Event) error {
	m := membership{
		AgentID: a.ID, Number: number, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.AccountID,
		JoinedAt: a.EnrolledAt, LeftAt: a.ReleasedAt,
	}
	if err := t.db.Create(&m).Error; err != nil {
		return err
	}
	if err := t.RenewToken(a, tokenHash); err != nil {
		return err
	}
	if err := t.joined(a.AccountID); err != nil {
		return err
	}
	return t.record(e)
}

// RenewToken gives an agent another token; the ones before are no longer known.
func (t *Tx) RenewToken(a models.Agent, tokenHash string) error {
	if err := t.db.Where("agent_id = ?", a.ID).Delete(&agentToken{}).Error; err != nil {
		return err
	}
	return t.db.Create(&agentToken{
		Hash: tokenHash, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.AccountID,
		AgentID: a.ID, CreatedAt: t.Now,
	}).Error
}

const agentsFrom = ` FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id
	WHERE {{wall g}} AND g.account_id = ? AND g.released_at IS NULL `

// Presence is counted in SQL as models.SeenAgent.Presence says it.
const countAgents = `SELECT count(*) AS total,
	count(CASE WHEN w.seen_at >= ? THEN 1 END) AS online,
	count(CASE WHEN w.seen_at < ? AND w.seen_at > ? THEN 1 END) AS offline,
	count(CASE WHEN w.seen_at <= ? THEN 1 END) AS quiet,
	count(CASE WHEN w.seen_at IS NULL THEN 1 END) AS never` + agentsFrom

// AgentCounts counts the agents of an account by presence.
func (v *View) AgentCounts(accountID string) (models.AgentCounts, error) {
	var found []models.AgentCounts
	err := v.gather(v.askCounts(&found, accountID))
	if len(found) == 0 {
		return models.AgentCounts{}, err
	}
	return found[0], err
}

func (v *View) askCounts(into *[]models.AgentCounts, accountID string) ask {
	quiet, offline := v.Now.Add(-models.QuietAfter), v.Now.Add(-models.OnlineFor)
	return ask{into: into, sql: countAgents, args: []any{offline, offline, quiet, quiet, accountID}}
}

var seenColumns = `SELECT ` + bareColumns("g", models.Agent{}) + `, w.seen_at `

// fleetRow is an agent beside the counts of all.
type fleetRow struct {
	models.AgentCounts
	ID         string
	DeviceName string
	GroupName  string
	AppVersion string
	SeenAt     *time.Time
}

const selectFleet = `SELECT g.id, g.device_name, g.group_name, g.app_version, w.seen_at, count(*) OVER () AS total,
	count(CASE WHEN w.seen_at >= ? THEN 1 END) OVER () AS online, count(CASE WHEN w.seen_at <= ? THEN 1 END) OVER () AS quiet,
	count(CASE WHEN w.seen_at IS NULL THEN 1 END) OVER () AS never` + agentsFrom + `
	ORDER BY CASE WHEN w.seen_at <= ? THEN 0 WHEN w.seen_at IS NULL THEN 1 WHEN w.seen_at < ? THEN 2 ELSE 3 END,
		w.seen_at, g.device_name, g.id LIMIT 10`

// Fleet counts the agents of an account by presence, and names a few that want attention: the quiet
// ones, then the never seen, then the offline, and within each the longest silent first.
func (v *View) Fleet(accountID string) (models.AgentCounts, []models.SeenAgent, error) {
	var found []fleetRow
	err := v.gather(v.askFleet(&found, accountID))
	counts, troubled := v.fleet(found)
	return counts, troubled, err
}

func (v *View) askFleet(into *[]fleetRow, accountID string) ask {
	quiet, offline := v.Now.Add(-models.QuietAfter), v.Now.Add(-models.OnlineFor)
	return ask{into: into, sql: selectFleet, args: []any{offline, quiet, accountID, quiet, offline}}
}

func (v *View) fleet(found []fleetRow) (counts models.AgentCounts, troubled []models.SeenAgent) {
	for _, r := range found {
		counts = r.AgentCounts
		g := models.Agent{ID: r.ID, DeviceName: r.DeviceName, GroupName: r.GroupName, AppVersion: r.AppVersion}
		if a := (models.SeenAgent{Agent: g, SeenAt: r.SeenAt}); a.Presence(v.Now) != models.Online {
			troubled = append(troubled, a)
		}
	}
	counts.Offline = counts.Total - counts.Online - counts.Quiet - counts.Never
	return counts, troubled
}

// LeastSeen lists agents by their last check-in, the never seen and the longest silent first.
func (v *View) LeastSeen(accountID string) ([]models.SeenAgent, error) {
	var found []models.SeenAgent
	err := v.rows(&found, seenColumns+agentsFrom+`ORDER BY CASE WHEN w.seen_at IS NULL THEN 0 ELSE 1 END, w.seen_at, g.device_name, g.id LIMIT 50`, accountID)
	return found, err
}

// CountGroups counts the groups that the agents of an account are in.
func (v *View) CountGroups(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(DISTINCT g.group_name)`+agentsFrom+`AND g.group_name <> ''`, accountID)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}
