package portal

import (
	"context"
	"errors"
	"slices"

	"mooring/models"
	"mooring/models/store"
)

// ProposeAssignment lists the plans that a customer could get and says of the wished one whether it would
// be the first of its family.
func (p *Portal) ProposeAssignment(ctx context.Context, who models.Actor, customerID string, wish models.Assignment) (desk models.AssignmentDesk, err error) {
	err = p.look(ctx, who, models.AssignPlans, func(v *store.View) error {
		desk, err = assignmentDesk(v, customerID, wish)
		return err
	})
	return desk, err
}

// AssignPlan gives a customer the first plan of a product family, and with it a new account, whose id it
// returns. A family that is there already is a Conflict, with a desk that says what to do instead: never a
// second account. The same form sent twice assigns once.
func (p *Portal) AssignPlan(ctx context.Context, who models.Actor, customerID string, wish models.Assignment) (account string, desk models.AssignmentDesk, err error) {
	m := p.makes(p.ids.New(accountID))
	assign := func() error {
		return p.do(ctx, who, models.AssignPlans, func(tx *store.Tx) error {
			c, err := tx.Customer(customerID)
			if err != nil {
				return err
			}
			if err := tx.HoldHistory(c.PartnerID); err != nil {
				return err
			}
			if account, err = tx.FormDone(wish.FormKey); err != nil || account != "" {
				return err
			}
			if desk, err = assignmentDesk(&tx.View, customerID, wish); err != nil {
				return err
			}
			s, err := desk.FirstPlan()
			if err != nil {
				desk.Problem, _ = models.ProblemIn(err)
				return err
			}
			account = m.account
			return p.assign(tx, desk, s, m)
		})
	}
	if err = assign(); errors.Is(err, store.ErrTaken) {
		err = assign() // somebody was faster; now their account is seen
	}
	if err != nil {
		account = ""
	}
	return account, desk, err
}

func (p *Portal) assign(tx *store.Tx, desk models.AssignmentDesk, s models.Subscription, m made) error {
	a, s := m.generated(desk.Chosen, s)
	e := accountGenerated(a, desk.Chosen, s)
	e.Detail.Note = desk.Wish.Note
	if err := tx.AddAccount(a, m.keyHash, s, e); err != nil {
		return err
	}
	return tx.FinishForm(desk.Wish.FormKey, a.ID)
}

func assignmentDesk(v *store.View, customerID string, wish models.Assignment) (desk models.AssignmentDesk, err error) {
	desk = models.AssignmentDesk{AsOf: v.Now, Wish: wish}
	if desk.Customer, err = v.Customer(customerID); err != nil {
		return desk, err
	}
	c := desk.Customer
	offers, err := v.Offers(c.PartnerID)
	if err != nil {
		return desk, err
	}
	held, err := v.HeldByAll(c.PartnerID, []string{c.ID})
	if err != nil {
		return desk, err
	}
	for _, o := range offers {
		choice := models.PlanChoice{Offer: o}
		h := heldIn(held, o.Product.Family)
		if h != nil && h.Account.PurgedAt == nil {
			choice.Held = &models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms, Agents: h.Agents}
		}
		if o.Sellable() {
			desk.Choices = append(desk.Choices, choice)
		}
		if o.Plan.Key == wish.PlanKey {
			desk.Chosen = o
			beside(&desk, h)
		}
	}
	return desk, nil
}

func heldIn(held []store.HeldInFamily, family string) *store.HeldInFamily {
	i := slices.IndexFunc(held, func(h store.HeldInFamily) bool { return h.Account.Family == family })
	if i < 0 {
		return nil
	}
	return &held[i]
}

// beside rules on the chosen plan where the customer already has an account of its family.
func beside(desk *models.AssignmentDesk, h *store.HeldInFamily) {
	if h == nil {
		return
	}
	s := heldSituation(*h, desk.Customer, desk.Chosen, desk.AsOf)
	var away bool
	if desk.Ruling, away = models.LeadsAway(s); away {
		desk.Beside = &s
	}
}
