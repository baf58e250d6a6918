package portal

import (
	"context"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// OpenWatch lists the changes of the last three days since which fewer agents report, the newest first.
func (p *Portal) OpenWatch(ctx context.Context, who models.Actor) (desk models.WatchDesk, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		desk.AsOf = v.Now
		desk.Watches, err = watches(v)
		return err
	})
	return desk, err
}

func watches(v *store.View) ([]models.Watch, error) {
	changes, err := v.Changes()
	if err != nil {
		return nil, err
	}
	found, err := judged(v, models.Latest(changes))
	if err != nil {
		return nil, err
	}
	return found, standing(v, found)
}

// standing tells watches how their accounts are now.
func standing(v *store.View, watches []models.Watch) error {
	var ids []string
	for _, w := range watches {
		ids = append(ids, w.Change.AccountID)
	}
	held, err := v.HeldOf(ids)
	for i, id := range ids {
		standsOn(&watches[i], held[id], v.Now)
	}
	return err
}

func standsOn(w *models.Watch, h store.Held, now time.Time) {
	w.Held = models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms}
	w.Today = models.DateOf(now, h.Customer.Location())
}

func judged(v *store.View, changes []models.Event) (found []models.Watch, err error) {
	facts, err := v.WatchFacts(changes...)
	for i, f := range facts {
		if w, silent := models.WatchOf(changes[i], f, v.Now); silent {
			found = append(found, w)
		}
	}
	return found, err
}

// watchOf is what is to be said of the last change of one account, or nothing. history are its last
// events: where they do not reach back far enough, it is asked for.
func watchOf(v *store.View, h store.Held, history []models.Event) (*models.Watch, error) {
	change, ok := models.WatchedChange(history, v.Now)
	if n := len(history); !ok && n == store.HistoryShown && v.Now.Sub(history[n-1].At) <= models.WatchFor {
		changes, err := v.ChangesOf(h.Account)
		if err != nil {
			return nil, err
		}
		change, ok = models.WatchedChange(changes, v.Now)
	}
	if !ok {
		return nil, nil
	}
	found, err := judged(v, []models.Event{change})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	standsOn(&found[0], h, v.Now)
	return &found[0], nil
}
