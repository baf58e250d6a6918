package store

import (
	"context"
	"fmt"
)

// Explain is how the database would run a statement that Watch was told of, line by line: the plan that
// it would also make for other arguments. PostgreSQL is asked with reading from end to end made dear, so
// that a small table's plan says what a large one's would. It is for tests and measuring.
func (db *DB) Explain(ctx context.Context, text string, args []any) ([]string, error) {
	pool, err := db.read.DB()
	if err != nil {
		return nil, err
	}
	how := "EXPLAIN "
	if db.dialect == sqliteDialect {
		how = "EXPLAIN QUERY PLAN "
	} else {
		text = numbered(text)
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	if db.dialect == postgresDialect {
		if _, err := tx.ExecContext(ctx, "SET LOCAL enable_seqscan = off"); err != nil {
			return nil, err
		}
	}
	found, err := tx.QueryContext(ctx, how+text, args...)
	if err != nil {
		return nil, fmt.Errorf("explaining: %w", err)
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	var plan []string
	for found.Next() {
		var line string
		into := make([]any, len(columns))
		for i := range into {
			into[i] = new(any)
		}
		into[len(into)-1] = &line // the words come last
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		plan = append(plan, line)
	}
	return plan, found.Err()
}
