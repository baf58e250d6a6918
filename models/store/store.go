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
	look := func() error {
		view, tx, err := db.begin(withActor(ctx, who), db.read, db.looking, who, now)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		return fn(&view)
	}
	err := look()
	if err != nil && connectionLost(err) && ctx.Err() == nil {
		err = look() // reading again is harmless, and the pool has other connections
	}
	return err
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
	view, tx, err := db.begin(withToll(withActor(ctx, who), paid), db.write, nil, who, now)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()

	answer, err := paid.settle(fn(&Tx{View: view, toll: paid}))
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return db.commitFailed(err)
	}
	return answer
}

// begin opens a transaction on a pool and gives it the actor, the instant and a gorm session.
func (db *DB) begin(ctx context.Context, g *gorm.DB, opts *sql.TxOptions, who models.Actor, now time.Time) (View, *sql.Tx, error) {
	if who.Reach == "" {
		return View{}, nil, ErrNoActor
	}
	pool, err := g.DB()
	if err != nil {
		return View{}, nil, err
	}
	tx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return View{}, nil, fmt.Errorf("store: beginning a transaction: %w", err)
	}
	now = now.UTC().Truncate(time.Millisecond)
	session := g.Session(&gorm.Session{NewDB: true, Context: ctx, NowFunc: func() time.Time { return now }})
	session.Statement.ConnPool = tx
	return View{Now: now, Who: who, db: session, dialect: db.dialect}, tx, nil
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
