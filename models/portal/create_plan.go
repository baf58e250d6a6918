package portal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// keyTries is how many keys a new plan tries before it gives up.
const keyTries = 8

// DraftPlan reads the form of a new plan: blank, or filled from another plan within reach.
func (p *Portal) DraftPlan(ctx context.Context, who models.Actor, cloneOf string) (desk models.PlanDesk, err error) {
	err = p.look(ctx, who, models.EditPlans, func(v *store.View) error {
		if desk, err = newDesk(v); err != nil {
			return err
		}
		if cloneOf == "" {
			maker, err := v.Partner(who.PartnerID)
			desk.Wish = models.BlankWish(maker.Currency)
			return err
		}
		original, err := planFile(v, cloneOf)
		if err != nil {
			return err
		}
		desk.CloneOf = original.Terms.Name
		desk.Wish = models.PlanWishFor(original.Terms)
		desk.Wish.ProductID = original.Product.ID
		desk.Wish.Name = "Copy of " + original.Terms.Name
		return nil
	})
	return desk, err
}

// CreatePlan adds a plan to the catalogue of the actor's partner and returns its key, which is made from
// its name. When it cannot, it returns the problem with a desk that shows the wish again. The same form
// sent twice makes one plan.
func (p *Portal) CreatePlan(ctx context.Context, who models.Actor, wish models.PlanWish) (key string, desk models.PlanDesk, err error) {
	id := p.ids.New(planID)
	for try := range keyTries {
		key, desk, err = p.createPlan(ctx, who, wish, id, models.PlanKey(wish.Name)+keySuffix(try))
		if !errors.Is(err, store.ErrTaken) {
			break
		}
	}
	return key, desk, err
}

// keySuffix tells plans of the same name apart. The key may be that of a plan out of reach, so it is found
// by trying, and nothing is said of whose it was.
func keySuffix(try int) string {
	switch {
	case try == 0:
		return ""
	case try <= 3:
		return fmt.Sprintf("-%d", try+1)
	}
	return "-" + strings.ToLower(randomText(5))
}

func (p *Portal) createPlan(ctx context.Context, who models.Actor, wish models.PlanWish, id, as string) (key string, desk models.PlanDesk, err error) {
	err = p.do(ctx, who, models.EditPlans, func(tx *store.Tx) error {
		desk = models.PlanDesk{}
		if key, err = tx.FormDone(wish.FormKey); err != nil || key != "" {
			return err
		}
		if desk, err = newDesk(&tx.View); err != nil {
			return err
		}
		desk.Wish = wish
		plan, terms, err := planDrawnUp(tx, desk, id, as)
		if err != nil {
			desk.Problem, _ = models.ProblemIn(err)
			return err
		}
		key = plan.Key
		if err := tx.AddPlan(plan, terms, wish.FormKey, plan.Happened(models.PlanDrawnUp, terms.Name)); err != nil {
			return err
		}
		_, err = grantPlan(tx, plan, desk)
		return err
	})
	return key, desk, err
}

// planDrawnUp is the plan that the desk wishes for, with its first version.
func planDrawnUp(tx *store.Tx, desk models.PlanDesk, id, key string) (models.Plan, models.PlanTerms, error) {
	var product models.Product
	if i := slices.IndexFunc(desk.Products, func(r models.Product) bool { return r.ID == desk.Wish.ProductID }); i >= 0 {
		product = desk.Products[i]
	}
	terms, err := models.RuleOnPlan(product, models.PlanTerms{}, desk.Wish)
	if err != nil {
		return models.Plan{}, terms, err
	}
	plan := models.Plan{
		ID: id, RootID: tx.Who.RootID, PartnerID: tx.Who.PartnerID, ProductID: product.ID,
		Key: key, Current: 1, CreatedAt: tx.Now, Version: 1,
	}
	terms.PlanID, terms.Number, terms.RootID, terms.PartnerID, terms.CreatedAt = id, 1, plan.RootID, plan.PartnerID, tx.Now
	return plan, terms, nil
}

// newDesk reads what a new plan is made of: the products of the actor's own partner and of its
// distributor, and, for the distributor, who could sell it.
func newDesk(v *store.View) (desk models.PlanDesk, err error) {
	desk.AsOf = v.Now
	products, err := v.Products()
	for _, r := range products {
		if r.PartnerID == v.Who.PartnerID || r.PartnerID == v.Who.RootID {
			desk.Products = append(desk.Products, r)
		}
	}
	if err == nil && v.Who.PartnerID == v.Who.RootID {
		desk.Grantees, err = v.Grantees("")
	}
	return desk, err
}
