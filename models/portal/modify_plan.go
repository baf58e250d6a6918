package portal

import (
	"context"
	"fmt"

	"mooring/models"
	"mooring/models/store"
)

// ProposeModification says what a modification would do, without doing it. The zero wish is the
// account as it is; a wish that names only a plan or seats keeps the rest.
func (p *Portal) ProposeModification(ctx context.Context, who models.Actor, accountID string, wish models.Modification) (desk models.ModificationDesk, err error) {
	err = p.look(ctx, who, models.ModifyPlans, func(v *store.View) error {
		desk, err = modificationDesk(v, accountID, wish)
		return err
	})
	return desk, err
}

// ModifyPlan changes what is assigned to an account and leaves account, enrolment key and agents as
// they are. When it cannot, it returns the problem with a desk that shows the wish again. The same
// form sent twice changes once.
func (p *Portal) ModifyPlan(ctx context.Context, who models.Actor, accountID string, wish models.Modification) (desk models.ModificationDesk, err error) {
	err = p.do(ctx, who, models.ModifyPlans, func(tx *store.Tx) error {
		now, err := holdSituation(tx, accountID, wish.PlanKey)
		if err != nil {
			return err
		}
		if desk, err = modification(now, wish); err != nil {
			return err
		}
		if refused := refuseModification(&desk, wish); refused != nil {
			return excuse(tx, &desk, wish, refused)
		}
		if err := tx.SaveSubscription(desk.Impact.After, desk.Impact.Modified(desk.Situation, wish)); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, accountID)
	})
	return desk, err
}

// excuse finds out whether a refused form is the second click of one that was acted on. Acting on it
// changed the version that the form was drawn from, so the second click is always refused first.
func excuse(tx *store.Tx, desk *models.ModificationDesk, wish models.Modification, refused error) error {
	if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
		return err
	}
	if err := offer(&tx.View, desk); err != nil {
		return err
	}
	return refused
}

func refuseModification(desk *models.ModificationDesk, wish models.Modification) error {
	if wish.Version != desk.Subscription.Version {
		desk.Wish.Version = desk.Subscription.Version
		return models.Moved("Somebody changed this plan while you were reading. Your input is kept. Read the new numbers, then apply again.")
	}
	if desk.Problem != nil {
		return desk.Problem
	}
	if other := desk.Impact.After.PlanID != desk.Subscription.PlanID; other && wish.PlanNumber != desk.Impact.Terms.Number {
		desk.Wish.PlanNumber = desk.Impact.Terms.Number
		return models.Moved("This plan was edited while you were reading. Your input is kept. Read the new numbers, then apply again.")
	}
	if len(desk.Impact.Changed) == 0 {
		desk.Problem = &models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{
			{Field: "plan", Message: "Nothing would change. Choose another plan, seats, end date or renewal."},
		}}
		return desk.Problem
	}
	if lack := desk.Impact.Without; lack > 0 && desk.Impact.After.Seats < desk.Subscription.Seats && !wish.AcceptOver {
		desk.Problem = &models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{
			{Field: "accept-over", Message: fmt.Sprintf("%s would be without a seat. Enter more seats, or say that this is meant.", count(lack, "agent", "agents"))},
		}}
		return desk.Problem
	}
	return nil
}

// modificationDesk is all that the page of a modification shows.
func modificationDesk(v *store.View, accountID string, wish models.Modification) (desk models.ModificationDesk, err error) {
	now, err := situation(v, accountID, wish.PlanKey)
	if err != nil {
		return desk, err
	}
	if desk, err = modification(now, wish); err == nil {
		err = offer(v, &desk)
	}
	return desk, err
}

// modification is the situation and what the wish would do to it.
func modification(now models.Situation, wish models.Modification) (desk models.ModificationDesk, err error) {
	desk.Situation, desk.Wish = now, completed(wish, now)
	desk.Impact, err = models.RuleOnModification(desk.Situation, desk.Wish)
	if problem, ok := models.ProblemIn(err); ok {
		desk.Problem, err = problem, nil
	}
	return desk, err
}

// offer adds the plans to choose from, and who would be without a seat: what only a page needs.
func offer(v *store.View, desk *models.ModificationDesk) error {
	offers, err := v.OffersIn(desk.Account.Family, desk.Account.PartnerID)
	if err != nil {
		return err
	}
	desk.Offers = fitting(desk.Situation, offers)
	if desk.Impact.Without > 0 {
		least, err := v.LeastSeen(desk.Account.ID)
		if err != nil {
			return err
		}
		desk.Without = least[:min(len(least), desk.Impact.Without)]
	}
	return nil
}

// completed fills what a wish leaves open with what is assigned. A trial that is converted starts a
// term of its own.
func completed(wish models.Modification, s models.Situation) models.Modification {
	if wish.PlanKey == "" {
		wish.PlanKey = s.Target.Plan.Key
	}
	if wish.Term == "" { // nothing was typed yet
		if wish.Seats == 0 {
			wish.Seats = s.Subscription.Seats
		}
		wish.Renews = s.Subscription.Renews
		wish.Version = s.Subscription.Version
		wish.PlanNumber = s.Target.Terms.Number
		wish.Term = models.KeepTerm
		if s.Terms.Trial && !s.Target.Terms.Trial && s.Account.Activated() || !s.State().Live() {
			wish.Term = models.RestartTerm
		}
	}
	return wish
}

// fitting lists the plans that the account could have in place: the assigned one as it is assigned,
// and those that can be sold and fit.
func fitting(s models.Situation, offers []models.Offer) []models.Offer {
	var fit []models.Offer
	for _, o := range offers {
		if o.Plan.ID == s.Subscription.PlanID {
			fit = append(fit, assigned(s, o))
		} else if o.Sellable() && models.FitsInPlace(s, o) {
			fit = append(fit, o)
		}
	}
	return fit
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
