package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ProposeTurn says what suspending, resuming, cancelling or taking a cancellation back would do, without
// doing it. A turn that cannot be taken is a desk with the problem, not an error.
func (p *Portal) ProposeTurn(ctx context.Context, who models.Actor, accountID string, wish models.TurnWish) (desk models.TurnDesk, err error) {
	err = p.look(ctx, who, wish.Turn.Needs(), func(v *store.View) error {
		desk, err = turnDesk(v, accountID, wish)
		if err == nil && wish.Turn == models.CancelAtEnd && desk.Takes(models.CancelNow) && !desk.Takes(wish.Turn) {
			wish.Turn = models.CancelNow // the only way there is
			desk, err = turnDesk(v, accountID, wish)
		}
		desk.Wish.Version = desk.Subscription.Version
		return err
	})
	return desk, err
}

// takeTurn does it. When it cannot, it returns the problem with a desk that shows the wish again:
// Invalid when input is missing, Conflict when the facts have moved. The same form sent twice acts once.
func (p *Portal) takeTurn(ctx context.Context, who models.Actor, accountID string, wish models.TurnWish) (desk models.TurnDesk, err error) {
	err = p.do(ctx, who, wish.Turn.Needs(), func(tx *store.Tx) error {
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
			return err
		}
		desk, err = turnDesk(&tx.View, accountID, wish)
		if err != nil {
			return err
		}
		if err := refuseTurn(&desk); err != nil {
			return err
		}
		if err := tx.SaveSubscription(desk.Impact.After, desk.Impact.Taken(desk.Situation, desk.Wish)); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, accountID)
	})
	return desk, err
}

func refuseTurn(desk *models.TurnDesk) error {
	if desk.Problem != nil {
		return desk.Problem
	}
	if desk.Wish.Version != desk.Subscription.Version {
		desk.Wish.Version, desk.Wish.TypedID = desk.Subscription.Version, ""
		return models.Moved("Somebody changed this plan while you were reading. Your reason is kept. Read the new numbers, then confirm again.")
	}
	return desk.Impact.Agreement(desk.Wish, desk.Account.ID)
}

func turnDesk(v *store.View, accountID string, wish models.TurnWish) (desk models.TurnDesk, err error) {
	if desk.Situation, err = situation(v, accountID, ""); err != nil {
		return desk, err
	}
	desk.Wish = wish
	desk.Wish.Note = strings.TrimSpace(wish.Note)
	desk.Impact, err = models.RuleOnTurn(desk.Situation, wish.Turn)
	if problem, ok := models.ProblemIn(err); ok {
		desk.Problem, err = problem, nil
	}
	return desk, err
}
