package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const (
	postgresConns   = 20
	postgresTimeout = 5 * time.Second
)

// openPostgres opens one pool, with gorm on top of it.
func openPostgres(ctx context.Context, o Options) (*DB, error) {
	if !o.SkipMigrate {
		if err := migratePostgres(ctx, o); err != nil {
			return nil, err
		}
	}
	config, err := poolConfig(o)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("store: connecting to PostgreSQL: %w", err)
	}
	lines, err := linesOf(ctx, config)
	if err != nil {
		pool.Close()
		return nil, err
	}
	// The pool below keeps the connections; idle ones kept here would be missing there.
	std := stdlib.OpenDBFromPool(pool)
	std.SetMaxIdleConns(0)
	db := &DB{
		options: o, dialect: postgresDialect, pool: pool, lines: lines,
		looking: &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		close: func() error {
			defer pool.Close()
			defer lines.Close()
			return std.Close()
		},
	}
	if err = std.QueryRowContext(ctx, "SHOW server_version").Scan(&db.version); err == nil {
		db.write, err = openGorm(postgres.New(postgres.Config{Conn: std}), o)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: opening PostgreSQL: %w", err), db.close())
	}
	db.read = db.write
	return db, nil
}

// postgresLines is how many batches of check-ins may be under way at once, and one that looks back.
const postgresLines = 3

// linesOf are connections for check-ins alone, so that neither they nor pages wait for the other's. A
// batch is a list of keys, each looked up in its index in the order of the list: that is the fastest way
// in a large table, and one order of locks in a small one.
func linesOf(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	config = config.Copy()
	config.MaxConns = postgresLines
	p := config.ConnConfig.RuntimeParams
	p["lock_timeout"] = "300ms"
	p["plan_cache_mode"], p["jit"] = "force_generic_plan", "off"
	p["enable_hashjoin"], p["enable_mergejoin"], p["enable_seqscan"] = "off", "off", "off"
	lines, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("store: connecting to PostgreSQL: %w", err)
	}
	return lines, nil
}

func poolConfig(o Options) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return nil, errors.New("store: the database URL cannot be read")
	}
	config.MaxConns = postgresConns
	if o.MaxConns > 0 {
		config.MaxConns = int32(o.MaxConns)
	}
	config.MaxConnIdleTime = 5 * time.Minute
	config.MaxConnLifetime = 30 * time.Minute
	config.MaxConnLifetimeJitter = 3 * time.Minute
	config.AfterConnect = inUTC
	timeout := postgresTimeout
	if o.StatementTimeout > 0 {
		timeout = o.StatementTimeout
	}
	settings(config.ConnConfig, timeout)
	return config, nil
}

// settings are what every connection to PostgreSQL begins with.
func settings(config *pgx.ConnConfig, statement time.Duration) {
	p := config.RuntimeParams
	if p["application_name"] == "" {
		p["application_name"] = "mooring"
	}
	p["timezone"] = "UTC"
	p["lock_timeout"] = "2s"
	p["statement_timeout"] = strconv.FormatInt(statement.Milliseconds(), 10)
	p["idle_in_transaction_session_timeout"] = "10s"
}

// inUTC makes times come back in UTC, as SQLite's do, whatever zone the machine is in.
func inUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// expected errors are part of ordinary work and not worth a line in the log.
func expected(err error) bool {
	return errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, gorm.ErrDuplicatedKey) || passing(err)
}
