package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ProposeCarry says what carrying agents of an account over to another one would do, without doing it. A
// carry that cannot begin is a desk with the problem, not an error.
func (p *Portal) ProposeCarry(ctx context.Context, who models.Actor, accountID string, wish models.CarryWish) (desk models.CarryDesk, err error) {
	err = p.look(ctx, who, models.CarryAgents, func(v *store.View) error {
		desk, err = carryDesk(v, accountID, wish)
		desk.Wish.AgentsVersion = desk.From.Account.AgentsVersion
		return err
	})
	return desk, err
}

// CarryAgents begins to carry agents over and returns the id of the carry. Nothing moves by itself: each
// agent is told at its next check-in and counts in the other account from the one after that. When it
// cannot begin it returns the problem with a desk that shows the wish again: Invalid for the form,
// Conflict when agents joined or left meanwhile. The same form sent twice begins one carry.
func (p *Portal) CarryAgents(ctx context.Context, who models.Actor, accountID string, wish models.CarryWish) (id string, desk models.CarryDesk, err error) {
	fresh := p.ids.New(carryID)
	err = p.do(ctx, who, models.CarryAgents, func(tx *store.Tx) error {
		if err := tx.LockAccounts(distinct(accountID, wish.ToAccountID)...); err != nil {
			return ignoreTarget(err, tx, accountID)
		}
		if id, err = tx.FormDone(wish.FormKey); err != nil || id != "" {
			return err
		}
		if desk, err = carryDesk(&tx.View, accountID, wish); err != nil {
			return err
		}
		if desk.Problem != nil {
			return desk.Problem
		}
		if wish.AgentsVersion != desk.From.Account.AgentsVersion {
			desk.Wish.AgentsVersion = desk.From.Account.AgentsVersion
			desk.Changed = wish.Shown.Differences(desk.Shown(), accountID, desk.To.Account.ID)
			return models.Moved("Agents joined or left this account while you were reading. Look at the new numbers, then confirm again.")
		}
		id = fresh
		if err := p.beginCarry(tx, fresh, desk, models.CarryOver); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, id)
	})
	if err != nil {
		id = ""
	}
	return id, desk, err
}

// ignoreTarget lets the desk complain about an account that is not there, as long as the own one is.
func ignoreTarget(err error, tx *store.Tx, accountID string) error {
	if models.IsProblem(err, models.NotFound) {
		return tx.LockAccount(accountID)
	}
	return err
}

func distinct(ids ...string) (all []string) {
	seen := map[string]bool{"": true}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	return all
}

// beginCarry stores the carry that a desk shows, on accounts that are held.
func (p *Portal) beginCarry(tx *store.Tx, id string, desk models.CarryDesk, kind models.CarryKind) error {
	from, to := desk.From.Account, desk.To.Account
	c := models.Carry{
		ID: id, RootID: from.RootID, PartnerID: from.PartnerID, CustomerID: from.CustomerID, AccountID: from.ID, ToAccountID: to.ID,
		Kind: kind, Picked: desk.Wish.Words(), ActorID: tx.Who.ID, ActorName: tx.Who.Name, Total: desk.Impact.Agents,
		CreatedAt: tx.Now, DeadlineAt: tx.Now.Add(models.CarryFor), Version: 1,
	}
	return tx.AddCarry(c, desk.Wish, carryEvents(c, models.CarryBegun, c.Total)...)
}

// carryEvents tell both accounts of one thing.
func carryEvents(c models.Carry, kind models.EventKind, agents int) []models.Event {
	e := models.Event{
		RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.CustomerID, AccountID: c.AccountID, Kind: kind,
		Detail: models.Detail{Agents: agents, Other: c.ToAccountID, Carry: c.ID, To: true},
	}
	arriving := e
	arriving.AccountID, arriving.Detail.Other, arriving.Detail.To = c.ToAccountID, c.AccountID, false
	return []models.Event{e, arriving}
}

// agentsMoved tell both accounts of agents that have moved, and of those that stay.
func agentsMoved(c models.Carry, moved, stayed int) (all []models.Event) {
	if moved > 0 {
		all = carryEvents(c, models.AgentsMoved, moved)
	}
	if stayed > 0 {
		all = append(all, carryEvents(c, models.AgentsStayed, stayed)...)
	}
	return all
}

func carryDesk(v *store.View, accountID string, wish models.CarryWish) (desk models.CarryDesk, err error) {
	h, err := v.Held(accountID)
	if err != nil {
		return desk, err
	}
	desk.AsOf, desk.Customer = v.Now, h.Customer
	accounts, err := v.AccountsOf(h.Customer.ID)
	if err != nil {
		return desk, err
	}
	for _, other := range accounts {
		switch {
		case other.Account.ID == accountID:
			desk.From = other
		case other.Account.ProductID == h.Account.ProductID && other.Account.Open():
			desk.Targets = append(desk.Targets, other)
		}
	}
	desk.Wish = completedCarry(wish, desk)
	if desk.Waiting, err = v.OpenCarries(accountID); err != nil {
		return desk, err
	}
	if desk.From.Agents > desk.Waiting || len(desk.Wish.Agents) > 0 {
		picked := desk.Wish.Agents[:min(len(desk.Wish.Agents), models.MaxPicked)]
		if desk.Choices, desk.More, err = v.PickableAgents(accountID, picked, desk.Waiting, models.MostChoices); err != nil {
			return desk, err
		}
	}
	if desk.Groups, err = v.GroupsOf(accountID); err != nil {
		return desk, err
	}
	if desk.Waiting > 0 {
		if desk.OnCarry, err = onCarry(v, accountID); err != nil {
			return desk, err
		}
	}
	return desk, ruleOnCarry(v, &desk)
}

// onCarry is the newest carry on which agents leave an account.
func onCarry(v *store.View, accountID string) (string, error) {
	carries, err := v.CarriesOf(accountID)
	for _, c := range carries {
		if c.AccountID == accountID && c.Open(v.Now) {
			return c.ID, nil
		}
	}
	return "", err
}

func ruleOnCarry(v *store.View, desk *models.CarryDesk) error {
	agents, err := v.CountPicked(desk.From.Account.ID, desk.Wish, desk.From.Agents, desk.Waiting)
	if err != nil {
		return err
	}
	desk.Impact.Agents = agents
	for _, other := range desk.Targets {
		if other.Account.ID == desk.Wish.ToAccountID {
			desk.To = other
		}
	}
	if len(desk.Wish.Agents) > models.MaxPicked {
		desk.Problem = carryProblem("pick", "Pick at most 1,000 agents by hand; choose a group or all for more.")
		return nil
	}
	if message := desk.Wish.Muddled(); message != "" {
		desk.Problem = carryProblem("pick", message)
		return nil
	}
	if desk.To.Account.ID == "" {
		desk.Problem = carryProblem("to", "Choose the account that the agents shall report to.")
		return nil
	}
	if desk.There, err = v.CountThere(desk.From, desk.To, desk.Wish); err != nil {
		return err
	}
	arriving, err := v.OpenCarriesTo(desk.To.Account.ID)
	if err != nil {
		return err
	}
	desk.Impact, err = models.RuleOnCarry(desk.From, desk.To, agents, arriving, v.Now)
	desk.Impact.InUse -= desk.There
	if desk.Problem, _ = models.ProblemIn(err); desk.Problem != nil {
		return nil
	}
	return err
}

func carryProblem(field, message string) *models.Problem {
	return &models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{{Field: field, Message: message}}}
}

// completedCarry fills in what is likely: the successor of a replaced account, or the only other one.
func completedCarry(wish models.CarryWish, desk models.CarryDesk) models.CarryWish {
	wish.ToAccountID, wish.Group = strings.TrimSpace(wish.ToAccountID), strings.TrimSpace(wish.Group)
	if wish.ToAccountID == "" {
		switch {
		case desk.From.Account.Replaced():
			wish.ToAccountID = *desk.From.Account.ReplacedByID
		case len(desk.Targets) == 1:
			wish.ToAccountID = desk.Targets[0].Account.ID
		}
	}
	switch {
	case wish.Pick == "" && len(wish.Agents) > 0:
		wish.Pick = models.PickList
	case wish.Pick == "" && wish.Group != "":
		wish.Pick = models.PickGroup
	case wish.Pick == "":
		wish.Pick = models.PickAll
	}
	wish.Agents = distinct(wish.Agents...)
	return wish
}
