// Package portal holds the verbs: what a reseller does, one file for each. A verb names who asks,
// checks the permission, and does all of its work in one transaction at one instant. What needs no
// database is a rule and lives with the nouns in models; SQL lives in models/store.
package portal

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// Portal is everything that can be asked of the product. It may be used by many goroutines.
type Portal struct {
	store       *store.DB
	clock       func() time.Time
	real        func() time.Time
	ids         IDs
	keys        Keys
	passwords   *passwords
	switchboard *switchboard
	mover       *switchboard // of agents that have confirmed
	reports     reports
	strays      strays
	working     *background
	log         *slog.Logger
	openKeys    bool
}

// Options are what a portal is made of.
type Options struct {
	Store *store.DB
	// Clock is the business clock: it rules terms, states and presence, and stands still in the
	// stopped demo. Real rules throttles, sessions and the life of proposals.
	Clock func() time.Time
	Real  func() time.Time
	// IDs makes new ids; random ones if it is nil.
	IDs IDs
	// Keys seals what must not be readable in the database.
	Keys Keys
	// Hashing is the cost of passwords; DefaultHashing if it is zero.
	Hashing Hashing
	// OpenKeys shows enrolment keys on account pages without being asked to: those of a demo protect
	// nothing, and whoever tries it out needs one.
	OpenKeys bool
	// Agents bounds what agents may ask; its zero is the default.
	Agents AgentRules
	Log    *slog.Logger
}

// New makes a portal. Close ends it.
func New(o Options) *Portal {
	if o.IDs == nil {
		o.IDs = RandomIDs{}
	}
	if o.Hashing == (Hashing{}) {
		o.Hashing = DefaultHashing
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := &Portal{
		openKeys: o.OpenKeys, store: o.Store, clock: o.Clock, real: o.Real, ids: o.IDs, keys: o.Keys, log: o.Log,
		passwords: newPasswords(o.Hashing, o.Keys),
		reports:   newReports(o.Agents),
		working:   newBackground(),
	}
	p.mover = newSwitchboard(moveExchange, p.confirmed)
	p.switchboard = newSwitchboard(checkInExchange, p.hear)
	return p
}

// Close ends imports that go on, stores what was acknowledged and not yet written, and lets nothing more
// in.
func (p *Portal) Close() {
	p.working.close()
	p.switchboard.close()
	p.mover.close()
}

// Ping reports whether the database answers.
func (p *Portal) Ping(ctx context.Context) error { return p.store.Ping(ctx) }

// Unreachable reports whether an error means that the database does not answer at the moment.
func Unreachable(err error) bool { return store.Unreachable(err) }

// Busy reports whether an error means that somebody else held a row for too long. Nothing was done, and
// trying again may do.
func Busy(err error) bool { return errors.Is(err, store.ErrBusy) }

// Now is the moment on the business clock.
func (p *Portal) Now() time.Time { return p.clock() }

// do is the door to changes: it refuses actors without the permission and runs one transaction.
func (p *Portal) do(ctx context.Context, who models.Actor, needs models.Permission, fn func(*store.Tx) error) error {
	if err := permit(who, needs); err != nil {
		return err
	}
	return p.store.Do(ctx, who, p.clock(), fn)
}

// look is the door to reading: one consistent picture.
func (p *Portal) look(ctx context.Context, who models.Actor, needs models.Permission, fn func(*store.View) error) error {
	if err := permit(who, needs); err != nil {
		return err
	}
	return p.store.Look(ctx, who, p.clock(), fn)
}

// glance is the door to reading something once.
func (p *Portal) glance(ctx context.Context, who models.Actor, needs models.Permission, fn func(*store.View) error) error {
	if err := permit(who, needs); err != nil {
		return err
	}
	return p.store.Glance(ctx, who, p.clock(), fn)
}

func permit(who models.Actor, needs models.Permission) error {
	if who.May(needs) {
		return nil
	}
	return &models.Problem{Kind: models.Forbidden, Needs: needs, Message: "Your role does not include this."}
}
