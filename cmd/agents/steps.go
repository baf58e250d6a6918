package main

import (
	"context"
	"net/http"
	"time"
)

// result is what one request came to.
type result struct {
	enrolled bool
	answer   checkedIn
}

func (a *agent) enrol(ctx context.Context) (result, error) {
	f := a.fleet
	if !f.turns.take(ctx) {
		return result{}, ctx.Err()
	}
	done, err := f.portal.enrol(ctx, a.device)
	f.turns.give()
	if err != nil {
		return result{}, err
	}
	if err := f.ledger.put(a.device, a.standing().enrolled(done)); err != nil {
		return result{}, err
	}
	f.tally.count(counts{enrolled: 1})
	return result{true, checkedIn{AccountID: done.AccountID, EverySeconds: done.EverySeconds}}, nil
}

// checkIn sends the next sequence. What the answer says is on disk before it is acted on.
func (a *agent) checkIn(ctx context.Context) (result, error) {
	f := a.fleet
	sequence, err := f.ledger.next(a.device)
	if err != nil {
		return result{}, err
	}
	was := a.standing()
	m := message{was.token(), checkIn{sequence, a.device.Version, a.mood.clock(time.Now())}}
	said, err := a.send(ctx, m)
	if err != nil {
		return result{}, a.refused(was, m.Token, err)
	}
	now := was.answered(m.Token, sequence, said)
	if err := a.remember(was, now); err != nil {
		return result{}, err
	}
	f.tally.count(whatChanged(was, now))
	a.sendAgain(ctx, m)
	return result{answer: said}, nil
}

// refused drops the token that is not known, and notes that a seat was taken back.
func (a *agent) refused(was standing, token string, err error) error {
	said, _ := refusalOf(err)
	now := was
	switch {
	case said.status == http.StatusUnauthorized:
		now = was.unknown(token)
	case said.code == agentReleased && !was.Released:
		now = was.released()
		a.fleet.tally.count(counts{released: 1})
	default:
		return err
	}
	if failed := a.remember(was, now); failed != nil {
		return failed
	}
	return err
}

func (a *agent) remember(was, now standing) error {
	if was.needsWriting(now) {
		return a.fleet.ledger.put(a.device, now)
	}
	a.fleet.ledger.note(a.device, now)
	return nil
}

func whatChanged(was, now standing) counts {
	c := counts{checkedIn: 1, moved: now.Moves - was.Moves}
	if was.Token != now.Token && c.moved == 0 {
		c.renewed = 1
	}
	return c
}

// send checks in, and does so twice at once for some. Either answer will do.
func (a *agent) send(ctx context.Context, m message) (checkedIn, error) {
	way := a.fleet.lane
	if !a.mood.chance(a.mood.duplicate) {
		return way.checkIn(ctx, m)
	}
	twin := make(chan reply, 1)
	go func() {
		said, err := way.checkIn(ctx, m)
		twin <- reply{said, err}
	}()
	said, err := way.checkIn(ctx, m)
	other := <-twin
	a.fleet.tally.count(counts{duplicated: 1})
	if err != nil && other.err == nil {
		return other.checkedIn, nil
	}
	return said, err
}

// sendAgain repeats an older check-in as it was, and chooses which to repeat next. Its answer is nothing
// to go by: the token may be void by now.
func (a *agent) sendAgain(ctx context.Context, latest message) {
	if old := a.stale; old != nil {
		a.stale = nil
		_, _ = a.fleet.lane.checkIn(ctx, *old)
		a.fleet.tally.count(counts{replayed: 1})
	}
	if a.mood.chance(a.mood.replay) {
		a.stale = &latest
	}
}
