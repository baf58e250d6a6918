package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// sqliteFloor is the oldest SQLite whose write-ahead log we trust.
var sqliteFloor = [3]int{3, 51, 3}

// openSQLite opens one file with two pools: one writer that takes the lock when it begins, and
// readers that cannot write and do not wait for it.
func openSQLite(ctx context.Context, o Options) (*DB, error) {
	path, err := filepath.Abs(strings.TrimPrefix(o.URL, "sqlite:"))
	if err != nil {
		return nil, err
	}
	if err := createPrivately(path); err != nil {
		return nil, fmt.Errorf("store: creating the database file: %w", err)
	}
	db := &DB{options: o, dialect: sqliteDialect, looking: &sql.TxOptions{ReadOnly: true}}
	var pools []*sql.DB
	db.close = func() error {
		// Readers first: only a writer that is the last to close moves the write-ahead log into the file.
		var all []error
		for _, p := range slices.Backward(pools) {
			all = append(all, p.Close())
		}
		return errors.Join(all...)
	}
	open := func(dsn string, conns int) (*gorm.DB, error) {
		pool, err := sql.Open("sqlite", dsn)
		if err != nil {
			return nil, err
		}
		pools = append(pools, pool)
		pool.SetMaxOpenConns(conns)
		pool.SetMaxIdleConns(conns)
		return openGorm(sqliteDialector{pool: pool}, o)
	}
	if db.write, err = open(writerDSN(path, o.Fast), 1); err == nil {
		err = db.prepareFile(ctx, path)
	}
	if err == nil {
		db.read, err = open(readerDSN(path), 4)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: opening %s: %w", path, err), db.close())
	}
	return db, nil
}

// prepareFile does what only one process at a time may do to a fresh file: turn on its write-ahead
// log and migrate it.
func (db *DB) prepareFile(ctx context.Context, path string) error {
	unlock, err := lockFolder(ctx, filepath.Dir(path))
	if err != nil {
		return err
	}
	defer unlock()
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	if err := pool.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&db.version); err != nil {
		return err
	}
	if !sqliteRecent(db.version) {
		return fmt.Errorf("SQLite %s is too old, %v is needed", db.version, sqliteFloor)
	}
	if db.options.SkipMigrate {
		return nil
	}
	return db.migrateSQLite(ctx, pool)
}

func sqliteRecent(version string) bool {
	var v [3]int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &v[0], &v[1], &v[2]); err != nil {
		return false
	}
	for i := range v {
		if v[i] != sqliteFloor[i] {
			return v[i] > sqliteFloor[i]
		}
	}
	return true
}

// createPrivately makes the file before SQLite does, readable by nobody else; SQLite gives its
// log the same mode.
func createPrivately(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func writerDSN(path string, fast bool) string {
	synchronous := "FULL"
	if fast {
		synchronous = "OFF"
	}
	return fileDSN(path, url.Values{
		"_txlock": {"immediate"}, "_journal_mode": {"WAL"}, "_synchronous": {synchronous}, "_defensive": {"1"},
	})
}

func readerDSN(path string) string {
	return fileDSN(path, url.Values{"mode": {"ro"}, "_txlock": {"deferred"}, "_query_only": {"1"}})
}

func fileDSN(path string, q url.Values) string {
	q.Set("_busy_timeout", "5000")
	q.Set("_foreign_keys", "1")
	q.Set("_time_format", "sqlite")
	q.Set("_timezone", "UTC")
	q.Set("_dqs", "0")
	q.Add("_pragma", "trusted_schema(0)")
	q.Add("_pragma", "cache_size(-16384)")
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// sqliteConstraints names gorm's errors for SQLite's extended result codes.
var sqliteConstraints = map[int]error{
	275:  gorm.ErrCheckConstraintViolated,
	787:  gorm.ErrForeignKeyViolated,
	1555: gorm.ErrDuplicatedKey, // primary key
	2067: gorm.ErrDuplicatedKey, // unique
	2579: gorm.ErrDuplicatedKey, // row id
}

// Translate says in gorm's words which constraint refused a row.
func (sqliteDialector) Translate(err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	if known := sqliteConstraints[e.Code()]; known != nil {
		return fmt.Errorf("%w: %w", known, err)
	}
	return err
}
