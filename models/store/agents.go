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

// RenewToken gives an agent another token; the ones before are no longer known, so its count of check-ins may
// begin anew.
func (t *Tx) RenewToken(a models.Agent, tokenHash string) error {
	if _, err := t.exec(`UPDATE sightings SET sequence = 0 WHERE agent_id IN (SELECT g.id FROM agents g WHERE {{wall g}} AND g.id = ?)`, a.ID); err != nil {
		return err
	}
	if err := t.db.Where("agent_id = ?", a.ID).Delete(&agentToken{}).Error; err != nil {
		return err
	}
	return t.db.Create(&agentToken{
		Hash: tokenHash, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.AccountID,
		AgentID: a.ID, CreatedAt: t.Now,
	}).Error
}

var seenColumns = `SELECT ` + bareColumns("g", models.Agent{}) + `, w.seen_at `

// LeastSeen lists agents by their last check-in, the never seen and the longest silent first.
func (v *View) LeastSeen(accountID string) ([]models.SeenAgent, error) {
	var found []models.SeenAgent
	err := v.rows(&found, seenColumns+` FROM sightings w JOIN agents g ON g.id = w.agent_id WHERE {{wall g}} AND w.account_id = ?
		ORDER BY w.seen_hour, w.seen_at, g.device_name, g.id LIMIT 50`, accountID)
	return found, err
}

// CountGroups counts the groups that the agents of an account are in.
func (v *View) CountGroups(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(DISTINCT g.group_name) FROM agents g
		WHERE {{wall g}} AND g.account_id = ? AND g.released_at IS NULL AND g.group_name <> ''`, accountID)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}
