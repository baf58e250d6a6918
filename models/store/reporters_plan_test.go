package store

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// A check-in looks rows up by their keys, whatever the tables hold.
func TestCheckInsReadNoTableAsAWhole(t *testing.T) {
	eachSettled(t, func(t *testing.T, db *DB, run func(string) error) {
		ctx := context.Background()
		statements := []string{}
		var args [][]any
		list, _ := json.Marshal([]string{"t", "u"})
		seen, _ := json.Marshal([][5]any{{"G-1", time.Now().Format(sqliteTime), 1, 2, 0}})
		for way := range reportersSQLite {
			if db.dialect == postgresDialect {
				statements, args = append(statements, reportersPostgres[way]), append(args, []any{[]string{"t", "u"}})
			} else {
				statements, args = append(statements, reportersSQLite[way]), append(args, []any{string(list)})
			}
		}
		if db.dialect == postgresDialect {
			now := time.Now()
			statements = append(statements, writeSeenPostgres)
			args = append(args, []any{[]string{"G-1"}, []time.Time{now}, []int64{1}, []int64{2}, []int64{0}})
			statements = append(statements, plainTokens, writePlain)
			args = append(args, []any{[]string{"t", "u"}, now}, []any{now, 1, []string{"G-1"}, []int64{2}, []int64{0}})
		} else {
			statements, args = append(statements, countTurned, writeSeenSQLite), append(args, []any{string(seen)}, []any{string(seen)})
		}
		for i, s := range statements {
			for _, line := range plannedFor(t, ctx, db, s, args[i]) {
				line = strings.TrimSpace(line)
				if strings.Contains(line, "Seq Scan on ") || strings.HasPrefix(line, "SCAN ") && !strings.Contains(line, "json_each") &&
					line != "SCAN n" && line != "SCAN q" {
					t.Errorf("%s\n%s", line, s)
				}
			}
		}
	})
}

func plannedFor(t *testing.T, ctx context.Context, db *DB, text string, args []any) (plan []string) {
	t.Helper()
	if db.dialect == postgresDialect {
		rows, err := db.lines.Query(ctx, "EXPLAIN "+text, args...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, line)
		}
		return plan
	}
	pool, err := db.write.DB()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := pool.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	return plan
}
