package store

import "context"

// LastSequences tells the last check-in of every agent that has one. Like Explain it is for tests and
// measuring: it knows no wall.
func (db *DB) LastSequences(ctx context.Context, told func(agentID string, sequence int64)) error {
	pool, err := db.read.DB()
	if err != nil {
		return err
	}
	rows, err := pool.QueryContext(ctx, `SELECT agent_id, sequence FROM sightings WHERE sequence > 0`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		var sequence int64
		if err := rows.Scan(&id, &sequence); err != nil {
			return err
		}
		told(id, sequence)
	}
	return rows.Err()
}
