package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"mooring/models/portal"
	"mooring/models/store"
)

// opened is a portal on its database, for one command.
type opened struct {
	db     *store.DB
	portal *portal.Portal
	keys   portal.Keys
	demo   bool
	log    *slog.Logger
	// gallery says that every state of every page may be looked at.
	gallery bool
}

func (o opened) close() {
	o.portal.Close()
	if err := o.db.Close(); err != nil {
		o.log.Error("closing the database", "error", err)
	}
}

// how says what is special about opening a portal.
type how struct {
	clock   func() time.Time
	ids     portal.IDs
	demo    bool
	fast    bool
	old     bool // the database must be there already
	hashing portal.Hashing
}

func open(ctx context.Context, c config, h how) (opened, error) {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	if err := c.makeRoom(h.old); err != nil {
		return opened{}, err
	}
	db, err := store.Open(ctx, store.Options{URL: c.DatabaseURL, MigrateURL: c.MigrateURL, Fast: h.fast, Log: log})
	if err != nil {
		return opened{}, fmt.Errorf("opening the database: %w", err)
	}
	o, err := unlocked(ctx, c, h, db, log)
	if err != nil {
		return opened{}, errors.Join(err, db.Close())
	}
	return o, nil
}

// unlocked is the portal on an open database, with the keys that the database was written with.
func unlocked(ctx context.Context, c config, h how, db *store.DB, log *slog.Logger) (opened, error) {
	holdsDemo, err := portal.HoldsDemo(ctx, db)
	if err != nil {
		return opened{}, err
	}
	keys, err := c.keys(h.demo || holdsDemo)
	if err != nil {
		return opened{}, err
	}
	if h.clock == nil {
		h.clock = time.Now
	}
	p := portal.New(portal.Options{
		Store: db, Clock: h.clock, Real: time.Now, IDs: h.ids, Keys: keys, Hashing: h.hashing, Agents: c.Agents, OpenKeys: h.demo || holdsDemo, Log: log,
	})
	o := opened{db: db, portal: p, keys: keys, demo: h.demo || holdsDemo, log: log}
	if err := p.Unlock(ctx); err != nil {
		p.Close()
		return opened{}, err
	}
	return o, nil
}

// makeRoom makes the folder of a SQLite database. For a command that works on what is there, a database
// that is not is an error and not a new one.
func (c config) makeRoom(old bool) error {
	path, ok := c.sqlite()
	if !ok {
		return nil
	}
	if old {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("there is no database at %s: start `portal serve` once, or set DATABASE_URL", path)
		}
	}
	return os.MkdirAll(filepath.Dir(path), 0o700)
}
