// Package storetest gives tests an open, migrated store on each of the two databases.
package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"mooring/models/store"
	"mooring/models/store/pgtest"
)

// Each runs the test twice: as "sqlite" on a fresh file and as "postgres" on a fresh database, as a
// role that is neither superuser nor owner of the tables.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachWatched is Each with somebody who is told of every statement that reads. Calling survey lets the
// database look at what it holds, as it does by itself in time.
func EachWatched(t *testing.T, watch func(sql string, args []any), test func(t *testing.T, db *store.DB, survey func())) {
	t.Helper()
	each := func(t *testing.T, url, owner string) {
		test(t, openWatched(t, url, watch), func() {
			if err := openWatched(t, owner, nil).Survey(context.Background()); err != nil {
				t.Fatal(err)
			}
		})
	}
	t.Run("sqlite", func(t *testing.T) {
		url := sqliteURL(t)
		each(t, url, url)
	})
	t.Run("postgres", func(t *testing.T) {
		url, owner := postgresURL(t)
		each(t, url, owner)
	})
}

// SQLite opens a migrated file of its own for the test.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return openWatched(t, sqliteURL(t), nil)
}

func sqliteURL(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return sqliteCopy(t, template)
}

func sqliteCopy(t testing.TB, template []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "portal.db")
	if err := os.WriteFile(file, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

// Postgres opens a migrated database of its own for the test.
func Postgres(t testing.TB) *store.DB {
	t.Helper()
	url, _ := postgresURL(t)
	return openWatched(t, url, nil)
}

func postgresURL(t testing.TB) (appURL, ownerURL string) {
	t.Helper()
	return pgtest.Migrated(t, store.SchemaHash("postgres"), func(appURL, ownerURL string) error {
		db, err := store.Open(context.Background(), store.Options{URL: appURL, MigrateURL: ownerURL, MaxConns: 2})
		if err != nil {
			return err
		}
		return db.Close()
	})
}

func openWatched(t testing.TB, url string, watch func(sql string, args []any)) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Options{URL: url, SkipMigrate: true, Fast: true, MaxConns: 8, Watch: watch})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return db
}

// Filling is what tests find in their databases. It is made once for each name; tests get copies.
type Filling struct {
	Name string
	Fill func(*store.DB) error
}

// EachFilled is Each on databases that hold a filling.
func EachFilled(t *testing.T, f Filling, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, FilledSQLite(t, f)) })
	t.Run("postgres", func(t *testing.T) { test(t, FilledPostgres(t, f)) })
}

var filledTemplates sync.Map // by name: func() ([]byte, error)

// FilledSQLite opens a file of its own that holds a filling.
func FilledSQLite(t testing.TB, f Filling) *store.DB {
	t.Helper()
	made, _ := filledTemplates.LoadOrStore(f.Name, sync.OnceValues(func() ([]byte, error) { return sqliteFile(f.Fill) }))
	template, err := made.(func() ([]byte, error))()
	if err != nil {
		t.Fatal("filling a database: ", err)
	}
	return openWatched(t, sqliteCopy(t, template), nil)
}

// FilledPostgres opens a database of its own that holds a filling.
func FilledPostgres(t testing.TB, f Filling) *store.DB {
	t.Helper()
	url, _ := pgtest.Migrated(t, store.SchemaHash("postgres")+f.Name, func(appURL, ownerURL string) error {
		db, err := store.Open(context.Background(), store.Options{URL: appURL, MigrateURL: ownerURL, MaxConns: 4})
		if err != nil {
			return err
		}
		return errors.Join(f.Fill(db), db.Close())
	})
	return openWatched(t, url, nil)
}

// sqliteTemplate is a migrated, empty file; copying it is quicker than migrating again.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) { return sqliteFile(func(*store.DB) error { return nil }) })

// sqliteFile is a migrated file with what fill puts there.
func sqliteFile(fill func(*store.DB) error) ([]byte, error) {
	folder, err := os.MkdirTemp("", "mooring-sqlite-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "template.db")
	db, err := store.Open(context.Background(), store.Options{URL: "sqlite:" + file, Fast: true})
	if err != nil {
		return nil, err
	}
	// Closing the last connection moves the write-ahead log into the file.
	if err := errors.Join(fill(db), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}
