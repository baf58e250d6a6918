package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ProposeMerge says what making one agent of two of a device would do, without doing it. Agents that cannot
// be merged are a desk with the problem, not an error.
func (p *Portal) ProposeMerge(ctx context.Context, who models.Actor, agentID string, wish models.MergeWish) (desk models.MergeDesk, err error) {
	err = p.look(ctx, who, models.MergeAgents, func(v *store.View) error {
		desk, err = mergeDesk(v, agentID, wish)
		desk.Wish.Facts = desk.Facts()
		return err
	})
	return desk, err
}

// MergeAgents makes one agent of two of a device and returns the id of the one that goes on: where the device
// was seen last, with the history of both. The seat of the other one is free at once, and software that still
// reports with it is told so at its next check-in. When it cannot be done it returns the problem with a desk
// that shows the wish again. The same form sent twice merges once. It cannot be taken back.
func (p *Portal) MergeAgents(ctx context.Context, who models.Actor, agentID string, wish models.MergeWish) (kept string, desk models.MergeDesk, err error) {
	err = p.do(ctx, who, models.MergeAgents, func(tx *store.Tx) error {
		if kept, err = tx.FormDone(wish.FormKey); err != nil || kept != "" {
			return err
		}
		if desk, err = mergeDesk(&tx.View, agentID, wish); err != nil {
			return err
		}
		if desk.Problem != nil {
			return desk.Problem
		}
		if err := tx.LockAccounts(distinct(desk.Older.AccountID, desk.Younger.AccountID)...); err != nil {
			return err
		}
		if desk, err = mergeDesk(&tx.View, agentID, wish); err != nil { // as it is now that both are held
			return err
		}
		if err := agreedToMerge(&desk); err != nil {
			return err
		}
		if err := tx.Merge(desk); err != nil {
			return err
		}
		kept = desk.Living().ID
		return tx.FinishForm(wish.FormKey, kept)
	})
	if err != nil {
		kept = ""
	}
	return kept, desk, err
}

func agreedToMerge(desk *models.MergeDesk) error {
	if desk.Problem != nil {
		return desk.Problem
	}
	if facts := desk.Facts(); desk.Wish.Facts != facts {
		desk.Wish.Facts = facts
		return models.Moved("One of the agents moved or checked in while you were reading. Your note is kept. Look at the new state, then confirm again.")
	}
	return desk.Agreement()
}

func mergeDesk(v *store.View, agentID string, wish models.MergeWish) (desk models.MergeDesk, err error) {
	desk.AsOf, desk.Wish = v.Now, wish
	desk.Wish.Note = strings.TrimSpace(wish.Note)
	own, err := v.Agent(agentID)
	if err != nil {
		return desk, err
	}
	if desk.Older, desk.Customer, err = twinOf(v, own); err != nil {
		return desk, err
	}
	others, err := v.Twins(agentID)
	if err != nil {
		return desk, err
	}
	for _, other := range others {
		if desk.Younger.ID == "" && (wish.OtherID == "" || wish.OtherID == other.ID) {
			desk.Wish.OtherID = other.ID
			if desk.Younger, _, err = twinOf(v, other); err != nil {
				return desk, err
			}
		}
	}
	if desk.Younger.ID != "" {
		if desk.Younger.EnrolledBefore(desk.Older.Agent) {
			desk.Older, desk.Younger = desk.Younger, desk.Older
		}
		if desk.Moving, err = v.Moving(desk.Older.ID, desk.Younger.ID); err != nil {
			return desk, err
		}
	}
	desk.Problem, _ = models.ProblemIn(models.RuleOnMerge(desk))
	return desk, nil
}

func twinOf(v *store.View, a models.SeenAgent) (models.Twin, models.Customer, error) {
	h, err := v.Held(a.AccountID)
	return models.Twin{
		SeenAgent: a, Held: models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms},
	}, h.Customer, err
}
