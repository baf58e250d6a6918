package portal

import (
	"context"

	"mooring/models"
)

// SuspendPlan stops updates and enrolment on an account until somebody resumes it. Agents go on
// reporting, and the term goes on counting.
func (p *Portal) SuspendPlan(ctx context.Context, who models.Actor, accountID string, wish models.TurnWish) (models.TurnDesk, error) {
	wish.Turn = models.Suspend
	return p.takeTurn(ctx, who, accountID, wish)
}

// ResumePlan ends a suspension. It brings no lost time back: a term that ended meanwhile has ended.
func (p *Portal) ResumePlan(ctx context.Context, who models.Actor, accountID string, wish models.TurnWish) (models.TurnDesk, error) {
	wish.Turn = models.Resume
	return p.takeTurn(ctx, who, accountID, wish)
}
