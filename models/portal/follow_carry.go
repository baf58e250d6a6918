package portal

import (
	"context"
	"fmt"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// OpenCarry reads how far a carry has come. Moved, waiting and failed always add up to its total.
func (p *Portal) OpenCarry(ctx context.Context, who models.Actor, id string) (f models.CarryProgress, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		f, err = carryProgress(v, id)
		return err
	})
	return f, err
}

// ProposeCallOff reads the same for somebody who is about to call the carry off.
func (p *Portal) ProposeCallOff(ctx context.Context, who models.Actor, id string) (f models.CarryProgress, err error) {
	err = p.look(ctx, who, models.CarryAgents, func(v *store.View) error {
		f, err = carryProgress(v, id)
		return err
	})
	return f, err
}

func carryProgress(v *store.View, id string) (f models.CarryProgress, err error) {
	f.AsOf = v.Now
	if f.Carry, err = v.Carry(id); err != nil {
		return f, err
	}
	if f.Customer, err = v.Customer(f.Carry.CustomerID); err != nil {
		return f, err
	}
	accounts, err := v.AccountsOf(f.Customer.ID)
	if err != nil {
		return f, err
	}
	for _, a := range accounts {
		switch a.Account.ID {
		case f.Carry.AccountID:
			f.From = a
		case f.Carry.ToAccountID:
			f.To = a
		}
	}
	if f.Counts, err = v.CarryCounts(f.Carry); err != nil {
		return f, err
	}
	f.Missing, err = v.LongestSilent(f.Carry, f.Counts)
	return f, err
}

// FindCarry reads a carry without its agents: whether somebody may see it, still.
func (p *Portal) FindCarry(ctx context.Context, who models.Actor, id string) (c models.Carry, err error) {
	err = p.glance(ctx, who, models.SeeCustomers, func(v *store.View) error {
		c, err = v.Carry(id)
		return err
	})
	return c, err
}

// ListMissing reads one page of the agents of a carry that have not moved, behind one of them.
func (p *Portal) ListMissing(ctx context.Context, who models.Actor, id, after string) (m models.MissingPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		m.AsOf, m.After = v.Now, after
		if m.Carry, err = v.Carry(id); err != nil {
			return err
		}
		if m.Customer, err = v.Customer(m.Carry.CustomerID); err != nil {
			return err
		}
		m.Missing, err = v.Missing(id, after, pageSize+1)
		if len(m.Missing) > pageSize {
			m.Missing = m.Missing[:pageSize]
			m.Next = m.Missing[pageSize-1].AgentID
		}
		return err
	})
	return m, err
}

// EachMissing hands out all agents of a carry that have not moved, in the order of their ids and some
// hundred at a time. Every step is a reading of its own, so that a slow reader holds nothing up. Without
// any it hands out none, once.
func (p *Portal) EachMissing(ctx context.Context, who models.Actor, id string, take func(models.Carry, []models.MissingAgent, time.Time) error) error {
	for after, first := "", true; ; first = false {
		var c models.Carry
		var some []models.MissingAgent
		err := p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
			if c, err = v.Carry(id); err == nil {
				some, err = v.Missing(id, after, exportStep)
			}
			return err
		})
		if err != nil || len(some) == 0 && !first {
			return err
		}
		if err := take(c, some, p.clock()); err != nil || len(some) < exportStep {
			return err
		}
		after = some[len(some)-1].AgentID
	}
}

// CancelCarry calls a carry off. Agents that have moved stay where they are now; the others stay where
// they were and are told nothing any more. version is the one that was shown.
func (p *Portal) CancelCarry(ctx context.Context, who models.Actor, id string, version int) error {
	return p.turnCarry(ctx, who, id, version, func(tx *store.Tx, c models.Carry, n models.CarryCounts) error {
		left := n.Total - n.Moved
		if left == 0 {
			return models.Moved("Every agent has moved. There is nothing to call off.")
		}
		return tx.CancelCarry(c, carryEvents(c, models.CarryCancelled, left)...)
	})
}

// RetryCarry gives agents that have not moved another 14 days from now.
func (p *Portal) RetryCarry(ctx context.Context, who models.Actor, id string, version int) error {
	return p.turnCarry(ctx, who, id, version, func(tx *store.Tx, c models.Carry, n models.CarryCounts) error {
		before := c
		c.DeadlineAt = tx.Now.Add(models.CarryFor)
		still, err := tx.CarryCounts(c)
		if err != nil {
			return err
		}
		if still.Waiting == 0 {
			return models.Moved("There is no agent left that could still move. Carry the others over anew.")
		}
		if err := mayGoOn(tx, before, still.Waiting); err != nil {
			return err
		}
		return tx.ProlongCarry(c, carryEvents(c, models.CarryRetried, still.Waiting)[0])
	})
}

// mayGoOn says why agents of a held carry cannot be told to move any more.
func mayGoOn(tx *store.Tx, c models.Carry, agents int) error {
	var ends [2]models.HeldPlan
	for i, id := range []string{c.AccountID, c.ToAccountID} {
		h, err := tx.Held(id)
		if err != nil {
			return err
		}
		ends[i] = models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms}
		if ends[i].Agents, err = tx.CountAgents(id); err != nil {
			return err
		}
	}
	arriving, err := tx.OpenCarriesTo(c.ToAccountID)
	if err != nil {
		return err
	}
	if c.Open(tx.Now) { // they are among them
		arriving -= agents
	}
	_, err = models.RuleOnCarry(ends[0], ends[1], agents, arriving, tx.Now)
	if p, ok := models.ProblemIn(err); ok {
		return models.Moved(p.Fields[0].Message)
	}
	return err
}

func (p *Portal) turnCarry(ctx context.Context, who models.Actor, id string, version int, turn func(*store.Tx, models.Carry, models.CarryCounts) error) error {
	return p.do(ctx, who, models.CarryAgents, func(tx *store.Tx) error {
		c, err := tx.HoldCarry(id)
		if err != nil {
			return err
		}
		if c.CancelledAt != nil {
			return models.Moved("This was called off already.")
		}
		if c.Version != version {
			return models.Moved(fmt.Sprintf("Somebody changed the carry %s meanwhile. Look at it again.", c.ID))
		}
		n, err := tx.CarryCounts(c)
		if err != nil {
			return err
		}
		return turn(tx, c, n)
	})
}
