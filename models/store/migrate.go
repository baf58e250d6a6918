package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed all:migrations
var migrations embed.FS

// Migrate brings the schema up to date. Several portals may do so at once: one works, the others
// wait. A schema newer than this program is left alone.
func (db *DB) Migrate(ctx context.Context) error {
	if db.dialect == postgresDialect {
		return migratePostgres(ctx, db.options)
	}
	file := strings.TrimPrefix(db.options.URL, "sqlite:")
	unlock, err := lockFolder(ctx, filepath.Dir(file))
	if err != nil {
		return err
	}
	defer unlock()
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	return db.migrateSQLite(ctx, pool)
}

// SchemaHash is a fingerprint of the migrations of a dialect; tests keep templates by it.
func SchemaHash(dialect string) string {
	sum := sha256.New()
	files, err := fs.Glob(migrations, path.Join("migrations", dialect, "*.sql"))
	if err != nil {
		panic(err)
	}
	for _, name := range files {
		text, err := migrations.ReadFile(name)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

func (db *DB) migrateSQLite(ctx context.Context, pool *sql.DB) error {
	if schemaCurrent(ctx, pool, sqliteDialect) {
		return nil
	}
	return applyMigrations(ctx, pool, goose.DialectSQLite3, sqliteDialect)
}

// schemaCurrent is the quick answer of nearly every start: one small query.
func schemaCurrent(ctx context.Context, pool *sql.DB, dialect string) bool {
	var version int64
	err := pool.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&version)
	return err == nil && version >= newestMigration(dialect)
}

// newestMigration is the highest number among the files of a dialect.
func newestMigration(dialect string) int64 {
	files, err := fs.Glob(migrations, path.Join("migrations", dialect, "*.sql"))
	if err != nil {
		panic(err)
	}
	var newest int64
	for _, name := range files {
		number, _, _ := strings.Cut(path.Base(name), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

func applyMigrations(ctx context.Context, pool *sql.DB, dialect goose.Dialect, folder string) error {
	files, err := fs.Sub(migrations, path.Join("migrations", folder))
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, pool, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("store: reading the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil && !errors.Is(err, goose.ErrNoMigrations) {
		return fmt.Errorf("store: migrating: %w", err)
	}
	return nil
}
