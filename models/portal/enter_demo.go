package portal

import (
	"context"
	"errors"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// EnterDemo begins a session of one of the demo's people without a password, for whoever walks through
// the states of its pages. Only Email, Address, Browser, RequestID and OldToken of the arrival count.
// Outside a demo world there is nobody to be: the problem is NotFound, whoever is asked for.
func (p *Portal) EnterDemo(ctx context.Context, a Arrival) (string, models.Visitor, error) {
	there, err := p.settled(ctx)
	if errors.Is(err, ErrNotDemo) || err == nil && !there {
		err = models.Absent()
	}
	if err != nil {
		return "", models.Visitor{}, err
	}
	var u models.User
	err = p.store.Look(ctx, models.Doorkeeper(a.RequestID), p.real(), func(view *store.View) (err error) {
		if u, err = view.UserByEmail(strings.ToLower(a.Email)); err == nil && u.DisabledAt != nil {
			err = models.Absent()
		}
		return err
	})
	if err != nil {
		return "", models.Visitor{}, err
	}
	return p.beginSession(ctx, u, a)
}
