package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"mooring/models"
)

// View is an open reading transaction: who reads, and the one instant everything is judged by.
type View struct {
	Now time.Time
	Who models.Actor

	db      *gorm.DB
	dialect string
	conn    *sql.Conn // inside Look and Do on PostgreSQL
	glance  *DB       // inside Glance
	watch   func(sql string, args []any)
}

func (v *View) watched(sql string, args []any) {
	if v.watch != nil {
		v.watch(sql, args)
	}
}

// Tx is an open writing transaction. It can do everything a View can, and change rows.
type Tx struct {
	View
	toll *toll
}

var (
	// ErrNoEvent says that something was changed and nothing recorded, so nothing was kept.
	ErrNoEvent = errors.New("store: a change without an event")
	// ErrReadOnly says that something tried to write where only reading is possible.
	ErrReadOnly = errors.New("store: nothing writes inside Look")
	// ErrOutcomeUnknown says that the connection was lost during the commit. Whoever has an
	// idempotency key can look whether the work is there.
	ErrOutcomeUnknown = errors.New("store: the connection was lost while committing")
)

// Kept is an answer that refuses the work and still wants its proposals kept.
type Kept struct{ Err error }

func (k *Kept) Error() string { return k.Err.Error() }

// Unwrap gives the refusal itself.
func (k *Kept) Unwrap() error { return k.Err }

// Keep wraps a refusal. Do then commits what the closure wrote, provided it was nothing but
// proposals, and returns the refusal.
func Keep(err error) error {
	if err == nil {
		return nil
	}
	return &Kept{Err: err}
}

// toll counts what one transaction wrote.
type toll struct {
	changes int  // rows that need an event
	events  int  // events recorded
	others  bool // something besides proposals was written
}

// wrote is told of every statement that changed rows.
func (t *toll) wrote(table string, rows int64) {
	if rows <= 0 {
		return
	}
	if table != proposalsTable {
		t.others = true
	}
	switch {
	case table == eventsTable:
		t.events += int(rows)
	case !eventless[table]:
		t.changes += int(rows)
	}
}

// settle decides what becomes of the transaction: an error rolls it back, an answer is returned
// after the commit.
func (t *toll) settle(said error) (answer, err error) {
	var kept *Kept
	switch {
	case errors.As(said, &kept) && t.others:
		return nil, fmt.Errorf("store: only proposals can be kept with a refusal: %v", kept.Err)
	case kept != nil:
		return kept.Err, nil
	case said != nil:
		return nil, said
	case t.changes > 0 && t.events == 0:
		return nil, ErrNoEvent
	}
	return nil, nil
}

// changed is how many rows this transaction has changed that need an event.
func (t *Tx) changed() int { return t.toll.changes }

// recorded is how many events this transaction has recorded.
func (t *Tx) recorded() int { return t.toll.events }

type (
	actorKey struct{}
	tollKey  struct{}
)

func withActor(ctx context.Context, who models.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, who)
}

func actorIn(ctx context.Context) (models.Actor, bool) {
	who, ok := ctx.Value(actorKey{}).(models.Actor)
	return who, ok && who.Reach != ""
}

func withToll(ctx context.Context, t *toll) context.Context {
	return context.WithValue(ctx, tollKey{}, t)
}

func tollIn(ctx context.Context) (*toll, bool) {
	t, ok := ctx.Value(tollKey{}).(*toll)
	return t, ok
}

// add writes a new row, a pointer to a struct or to a slice of structs.
func (t *Tx) add(row any) error { return t.db.Create(row).Error }
