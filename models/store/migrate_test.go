package store

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models/store/pgtest"
)

// together opens the same database many times at once, as so many portals would.
func together(t *testing.T, portals int, o Options) {
	t.Helper()
	var all sync.WaitGroup
	for range portals {
		all.Go(func() {
			db, err := Open(context.Background(), o)
			if err != nil {
				t.Errorf("opening: %v", err)
				return
			}
			if err := db.Close(); err != nil {
				t.Errorf("closing: %v", err)
			}
		})
	}
	all.Wait()
}

func TestPortalsStartingAtOnceMigrateOnce(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		o := Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "new.db"), Fast: true}
		together(t, 4, o)
		pool, err := sql.Open("sqlite", strings.TrimPrefix(o.URL, "sqlite:"))
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		appliedOnce(t, pool, sqliteDialect)
	})
	t.Run("postgres", func(t *testing.T) {
		appURL, ownerURL := pgtest.URL(t)
		together(t, 8, Options{URL: appURL, MigrateURL: ownerURL, MaxConns: 2})
		pool, err := sql.Open("pgx", appURL)
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		appliedOnce(t, pool, postgresDialect)
	})
}

func appliedOnce(t *testing.T, pool *sql.DB, dialect string) {
	t.Helper()
	var rows, newest int64
	err := pool.QueryRow("SELECT COUNT(*), MAX(version_id) FROM goose_db_version WHERE version_id > 0").Scan(&rows, &newest)
	if err != nil || newest != newestMigration(dialect) || rows != newest {
		t.Errorf("%d rows up to version %d, want %d, error %v", rows, newest, newestMigration(dialect), err)
	}
}

func TestAMigratedDatabaseOpensAtOnce(t *testing.T) {
	o := Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "new.db"), Fast: true}
	together(t, 1, o)
	begun := time.Now()
	together(t, 1, o)
	if took := time.Since(begun); took > 300*time.Millisecond {
		t.Errorf("opening took %v", took)
	}
}

func TestTheAppRoleAddsToTheHistoryAndChangesNothingInIt(t *testing.T) {
	appURL, ownerURL := pgtest.URL(t)
	together(t, 1, Options{URL: appURL, MigrateURL: ownerURL, MaxConns: 2})
	pool, err := sql.Open("pgx", appURL)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var may [4]bool
	err = pool.QueryRow(`SELECT has_table_privilege('events', 'INSERT'), has_table_privilege('events', 'UPDATE'),
		has_table_privilege('events', 'DELETE'), has_table_privilege('customers', 'UPDATE')`).Scan(&may[0], &may[1], &may[2], &may[3])
	if want := [4]bool{true, false, false, true}; err != nil || may != want {
		t.Errorf("may %v, want %v, error %v", may, want, err)
	}
}

func TestBothDatabasesHaveTheSameMigrations(t *testing.T) {
	names := func(dialect string) []string {
		files, err := fs.Glob(migrations, "migrations/"+dialect+"/*.sql")
		if err != nil || len(files) == 0 {
			t.Fatalf("no migrations for %s: %v", dialect, err)
		}
		for i, f := range files {
			files[i] = filepath.Base(f)
		}
		return files
	}
	if diff := cmp.Diff(names(sqliteDialect), names(postgresDialect)); diff != "" {
		t.Error(diff)
	}
	if n := len(names(sqliteDialect)); int64(n) != newestMigration(sqliteDialect) {
		t.Errorf("%d files up to number %d: there is a gap", n, newestMigration(sqliteDialect))
	}
}
