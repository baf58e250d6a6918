package portal

import (
	"context"
	"fmt"

	"mooring/models"
	"mooring/models/store"
)

// OpenCarry reads how far a carry has come. Moved, waiting and failed always add up to its total.
func (p *Portal) OpenCarry(ctx context.Context, who models.Actor, id string) (f models.CarryProgress, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		f.AsOf = v.Now
		if f.Carry, err = v.Carry(id); err != nil {
			return err
		}
		h, err := v.Held(f.Carry.AccountID)
		if err != nil {
			return err
		}
		f.Customer = h.Customer
		accounts, err := v.AccountsOf(h.Customer.ID)
		if err != nil {
			return err
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
			return err
		}
		f.Missing, err = v.LongestSilent(id)
		return err
	})
	return f, err
}

// CountCarry reads the numbers of a carry and nothing else.
func (p *Portal) CountCarry(ctx context.Context, who models.Actor, id string) (c models.Carry, n models.CarryCounts, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		if c, err = v.Carry(id); err == nil {
			n, err = v.CarryCounts(c)
		}
		return err
	})
	return c, n, err
}

// EachMissing calls for every agent of a carry that has not moved, in the order of their ids.
func (p *Portal) EachMissing(ctx context.Context, who models.Actor, id string, tell func(models.Carry, models.MissingAgent) error) error {
	return p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		c, err := v.Carry(id)
		for after := ""; err == nil; {
			var some []models.MissingAgent
			if some, err = v.Missing(id, after); len(some) == 0 {
				return err
			}
			for _, a := range some {
				if err := tell(c, a); err != nil {
					return err
				}
			}
			after = some[len(some)-1].AgentID
		}
		return err
	})
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
		c.DeadlineAt = tx.Now.Add(models.CarryFor)
		still, err := tx.CarryCounts(c)
		if err != nil {
			return err
		}
		if still.Waiting == 0 {
			return models.Moved("There is no agent left that could still move. Carry the others over anew.")
		}
		return tx.ProlongCarry(c, carryEvents(c, models.CarryRetried, still.Waiting)[0])
	})
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
