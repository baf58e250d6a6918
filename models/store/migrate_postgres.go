package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

const (
	// migrationLock is the number of the advisory lock that one migrating portal holds.
	migrationLock = 7_240_115_536
	lockPoll      = 200 * time.Millisecond
)

// migratePostgres migrates as the owner, if there is one, and lets the portal's own role in.
func migratePostgres(ctx context.Context, o Options) error {
	app, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return errors.New("store: the database URL cannot be read")
	}
	settings(app, postgresTimeout)
	pool := stdlib.OpenDB(*app)
	defer pool.Close()
	if schemaCurrent(ctx, pool, postgresDialect) {
		return nil
	}
	if o.MigrateURL == "" {
		return migrateLocked(ctx, app, "")
	}
	owner, err := pgx.ParseConfig(o.MigrateURL)
	if err != nil {
		return errors.New("store: the database URL for migrations cannot be read")
	}
	return migrateLocked(ctx, owner, app.User)
}

func migrateLocked(ctx context.Context, config *pgx.ConnConfig, app string) error {
	settings(config, 0)
	pool := stdlib.OpenDB(*config)
	defer pool.Close()
	unlock, err := lockPostgres(ctx, pool)
	if err != nil {
		return fmt.Errorf("store: waiting to migrate: %w", err)
	}
	defer unlock()
	if !schemaCurrent(ctx, pool, postgresDialect) {
		if err := applyMigrations(ctx, pool, goose.DialectPostgres, postgresDialect); err != nil {
			return err
		}
	}
	if app == "" || app == config.User {
		return nil
	}
	return grant(ctx, pool, app)
}

// lockPostgres asks again and again instead of waiting inside the database: a waiting statement
// holds a snapshot, and building an index concurrently waits for every snapshot.
func lockPostgres(ctx context.Context, pool *sql.DB) (unlock func(), err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for {
		var mine bool
		if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", migrationLock).Scan(&mine); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		if mine {
			return func() {
				_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
				_ = conn.Close()
			}, nil
		}
		if !pause(ctx, lockPoll) {
			return nil, errors.Join(ctx.Err(), conn.Close())
		}
	}
}

// grant gives the portal's role rows to read and write, no tables to change, and a history it can
// only add to.
func grant(ctx context.Context, pool *sql.DB, app string) error {
	role := pgx.Identifier{app}.Sanitize()
	statements := []string{
		"GRANT USAGE ON SCHEMA public TO " + role,
		"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role,
		"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO " + role,
		"REVOKE INSERT, UPDATE, DELETE ON goose_db_version FROM " + role,
	}
	var exists bool
	if err := pool.QueryRowContext(ctx, "SELECT to_regclass('public.events') IS NOT NULL").Scan(&exists); err != nil {
		return err
	}
	if exists {
		statements = append(statements, "REVOKE UPDATE, DELETE, TRUNCATE ON events FROM "+role)
	}
	for _, s := range statements {
		if _, err := pool.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("store: letting the portal's role in: %w", err)
		}
	}
	return nil
}
