package main

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// live is the life of one agent: enrol, then check in for as long as the fleet runs.
func (f *fleet) live(ctx context.Context, d *device) {
	every, tries := f.pace(), 0
	if d.Token != "" && !pause(ctx, within(every)) { // agents do not all report at the same moment
		return
	}
	for ctx.Err() == nil {
		next, err := f.step(ctx, d)
		if ctx.Err() != nil {
			return
		}
		if err == nil && f.every == 0 && next.every > 0 {
			every = next.every
		}
		wait := about(every)
		switch {
		case err != nil:
			tries++
			f.tally.failed(err)
			wait = patience(err, tries, f.firstWait)
		case next.enrolled:
			wait = within(every)
			fallthrough
		default:
			tries = 0
		}
		if !pause(ctx, wait) {
			return
		}
	}
}

// result is what one request came to.
type result struct {
	enrolled bool
	every    time.Duration
}

// step does what is next: an agent with a token checks in, one without enrols. A token that the portal
// does not know any more is dropped.
func (f *fleet) step(ctx context.Context, d *device) (result, error) {
	if !f.turn(ctx) {
		return result{}, ctx.Err()
	}
	defer f.leave()
	token := f.ledger.token(d)
	if token == "" {
		done, err := f.portal.enrol(ctx, d)
		if err != nil {
			return result{}, err
		}
		f.ledger.enrolled(d, done)
		f.tally.enrol()
		return result{true, seconds(done.EverySeconds)}, nil
	}
	sequence, err := f.ledger.next(d)
	if err != nil {
		return result{}, err
	}
	done, err := f.portal.checkIn(ctx, token, sequence, d.Version)
	var said *refused
	switch {
	case errors.As(err, &said) && said.status == http.StatusUnauthorized:
		f.ledger.forget(d)
		return result{}, err
	case err != nil:
		return result{}, err
	}
	f.tally.checkIn()
	return result{every: seconds(done.EverySeconds)}, nil
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
