package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"mooring/models"
)

// PlainCheckIn is a check-in for which there may be nothing to decide.
type PlainCheckIn struct {
	Hash           string // of the token
	Sequence, Skew int64
}

const (
	plainTokens = `SELECT t.hash, t.agent_id FROM agent_tokens t WHERE t.hash = ANY($1::text[]) AND t.next_hash IS NULL AND t.created_at > $2`

	// The row that a check-in changes leads to the account, and both say whether there is more to it.
	writePlain = `WITH seen AS (
		UPDATE sightings SET seen_at = $1, seen_before = sightings.seen_at, sequence = n.sequence, skew = n.skew, turned = sightings.seen_hour < $2, seen_hour = $2
		FROM unnest($3::text[], $4::bigint[], $5::bigint[]) AS n (agent_id, sequence, skew), accounts a
		WHERE sightings.agent_id = n.agent_id AND n.sequence > sightings.sequence
			AND a.id = sightings.account_id AND a.closed_at IS NULL AND a.purged_at IS NULL AND a.replaced_by_id IS NULL
			AND (SELECT o.carry_id FROM carry_agents o WHERE o.agent_id = n.agent_id AND o.moved_at IS NULL AND o.dropped_at IS NULL) IS NULL
		RETURNING sightings.agent_id, sightings.account_id, sightings.seen_hour, sightings.turned),
	counted AS (` + countSeen + `)
	SELECT agent_id, account_id FROM seen`
)

// SightedPlain stores those of some check-ins for which there is nothing to decide, and gives the account of
// each by the hash of its token, after the commit: the token is the agent's own, was given to it after an
// instant, and no other one was offered; the agent has a seat in an open account that nothing replaced, and is
// on no carry; and nobody holds its row. It leaves the others to [DB.Reporters] and [DB.Sighted], which would
// say and store the same. On SQLite, where a look costs little, that is all of them.
func (db *DB) SightedPlain(ctx context.Context, now, givenAfter time.Time, all []PlainCheckIn) (accounts map[string]string, err error) {
	if db.dialect != postgresDialect || len(all) == 0 {
		return nil, nil
	}
	err = retry(ctx, func() (err error) {
		accounts, err = db.sightedPlain(ctx, now.UTC(), givenAfter.UTC(), all)
		if unlockable(err) {
			accounts, err = nil, nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: writing plain check-ins: %w", err)
	}
	return accounts, nil
}

func (db *DB) sightedPlain(ctx context.Context, now, givenAfter time.Time, all []PlainCheckIn) (map[string]string, error) {
	hashes := make([]string, len(all))
	for i, c := range all {
		hashes[i] = c.Hash
	}
	agents, err := db.pairs(ctx, len(all), plainTokens, hashes, givenAfter)
	if err != nil {
		return nil, err
	}
	latest := plainSightings(agents, all)
	ids, seq, skew := make([]string, len(latest)), make([]int64, len(latest)), make([]int64, len(latest))
	for i, s := range latest {
		ids[i], seq[i], skew[i] = s.AgentID, s.Sequence, s.Skew
	}
	accounts, err := db.pairs(ctx, len(latest), writePlain, now, models.HourOf(now), ids, seq, skew)
	if err != nil {
		return nil, err
	}
	for hash, agent := range agents {
		if account, ok := accounts[agent]; ok {
			agents[hash] = account
		} else {
			delete(agents, hash)
		}
	}
	return agents, nil
}

// plainSightings are the newest check-ins of the agents whose tokens were found, in the order of their ids.
func plainSightings(agents map[string]string, all []PlainCheckIn) []models.Sighting {
	found := make([]models.Sighting, 0, len(all))
	for _, c := range all {
		if agent, ok := agents[c.Hash]; ok {
			found = append(found, models.Sighting{AgentID: agent, Sequence: c.Sequence, Skew: c.Skew})
		}
	}
	slices.SortFunc(found, func(a, b models.Sighting) int {
		return cmp.Or(cmp.Compare(a.AgentID, b.AgentID), cmp.Compare(b.Sequence, a.Sequence))
	})
	return slices.CompactFunc(found, func(a, b models.Sighting) bool { return a.AgentID == b.AgentID })
}

// pairs reads rows of two texts.
func (db *DB) pairs(ctx context.Context, about int, sql string, args ...any) (map[string]string, error) {
	rows, err := db.lines.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	found := make(map[string]string, about)
	var from, to string
	_, err = pgx.ForEachRow(rows, []any{&from, &to}, func() error {
		found[from] = to
		return nil
	})
	return found, err
}
