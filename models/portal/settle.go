package portal

import (
	"context"
	"errors"
	"fmt"

	"mooring/models"
	"mooring/models/store"
)

// worldSetting marks a database that holds a demo world and nothing else.
const worldSetting = "world"

// ErrNotDemo says that a database holds something else than a demo world.
var ErrNotDemo = errors.New("this database holds something else than a demo world; use another one")

// Settle fills an empty installation with a world in which everybody has one password and every agent
// the token that [Keys.AgentToken] gives it. If the world is there already it does nothing; if anything
// else is, it refuses.
func (p *Portal) Settle(ctx context.Context, w models.World, password string) error {
	there, err := p.settled(ctx)
	if err != nil || there {
		return err
	}
	s := store.Settled{World: w, KeyHashes: map[string]string{}, TokenHashes: map[string]string{}}
	if s.PasswordHash, err = p.passwords.hash(ctx, password); err != nil {
		return err
	}
	for i, a := range s.Accounts {
		s.Accounts[i].SealedKey = p.keys.seal(a.EnrolmentKey)
		s.KeyHashes[a.ID] = p.keys.index(a.EnrolmentKey)
	}
	for _, g := range s.Agents {
		s.TokenHashes[g.ID] = hashed(p.keys.AgentToken(g.ID))
	}
	s.Carried = append([]models.CarriedAgent(nil), s.Carried...)
	for i, k := range s.Carried {
		if k.ToldAt != nil {
			hash := hashed(p.keys.carryToken(k.CarryID, k.AgentID))
			s.Carried[i].TokenHash = &hash
		}
	}
	err = p.do(ctx, models.Operator(), models.RunPortal, func(tx *store.Tx) error {
		if err := tx.AddSetting(worldSetting, "demo"); err != nil {
			return err
		}
		return tx.Settle(s)
	})
	if err != nil {
		if there, again := p.settled(ctx); there && again == nil {
			return nil // another portal was faster
		}
		return fmt.Errorf("settling the demo world: %w", err)
	}
	return p.store.Sighted(ctx, p.clock(), store.Heard{Sightings: w.Sightings})
}

// settled reports whether the demo world is there. Users without it are somebody's own.
func (p *Portal) settled(ctx context.Context) (there bool, err error) {
	err = p.look(ctx, models.Operator(), models.RunPortal, func(v *store.View) error {
		mark, err := v.Setting(worldSetting)
		if err != nil {
			return err
		}
		users, err := v.CountUsers()
		if err == nil && users > 0 && mark == "" {
			err = ErrNotDemo
		}
		there = mark != ""
		return err
	})
	return there, err
}
