package portal

import (
	"time"

	"mooring/models"
	"mooring/models/store"
)

// situation reads everything that the rules about another plan look at. An empty plan key is the plan
// that is assigned.
func situation(v *store.View, accountID, planKey string) (models.Situation, error) {
	h, err := v.Situated(accountID, planKey)
	return situated(h, v.Now), err
}

// holdSituation is the same for a change: whatever else would change the account waits.
func holdSituation(tx *store.Tx, accountID, planKey string) (models.Situation, error) {
	h, err := tx.HoldSituated(accountID, planKey)
	return situated(h, tx.Now), err
}

func situated(h store.Situated, now time.Time) models.Situation {
	return models.Situation{
		Customer: h.Customer, Account: h.Account, Subscription: h.Subscription, Terms: h.Terms, Product: h.Product,
		Agents: h.Agents, Target: h.Target, Now: now,
	}
}

// heldSituation is the same of an account that was found by its customer.
func heldSituation(h store.HeldInFamily, c models.Customer, target models.Offer, now time.Time) models.Situation {
	return models.Situation{
		Customer: c, Account: h.Account, Subscription: h.Subscription, Terms: h.Terms,
		Product: h.Product, Target: target, Agents: models.AgentCounts{Total: h.Agents}, Now: now,
	}
}

// assigned is the offer with the terms that are assigned instead of those on sale, for comparing an
// account with itself.
func assigned(s models.Situation, o models.Offer) models.Offer {
	if o.Plan.ID == s.Subscription.PlanID {
		o.Terms = s.Terms
	}
	return o
}
