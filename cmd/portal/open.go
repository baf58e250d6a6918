package main

import (
	"context"
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
	hashing portal.Hashing
}

func open(ctx context.Context, c config, h how) (opened, error) {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	keys, err := c.keys(h.demo)
	if err != nil {
		return opened{}, err
	}
	if path, ok := c.sqlite(); ok {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return opened{}, err
		}
	}
	db, err := store.Open(ctx, store.Options{URL: c.DatabaseURL, MigrateURL: c.MigrateURL, Fast: h.fast, Log: log})
	if err != nil {
		return opened{}, fmt.Errorf("opening the database: %w", err)
	}
	if h.clock == nil {
		h.clock = time.Now
	}
	p := portal.New(portal.Options{
		Store: db, Clock: h.clock, Real: time.Now, IDs: h.ids, Keys: keys, Hashing: h.hashing, Log: log,
	})
	return opened{db: db, portal: p, keys: keys, log: log}, nil
}
