package portal

import (
	"context"
	"fmt"
	"slices"

	"mooring/models"
	"mooring/models/store"
)

// ProposeEdit reads the form of a plan, filled with what is on sale, and whom a change would concern.
func (p *Portal) ProposeEdit(ctx context.Context, who models.Actor, key string) (desk models.PlanDesk, err error) {
	err = p.look(ctx, who, models.EditPlans, func(v *store.View) error {
		if desk, err = planDeskOf(v, key); err != nil {
			return err
		}
		desk.Wish = models.PlanWishFor(desk.Terms)
		desk.Wish.Version = desk.Plan.Version
		for _, g := range desk.Grantees {
			if g.Granted {
				desk.Wish.Had = append(desk.Wish.Had, g.ID)
			}
		}
		desk.Wish.Resellers = desk.Wish.Had
		return nil
	})
	return desk, err
}

// EditPlan puts a further version of a plan on sale, and grants it or takes it back. What is assigned
// keeps the version it was assigned with. When it cannot, it returns the problem with a desk that shows
// the wish again. The same form sent twice makes one version.
func (p *Portal) EditPlan(ctx context.Context, who models.Actor, key string, wish models.PlanWish) (desk models.PlanDesk, err error) {
	if !models.ValidPlanKey(key) {
		return desk, models.Absent()
	}
	err = p.do(ctx, who, models.EditPlans, func(tx *store.Tx) error {
		desk = models.PlanDesk{}
		if err := tx.LockPlan(key); err != nil {
			return err
		}
		if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
			return err
		}
		if desk, err = planDeskOf(&tx.View, key); err != nil {
			return err
		}
		desk.Wish = wish
		if err := p.edit(tx, &desk); err != nil {
			desk.Problem, _ = models.ProblemIn(err)
			return err
		}
		return tx.FinishForm(wish.FormKey, key)
	})
	return desk, err
}

// edit writes what the wish changes: a version where the terms differ, grants where they do.
func (p *Portal) edit(tx *store.Tx, desk *models.PlanDesk) error {
	plan, wish := desk.Plan, desk.Wish
	if wish.Version != plan.Version {
		desk.Wish.Version = plan.Version
		return models.Moved(fmt.Sprintf("Somebody changed this plan while you were reading. Version %d is on sale now. Your input is kept: saving it makes version %d.", plan.Current, plan.Current+1))
	}
	terms, err := models.RuleOnPlan(desk.Product, desk.Terms, wish)
	if err != nil {
		return err
	}
	changed := terms.Changes(desk.Terms)
	granted, err := grantPlan(tx, plan, *desk)
	if err != nil {
		return err
	}
	if granted {
		changed = append(changed, "resellers")
	}
	switch {
	case len(changed) == 0:
		return &models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{{Field: "name", Message: "Nothing would change. Version " + fmt.Sprint(plan.Current) + " says exactly this."}}}
	case granted && len(changed) == 1:
		return tx.Granted(plan.Happened(models.PlanEdited, terms.Name, changed...))
	}
	plan.Current++
	terms.Number, terms.CreatedAt = plan.Current, tx.Now
	return tx.AddPlanVersion(plan, terms, plan.Happened(models.PlanEdited, terms.Name, changed...))
}

// grantPlan changes who may sell the plan, if the wish does and the actor is the one to say so. A desk
// without resellers is a reseller's own.
func grantPlan(tx *store.Tx, plan models.Plan, desk models.PlanDesk) (changed bool, err error) {
	if len(desk.Grantees) == 0 {
		return false, nil
	}
	stranger := func(id string) bool {
		return !slices.ContainsFunc(desk.Grantees, func(g models.Grantee) bool { return g.ID == id })
	}
	added, removed := desk.Wish.Granting()
	n, err := tx.GrantPlan(plan.ID, desk.Wish.Everybody, slices.DeleteFunc(added, stranger))
	if err != nil {
		return false, err
	}
	m, err := tx.RevokePlan(plan.ID, slices.DeleteFunc(removed, stranger))
	return n+m > 0, err
}

// planDeskOf reads a plan for whoever wants to change it, or says why they may not.
func planDeskOf(v *store.View, key string) (desk models.PlanDesk, err error) {
	if desk.PlanFile, err = planFile(v, key); err != nil {
		return desk, err
	}
	if err := models.RuleOnEditing(desk.Plan, desk.Maker, v.Who); err != nil {
		return models.PlanDesk{}, err
	}
	if desk.Plan.Shared() {
		desk.Grantees, err = v.Grantees(desk.Plan.ID)
	}
	return desk, err
}
