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

// Every way in which a token is an agent's: it has it, it was offered it instead of the one that it
// has, or it was offered it for the account that it is told to move to.
const selectReporters = `SELECT q.hash, g.id AS agent_id, g.root_id, g.partner_id, g.customer_id, g.account_id, g.device_name, g.released_at,
	a.closed_at, a.purged_at, coalesce(a.replaced_by_id, '') AS replaced_by, q.token_at, q.renewed, q.confirms,
	coalesce(c.id, '') AS carry_id, coalesce(c.to_account_id, '') AS carry_to, c.deadline_at AS carry_ends, b.activated_at IS NOT NULL AS to_active
	FROM (
		SELECT t.hash, t.agent_id, t.created_at AS token_at, FALSE AS renewed, FALSE AS confirms FROM agent_tokens t WHERE t.hash {{these}}
		UNION ALL
		SELECT t.next_hash, t.agent_id, t.created_at, TRUE, FALSE FROM agent_tokens t WHERE t.next_hash {{these}}
		UNION ALL
		SELECT k.token_hash, k.agent_id, k.told_at, FALSE, TRUE FROM carry_agents k
		WHERE k.token_hash {{these}} AND k.moved_at IS NULL AND k.dropped_at IS NULL
	) AS q
	JOIN agents g ON g.id = q.agent_id
	JOIN accounts a ON a.id = g.account_id
	LEFT JOIN carry_agents o ON o.agent_id = g.id AND o.moved_at IS NULL AND o.dropped_at IS NULL
	LEFT JOIN carries c ON c.id = o.carry_id
	LEFT JOIN accounts b ON b.id = c.to_account_id`

var (
	reportersPostgres = strings.ReplaceAll(selectReporters, "{{these}}", "= ANY($1::text[])")
	reportersSQLite   = strings.ReplaceAll(selectReporters, "{{these}}", "IN (SELECT value FROM json_each(?1))")
)

// Reporters finds the holders of some tokens by the hashes of these, in one statement. It is the door of
// check-ins and belongs to [DB.Sighted]: a token opens its own agent and nothing else, so there is no
// actor and no wall. Hashes that nobody holds are missing.
func (db *DB) Reporters(ctx context.Context, hashes []string) (map[string]models.Reporter, error) {
	var found []reporterRow
	err := again(ctx, func() (err error) {
		found = nil
		if db.dialect == postgresDialect {
			rows, err := db.pool.Query(ctx, reportersPostgres, hashes)
			if err != nil {
				return err
			}
			found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r reporterRow, err error) {
				return r, row.Scan(r.places()...)
			})
			return err
		}
		found, err = db.reportersSQLite(ctx, hashes)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: recognising agents: %w", err)
	}
	all := make(map[string]models.Reporter, len(found))
	for _, r := range found {
		all[r.Hash] = r.Reporter
	}
	return all, nil
}

func (db *DB) reportersSQLite(ctx context.Context, hashes []string) (found []reporterRow, err error) {
	list, err := json.Marshal(hashes)
	if err != nil {
		return nil, err
	}
	pool, err := db.read.DB()
	if err != nil {
		return nil, err
	}
	rows, err := pool.QueryContext(ctx, reportersSQLite, string(list))
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
		&r.Hash, &r.AgentID, &r.RootID, &r.PartnerID, &r.CustomerID, &r.AccountID, &r.DeviceName, &r.ReleasedAt,
		&r.ClosedAt, &r.PurgedAt, &r.ReplacedBy, &r.TokenAt, &r.Renewed, &r.Confirms,
		&r.CarryID, &r.CarryTo, &r.CarryEnds, &r.ToActive,
	}
}
