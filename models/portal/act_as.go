package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ActAs is the actor that a user is, for whoever operates the portal on its own machine: what a command
// then does is done with that user's reach and role, and stands under that name in the history.
func (p *Portal) ActAs(ctx context.Context, who models.Actor, email string) (as models.Actor, err error) {
	email = strings.ToLower(strings.TrimSpace(email))
	err = p.look(ctx, who, models.RunPortal, func(v *store.View) error {
		u, err := v.UserByEmail(email)
		if err != nil || u.DisabledAt != nil {
			if err == nil || models.IsProblem(err, models.NotFound) {
				err = &models.Problem{Kind: models.NotFound, Message: "Nobody signs in as " + email + "."}
			}
			return err
		}
		partner, err := v.Partner(u.PartnerID)
		if err != nil {
			return err
		}
		customers, err := v.CustomersOfUser(u.ID)
		as = models.ActorFor(u, partner, customers, "command", who.RequestID)
		return err
	})
	return as, err
}
