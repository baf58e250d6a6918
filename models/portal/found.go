package portal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

const (
	firstAdmin     = "admin@localhost.localdomain"
	foundedSetting = "founded"
	lockSetting    = "secret-check"
)

// ErrOtherSecret says that a database was written with another secret key.
var ErrOtherSecret = errors.New("this database was written with another SECRET_KEY; what is sealed in it cannot be read with this one")

// Unlock makes sure that the secret key is the one that the database was first opened with.
func (p *Portal) Unlock(ctx context.Context) error {
	mac := hmac.New(sha256.New, p.keys.For("check"))
	mac.Write([]byte(lockSetting))
	mine := hex.EncodeToString(mac.Sum(nil))
	operator := models.Operator()
	var theirs string
	read := func() error {
		return p.look(ctx, operator, models.RunPortal, func(v *store.View) (err error) {
			theirs, err = v.Setting(lockSetting)
			return err
		})
	}
	if err := read(); err != nil {
		return err
	}
	if theirs == "" {
		err := p.do(ctx, operator, models.RunPortal, func(tx *store.Tx) error { return tx.AddSetting(lockSetting, mine) })
		if err == nil || !errors.Is(err, store.ErrTaken) {
			return err
		}
		if err := read(); err != nil {
			return err
		}
	}
	if !hmac.Equal([]byte(theirs), []byte(mine)) {
		return ErrOtherSecret
	}
	return nil
}

// HoldsDemo reports whether a database holds the demo world.
func HoldsDemo(ctx context.Context, db *store.DB) (demo bool, err error) {
	err = db.Look(ctx, models.Operator(), store.Epoch, func(v *store.View) error {
		mark, err := v.Setting(worldSetting)
		demo = mark != ""
		return err
	})
	return demo, err
}

// FirstAdmin makes a distributor and its first admin in an empty installation and gives the token of a
// one-time link. As long as nobody has chosen a password it gives a new one each time; after that,
// nothing.
func (p *Portal) FirstAdmin(ctx context.Context, company string) (token string, err error) {
	operator := models.Operator()
	ready := false
	err = p.look(ctx, operator, models.RunPortal, func(v *store.View) (err error) {
		ready, err = v.AnybodyReady()
		return err
	})
	if err != nil || ready {
		return "", err
	}
	if err := p.found(ctx, operator, company); err != nil {
		return "", err
	}
	token, _, err = p.CreateUser(ctx, operator, NewUser{Name: "First admin", Email: firstAdmin, Role: models.RoleAdmin})
	if models.IsProblem(err, models.Invalid) { // there already: by an earlier start, or by one at this moment
		token, _, err = p.InviteAgain(ctx, operator, firstAdmin)
	}
	return token, err
}

// found makes the first distributor, unless it is there or another portal is making it at this moment.
func (p *Portal) found(ctx context.Context, operator models.Actor, company string) error {
	id := p.ids.New(partnerID)
	err := p.do(ctx, operator, models.RunPortal, func(tx *store.Tx) error {
		if _, err := tx.FirstPartner(); !models.IsProblem(err, models.NotFound) {
			return err
		}
		if err := tx.AddSetting(foundedSetting, id); err != nil {
			return err
		}
		return tx.AddPartner(models.Partner{
			ID: id, RootID: id, Kind: models.Distributor, Name: company, TimeZone: "UTC", Currency: "EUR", CreatedAt: tx.Now,
		})
	})
	if errors.Is(err, store.ErrTaken) {
		return nil
	}
	return err
}

// InviteAgain gives the token of a new one-time link to somebody who is on the staff already.
func (p *Portal) InviteAgain(ctx context.Context, who models.Actor, email string) (token string, u models.User, err error) {
	token = newToken()
	email = strings.ToLower(strings.TrimSpace(email))
	err = p.do(ctx, who, models.RunPortal, func(tx *store.Tx) error {
		if u, err = tx.UserByEmail(email); err != nil {
			return err
		}
		return tx.AddLink(store.SignInLink{Hash: hashed(token), UserID: u.ID, ExpiresAt: p.real().Add(linkLife)})
	})
	return token, u, err
}
