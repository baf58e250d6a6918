package portal

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"mooring/models"
	"mooring/models/store"
)

// ErrNotFilled says that a database holds something else than a made-up installation.
var ErrNotFilled = errors.New("this database holds something else than what `fill` made")

// Filling is a made-up installation that is told piece by piece.
type Filling struct {
	Base     func() models.World             // what is there before any account
	Accounts func(from, to int) models.World // the accounts from one number up to another
	Password string                          // of everybody in it
	Tokens   bool                            // whether agents get those of [Keys.AgentToken]; without, none can report
	// Beside fills a database that holds something else already.
	Beside bool
	// Told is called after each piece with the number of accounts that are there.
	Told func(accounts int)
}

// fillStep is how many accounts one transaction brings.
const fillStep = 500

// Fill brings a made-up installation up to a number of accounts; what an earlier filling left is kept.
func (p *Portal) Fill(ctx context.Context, f Filling, accounts int) error {
	there, begun, err := p.filled(ctx, f.Beside)
	if err != nil {
		return err
	}
	base := f.Base()
	if !begun {
		hash, err := p.passwords.hash(ctx, f.Password)
		if err != nil {
			return err
		}
		if err := p.store.Fill(ctx, store.Settled{World: base, PasswordHash: hash}, p.clock(), 0); err != nil {
			return fmt.Errorf("filling the catalogue: %w", err)
		}
	}
	for there < accounts {
		upto := min(there+fillStep, accounts)
		if err := p.store.Fill(ctx, p.sealed(f.Accounts(there, upto), f.Tokens), p.clock(), upto); err != nil {
			return fmt.Errorf("filling the accounts from %d: %w", there, err)
		}
		there = upto
		f.Told(there)
	}
	return p.store.Survey(ctx)
}

// sealed adds what only the portal can make of a piece.
func (p *Portal) sealed(w models.World, tokens bool) store.Settled {
	s := store.Settled{World: w, KeyHashes: make(map[string]string, len(w.Accounts))}
	for i, a := range s.Accounts {
		s.Accounts[i].SealedKey = p.keys.seal(a.EnrolmentKey)
		s.KeyHashes[a.ID] = p.keys.index(a.EnrolmentKey)
	}
	if tokens {
		s.TokenHashes = make(map[string]string, len(w.Agents))
		for _, g := range w.Agents {
			s.TokenHashes[g.ID] = hashed(p.keys.AgentToken(g.ID))
		}
	}
	return s
}

// filled is how many accounts an earlier filling left, and whether there was one.
func (p *Portal) filled(ctx context.Context, beside bool) (accounts int, begun bool, err error) {
	err = p.look(ctx, models.Operator(), models.RunPortal, func(v *store.View) error {
		mark, err := v.Setting(store.FilledSetting)
		if err != nil {
			return err
		}
		if mark != "" {
			begun = true
			accounts, err = strconv.Atoi(mark)
			return err
		}
		if users, err := v.CountUsers(); err != nil || users > 0 && !beside {
			return errors.Join(err, ErrNotFilled)
		}
		return nil
	})
	return accounts, begun, err
}
