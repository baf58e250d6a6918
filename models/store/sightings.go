package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"mooring/models"
)

// Heard is what a batch of check-ins leaves behind: who was seen when, which agents were told to move,
// and which were offered another token or have begun to use it.
type Heard struct {
	Sightings []models.Sighting
	Told      []Told
	Offered   []Offered
	Renewed   []string // hashes of offered tokens that were used
}

// Told is an agent of a carry that is told to move, with the hash of the token that it is offered.
type Told struct{ CarryID, AgentID, TokenHash string }

// Offered is a token that its agent is offered another one for, by hashes.
type Offered struct{ Hash, NextHash string }

const (
	writeTold = `UPDATE carry_agents SET told_at = $2, token_hash = n.hash
		FROM (SELECT r.value ->> 0 AS carry_id, r.value ->> 1 AS agent_id, r.value ->> 2 AS hash FROM {{rows}} AS r) AS n
		WHERE carry_agents.carry_id = n.carry_id AND carry_agents.agent_id = n.agent_id
			AND carry_agents.told_at IS NULL AND carry_agents.moved_at IS NULL AND carry_agents.dropped_at IS NULL`
	writeOffered = `UPDATE agent_tokens SET next_hash = n.next_hash
		FROM (SELECT r.value ->> 0 AS hash, r.value ->> 1 AS next_hash FROM {{rows}} AS r) AS n
		WHERE agent_tokens.hash = n.hash AND agent_tokens.next_hash IS NULL`
	writeRenewed = `UPDATE agent_tokens SET hash = next_hash, next_hash = NULL, created_at = $2
		FROM (SELECT r.value ->> 0 AS hash FROM {{rows}} AS r) AS n WHERE agent_tokens.next_hash = n.hash`
)

// Sighted stores a batch of check-ins in one transaction and returns after the commit. A check-in
// that is not newer than the one that is stored changes nothing. It is the one way to write without
// an event: who was seen when, and what the answer tells, is no change of anything. The agents were
// recognised by their tokens.
func (db *DB) Sighted(ctx context.Context, now time.Time, h Heard) error {
	var lists []rowList
	for _, l := range []struct {
		sql  string
		rows [][]string
		at   bool
	}{
		{writeTold, each(h.Told, func(t Told) []string { return []string{t.CarryID, t.AgentID, t.TokenHash} }), true},
		{writeOffered, each(h.Offered, func(o Offered) []string { return []string{o.Hash, o.NextHash} }), false},
		{writeRenewed, each(h.Renewed, func(hash string) []string { return []string{hash} }), true},
	} {
		if len(l.rows) == 0 {
			continue
		}
		rows, err := json.Marshal(l.rows)
		if err != nil {
			return fmt.Errorf("writing sightings: %w", err)
		}
		list := rowList{db.rowsOf(l.sql), []any{string(rows)}}
		if l.at {
			list.args = append(list.args, now.UTC().Truncate(time.Millisecond))
		}
		lists = append(lists, list)
	}
	latest := newest(h.Sightings)
	return retry(ctx, func() error { return db.sighted(ctx, latest, lists) })
}

// rowList is a statement over many rows, which travel as one text.
type rowList struct {
	sql  string
	args []any
}

func (db *DB) rowsOf(sql string) string {
	if db.dialect == postgresDialect {
		return strings.ReplaceAll(sql, "{{rows}}", "json_array_elements($1::json)")
	}
	return strings.ReplaceAll(sql, "{{rows}}", "json_each($1)")
}

func each[T any](all []T, row func(T) []string) (rows [][]string) {
	for _, one := range all {
		rows = append(rows, row(one))
	}
	slices.SortFunc(rows, slices.Compare) // one order everywhere, or two portals would wait for each other
	return rows
}

// newest keeps one check-in of each agent, in the order of their ids.
func newest(batch []models.Sighting) []models.Sighting {
	last := make(map[string]models.Sighting, len(batch))
	for _, s := range batch {
		if have, ok := last[s.AgentID]; !ok || s.Sequence > have.Sequence {
			last[s.AgentID] = s
		}
	}
	all := make([]models.Sighting, 0, len(last))
	for _, s := range last {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b models.Sighting) int { return strings.Compare(a.AgentID, b.AgentID) })
	return all
}

type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (db *DB) sighted(ctx context.Context, latest []models.Sighting, lists []rowList) error {
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	if len(lists) == 0 {
		return db.writeSightings(ctx, pool, latest)
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
	if err := db.writeSightings(ctx, tx, latest); err != nil {
		return err
	}
	return tx.Commit()
}

func (db *DB) writeSightings(ctx context.Context, on executor, latest []models.Sighting) error {
	switch {
	case len(latest) == 0:
		return nil
	case db.dialect == postgresDialect:
		return sightedPostgres(ctx, on, latest)
	}
	return sightedSQLite(ctx, on, latest)
}

const onNewer = ` ON CONFLICT (agent_id) DO UPDATE SET seen_at = excluded.seen_at, sequence = excluded.sequence, skew = excluded.skew
	WHERE excluded.sequence > sightings.sequence`

func sightedPostgres(ctx context.Context, on executor, latest []models.Sighting) error {
	ids, at := make([]string, len(latest)), make([]time.Time, len(latest))
	seq, skew := make([]int64, len(latest)), make([]int64, len(latest))
	for i, s := range latest {
		ids[i], at[i], seq[i], skew[i] = s.AgentID, s.SeenAt.UTC(), s.Sequence, s.Skew
	}
	_, err := on.ExecContext(ctx, `INSERT INTO sightings (agent_id, seen_at, sequence, skew)
		SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bigint[])`+onNewer, ids, at, seq, skew)
	return err
}

// sqliteTime is how the driver writes instants, so that text compares as time.
const sqliteTime = "2006-01-02 15:04:05.999999999-07:00"

func sightedSQLite(ctx context.Context, on executor, latest []models.Sighting) error {
	rows := make([][4]any, len(latest))
	for i, s := range latest {
		rows[i] = [4]any{s.AgentID, s.SeenAt.UTC().Format(sqliteTime), s.Sequence, s.Skew}
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("writing sightings: %w", err)
	}
	_, err = on.ExecContext(ctx, `INSERT INTO sightings (agent_id, seen_at, sequence, skew)
		SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true`+onNewer, string(list))
	return err
}
