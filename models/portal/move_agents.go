package portal

import (
	"context"
	"sync"
	"time"

	"mooring/models"
	"mooring/models/store"
)

const (
	// movesAtOnce is how many carries of a batch move their agents at once.
	movesAtOnce = 4
	// movePatience is how long a try to move waits for an account that somebody holds.
	movePatience = 100 * time.Millisecond
	// moveFor is how long a batch moves its agents; whose turn has not come by then is told to come again.
	moveFor = 3 * time.Second
)

// confirmed moves the agents of a batch that used the token of their other account, carry by carry, and then
// hears them where they are. What goes wrong with one carry is told to its agents alone, and what goes wrong with
// all to these alone: others of their relays may be stored long since.
func (p *Portal) confirmed(ctx context.Context, batch []call) error {
	if err := guarded(func() error { return p.confirm(ctx, batch) }); err != nil {
		for _, c := range batch {
			*c.answer = models.CheckInAnswer{Err: err}
		}
	}
	return nil
}

func (p *Portal) confirm(ctx context.Context, batch []call) error {
	before := p.hearing()
	if err := before.recognise(ctx, batch); err != nil {
		return err
	}
	moving, cancel := context.WithTimeout(ctx, moveFor)
	failed := p.moveAll(moving, before.moving(batch), batch[0].requestID)
	cancel()
	h := p.hearing()
	if err := h.recognise(ctx, batch); err != nil { // somebody else may have moved them at the same moment
		return err
	}
	for _, c := range batch {
		if r := h.reporters[c.hash]; r.Confirms {
			c.answer.Err = failed[r.CarryID]
		}
	}
	return h.hear(ctx, batch)
}

// party is the agents of one carry that move together.
type party struct {
	carryID           string
	rootID, partnerID string
	agents            []string
}

func (h *hearing) moving(batch []call) []party {
	var parties []party
	place := map[string]int{}
	for _, c := range batch {
		r := h.reporters[c.hash]
		if !r.Confirms || !r.Moving(h.now) {
			continue
		}
		at, ok := place[r.CarryID]
		if !ok {
			at = len(parties)
			place[r.CarryID] = at
			parties = append(parties, party{carryID: r.CarryID, rootID: r.RootID, partnerID: r.PartnerID})
		}
		parties[at].agents = append(parties[at].agents, r.AgentID)
	}
	return parties
}

// moveAll moves some parties side by side, so that one whose account is held does not stop the others, and
// gives what went wrong by the id of the carry.
func (p *Portal) moveAll(ctx context.Context, parties []party, requestID string) map[string]error {
	failed := map[string]error{}
	var mu sync.Mutex
	var all sync.WaitGroup
	free := make(chan struct{}, movesAtOnce)
	for _, m := range parties {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			err := guarded(func() error { return p.move(ctx, m, requestID) })
			if ctx.Err() != nil && err != nil {
				err = accountBusy()
			}
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed[m.carryID] = err
			}
		})
	}
	all.Wait()
	return failed
}

// move moves agents of one carry, in one transaction with its events.
func (p *Portal) move(ctx context.Context, m party, requestID string) error {
	who := models.Actor{
		ID: "agents", Name: "the agents", Role: models.RoleAgent, Reach: models.ReachPartner,
		RootID: m.rootID, PartnerID: m.partnerID, Door: "agents", RequestID: requestID,
	}
	return p.do(ctx, who, models.ReportAgents, func(tx *store.Tx) error {
		if err := tx.WaitAtMost(movePatience); err != nil {
			return err
		}
		c, err := tx.HoldCarry(m.carryID)
		if err != nil || !c.Open(tx.Now) {
			return ignore(err, models.NotFound)
		}
		to, err := tx.Held(c.ToAccountID)
		if err != nil || !to.Account.Open() {
			return err
		}
		_, err = tx.Move(c, m.agents, func(moved, stayed int) []models.Event { return agentsMoved(c, moved, stayed) })
		return err
	})
}
