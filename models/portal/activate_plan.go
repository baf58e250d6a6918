package portal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// ActivateDuePlans activates the plans whose day has come. What is due is a fact in the data, so a
// missed run is harmless and a second one finds nothing. It says how many it activated.
func (p *Portal) ActivateDuePlans(ctx context.Context) (int, error) {
	var found []string
	err := p.look(ctx, models.Clock(), models.RunPortal, func(v *store.View) (err error) {
		found, err = v.DueToStart()
		return err
	})
	return p.activateAll(ctx, models.Clock(), models.OnDate, found, err)
}

// activateFirstSignIn activates what waits for a contact's first sign-in. The contact is the actor.
func (p *Portal) activateFirstSignIn(ctx context.Context, contact models.Actor) {
	var found []string
	err := p.store.Look(ctx, contact, p.clock(), func(v *store.View) (err error) {
		if len(contact.CustomerIDs) > 0 {
			found, err = v.AwaitingSignIn(contact.CustomerIDs)
		}
		return err
	})
	if _, err = p.activateAll(ctx, contact, models.FirstSignIn, found, err); err != nil {
		p.log.Error("activating on first sign-in", "error", err, "user", contact.ID)
	}
}

func (p *Portal) activateAll(ctx context.Context, who models.Actor, by models.Activation, accounts []string, err error) (int, error) {
	var n int
	errs := []error{err}
	for _, id := range accounts {
		if err := p.activate(ctx, who, by, id); err != nil {
			errs = append(errs, fmt.Errorf("activating %s: %w", id, err))
			continue
		}
		n++
	}
	return n, errors.Join(errs...)
}

func (p *Portal) activate(ctx context.Context, who models.Actor, by models.Activation, accountID string) error {
	return p.store.Do(ctx, who, p.clock(), func(tx *store.Tx) error {
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		h, err := tx.Held(accountID)
		if err != nil {
			return err
		}
		if !due(h, by, tx.Now) {
			return nil // somebody was faster, or it is no longer wanted
		}
		s := h.Subscription.ActivatedBy(h.Terms, tx.Now, h.Customer.Location())
		a := h.Account
		if a.ActivatedAt == nil {
			a.ActivatedAt = &tx.Now
		}
		return tx.SaveActivation(a, s, onAccount(a, models.PlanActivated, models.Detail{
			Plan: h.Terms.Name, Seats: s.Seats, EndsOn: s.EndsOn, Why: string(h.Terms.Activation),
		}))
	})
}

// due looks again, now that nobody else can change the account.
func due(h store.Held, by models.Activation, now time.Time) bool {
	s := h.Subscription
	return h.Account.Open() && s.ActivatedAt == nil && s.SuspendedAt == nil && s.CancelledAt == nil &&
		h.Terms.Activation == by && !now.Before(s.StartsAt)
}

// onAccount is an event about an account.
func onAccount(a models.Account, kind models.EventKind, d models.Detail) models.Event {
	return models.Event{RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, Kind: kind, Detail: d}
}

// onCustomer is an event about a customer.
func onCustomer(c models.Customer, kind models.EventKind, d models.Detail) models.Event {
	return models.Event{RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, Kind: kind, Detail: d}
}
