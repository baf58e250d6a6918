package portal

import (
	"mooring/models"
	"mooring/models/store"
)

// made is what a reassign needs and must not make twice when its transaction is tried again.
type made struct {
	subscription string
	successor    string
	key          string
	sealed       string
}

func (p *Portal) madeFor(accountID string) made {
	key := p.newEnrolmentKey()
	return made{p.ids.New(subscriptionID), p.ids.Successor(accountID), key, p.keys.seal(key)}
}

// newEnrolmentKey is what agents present when they enrol: 25 characters in groups of five.
func (p *Portal) newEnrolmentKey() string {
	t := randomText(25)
	return "EK-" + t[:5] + "-" + t[5:10] + "-" + t[10:15] + "-" + t[15:20] + "-" + t[20:]
}

// execute does what was agreed to and returns the account that has the plan now.
func (p *Portal) execute(tx *store.Tx, desk models.ReassignmentDesk, m made) (string, error) {
	if desk.Ruling.Reason == models.BecauseNotActivated {
		return p.swap(tx, desk, m)
	}
	a := desk.Account
	next := models.Account{
		ID: desk.Proposal.NewAccountID, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID,
		ProductID: desk.Target.Product.ID, Family: a.Family, DataCenter: desk.Target.Terms.DataCenter,
		SealedKey: m.sealed, CreatedAt: tx.Now, Version: 1,
	}
	if desk.Proposal.ID == "" { // the old account was purged: a plain assign
		next.ID = m.successor
	} else {
		next.ProposalID = &desk.Proposal.ID
	}
	s, err := p.assignTo(tx, desk, &next, m)
	if err != nil {
		return "", err
	}
	created := onAccount(next, models.AccountCreated, models.Detail{
		Plan: desk.Target.Terms.Name, Seats: s.Seats, EndsOn: s.EndsOn, Other: a.ID,
	})
	created.ProposalID = desk.Proposal.ID
	if err := tx.AddAccount(next, p.keys.index(m.key), s, created); err != nil {
		return "", err
	}
	if desk.Proposal.ID != "" {
		if err := p.replace(tx, desk, next); err != nil {
			return "", err
		}
	}
	return next.ID, tx.FinishForm(desk.Wish.FormKey, next.ID)
}

// assignTo is the subscription of the new account; a plan that begins at once activates it.
func (p *Portal) assignTo(tx *store.Tx, desk models.ReassignmentDesk, next *models.Account, m made) (models.Subscription, error) {
	renews := desk.Subscription.Renews
	s, err := models.Assigned(models.Assignment{PlanKey: desk.Wish.PlanKey, Seats: desk.Wish.Seats, Renews: &renews}, desk.Target, desk.Customer, tx.Now)
	s.ID, s.AccountID = m.subscription, next.ID
	if s.ActivatedAt != nil {
		next.ActivatedAt = s.ActivatedAt
	}
	return s, err
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
	s, err := p.assignTo(tx, desk, &a, m)
	if err != nil {
		return "", err
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
