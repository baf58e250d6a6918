package main

import "context"

// lane is a way to check in: each agent for itself, or through a relay.
type lane interface {
	checkIn(ctx context.Context, m message) (checkedIn, error)
}

// turns holds one for each request under way.
type turns chan struct{}

// take waits until one more request may run. It reports false when the context ends first.
func (t turns) take(ctx context.Context) bool {
	select {
	case t <- struct{}{}:
		if ctx.Err() == nil {
			return true
		}
		t.give()
		return false
	case <-ctx.Done():
		return false
	}
}

func (t turns) give() { <-t }

// direct has every agent speak for itself.
type direct struct {
	portal *client
	turns  turns
}

func (l direct) checkIn(ctx context.Context, m message) (checkedIn, error) {
	if !l.turns.take(ctx) {
		return checkedIn{}, ctx.Err()
	}
	defer l.turns.give()
	return l.portal.checkIn(ctx, m)
}
