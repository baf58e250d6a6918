package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"mooring/models"
)

// reporterRow is what is known of a token's holder, beside the hash of the token.
type reporterRow struct {
	Hash string
	models.Reporter
}

// Nearly every token is the one that its agent has. The others are asked for only where that finds
// nothing: a token that the agent was offered instead of its own, or for the account that it is told to
// move to. Where the agent holds its seat says the row that its check-in changes anyway; its own row,
// which is wide, is not read.
const (
	selectReporters = `SELECT q.hash, q.agent_id, q.root_id, q.partner_id, q.customer_id, a.id AS account_id, w.account_id = '' AS released,
	a.closed_at, a.purged_at, coalesce(a.replaced_by_id, '') AS replaced_by, q.token_at, q.next_hash, q.renewed, q.confirms,
	coalesce(o.carry_id, '') AS carry_id, coalesce({{c}}.to_account_id, '') AS carry_to, {{c}}.deadline_at AS carry_ends,
	coalesce(o.token_hash, '') AS move_hash, {{b}}.activated_at IS NOT NULL AND {{b}}.closed_at IS NULL AS to_active
	FROM ({{tokens}}) AS q
	JOIN sightings w ON w.agent_id = q.agent_id
	JOIN accounts a ON a.id = CASE WHEN w.account_id = '' THEN q.account_id ELSE w.account_id END
	{{carry}}`
	// The carry of each agent is looked up by itself, however few carries the database believes there are:
	// a thousand may begin in a moment.
	carryPostgres = `LEFT JOIN LATERAL (SELECT o.carry_id, o.token_hash, c.to_account_id, c.deadline_at, b.activated_at, b.closed_at
		FROM carry_agents o JOIN carries c ON c.id = o.carry_id JOIN accounts b ON b.id = c.to_account_id
		WHERE o.agent_id = q.agent_id AND o.moved_at IS NULL AND o.dropped_at IS NULL OFFSET 0) AS o ON TRUE`
	carrySQLite = `LEFT JOIN carry_agents o ON o.agent_id = q.agent_id AND o.moved_at IS NULL AND o.dropped_at IS NULL
		LEFT JOIN carries c ON c.id = o.carry_id LEFT JOIN accounts b ON b.id = c.to_account_id`
	ownTokens = `SELECT t.hash, t.agent_id, t.root_id, t.partner_id, t.customer_id, t.account_id, t.created_at AS token_at,
		coalesce(t.next_hash, '') AS next_hash, FALSE AS renewed, FALSE AS confirms FROM agent_tokens t WHERE t.hash {{these}}`
	offeredTokens = `SELECT t.next_hash AS hash, t.agent_id, t.root_id, t.partner_id, t.customer_id, t.account_id, t.created_at AS token_at,
		'' AS next_hash, TRUE AS renewed, FALSE AS confirms FROM agent_tokens t WHERE t.next_hash {{these}}
		UNION ALL
		SELECT k.token_hash, k.agent_id, k.root_id, k.partner_id, k.customer_id, k.account_id, k.told_at, '', FALSE, TRUE FROM carry_agents k
		WHERE k.token_hash {{these}} AND k.moved_at IS NULL AND k.dropped_at IS NULL`
)

// reportersBy are the statements of a dialect.
func reportersBy(these, carry, c, b string) (ways [2]string) {
	whole := strings.NewReplacer("{{carry}}", carry, "{{c}}", c, "{{b}}", b).Replace(selectReporters)
	for i, tokens := range []string{ownTokens, offeredTokens} {
		ways[i] = strings.Replace(whole, "{{tokens}}", strings.ReplaceAll(tokens, "{{these}}", these), 1)
	}
	return ways
}

var (
	reportersPostgres = reportersBy("= ANY($1::text[])", carryPostgres, "o", "o")
	reportersSQLite   = reportersBy("IN (SELECT value FROM json_each(?1))", carrySQLite, "c", "b")
)

// Reporters finds the holders of some tokens by the hashes of these. It is the door of check-ins and
// belongs to [DB.Sighted]: a token opens its own agent and nothing else, so there is no actor and no
// wall. Hashes that nobody holds are missing.
func (db *DB) Reporters(ctx context.Context, hashes []string) (map[string]models.Reporter, error) {
	all := make(map[string]models.Reporter, len(hashes))
	for way := range reportersSQLite {
		var found []reporterRow
		err := again(ctx, func() (err error) {
			if db.dialect == postgresDialect {
				found, err = db.reportersPostgres(ctx, reportersPostgres[way], hashes)
			} else {
				found, err = db.reportersSQLite(ctx, reportersSQLite[way], hashes)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("store: recognising agents: %w", err)
		}
		for _, r := range found {
			all[r.Hash] = r.Reporter
		}
		if hashes = missingIn(all, hashes); len(hashes) == 0 {
			break
		}
	}
	return all, nil
}

func missingIn(all map[string]models.Reporter, hashes []string) (missing []string) {
	for _, h := range hashes {
		if _, ok := all[h]; !ok {
			missing = append(missing, h)
		}
	}
	return missing
}

func (db *DB) reportersPostgres(ctx context.Context, statement string, hashes []string) ([]reporterRow, error) {
	rows, err := db.lines.Query(ctx, statement, hashes)
	if err != nil {
		return nil, err
	}
	found := make([]reporterRow, 0, len(hashes))
	var r reporterRow
	_, err = pgx.ForEachRow(rows, r.places(), func() error {
		found = append(found, r)
		return nil
	})
	return found, err
}

func (db *DB) reportersSQLite(ctx context.Context, statement string, hashes []string) (found []reporterRow, err error) {
	list, err := json.Marshal(hashes)
	if err != nil {
		return nil, err
	}
	pool, err := db.read.DB()
	if err != nil {
		return nil, err
	}
	rows, err := pool.QueryContext(ctx, statement, string(list))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r reporterRow
		if err := rows.Scan(r.places()...); err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, rows.Err()
}

// places are where the columns go, in their order.
func (r *reporterRow) places() []any {
	return []any{
		&r.Hash, &r.AgentID, &r.RootID, &r.PartnerID, &r.CustomerID, &r.AccountID, &r.Released,
		&r.ClosedAt, &r.PurgedAt, &r.ReplacedBy, &r.TokenAt, &r.NextHash, &r.Renewed, &r.Confirms,
		&r.CarryID, &r.CarryTo, &r.CarryEnds, &r.MoveHash, &r.ToActive,
	}
}
