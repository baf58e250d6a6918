package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"
)

const longestWait = 5 * time.Minute

// pause waits, and reports whether the fleet still runs.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// within is a moment of the interval.
func within(d time.Duration) time.Duration { return rand.N(max(d, 1)) }

// about is the interval give or take a tenth, so that a fleet does not fall into step.
func about(d time.Duration) time.Duration { return d - d/10 + rand.N(d/5+1) }

// patience is how long to wait after a failure: as long as the portal asked, and some more; otherwise
// twice as long each time, anywhere in it, so that a fleet does not come back as one.
func patience(err error, tries int, first time.Duration) time.Duration {
	said, _ := refusalOf(err)
	if said.after > 0 {
		return said.after + within(said.after/2+first)
	}
	if said.status == http.StatusUnauthorized && tries <= 2 {
		return within(first) // the token is gone, and the one before it or enrolling may mend that
	}
	wait := min(first<<min(tries-1, 20), longestWait)
	return wait/2 + within(wait)/2
}
