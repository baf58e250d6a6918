package store

import (
	"context"
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
	// Who was told of a token that this portal would not make, from before the secret changed, is told anew.
	writeTold = `UPDATE carry_agents SET told_at = coalesce(carry_agents.told_at, $2), token_hash = n.hash
		FROM (SELECT r.value ->> 0 AS carry_id, r.value ->> 1 AS agent_id, r.value ->> 2 AS hash FROM {{rows}} AS r) AS n
		WHERE carry_agents.carry_id = n.carry_id AND carry_agents.agent_id = n.agent_id
			AND carry_agents.token_hash IS DISTINCT FROM n.hash AND carry_agents.moved_at IS NULL AND carry_agents.dropped_at IS NULL`
	writeOffered = `UPDATE agent_tokens SET next_hash = n.next_hash
		FROM (SELECT r.value ->> 0 AS hash, r.value ->> 1 AS next_hash FROM {{rows}} AS r) AS n
		WHERE agent_tokens.hash = n.hash AND agent_tokens.next_hash IS DISTINCT FROM n.next_hash`
	writeRenewed = `UPDATE agent_tokens SET hash = next_hash, next_hash = NULL, created_at = $2
		FROM (SELECT r.value ->> 0 AS hash FROM {{rows}} AS r) AS n WHERE agent_tokens.next_hash = n.hash`
)

// Sighted stores a batch of check-ins in one transaction and returns after the commit. A check-in
// that is not newer than the one that is stored changes nothing. It is the one way to write without
// an event: who was seen when, and what the answer tells, is no change of anything. The agents were
// recognised by their tokens. It does not wait long for rows that somebody holds: a [HeldError] says whose.
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
	if db.dialect == postgresDialect {
		return retry(ctx, func() error { return db.sightedPostgres(ctx, latest, lists) })
	}
	return retry(ctx, func() error { return db.sightedSQLite(ctx, latest, lists) })
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
