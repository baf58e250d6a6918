package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"mooring/models"
)

// Options say which database to open and how.
type Options struct {
	// URL is sqlite:PATH or postgres://….
	URL string
	// MigrateURL is PostgreSQL's owner of the tables. When it is set, migrations run as that role
	// and URL's role is granted what the portal needs; when it is empty, URL's role migrates.
	MigrateURL string
	// SkipMigrate leaves the schema as it is.
	SkipMigrate bool
	// Fast gives up durability at power loss. It is for tests.
	Fast bool
	// MaxConns bounds the pool on PostgreSQL; 20 when it is zero.
	MaxConns int
	// StatementTimeout ends statements on PostgreSQL; 5 seconds when it is zero.
	StatementTimeout time.Duration
	// Watch is told of every statement that reads, with its arguments. It is for tests and measuring.
	Watch func(sql string, args []any)
	// Log takes failed and slow statements, without their parameters. Nil keeps silent.
	Log *slog.Logger
}

// DB is an open database. It may be used by many goroutines.
type DB struct {
	options Options
	dialect string
	version string
	write   *gorm.DB
	read    *gorm.DB
	looking *sql.TxOptions
	pool    *pgxpool.Pool // on PostgreSQL, what lies under gorm
	lines   *pgxpool.Pool // on PostgreSQL, what check-ins come in by
	close   func() error
}

const (
	sqliteDialect   = "sqlite"
	postgresDialect = "postgres"
)

// Open connects, checks the database's version and brings the schema up to date.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	switch {
	case strings.HasPrefix(o.URL, "sqlite:"):
		return openSQLite(ctx, o)
	case strings.HasPrefix(o.URL, "postgres://"), strings.HasPrefix(o.URL, "postgresql://"):
		return openPostgres(ctx, o)
	}
	return nil, errors.New("store: the database URL must begin with sqlite: or postgres://")
}

// Dialect is "sqlite" or "postgres".
func (db *DB) Dialect() string { return db.dialect }

// Version is the database's own version, such as "3.54.1".
func (db *DB) Version() string { return db.version }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	pool, err := db.read.DB()
	if err != nil {
		return err
	}
	return pool.PingContext(ctx)
}

// Close waits for running transactions and lets go of the database.
func (db *DB) Close() error { return db.close() }

// Look reads one consistent picture as of now, as far as the actor can see. Nothing can be written
// inside it, and it does not wait for writers.
func (db *DB) Look(ctx context.Context, who models.Actor, now time.Time, fn func(*View) error) error {
	return again(ctx, func() error { return db.look(ctx, who, now, fn) })
}

// again reads a second time if the connection was lost: it is harmless, and the pool has others.
func again(ctx context.Context, read func() error) error {
	err := read()
	if err != nil && connectionLost(err) && ctx.Err() == nil {
		err = read()
	}
	return err
}

func (db *DB) look(ctx context.Context, who models.Actor, now time.Time, fn func(*View) error) error {
	if who.Reach == "" {
		return ErrNoActor
	}
	pool, err := db.read.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: finding a connection: %w", err)
	}
	defer func() { _ = conn.Close() }()
	tx, err := conn.BeginTx(ctx, db.looking)
	if err != nil {
		return fmt.Errorf("store: beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	view := db.view(withActor(ctx, who), db.read, who, now)
	view.db.Statement.ConnPool = tx
	if db.dialect == postgresDialect {
		view.conn = conn
	}
	return fn(&view)
}

// Glance reads once, which is a consistent picture by itself: it saves the turns to the database that
// beginning and ending a transaction cost. A second reading would see another moment.
func (db *DB) Glance(ctx context.Context, who models.Actor, now time.Time, fn func(*View) error) error {
	if who.Reach == "" {
		return ErrNoActor
	}
	return again(ctx, func() error {
		view := db.view(withActor(ctx, who), db.read, who, now)
		view.glance = db
		return fn(&view)
	})
}

// Unreachable reports whether an error means that the database does not answer.
func Unreachable(err error) bool { return err != nil && connectionLost(err) }

// Do runs one write transaction. The whole closure is tried again, four times at most, when another
// writer got in its way or the connection was lost before the commit; so it must have no effect
// outside the transaction. It keeps nothing if the closure fails, or if it changed something and
// recorded no event.
func (db *DB) Do(ctx context.Context, who models.Actor, now time.Time, fn func(*Tx) error) error {
	return retry(ctx, func() error { return db.once(ctx, who, now, fn) })
}

func (db *DB) once(ctx context.Context, who models.Actor, now time.Time, fn func(*Tx) error) error {
	paid := &toll{}
	if who.Reach == "" {
		return ErrNoActor
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: finding a connection: %w", err)
	}
	defer func() { _ = conn.Close() }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: beginning a transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	view := db.view(withToll(withActor(ctx, who), paid), db.write, who, now)
	view.db.Statement.ConnPool = tx
	if db.dialect == postgresDialect {
		view.conn = conn
	}

	answer, err := paid.settle(fn(&Tx{View: view, toll: paid}))
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return db.commitFailed(err)
	}
	return answer
}

// view gives the actor and the instant a gorm session of their own.
func (db *DB) view(ctx context.Context, g *gorm.DB, who models.Actor, now time.Time) View {
	now = now.UTC().Truncate(time.Millisecond)
	session := g.Session(&gorm.Session{NewDB: true, Context: ctx, NowFunc: func() time.Time { return now }})
	return View{Now: now, Who: who, db: session, dialect: db.dialect, watch: db.options.Watch}
}

// commitFailed says what a failed commit means: a known refusal, or that nobody knows.
func (db *DB) commitFailed(err error) error {
	if connectionLost(err) {
		return fmt.Errorf("%w: %w", ErrOutcomeUnknown, err)
	}
	if t, ok := db.write.Dialector.(gorm.ErrorTranslator); ok {
		err = t.Translate(err)
	}
	return fmt.Errorf("store: committing: %w", err)
}
