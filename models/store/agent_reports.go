package store

import "mooring/models"

// AddAgentAgain gives a released agent its seat back, with a further membership and another token, and
// says why.
func (t *Tx) AddAgentAgain(a models.Agent, tokenHash string, e models.Event) error {
	a.ReleasedAt = nil
	res := t.db.Model(&agentRow{}).Where("id = ? AND released_at IS NOT NULL", a.ID).
		Select("device_name", "fingerprint", "group_name", "os", "app_version", "enrolled_at", "released_at", "sort_key", "search_key").
		Updates(agentRowOf(a))
	if err := matched(res); err != nil {
		return err
	}
	var last []membership
	if err := t.db.Where("agent_id = ?", a.ID).Order("number DESC").Limit(1).Find(&last).Error; err != nil {
		return err
	}
	number := 1
	if len(last) > 0 {
		number += last[0].Number
	}
	return t.join(a, number, tokenHash, e)
}
