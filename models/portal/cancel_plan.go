package portal

import (
	"context"

	"mooring/models"
)

// CancelPlan ends what is assigned to an account: at once, or with models.CancelAtEnd at the end of its
// term. The account stays, with its agents and its history.
func (p *Portal) CancelPlan(ctx context.Context, who models.Actor, accountID string, wish models.TurnWish) (models.TurnDesk, error) {
	if wish.Turn != models.CancelAtEnd {
		wish.Turn = models.CancelNow
	}
	return p.takeTurn(ctx, who, accountID, wish)
}

// RestorePlan takes a cancellation back: the plan goes on as if it had not been, with the same end.
func (p *Portal) RestorePlan(ctx context.Context, who models.Actor, accountID string, wish models.TurnWish) (models.TurnDesk, error) {
	wish.Turn = models.Restore
	return p.takeTurn(ctx, who, accountID, wish)
}
