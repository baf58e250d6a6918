package main

import (
	"context"
	"net/http"
	"time"
)

// agent is one device at work in a fleet.
type agent struct {
	fleet  *fleet
	device *device
	mood   *mood
	every  time.Duration
	tries  int      // that failed, since one did not
	stale  *message // to be sent again later
}

func (f *fleet) agent(i int, h habits) *agent {
	return &agent{fleet: f, device: f.ledger.working[i], mood: newMood(h, i), every: f.pace()}
}

func (a *agent) standing() standing { return a.fleet.ledger.look(a.device) }

// live is the life of one agent: enrol, then check in for as long as the fleet runs.
func (a *agent) live(ctx context.Context) {
	known := a.standing().Token != ""
	if known && !a.fleet.once && !pause(ctx, within(a.every)) { // agents do not all report at the same moment
		return
	}
	for ctx.Err() == nil {
		if away := a.mood.away(time.Now()); away > 0 && known {
			if !pause(ctx, away) {
				return
			}
			continue
		}
		done, err := a.step(ctx)
		if ctx.Err() != nil {
			return
		}
		known = known || done.enrolled // an agent that is new gets to know the portal before it goes away
		rest, goesOn := a.rest(done, err)
		if !goesOn || !pause(ctx, rest) {
			return
		}
	}
}

// step does what is next: an agent with a token checks in, one without enrols, and so does one whose
// seat was taken back.
func (a *agent) step(ctx context.Context) (result, error) {
	if s := a.standing(); s.token() == "" || s.Released {
		if s.Released && a.fleet.stayReleased {
			return result{}, &refused{status: http.StatusForbidden, code: agentReleased}
		}
		return a.enrol(ctx)
	}
	return a.checkIn(ctx)
}

// rest is how long to wait after a step, and whether there is another one.
func (a *agent) rest(done result, err error) (wait time.Duration, goesOn bool) {
	if err != nil {
		a.tries++
		a.fleet.tally.failed(err)
		return a.restAfter(err)
	}
	a.tries = 0
	if every := seconds(done.answer.EverySeconds); a.fleet.every == 0 && every > 0 {
		a.every = every
	}
	switch {
	case a.fleet.once:
		return 0, done.enrolled
	case done.enrolled:
		return within(a.every), true
	}
	return about(a.every), true
}

func (a *agent) restAfter(err error) (wait time.Duration, goesOn bool) {
	switch said, _ := refusalOf(err); {
	case said.code == agentReleased:
		return about(a.every), !a.fleet.stayReleased
	case said.code == accountClosed: // a person would have to open it again
		return about(max(a.every, longestWait)), !a.fleet.once
	}
	return patience(err, a.tries, a.fleet.firstWait), true
}
