package store

import "mooring/models"

// AddSubscription stores a new subscription, and why.
func (t *Tx) AddSubscription(s models.Subscription, e models.Event) error {
	if err := t.db.Create(&s).Error; err != nil {
		return err
	}
	return t.record(e)
}

// SaveSubscription stores a changed subscription, guarded by its version, and why it changed.
func (t *Tx) SaveSubscription(s models.Subscription, e models.Event) error {
	row := s
	row.Version++
	res := t.db.Model(&models.Subscription{}).Where("id = ? AND version = ?", s.ID, s.Version).
		Select("plan_id", "plan_number", "seats", "starts_at", "activated_at", "starts_on", "ends_on", "ends_at", "anchor_day",
			"renews", "suspended_at", "cancelled_at", "version").Updates(&row)
	return t.saved(res, e)
}

// DueToStart lists accounts whose plan begins on a date that has come, and which were not activated
// yet; at most a hundred.
func (v *View) DueToStart() ([]string, error) {
	var ids []string
	err := v.rows(&ids, `SELECT s.account_id FROM subscriptions s
		JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number
		WHERE {{wall s}} AND s.activated_at IS NULL AND s.cancelled_at IS NULL AND s.suspended_at IS NULL
		AND s.starts_at <= ? AND t.activation = 'on a date' ORDER BY s.starts_at LIMIT 100`, v.Now)
	return ids, err
}

// AwaitingSignIn lists the accounts of some customers that wait for the first sign-in.
func (v *View) AwaitingSignIn(customerIDs []string) ([]string, error) {
	var ids []string
	err := v.rows(&ids, `SELECT s.account_id FROM subscriptions s
		JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number
		WHERE {{wall s}} AND s.customer_id IN ? AND s.activated_at IS NULL AND s.cancelled_at IS NULL
		AND s.suspended_at IS NULL AND s.starts_at <= ? AND t.activation = 'first sign-in' ORDER BY s.id LIMIT 100`, customerIDs, v.Now)
	return ids, err
}
