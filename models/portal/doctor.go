package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store/invariants"
)

// Examine asks the database what must be true at any moment and says what is not; nothing is good.
func (p *Portal) Examine(ctx context.Context, who models.Actor) ([]invariants.Finding, error) {
	if err := permit(who, models.RunPortal); err != nil {
		return nil, err
	}
	return invariants.Check(ctx, p.store, p.clock())
}
