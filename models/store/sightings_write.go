package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"mooring/models"
)

// A check-in changes its agent's row in place. Whoever finds the hour of the row changed counts the
// agent into the hour of its account, in the same commit; the row is held, so it is counted once however
// many portals see it at once. Rows are taken in the order of their ids, hours after them in theirs.
const writeSeenPostgres = `WITH seen AS (
		UPDATE sightings SET seen_at = n.seen_at, seen_before = sightings.seen_at, sequence = n.sequence, skew = n.skew, turned = sightings.seen_hour < n.seen_hour, seen_hour = n.seen_hour
		FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[]) AS n (agent_id, seen_at, seen_hour, sequence, skew)
		WHERE sightings.agent_id = n.agent_id AND n.sequence > sightings.sequence
		RETURNING sightings.account_id, sightings.seen_hour, sightings.turned)
	` + countSeen

const countSeen = `INSERT INTO account_hours (account_id, hour, agents)
	SELECT account_id, seen_hour, count(*) FROM seen WHERE turned AND account_id <> '' GROUP BY account_id, seen_hour ORDER BY account_id, seen_hour
	ON CONFLICT (account_id, hour) DO UPDATE SET agents = account_hours.agents + excluded.agents`

// HeldError says that nothing of a batch was stored, because somebody holds the rows of some of its agents.
type HeldError struct {
	Agents map[string]bool
	cause  error
}

func (h *HeldError) Error() string {
	return "store: somebody holds the rows of agents: " + h.cause.Error()
}

// Unwrap tells whoever can do nothing about it to try again later.
func (h *HeldError) Unwrap() error { return crowded(h.cause) }

// selectRowsHeld finds the agents of which somebody holds a row that a check-in may change.
const selectRowsHeld = `WITH
	seen AS (SELECT agent_id FROM sightings WHERE agent_id = ANY($1) FOR UPDATE SKIP LOCKED),
	known AS (SELECT hash FROM agent_tokens WHERE agent_id = ANY($1) FOR UPDATE SKIP LOCKED),
	on_way AS (SELECT agent_id FROM carry_agents WHERE agent_id = ANY($1) AND moved_at IS NULL AND dropped_at IS NULL FOR UPDATE SKIP LOCKED)
	SELECT agent_id FROM sightings WHERE agent_id = ANY($1) AND agent_id NOT IN (SELECT agent_id FROM seen)
	UNION SELECT agent_id FROM agent_tokens WHERE agent_id = ANY($1) AND hash NOT IN (SELECT hash FROM known)
	UNION SELECT agent_id FROM carry_agents WHERE agent_id = ANY($1) AND moved_at IS NULL AND dropped_at IS NULL AND agent_id NOT IN (SELECT agent_id FROM on_way)`

// heldPostgres turns a lock that was waited for in vain into the agents that it was about.
func (db *DB) heldPostgres(ctx context.Context, batch []models.Sighting, cause error) error {
	ids := make([]string, len(batch))
	for i, s := range batch {
		ids[i] = s.AgentID
	}
	rows, err := db.lines.Query(ctx, selectRowsHeld, ids)
	if err != nil {
		return err
	}
	held := &HeldError{map[string]bool{}, cause}
	var id string
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		held.Agents[id] = true
		return nil
	})
	if err != nil {
		return err
	}
	if len(held.Agents) == 0 { // it was free again, or the hour of an account that another batch counts
		return cause
	}
	return held
}

// sightedPostgres sends everything in one turn, which PostgreSQL takes as one transaction.
func (db *DB) sightedPostgres(ctx context.Context, latest []models.Sighting, lists []rowList) error {
	var batch pgx.Batch
	for _, l := range lists {
		batch.Queue(l.sql, l.args...)
	}
	if n := len(latest); n > 0 {
		ids, at := make([]string, n), make([]time.Time, n)
		hours, seq, skew := make([]int64, n), make([]int64, n), make([]int64, n)
		for i, s := range latest {
			ids[i], at[i], hours[i], seq[i], skew[i] = s.AgentID, s.SeenAt.UTC(), models.HourOf(s.SeenAt), s.Sequence, s.Skew
		}
		batch.Queue(writeSeenPostgres, ids, at, hours, seq, skew)
	}
	if batch.Len() == 0 {
		return nil
	}
	err := db.lines.SendBatch(ctx, &batch).Close()
	if unlockable(err) {
		return db.heldPostgres(ctx, latest, err)
	}
	return err
}

// SQLite has one writer, so who is the first of an hour is asked before the rows change.
const (
	seenSQLite  = ` FROM (SELECT value ->> 0 AS agent_id, value ->> 1 AS seen_at, value ->> 2 AS seen_hour, value ->> 3 AS sequence, value ->> 4 AS skew FROM json_each($1)) AS n`
	countTurned = `INSERT INTO account_hours (account_id, hour, agents) SELECT w.account_id, n.seen_hour, count(*)` + seenSQLite + `
		CROSS JOIN sightings w ON w.agent_id = n.agent_id WHERE n.sequence > w.sequence AND n.seen_hour > w.seen_hour AND w.account_id <> ''
		GROUP BY w.account_id, n.seen_hour ON CONFLICT (account_id, hour) DO UPDATE SET agents = account_hours.agents + excluded.agents`
	writeSeenSQLite = `UPDATE sightings SET seen_at = n.seen_at, seen_before = sightings.seen_at, seen_hour = n.seen_hour, sequence = n.sequence, skew = n.skew` + seenSQLite + `
		WHERE sightings.agent_id = n.agent_id AND n.sequence > sightings.sequence`
)

// sqliteTime is how the driver writes instants, so that text compares as time.
const sqliteTime = "2006-01-02 15:04:05.999999999-07:00"

func (db *DB) sightedSQLite(ctx context.Context, latest []models.Sighting, lists []rowList) error {
	if len(latest) > 0 {
		rows := make([][5]any, len(latest))
		for i, s := range latest {
			rows[i] = [5]any{s.AgentID, s.SeenAt.UTC().Format(sqliteTime), models.HourOf(s.SeenAt), s.Sequence, s.Skew}
		}
		list, err := json.Marshal(rows)
		if err != nil {
			return fmt.Errorf("writing sightings: %w", err)
		}
		lists = append(lists, rowList{countTurned, []any{string(list)}}, rowList{writeSeenSQLite, []any{string(list)}})
	}
	if len(lists) == 0 {
		return nil
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, l := range lists {
		if _, err := tx.ExecContext(ctx, l.sql, l.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
