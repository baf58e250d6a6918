package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// Report stores check-ins of agents that the portal itself speaks for: those of the demo. Those that are
// being carried over do what they are told: once they know, the next report moves them.
func (p *Portal) Report(ctx context.Context, seen []models.Sighting) error {
	reporting := make(map[string]bool, len(seen))
	for _, s := range seen {
		reporting[s.AgentID] = true
	}
	var told []store.Told
	confirming := map[string]party{}
	err := p.look(ctx, models.Operator(), models.RunPortal, func(v *store.View) error {
		on, err := v.OnTheirWay()
		for _, k := range on {
			switch {
			case !reporting[k.AgentID]:
			case k.ToldAt == nil:
				told = append(told, store.Told{CarryID: k.CarryID, AgentID: k.AgentID, TokenHash: hashed(p.keys.carryToken(k.CarryID, k.AgentID))})
			default:
				confirming[k.CarryID] = party{k.CarryID, k.RootID, k.PartnerID, append(confirming[k.CarryID].agents, k.AgentID)}
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range confirming {
		if err := p.move(ctx, m, "demo"); err != nil {
			return err
		}
	}
	return p.store.Sighted(ctx, p.clock(), store.Heard{Sightings: seen, Told: told})
}
