// Package portaltest gives tests a portal on the demo world: on SQLite and on PostgreSQL, with a clock
// that stands still until the test moves it.
package portaltest

import (
	"context"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/store"
	"mooring/models/store/invariants"
	"mooring/models/store/storetest"
)

// World is a portal on the demo world.
type World struct {
	*portal.Portal
	Store *store.DB
	Keys  portal.Keys
	clock *clock

	options portal.Options
}

// Each runs a test on a fresh demo world on each database.
func Each(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	storetest.EachFilled(t, settled, func(t *testing.T, db *store.DB) { test(t, Empty(t, db)) })
}

// New is a fresh demo world on SQLite.
func New(t testing.TB) *World {
	t.Helper()
	return Empty(t, storetest.FilledSQLite(t, settled))
}

// settled is the demo world, which takes longer to settle than most tests take.
var settled = storetest.Filling{Name: "demo", Fill: func(db *store.DB) error {
	p := portal.New(portal.Options{Store: db, Clock: demo.Clock, Real: demo.Clock, Keys: keys(), Hashing: hashing})
	defer p.Close()
	return p.Settle(context.Background(), demo.At(demo.Now), demo.Password)
}}

var keys = sync.OnceValue(func() portal.Keys {
	k, err := portal.NewKeys([]byte("a secret for tests, long enough to be one"))
	if err != nil {
		panic(err)
	}
	return k
})

// AgentToken is the token of an agent of the demo world.
func AgentToken(agentID string) string { return keys().AgentToken(agentID) }

var hashing = portal.Hashing{MemoryKiB: 64, Passes: 1, Lanes: 1}

// On settles the demo world in an empty database.
func On(t testing.TB, db *store.DB) *World {
	t.Helper()
	w := Empty(t, db)
	if err := w.Settle(context.Background(), demo.At(demo.Now), demo.Password); err != nil {
		t.Fatal("settling the demo world: ", err)
	}
	return w
}

// Empty is a portal on an empty database.
func Empty(t testing.TB, db *store.DB) *World {
	t.Helper()
	c := &clock{now: demo.Now}
	w := &World{Store: db, Keys: keys(), clock: c, options: portal.Options{
		Store: db, Clock: c.at, Real: c.at, IDs: demo.NewIDs(), Keys: keys(), Hashing: hashing,
	}}
	w.Portal = portal.New(w.options)
	t.Cleanup(func() { w.Close() })
	return w
}

// Restart ends the portal and begins another one on the same database.
func (w *World) Restart() {
	w.Close()
	w.Portal = portal.New(w.options)
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) at() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Clock is the clock of the world.
func (w *World) Clock() time.Time { return w.clock.at() }

// Pass moves the clock.
func (w *World) Pass(d time.Duration) {
	w.clock.mu.Lock()
	defer w.clock.mu.Unlock()
	w.clock.now = w.clock.now.Add(d)
}

// Actor is a user of the demo world, as somebody who signed in.
func (w *World) Actor(t testing.TB, id string) models.Actor {
	t.Helper()
	var who models.Actor
	err := w.Store.Look(context.Background(), models.Operator(), w.Clock(), func(v *store.View) error {
		u, err := v.User(id)
		if err != nil {
			return err
		}
		p, err := v.Partner(u.PartnerID)
		if err != nil {
			return err
		}
		customers, err := v.CustomersOfUser(id)
		who = models.ActorFor(u, p, customers, "page", "test")
		return err
	})
	if err != nil {
		t.Fatalf("the actor %s: %v", id, err)
	}
	return who
}

// Sound fails the test if something that must be true of the rows is not.
func (w *World) Sound(t testing.TB) {
	t.Helper()
	found, err := invariants.Check(context.Background(), w.Store, w.Clock())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s: %s: %s", f.ID, f.Row, f.Says)
	}
}
