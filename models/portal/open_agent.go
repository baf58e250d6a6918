package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// OpenAgent reads what the page of one agent shows, whether it holds a seat or was released.
func (p *Portal) OpenAgent(ctx context.Context, who models.Actor, id string) (f models.AgentFile, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		if f, err = v.AgentFile(id); err != nil {
			return err
		}
		h, err := v.Held(f.Agent.AccountID)
		if err != nil {
			return err
		}
		f.AsOf, f.Customer = v.Now, h.Customer
		f.Held = models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms}
		twins, err := v.Twins(id)
		f.Doubled = len(twins) > 0
		return err
	})
	return f, err
}
