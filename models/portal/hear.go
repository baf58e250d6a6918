package portal

import (
	"context"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// call is one check-in on its way, and where its answer goes.
type call struct {
	hash      string
	sequence  int64
	skew      int64
	requestID string
	answer    *models.CheckInAnswer
}

// hearing is a batch of check-ins being judged.
type hearing struct {
	p         *Portal
	now       time.Time
	every     time.Duration
	reporters map[string]models.Reporter
	heard     store.Heard
}

// hear judges a batch of check-ins, stores what comes of it, and only then lets the answers stand.
func (p *Portal) hear(ctx context.Context, batch []call) error {
	h := hearing{p: p, now: p.clock().UTC().Truncate(time.Millisecond), every: models.Stretched(p.reports.every, p.switchboard.load())}
	hashes := make([]string, len(batch))
	for i, c := range batch {
		hashes[i] = c.hash
	}
	var err error
	if h.reporters, err = p.store.Reporters(ctx, hashes); err != nil {
		return err
	}
	var confirming []call
	for _, c := range batch {
		if r := h.reporters[c.hash]; r.Confirms {
			confirming = append(confirming, c)
			continue
		}
		h.take(c)
	}
	if len(confirming) > 0 {
		if err := h.confirm(ctx, confirming); err != nil {
			return err
		}
	}
	return p.store.Sighted(ctx, h.now, h.heard)
}

// take judges one check-in and prepares its answer.
func (h *hearing) take(c call) {
	r, known := h.reporters[c.hash]
	if !known || r.Confirms {
		c.answer.Err = unknownAgent()
		return
	}
	if err := models.RuleOnCheckIn(r); err != nil {
		c.answer.Err = err
		return
	}
	if err := h.p.reports.checkIns.admit(r.AgentID, h.p.real()); err != nil {
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
		if !r.Told {
			h.heard.Told = append(h.heard.Told, store.Told{CarryID: r.CarryID, AgentID: r.AgentID, TokenHash: hashed(done.MoveToken)})
		}
	case !r.Renewed && h.now.Sub(r.TokenAt) >= models.TokenFor:
		done.Renew = h.p.keys.nextToken(c.hash)
		if !r.Offered {
			h.heard.Offered = append(h.heard.Offered, store.Offered{Hash: c.hash, NextHash: hashed(done.Renew)})
		}
	}
	c.answer.CheckedIn = done
}

// confirm moves the agents that used the token of their other account. Whoever could not move is judged
// once more: somebody else may have moved it at the same moment.
func (h *hearing) confirm(ctx context.Context, calls []call) error {
	byCarry := map[string][]string{}
	partner := map[string]models.Reporter{}
	var hashes []string
	for _, c := range calls {
		hashes = append(hashes, c.hash)
		if r := h.reporters[c.hash]; r.Moving(h.now) {
			byCarry[r.CarryID] = append(byCarry[r.CarryID], r.AgentID)
			partner[r.CarryID] = r
		}
	}
	for carry, agents := range byCarry {
		if err := h.p.move(ctx, partner[carry], carry, agents, calls[0].requestID); err != nil {
			return err
		}
	}
	again, err := h.p.store.Reporters(ctx, hashes)
	if err != nil {
		return err
	}
	for _, c := range calls {
		delete(h.reporters, c.hash)
		if r, ok := again[c.hash]; ok {
			h.reporters[c.hash] = r
		}
		h.take(c)
	}
	return nil
}

// move moves agents of one carry, in one transaction with its events.
func (p *Portal) move(ctx context.Context, of models.Reporter, carryID string, agents []string, requestID string) error {
	who := models.Actor{
		ID: "agents", Name: "the agents", Role: models.RoleAgent, Reach: models.ReachPartner,
		RootID: of.RootID, PartnerID: of.PartnerID, Door: "agents", RequestID: requestID,
	}
	return p.do(ctx, who, models.ReportAgents, func(tx *store.Tx) error {
		c, err := tx.HoldCarry(carryID)
		if err != nil || !c.Open(tx.Now) {
			return ignore(err, models.NotFound)
		}
		to, err := tx.Held(c.ToAccountID)
		if err != nil || !to.Account.Open() {
			return err
		}
		_, err = tx.Move(c, agents, func(moved, stayed int) []models.Event { return agentsMoved(c, moved, stayed) })
		return err
	})
}
