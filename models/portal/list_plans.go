package portal

import (
	"context"
	"slices"

	"mooring/models"
	"mooring/models/store"
)

// ListPlans reads one page of the catalogue, as it stands for the actor's partner.
func (p *Portal) ListPlans(ctx context.Context, who models.Actor, at Place) (page models.CataloguePage, err error) {
	err = p.look(ctx, who, models.SeePlans, func(v *store.View) error {
		if models.ValidPlanKey(at.Before) {
			rows, err := v.CatalogueBefore(at.Before, who.PartnerID)
			more := len(rows) > pageSize
			rows = rows[:min(len(rows), pageSize)]
			slices.Reverse(rows)
			page = cataloguePage(rows, more, len(rows) > 0)
			return err
		}
		if !models.ValidPlanKey(at.After) {
			at.After = ""
		}
		rows, err := v.CatalogueAfter(at.After, who.PartnerID)
		more := len(rows) > pageSize
		page = cataloguePage(rows[:min(len(rows), pageSize)], at.After != "", more)
		return err
	})
	return page, err
}

func cataloguePage(rows []models.CatalogueRow, before, after bool) models.CataloguePage {
	page := models.CataloguePage{Rows: rows}
	if len(rows) > 0 && before {
		page.Previous = rows[0].Plan.Key
	}
	if len(rows) > 0 && after {
		page.Next = rows[len(rows)-1].Plan.Key
	}
	return page
}

// OpenPlan reads what the page of a plan shows.
func (p *Portal) OpenPlan(ctx context.Context, who models.Actor, key string) (f models.PlanFile, err error) {
	err = p.look(ctx, who, models.SeePlans, func(v *store.View) error {
		f, err = planFile(v, key)
		return err
	})
	return f, err
}

func planFile(v *store.View, key string) (f models.PlanFile, err error) {
	if !models.ValidPlanKey(key) {
		return f, models.Absent()
	}
	f.AsOf = v.Now
	if f.CatalogueRow, err = v.InCatalogue(key, v.Who.PartnerID); err != nil {
		return f, err
	}
	f.Versions, f.Resellers, err = v.VersionsOf(f.Plan.ID)
	return f, err
}
