package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ProposeRetirement says what retiring an empty account would do, without doing it. One that cannot be
// retired is a desk with the problem, not an error.
func (p *Portal) ProposeRetirement(ctx context.Context, who models.Actor, emptyID string, wish models.UndoWish) (desk models.RetireDesk, err error) {
	err = p.look(ctx, who, models.RetireAccounts, func(v *store.View) error {
		desk, err = retireDesk(v, emptyID, wish)
		desk.Wish.Facts = desk.Facts()
		return err
	})
	return desk, err
}

// RetireAccount closes an empty account and gives its plan, its seats and its end to the older account of
// the product that has the agents, which is replaced no more. When it cannot be done it returns the problem
// with a desk that shows the wish again. The same form sent twice retires once.
func (p *Portal) RetireAccount(ctx context.Context, who models.Actor, emptyID string, wish models.UndoWish) (desk models.RetireDesk, err error) {
	err = p.do(ctx, who, models.RetireAccounts, func(tx *store.Tx) error {
		if err := tx.LockAccount(emptyID); err != nil {
			return err
		}
		if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
			return err
		}
		if desk, err = retireDesk(&tx.View, emptyID, wish); err != nil {
			return err
		}
		if desk.Problem != nil {
			return desk.Problem
		}
		if err := tx.LockAccounts(distinct(emptyID, desk.Old.Account.ID, desk.Before.Account.ID)...); err != nil {
			return err
		}
		if desk, err = retireDesk(&tx.View, emptyID, wish); err != nil { // as it is now that both are held
			return err
		}
		if err := agreedToUndo(&desk.UndoDesk); err != nil {
			return err
		}
		if err := retire(tx, desk); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, desk.Old.Account.ID)
	})
	return desk, err
}

func retire(tx *store.Tx, desk models.RetireDesk) error {
	old, empty, sub := desk.Old.Account, desk.New.Account, desk.New.Subscription
	if err := callOff(tx, empty.ID); err != nil { // what a deadline has passed could be tried again
		return err
	}
	if desk.Moves && len(desk.Impact.Changed) > 0 {
		if err := tx.SaveSubscription(desk.Impact.After, desk.Impact.Modified(desk.Keeper, models.Modification{})); err != nil {
			return err
		}
	}
	if desk.Before.Account.ID == old.ID {
		old.ReplacedByID, old.ReplacedAt = nil, nil
	} else if err := replacedNoMore(tx, desk); err != nil {
		return err
	}
	empty.ClosedAt = &tx.Now
	if sub.CancelledAt == nil {
		sub.CancelledAt = &tx.Now
	}
	d := models.Detail{Other: empty.ID, Plan: desk.New.Terms.Name, Agents: desk.Old.Agents, Why: desk.Wish.Why, Note: desk.Wish.Note, To: true}
	kept := onAccount(old, models.AccountRetired, d)
	d.Other, d.To = old.ID, false
	if desk.Credited {
		d.Charge, d.Currency = desk.Credit.Minor, desk.Credit.Currency
	}
	closed := onAccount(empty, models.AccountRetired, d)
	kept.ProposalID, closed.ProposalID = desk.Proposal.ID, desk.Proposal.ID
	if err := tx.SaveUndone(old, kept, empty, sub, closed); err != nil || desk.Proposal.ID == "" {
		return err
	}
	return tx.MarkUndone(desk.Proposal)
}

// replacedNoMore frees an account without agents that the empty one replaced, in a chain of several.
func replacedNoMore(tx *store.Tx, desk models.RetireDesk) error {
	before := desk.Before.Account
	if before.ID == "" {
		return nil
	}
	before.ReplacedByID, before.ReplacedAt = nil, nil
	undone := onAccount(before, models.ReassignUndone, models.Detail{Other: desk.New.Account.ID, Why: desk.Wish.Why, Note: desk.Wish.Note, To: true})
	undone.ProposalID = desk.Proposal.ID
	return tx.SaveAccount(before, undone)
}

func retireDesk(v *store.View, emptyID string, wish models.UndoWish) (desk models.RetireDesk, err error) {
	own, err := situation(v, emptyID, "")
	if err != nil {
		return desk, err
	}
	desk.AsOf, desk.Customer, desk.Wish = v.Now, own.Customer, wish
	desk.Wish.Note = strings.TrimSpace(wish.Note)
	accounts, err := v.AccountsOf(own.Customer.ID)
	if err != nil {
		return desk, err
	}
	desk.Before = models.ReplacedBy(emptyID, accounts)
	desk.Old = models.KeeperOf(own.Account, accounts)
	desk.New = models.HeldPlan{Account: own.Account, Subscription: own.Subscription, Terms: own.Terms, Agents: own.Agents.Total}
	if desk.Waiting, err = v.OpenCarriesTo(emptyID); err != nil {
		return desk, err
	}
	if desk.Old.Account.ID != "" {
		if err := fillRetirement(v, &desk, own); err != nil {
			return desk, err
		}
	}
	desk.Problem, _ = models.ProblemIn(models.RuleOnRetirement(&desk))
	return desk, nil
}

func fillRetirement(v *store.View, desk *models.RetireDesk, own models.Situation) (err error) {
	if desk.Keeper, err = situation(v, desk.Old.Account.ID, own.Target.Plan.Key); err != nil {
		return err
	}
	// The customer has the plan already, as it was assigned: whether it is still sold does not matter.
	desk.Keeper.Target.Terms, desk.Keeper.Target.Granted, desk.Keeper.Target.Plan.RetiredAt = own.Terms, true, nil
	if desk.Before.Account.ID != "" {
		if desk.Proposal, err = v.UsedProposal(desk.Before.Account.ID); err != nil {
			return err
		}
	}
	if im, err := models.RuleOnTurn(own, models.CancelNow); err == nil {
		desk.Credit, desk.Credited = im.Charge, im.Charged
	}
	return nil
}
