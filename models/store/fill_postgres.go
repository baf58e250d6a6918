package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// pour runs a filling transaction on whatever database this is.
func (db *DB) pour(ctx context.Context, fn func(pouring) error) error {
	if db.dialect == sqliteDialect {
		return db.pourSQLite(ctx, fn)
	}
	return pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		// A piece takes longer than any statement of a page may.
		if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
			return err
		}
		return fn(postgresPouring{tx})
	})
}

type postgresPouring struct{ tx pgx.Tx }

func (p postgresPouring) pour(ctx context.Context, s sheaf) error {
	_, err := p.tx.CopyFrom(ctx, pgx.Identifier{s.table}, s.columns, pgx.CopyFromRows(s.rows))
	return err
}

func (p postgresPouring) run(ctx context.Context, sql string, args ...any) error {
	_, err := p.tx.Exec(ctx, sql, args...)
	return err
}

func (p postgresPouring) head(ctx context.Context, partnerID string) (h eventHead, err error) {
	err = p.tx.QueryRow(ctx, "SELECT partner_id, root_id, seq, hash FROM event_heads WHERE partner_id = $1 FOR UPDATE", partnerID).
		Scan(&h.PartnerID, &h.RootID, &h.Seq, &h.Hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return eventHead{}, nil
	}
	return h, err
}

// Survey lets the database look at what it holds, so that it finds good ways to it. A database looks
// by itself in time; after a filling nobody wants to wait.
func (db *DB) Survey(ctx context.Context) error {
	if db.dialect == sqliteDialect {
		return db.surveySQLite(ctx)
	}
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SET statement_timeout = 0"); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "VACUUM ANALYZE")
	_, reset := conn.Exec(ctx, "RESET statement_timeout")
	return errors.Join(err, reset)
}
