package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

func (db *DB) pourSQLite(ctx context.Context, fn func(pouring) error) error {
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	// A piece dirties more pages than a portal keeps; with too few of them SQLite reads each one again
	// and again. The one writing connection stays as it is until the filling program ends.
	if _, err := pool.ExecContext(ctx, "PRAGMA cache_size = -262144"); err != nil {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := fn(sqlitePouring{tx}); err != nil {
		return err
	}
	return tx.Commit()
}

type sqlitePouring struct{ tx *sql.Tx }

// pour prepares one statement for many rows, and one for what is left over.
func (p sqlitePouring) pour(ctx context.Context, s sheaf) error {
	const step = 50
	whole := len(s.rows) / step * step
	if err := p.pourBy(ctx, s, s.rows[:whole], step); err != nil {
		return err
	}
	return p.pourBy(ctx, s, s.rows[whole:], 1)
}

func (p sqlitePouring) pourBy(ctx context.Context, s sheaf, rows [][]any, step int) error {
	if len(rows) == 0 {
		return nil
	}
	one := "(?" + strings.Repeat(", ?", len(s.columns)-1) + ")"
	insert, err := p.tx.PrepareContext(ctx, "INSERT INTO "+s.table+" ("+strings.Join(s.columns, ", ")+") VALUES "+
		one+strings.Repeat(", "+one, step-1))
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	args := make([]any, 0, step*len(s.columns))
	for len(rows) > 0 {
		args = args[:0]
		for _, row := range rows[:step] {
			args = append(args, row...)
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return err
		}
		rows = rows[step:]
	}
	return nil
}

func (p sqlitePouring) run(ctx context.Context, text string, args ...any) error {
	_, err := p.tx.ExecContext(ctx, text, args...)
	return err
}

func (p sqlitePouring) head(ctx context.Context, partnerID string) (h eventHead, err error) {
	err = p.tx.QueryRowContext(ctx, "SELECT partner_id, root_id, seq, hash FROM event_heads WHERE partner_id = ?", partnerID).
		Scan(&h.PartnerID, &h.RootID, &h.Seq, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return eventHead{}, nil
	}
	return h, err
}

func (db *DB) surveySQLite(ctx context.Context) error {
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "PRAGMA analysis_limit = 1000; ANALYZE")
	return err
}
