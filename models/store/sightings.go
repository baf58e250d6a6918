package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"mooring/models"
)

// Sighted stores a batch of check-ins in one transaction and returns after the commit. A check-in
// that is not newer than the one that is stored changes nothing. It is the one way to write without
// an event: who was seen when is no change of anything. The agents were recognised by their tokens.
func (db *DB) Sighted(ctx context.Context, batch []models.Sighting) error {
	last := make(map[string]models.Sighting, len(batch))
	for _, s := range batch {
		if have, ok := last[s.AgentID]; !ok || s.Sequence > have.Sequence {
			last[s.AgentID] = s
		}
	}
	ids := make([]string, 0, len(last))
	for id := range last {
		ids = append(ids, id)
	}
	slices.Sort(ids) // one order everywhere, or two portals would wait for each other
	return retry(ctx, func() error {
		if db.dialect == postgresDialect {
			return db.sightedPostgres(ctx, ids, last)
		}
		return db.sightedSQLite(ctx, ids, last)
	})
}

const onNewer = ` ON CONFLICT (agent_id) DO UPDATE SET seen_at = excluded.seen_at, sequence = excluded.sequence
	WHERE excluded.sequence > sightings.sequence`

func (db *DB) sightedPostgres(ctx context.Context, ids []string, last map[string]models.Sighting) error {
	at := make([]time.Time, len(ids))
	seq := make([]int64, len(ids))
	for i, id := range ids {
		at[i], seq[i] = last[id].SeenAt.UTC(), last[id].Sequence
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, `INSERT INTO sightings (agent_id, seen_at, sequence)
		SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::bigint[])`+onNewer, ids, at, seq)
	return err
}

// sqliteTime is how the driver writes instants, so that text compares as time.
const sqliteTime = "2006-01-02 15:04:05.999999999-07:00"

func (db *DB) sightedSQLite(ctx context.Context, ids []string, last map[string]models.Sighting) error {
	rows := make([][3]any, len(ids))
	for i, id := range ids {
		rows[i] = [3]any{id, last[id].SeenAt.UTC().Format(sqliteTime), last[id].Sequence}
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("writing sightings: %w", err)
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, `INSERT INTO sightings (agent_id, seen_at, sequence)
		SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true`+onNewer, string(list))
	return err
}
