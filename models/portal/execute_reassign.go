package portal

import (
	"errors"

	"mooring/models"
	"mooring/models/store"
)

// execute does what was agreed to and returns the account that has the plan now.
func (p *Portal) execute(tx *store.Tx, desk models.ReassignmentDesk, m made) (string, error) {
	if desk.Ruling.Reason == models.BecauseNotActivated {
		return p.swap(tx, desk, m)
	}
	if desk.Proposal.ID != "" { // else the old account was purged: a plain assign
		m.account = desk.Proposal.NewAccountID
	}
	s, err := assignedTo(tx, desk)
	if err != nil {
		return "", err
	}
	next, s := m.generated(desk.Target, s)
	created := accountGenerated(next, desk.Target, s)
	created.Detail.Other = desk.Account.ID
	if desk.Proposal.ID != "" {
		next.ProposalID, created.ProposalID = &desk.Proposal.ID, desk.Proposal.ID
	}
	err = tx.AddAccount(next, m.keyHash, s, created)
	if errors.Is(err, store.ErrTaken) {
		err = models.Moved("Somebody assigned a plan to this customer at the same moment.")
	}
	if err != nil {
		return "", err
	}
	if desk.Proposal.ID != "" {
		if err := p.replace(tx, desk, next); err != nil {
			return "", err
		}
	}
	return next.ID, tx.FinishForm(desk.Wish.FormKey, next.ID)
}

// assignedTo is the subscription to the plan that was agreed to, not yet on an account.
func assignedTo(tx *store.Tx, desk models.ReassignmentDesk) (models.Subscription, error) {
	renews := desk.Subscription.Renews
	return models.Assigned(models.Assignment{PlanKey: desk.Wish.PlanKey, Seats: desk.Wish.Seats, Renews: &renews}, desk.Target, desk.Customer, tx.Now)
}

// replace marks the old account with its successor and the proposal as used up.
func (p *Portal) replace(tx *store.Tx, desk models.ReassignmentDesk, next models.Account) error {
	old, pr := desk.Account, desk.Proposal
	old.ReplacedByID, old.ReplacedAt = &next.ID, &tx.Now
	e := onAccount(old, models.AccountReplaced, models.Detail{
		Plan: desk.Target.Terms.Name, PlanBefore: desk.Terms.Name, Seats: desk.Wish.Seats, Other: next.ID,
		Agents: desk.Agents.Total, Why: desk.Wish.Why, Note: desk.Wish.Note,
	})
	e.ProposalID = pr.ID
	if err := tx.SaveAccount(old, e); err != nil {
		return err
	}
	pr.UsedAt, pr.ResultID = &tx.Now, &next.ID
	pr.Why, pr.Note, pr.TypedID = desk.Wish.Why, desk.Wish.Note, desk.Wish.TypedID
	won, err := tx.UseProposal(pr)
	if err == nil && !won {
		err = models.Moved("Somebody confirmed this at the same moment.")
	}
	return err
}

// swap replaces the plan of an account that was never activated. The account keeps its id.
func (p *Portal) swap(tx *store.Tx, desk models.ReassignmentDesk, m made) (string, error) {
	a, old := desk.Account, desk.Subscription
	if old.CancelledAt == nil {
		old.CancelledAt = &tx.Now
	}
	e := onAccount(a, models.PlanSwapped, models.Detail{
		Plan: desk.Target.Terms.Name, PlanBefore: desk.Terms.Name, Seats: desk.Wish.Seats, Before: old.Seats,
	})
	if err := tx.SaveSubscription(old, e); err != nil {
		return "", err
	}
	s, err := assignedTo(tx, desk)
	if err != nil {
		return "", err
	}
	s.ID, s.AccountID = m.subscription, a.ID
	if s.ActivatedAt != nil {
		a.ActivatedAt = s.ActivatedAt
	}
	assigned := onAccount(a, models.PlanAssigned, models.Detail{Plan: desk.Target.Terms.Name, Seats: s.Seats, EndsOn: s.EndsOn})
	if err := tx.AddSubscription(s, assigned); err != nil {
		return "", err
	}
	if a.ActivatedAt != nil {
		begun := onAccount(a, models.PlanActivated, models.Detail{Plan: desk.Target.Terms.Name, Seats: s.Seats, EndsOn: s.EndsOn, Why: string(models.AtOnce)})
		if err := tx.SaveAccount(a, begun); err != nil {
			return "", err
		}
	}
	return a.ID, tx.FinishForm(desk.Wish.FormKey, a.ID)
}
