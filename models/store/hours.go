package store

import (
	"context"

	"mooring/models"
)

// AccountHours lists how many agents of an account had their first check-in of an hour in it, from one
// hour to before another, in their order. Hours in which nobody had are missing.
func (v *View) AccountHours(accountID string, from, before int64) ([]models.AccountHour, error) {
	var found []models.AccountHour
	err := v.rows(&found, `SELECT h.hour, h.agents FROM account_hours h JOIN accounts a ON a.id = h.account_id
		WHERE {{wall.accounts a}} AND h.account_id = ? AND h.hour >= ? AND h.hour < ? ORDER BY h.hour`, accountID, from, before)
	return found, err
}

// ForgetHours drops what was counted before an hour. Like [DB.Sighted] it writes without an event: what
// it drops is no fact that anybody told.
func (db *DB) ForgetHours(ctx context.Context, before int64) error {
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, `DELETE FROM account_hours WHERE hour < $1`, before)
	return err
}
