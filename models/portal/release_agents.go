package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenSeats reads how the seats of an account are used, and which of them could be released.
func (p *Portal) OpenSeats(ctx context.Context, who models.Actor, accountID string) (desk models.SeatsDesk, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		desk, err = seatsDesk(v, accountID)
		return err
	})
	return desk, err
}

func seatsDesk(v *store.View, accountID string) (desk models.SeatsDesk, err error) {
	h, err := v.Held(accountID)
	if err != nil {
		return desk, err
	}
	desk.AsOf, desk.Customer = v.Now, h.Customer
	desk.Held = models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms}
	idle, peak := v.Now.Add(-models.IdleAfter), v.Now.Add(-models.PeakOver)
	use, err := v.SeatUse(h.Account, idle, peak)
	if err != nil {
		return desk, err
	}
	desk.Held.Agents, desk.IdleAll = use.InUse, use.Idle()
	if desk.Peak, err = v.SeatPeak(h.Account, use, peak); err != nil {
		return desk, err
	}
	desk.Idle, err = v.Idle(accountID, use, idle)
	return desk, err
}

// ProposeRelease says what releasing seats would do, without doing it. A wish that cannot be done is a
// problem, with the desk as it is.
func (p *Portal) ProposeRelease(ctx context.Context, who models.Actor, accountID string, wish models.ReleaseWish) (desk models.SeatsDesk, err error) {
	err = p.look(ctx, who, models.ReleaseSeats, func(v *store.View) error {
		if desk, err = seatsDesk(v, accountID); err != nil {
			return err
		}
		return chooseSeats(v, &desk, wish)
	})
	return desk, err
}

// ReleaseAgents takes the seats of agents back and returns how many. The seats are free at once; an agent
// is told at its next check-in, and takes a seat again if its software enrols once more. When it cannot,
// it returns the problem with the desk as it is now. The same form sent twice releases once.
func (p *Portal) ReleaseAgents(ctx context.Context, who models.Actor, accountID string, wish models.ReleaseWish) (n int, desk models.SeatsDesk, err error) {
	err = p.do(ctx, who, models.ReleaseSeats, func(tx *store.Tx) error {
		n = 0
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
			return err
		}
		if desk, err = seatsDesk(&tx.View, accountID); err != nil {
			return err
		}
		if err := chooseSeats(&tx.View, &desk, wish); err != nil {
			return err
		}
		if wish.AllIdle && wish.IdleAll != desk.IdleAll {
			return models.Moved("Other agents are idle now than when you looked. Look at the new numbers, then release again.")
		}
		if n, err = release(tx, desk.Held.Account, wish); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, accountID)
	})
	if err != nil {
		n = 0
	}
	return n, desk, err
}

// chooseSeats finds out whose seats a wish means.
func chooseSeats(v *store.View, desk *models.SeatsDesk, wish models.ReleaseWish) (err error) {
	if err := wish.Check(); err != nil {
		desk.Problem, _ = models.ProblemIn(err)
		return err
	}
	account, since := desk.Held.Account.ID, v.Now.Add(-models.IdleAfter)
	if wish.AllIdle {
		desk.Chosen, desk.Releases = desk.Idle, desk.IdleAll
		desk.Moving, err = v.IdleMoving(account, since)
	} else if desk.Chosen, err = v.Seated(account, wish.Agents); err == nil {
		desk.Releases = len(desk.Chosen)
		desk.Chosen = desk.Chosen[:min(len(desk.Chosen), models.MaxIdleShown)]
		desk.Moving, err = v.SeatedMoving(account, wish.Agents)
	}
	if err == nil && desk.Releases == 0 {
		return models.Moved("These agents have no seat here any more.")
	}
	return err
}

func release(tx *store.Tx, a models.Account, wish models.ReleaseWish) (n int, err error) {
	ids := wish.Agents
	if wish.AllIdle {
		if ids, err = tx.IdleIDs(a.ID, tx.Now.Add(-models.IdleAfter)); err != nil {
			return 0, err
		}
	}
	return tx.Release(a, ids, func(n int, first []models.Agent) models.Event { return models.AgentsFreed(a, n, first, wish.Note) })
}
