package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenEnrolment reads what the page about an account's enrolment shows: its key as far as the actor has
// asked to see it, and the keys before it that still work.
func (p *Portal) OpenEnrolment(ctx context.Context, who models.Actor, accountID string) (desk models.EnrolmentDesk, err error) {
	err = p.look(ctx, who, models.SeeEnrolmentKey, func(v *store.View) error {
		desk, err = p.enrolmentDesk(v, accountID)
		return err
	})
	return desk, err
}

func (p *Portal) enrolmentDesk(v *store.View, accountID string) (desk models.EnrolmentDesk, err error) {
	h, err := v.Held(accountID)
	if err != nil {
		return desk, err
	}
	desk = models.EnrolmentDesk{AsOf: v.Now, Customer: h.Customer, Product: h.Product}
	desk.HeldPlan = models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms}
	if desk.Agents, err = v.CountAgents(accountID); err != nil {
		return desk, err
	}
	if desk.Key, err = p.keySight(v, h.Account); err != nil {
		return desk, err
	}
	keys, err := v.KeysOf(accountID)
	for _, k := range keys {
		if k.Current() {
			desk.Current = k
		} else {
			desk.Older = append(desk.Older, k)
		}
	}
	return desk, err
}

// keySight is what the actor sees of the key of an account.
func (p *Portal) keySight(v *store.View, a models.Account) (models.KeySight, error) {
	open, err := v.KeyOpen(a.ID)
	if err != nil {
		return models.KeySight{}, err
	}
	return p.sight(a, open)
}

func (p *Portal) sight(a models.Account, open bool) (models.KeySight, error) {
	key, err := p.keys.unseal(a.SealedKey)
	if err != nil {
		return models.KeySight{}, err
	}
	return models.SightOf(key, open), nil
}
