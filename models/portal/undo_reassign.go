package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ProposeUndo says what undoing the reassign of an account would do, without doing it. A reassign that
// cannot be undone is a desk with the problem, not an error.
func (p *Portal) ProposeUndo(ctx context.Context, who models.Actor, oldID string, wish models.UndoWish) (desk models.UndoDesk, err error) {
	err = p.look(ctx, who, models.ReassignPlans, func(v *store.View) error {
		desk, err = undoDesk(v, oldID, wish)
		desk.Wish.Facts = desk.Facts()
		return err
	})
	return desk, err
}

// UndoReassign puts an account back to where it was before it was reassigned: it is replaced no more, and
// the account that was generated is closed, its plan cancelled and credited. Agents that were carried over
// are told to come back, and count in the old account once they confirm. When it cannot be done it
// returns the problem with a desk that shows the wish again. The same form sent twice undoes once.
func (p *Portal) UndoReassign(ctx context.Context, who models.Actor, oldID string, wish models.UndoWish) (desk models.UndoDesk, err error) {
	fresh := p.ids.New(carryID)
	err = p.do(ctx, who, models.ReassignPlans, func(tx *store.Tx) error {
		if err := tx.LockAccount(oldID); err != nil {
			return err
		}
		if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
			return err
		}
		if desk, err = undoDesk(&tx.View, oldID, wish); err != nil {
			return err
		}
		if desk.Problem != nil {
			return desk.Problem
		}
		if err := tx.LockAccounts(oldID, desk.New.Account.ID); err != nil {
			return err
		}
		if desk, err = undoDesk(&tx.View, oldID, wish); err != nil { // as it is now that both are held
			return err
		}
		if err := agreedToUndo(&desk); err != nil {
			return err
		}
		if err := p.undo(tx, desk, fresh); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, oldID)
	})
	return desk, err
}

func agreedToUndo(desk *models.UndoDesk) error {
	if desk.Problem != nil {
		return desk.Problem
	}
	if facts := desk.Facts(); desk.Wish.Facts != facts {
		desk.Wish.Facts = facts
		return models.Moved("Something changed on these accounts while you were reading. Your reason is kept. Look at the new numbers, then confirm again.")
	}
	return desk.Wish.Agreement()
}

func (p *Portal) undo(tx *store.Tx, desk models.UndoDesk, fresh string) error {
	if err := callOff(tx, desk.New.Account.ID); err != nil {
		return err
	}
	if desk.Carried > 0 {
		back := models.CarryDesk{
			From: desk.New, To: desk.Old, Wish: models.CarryWish{Pick: models.PickAll}, Impact: models.CarryImpact{Agents: desk.Carried},
		}
		if err := p.beginCarry(tx, fresh, back, models.CarryBack); err != nil {
			return err
		}
	}
	old, next, sub := desk.Old.Account, desk.New.Account, desk.New.Subscription
	old.ReplacedByID, old.ReplacedAt = nil, nil
	next.ClosedAt = &tx.Now
	if sub.CancelledAt == nil {
		sub.CancelledAt = &tx.Now
	}
	d := models.Detail{Other: next.ID, Plan: desk.New.Terms.Name, Agents: desk.Carried, Why: desk.Wish.Why, Note: desk.Wish.Note, To: true}
	undone := onAccount(old, models.ReassignUndone, d)
	undone.ProposalID = desk.Proposal.ID
	d.Other, d.To = old.ID, false
	if desk.Credited {
		d.Charge, d.Currency = desk.Credit.Minor, desk.Credit.Currency
	}
	closed := onAccount(next, models.ReassignUndone, d)
	closed.ProposalID = desk.Proposal.ID
	if err := tx.SaveUndone(old, undone, next, sub, closed); err != nil {
		return err
	}
	return tx.MarkUndone(desk.Proposal)
}

// callOff ends the carries that tell agents to move to an account that goes, or from it, or would if they were
// tried again.
func callOff(tx *store.Tx, account string) error {
	carries, err := tx.CarriesUnderWay(account)
	if err != nil {
		return err
	}
	for _, c := range carries {
		n, err := tx.CarryCounts(c)
		if err != nil {
			return err
		}
		if err := tx.CancelCarry(c, carryEvents(c, models.CarryCancelled, n.Total-n.Moved)...); err != nil {
			return err
		}
	}
	return nil
}

func undoDesk(v *store.View, oldID string, wish models.UndoWish) (desk models.UndoDesk, err error) {
	h, err := v.Held(oldID)
	if err != nil {
		return desk, err
	}
	desk.AsOf, desk.Customer, desk.Wish = v.Now, h.Customer, wish
	desk.Wish.Note = strings.TrimSpace(wish.Note)
	accounts, err := v.AccountsOf(h.Customer.ID)
	if err != nil {
		return desk, err
	}
	for _, a := range accounts {
		switch {
		case a.Account.ID == oldID:
			desk.Old = a
		case h.Account.ReplacedByID != nil && a.Account.ID == *h.Account.ReplacedByID:
			desk.New = a
		}
	}
	if desk.New.Account.ID != "" {
		if err := fillUndo(v, &desk); err != nil {
			return desk, err
		}
	}
	desk.Problem, _ = models.ProblemIn(models.RuleOnUndo(desk))
	return desk, nil
}

func fillUndo(v *store.View, desk *models.UndoDesk) (err error) {
	old, next := desk.Old.Account.ID, desk.New.Account.ID
	if desk.Proposal, err = v.UsedProposal(old); err != nil {
		return err
	}
	if desk.Enrolled, err = v.EnrolledThere(next); err != nil {
		return err
	}
	desk.Carried = desk.New.Agents - desk.Enrolled
	if desk.Waiting, err = v.OpenCarries(old); err != nil {
		return err
	}
	if desk.Gone, err = v.GoneOn(old, next); err != nil {
		return err
	}
	s, err := situation(v, next, "")
	if err != nil {
		return err
	}
	if im, err := models.RuleOnTurn(s, models.CancelNow); err == nil {
		desk.Credit, desk.Credited = im.Charge, im.Charged
	}
	return nil
}
