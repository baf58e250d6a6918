package portal

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// hearing is a batch of check-ins being judged.
type hearing struct {
	p         *Portal
	now       time.Time
	every     time.Duration
	reporters map[string]models.Reporter
	heard     store.Heard
}

func (p *Portal) hearing() *hearing {
	return &hearing{p: p, now: p.clock().UTC().Truncate(time.Millisecond), every: models.Stretched(p.reports.every, p.switchboard.load())}
}

// recognise finds out who is calling, of those that are not heard yet.
func (h *hearing) recognise(ctx context.Context, batch []call) (err error) {
	hashes := make([]string, 0, len(batch))
	for _, c := range batch {
		if !c.heard {
			hashes = append(hashes, c.hash)
		}
	}
	if len(hashes) > 0 {
		h.reporters, err = h.p.store.Reporters(ctx, hashes)
	}
	return err
}

// hearPlain answers those for whom there is nothing to decide: nearly all, at a fraction of the cost.
func (h *hearing) hearPlain(ctx context.Context, batch []call) error {
	plain := make([]store.PlainCheckIn, 0, len(batch))
	for _, c := range batch {
		if !c.doubtful {
			plain = append(plain, store.PlainCheckIn{Hash: c.hash, Sequence: c.sequence, Skew: c.skew})
		}
	}
	accounts, err := h.p.store.SightedPlain(ctx, h.now, h.now.Add(-models.TokenFor), plain)
	if err != nil {
		return err
	}
	for i, c := range batch {
		if account, ok := accounts[c.hash]; ok {
			batch[i].heard = true
			c.answer.CheckedIn = models.CheckedIn{AccountID: account, Every: h.every, Now: h.now}
		}
	}
	return nil
}

// hear judges a batch of check-ins, stores what comes of it, and only then lets the answers stand. Agents
// that confirm a move are passed on: moving waits for the accounts, and nobody else shall wait for that.
func (p *Portal) hear(ctx context.Context, batch []call) error {
	h := p.hearing()
	if err := h.hearPlain(ctx, batch); err != nil {
		return err
	}
	if err := h.recognise(ctx, batch); err != nil {
		return err
	}
	var moving []call
	for i, c := range batch {
		if r := h.reporters[c.hash]; r.Confirms && r.Moving(h.now) {
			batch[i].passedOn = true
			c.doubtful = false // it is known
			moving = append(moving, c)
		}
	}
	p.passOn(moving)
	return h.hear(ctx, batch)
}

// passedAtOnce is how many agents that have confirmed find room together or not at all.
const passedAtOnce = 250

// passOn lets agents that have confirmed be moved. Those for whom there is no room are told so.
func (p *Portal) passOn(moving []call) {
	for some := range slices.Chunk(moving, passedAtOnce) {
		if err := p.mover.queue(some); err != nil {
			for _, c := range some {
				c.answer.Err = err
				c.caller.answered(nil)
			}
		}
	}
}

// hear judges those of a batch that were not passed on, and stores what they leave. Where somebody holds
// the row of an agent for long, that agent is sent away for a moment and the others are stored.
func (h *hearing) hear(ctx context.Context, batch []call) error {
	away := map[string]bool{}
	for {
		h.takeAll(batch, away)
		err := h.p.store.Sighted(ctx, h.now, h.heard)
		held, ok := errors.AsType[*store.HeldError](err)
		if !ok {
			return err
		}
		maps.Copy(away, held.Agents) // there are more each time, so this ends
	}
}

func (h *hearing) takeAll(batch []call, held map[string]bool) {
	h.heard = store.Heard{}
	for _, c := range batch {
		switch {
		case c.heard, c.passedOn:
		case held[h.reporters[c.hash].AgentID]:
			*c.answer = models.CheckInAnswer{Err: accountBusy()}
		case c.answer.Err == nil:
			h.take(c)
		}
	}
}

func accountBusy() error {
	return &models.Problem{Kind: models.Throttled, Message: "The account of this agent is being changed.", RetryAfter: 2}
}

// take judges one check-in and prepares its answer.
func (h *hearing) take(c call) {
	r, known := h.reporters[c.hash]
	if !known || r.Confirms {
		if !c.doubtful {
			h.p.strays.note(c.hash)
		}
		c.answer.Err = unknownAgent()
		return
	}
	if err := models.RuleOnCheckIn(r); err != nil {
		c.answer.Err = err
		return
	}
	h.heard.Sightings = append(h.heard.Sightings, models.Sighting{AgentID: r.AgentID, SeenAt: h.now, Sequence: c.sequence, Skew: c.skew})
	done := models.CheckedIn{AccountID: r.AccountID, Every: h.every, Now: h.now, ReplacedBy: r.ReplacedBy}
	if r.Renewed {
		h.heard.Renewed = append(h.heard.Renewed, c.hash)
	}
	switch {
	case r.Moving(h.now):
		done.MoveTo, done.MoveToken = r.CarryTo, h.p.keys.carryToken(r.CarryID, r.AgentID)
		if hash := hashed(done.MoveToken); hash != r.MoveHash {
			h.heard.Told = append(h.heard.Told, store.Told{CarryID: r.CarryID, AgentID: r.AgentID, TokenHash: hash})
		}
	case !r.Renewed && h.now.Sub(r.TokenAt) >= models.TokenFor:
		done.Renew = h.p.keys.nextToken(c.hash)
		if hash := hashed(done.Renew); hash != r.NextHash {
			h.heard.Offered = append(h.heard.Offered, store.Offered{Hash: c.hash, NextHash: hash})
		}
	}
	c.answer.CheckedIn = done
}
