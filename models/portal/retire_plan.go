package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenRetirement reads a plan for whoever wants to take it off sale or to bring it back, with whom that
// concerns.
func (p *Portal) OpenRetirement(ctx context.Context, who models.Actor, key string) (desk models.PlanDesk, err error) {
	err = p.look(ctx, who, models.EditPlans, func(v *store.View) error {
		desk, err = planDeskOf(v, key)
		return err
	})
	return desk, err
}

// RetirePlan takes a plan off sale. What is assigned goes on. Version is that of the plan when the page
// was drawn; the same form sent twice retires once.
func (p *Portal) RetirePlan(ctx context.Context, who models.Actor, key string, version int, formKey string) error {
	return p.sell(ctx, who, key, version, formKey, func(tx *store.Tx, f models.PlanFile) error {
		if f.Plan.RetiredAt != nil {
			return models.Moved("This plan is already retired.")
		}
		f.Plan.RetiredAt = &tx.Now
		return tx.SavePlan(f.Plan, f.Plan.Happened(models.PlanRetired, f.Terms.Name))
	})
}

// BringBackPlan puts a retired plan on sale again, in the version that it had.
func (p *Portal) BringBackPlan(ctx context.Context, who models.Actor, key string, version int, formKey string) error {
	return p.sell(ctx, who, key, version, formKey, func(tx *store.Tx, f models.PlanFile) error {
		if f.Plan.RetiredAt == nil {
			return models.Moved("This plan is already on sale.")
		}
		f.Plan.RetiredAt = nil
		return tx.SavePlan(f.Plan, f.Plan.Happened(models.PlanBroughtBack, f.Terms.Name))
	})
}

func (p *Portal) sell(ctx context.Context, who models.Actor, key string, version int, formKey string, change func(*store.Tx, models.PlanFile) error) error {
	if !models.ValidPlanKey(key) {
		return models.Absent()
	}
	return p.do(ctx, who, models.EditPlans, func(tx *store.Tx) error {
		if err := tx.LockPlan(key); err != nil {
			return err
		}
		if place, err := tx.FormDone(formKey); err != nil || place != "" {
			return err
		}
		desk, err := planDeskOf(&tx.View, key)
		if err != nil {
			return err
		}
		if desk.Plan.Version != version {
			return models.Moved("Somebody changed this plan while you were reading.")
		}
		if err := change(tx, desk.PlanFile); err != nil {
			return err
		}
		return tx.FinishForm(formKey, key)
	})
}
