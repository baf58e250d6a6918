package store

import (
	"time"

	"mooring/models"
)

// ReportingAgent is an agent with the account that it reports to and its last check-in, if there was one.
type ReportingAgent struct {
	Agent   models.Agent   `gorm:"embedded;embeddedPrefix:g_"`
	Account models.Account `gorm:"embedded;embeddedPrefix:a_"`
	SeenAt  *time.Time
}

var reportingColumns = columns("g", models.Agent{}) + ", " + columns("a", models.Account{})

// ReportingAgent finds an agent, its account and its last check-in.
func (v *View) ReportingAgent(id string) (ReportingAgent, error) {
	var found []ReportingAgent
	err := v.rows(&found, `SELECT `+reportingColumns+`, w.seen_at FROM agents g
		JOIN accounts a ON a.id = g.account_id LEFT JOIN sightings w ON w.agent_id = g.id
		WHERE {{wall g}} AND {{wall.accounts a}} AND g.id = ? LIMIT 1`, id)
	if err == nil && len(found) == 0 {
		return ReportingAgent{}, models.Absent()
	}
	if err != nil {
		return ReportingAgent{}, err
	}
	return found[0], nil
}

// CountAgents counts the agents of an account that hold a seat.
func (v *View) CountAgents(accountID string) (int, error) {
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM agents g WHERE {{wall g}} AND g.account_id = ? AND g.released_at IS NULL`, accountID)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}

// AddAgentAgain gives a released agent its seat back, with a further membership and another token, and
// says why.
func (t *Tx) AddAgentAgain(a models.Agent, tokenHash string, e models.Event) error {
	a.ReleasedAt = nil
	res := t.db.Model(&models.Agent{}).Where("id = ? AND released_at IS NOT NULL", a.ID).
		Select("device_name", "group_name", "os", "app_version", "enrolled_at", "released_at").Updates(&a)
	if err := matched(res); err != nil {
		return err
	}
	return t.join(a, tokenHash, e)
}
