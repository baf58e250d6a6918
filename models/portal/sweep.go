package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// formMemory is how long the portal remembers a form that was acted on: as long as one can be sent.
const formMemory = models.SessionLife

// Sweep removes what has served: unused proposals, sessions that have ended, forms that cannot come
// again, files that were sent and not imported in time, hours long past.
func (p *Portal) Sweep(ctx context.Context) error {
	now := p.real()
	if err := p.store.ForgetHours(ctx, models.HourOf(p.clock())-models.HoursKept); err != nil {
		return err
	}
	if err := p.store.Do(ctx, models.Clock(), now, func(tx *store.Tx) error { return tx.DropProposals() }); err != nil {
		return err
	}
	return p.store.Do(ctx, models.Clock(), now, func(tx *store.Tx) error {
		if err := tx.DropSessions(now.Add(-models.SessionIdle(models.RoleContact)), now.Add(-models.SessionLife)); err != nil {
			return err
		}
		if err := tx.DropThrottles(now.Add(-models.PersonRule.Forget)); err != nil {
			return err
		}
		if err := tx.DropUploads(now); err != nil {
			return err
		}
		if err := tx.DropLinks(now.Add(-models.SessionLife)); err != nil {
			return err
		}
		return tx.DropForms(p.clock().Add(-formMemory))
	})
}
