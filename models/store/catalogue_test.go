package store

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mooring/models"
)

func TestGrantsAreWrittenByTheDistributorOnly(t *testing.T) {
	grants := ground{table: "plan_grants", root: true, partner: true}
	for _, c := range []struct {
		when    string
		who     models.Actor
		writing bool
		want    error
	}{
		{"a reseller reads", halden, false, nil},
		{"a reseller writes its own", halden, true, ErrClosed},
		{"a contact writes", contact, true, ErrClosed},
		{"an agent writes", agent, true, ErrClosed},
		{"the distributor writes", distributor, true, nil},
	} {
		if _, err := fences(c.who, grants, c.writing); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.when, err, c.want)
		}
	}
}

func TestAccountsOfAPlanAreCountedFromTheIndexAlone(t *testing.T) {
	db, err := Open(context.Background(), Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "new.db"), Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	pool, err := db.read.DB()
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []models.Actor{halden, distributor} {
		v := View{Who: who, dialect: sqliteDialect}
		for _, c := range []struct {
			sql  string
			args []any
		}{
			{catalogueColumns + offerFrom + `AND n.key > ? ORDER BY n.key LIMIT 51`, []any{time.Time{}, "", "", ""}},
			{versionsOf, []any{time.Time{}, ""}},
		} {
			text, args, err := v.expand(false, c.sql, c.args)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := pool.Query("EXPLAIN QUERY PLAN "+text, args...)
			if err != nil {
				t.Fatal(err)
			}
			var steps []string
			for rows.Next() {
				var id, parent, unused int
				var step string
				if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
					t.Fatal(err)
				}
				steps = append(steps, step)
			}
			said := strings.Join(steps, "\n")
			if !strings.Contains(said, "SEARCH s USING COVERING INDEX subscriptions_plan (root_id=? AND plan_id=? AND plan_number=?") ||
				!strings.Contains(said, "SEARCH n ") && !strings.Contains(said, "SEARCH t ") {
				t.Errorf("%s reads\n%s", who.Reach, said)
			}
		}
	}
}
