package portal

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// Arrival is what a person brings along when they sign in.
type Arrival struct {
	Email     string
	Password  string
	Address   string // of the network
	Browser   string
	RequestID string
	// OldToken is the session that the browser held before; it ends.
	OldToken string
}

// touchEvery is how often the use of a session is noted.
const touchEvery = time.Minute

// Recognise says who holds a session token. Nobody is a problem of kind NotFound.
func (p *Portal) Recognise(ctx context.Context, token, requestID string) (models.Visitor, error) {
	v, seen, err := p.holder(ctx, token, requestID)
	if err == nil && p.real().Sub(seen) > touchEvery {
		err = p.store.Do(ctx, models.Doorkeeper(requestID), p.real(), func(tx *store.Tx) error {
			return tx.TouchSession(v.SessionID, tx.Now)
		})
	}
	return v, err
}

// StillIn says the same of somebody who was recognised before, and does not note that the session is used.
func (p *Portal) StillIn(ctx context.Context, token, requestID string) (models.Visitor, error) {
	v, _, err := p.holder(ctx, token, requestID)
	return v, err
}

// holder is who holds a session token, and when the use of the session was noted last.
func (p *Portal) holder(ctx context.Context, token, requestID string) (v models.Visitor, seen time.Time, err error) {
	err = p.store.Glance(ctx, models.Doorkeeper(requestID), p.real(), func(view *store.View) error {
		s, u, partner, err := view.SessionWithUser(hashed(token))
		if err != nil {
			return err
		}
		idle, life := view.Now.Sub(s.SeenAt), view.Now.Sub(s.CreatedAt)
		if u.DisabledAt != nil || idle > models.SessionIdle(u.Role) || life > models.SessionLife {
			return models.Absent()
		}
		seen = s.SeenAt
		v, err = visitor(view, u, partner, s.ID, requestID)
		return err
	})
	return v, seen, err
}

func visitor(view *store.View, u models.User, partner models.Partner, sessionID, requestID string) (models.Visitor, error) {
	var customers []string
	if u.Role == models.RoleContact {
		var err error
		if customers, err = view.CustomersOfUser(u.ID); err != nil {
			return models.Visitor{}, err
		}
	}
	return models.Visitor{
		Actor: models.ActorFor(u, partner, customers, "page", requestID),
		Email: u.Email, Partner: partner, SessionID: sessionID,
	}, nil
}

// errRefused is the one answer to a wrong password, an unknown address and a disabled user.
var errRefused = &models.Problem{Kind: models.Invalid, Message: "The email address or the password is not right."}

// SignIn begins a session and gives its token. Every try is counted before the password is looked at;
// a wrong password and an unknown address get the same answer in the same time. A contact's first
// sign-in activates what waits for it.
func (p *Portal) SignIn(ctx context.Context, a Arrival) (string, models.Visitor, error) {
	email := strings.ToLower(strings.TrimSpace(a.Email))
	tries := []try{{"person:" + p.keys.index(email), models.PersonRule}, {"network:" + p.keys.index(network(a.Address)), models.NetworkRule}}
	if err := p.reserve(ctx, a.RequestID, tries); err != nil {
		return "", models.Visitor{}, err
	}
	token, v, err := p.admit(ctx, a, email)
	if done := p.finish(ctx, a.RequestID, tries, err == nil); done != nil {
		p.log.Error("finishing a sign-in", "error", done)
	}
	if err == nil && v.Actor.Role == models.RoleContact {
		p.activateFirstSignIn(ctx, v.Actor)
	}
	return token, v, err
}

func (p *Portal) admit(ctx context.Context, a Arrival, email string) (string, models.Visitor, error) {
	var u models.User
	err := p.store.Look(ctx, models.Doorkeeper(a.RequestID), p.real(), func(view *store.View) (err error) {
		u, err = view.UserByEmail(email)
		return err
	})
	if err != nil && !models.IsProblem(err, models.NotFound) {
		return "", models.Visitor{}, err
	}
	same, err := p.passwords.matches(ctx, u.PasswordHash, a.Password)
	if err != nil {
		return "", models.Visitor{}, err
	}
	if !same || u.DisabledAt != nil {
		return "", models.Visitor{}, errRefused
	}
	return p.beginSession(ctx, u, a)
}

func (p *Portal) beginSession(ctx context.Context, u models.User, a Arrival) (token string, v models.Visitor, err error) {
	token = newToken()
	err = p.store.Do(ctx, models.Doorkeeper(a.RequestID), p.real(), func(tx *store.Tx) error {
		if a.OldToken != "" {
			if err := tx.EndSession(hashed(a.OldToken)); err != nil {
				return err
			}
		}
		s := store.Session{
			ID: hashed(token), UserID: u.ID, CreatedAt: tx.Now, SeenAt: tx.Now,
			Address: a.Address, Browser: cut(a.Browser, 200),
		}
		if err := tx.AddSession(s); err != nil {
			return err
		}
		partner, err := tx.Partner(u.PartnerID)
		if err != nil {
			return err
		}
		v, err = visitor(&tx.View, u, partner, s.ID, a.RequestID)
		return err
	})
	return token, v, err
}

// SignOut ends the session of a token. A token that is not known is out already.
func (p *Portal) SignOut(ctx context.Context, token, requestID string) error {
	return p.store.Do(ctx, models.Doorkeeper(requestID), p.real(), func(tx *store.Tx) error {
		return tx.EndSession(hashed(token))
	})
}

type try struct {
	name string
	rule models.ThrottleRule
}

func (p *Portal) reserve(ctx context.Context, requestID string, tries []try) error {
	return p.onThrottles(ctx, requestID, tries, func(th models.Throttle, rule models.ThrottleRule, now time.Time) (models.Throttle, error) {
		next, wait, ok := th.Reserve(rule, now)
		if !ok {
			return next, &models.Problem{
				Kind: models.Throttled, RetryAfter: int(wait/time.Second) + 1,
				Message: "There were too many tries. Wait a little and try again.",
			}
		}
		return next, nil
	})
}

func (p *Portal) finish(ctx context.Context, requestID string, tries []try, succeeded bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return p.onThrottles(ctx, requestID, tries, func(th models.Throttle, _ models.ThrottleRule, _ time.Time) (models.Throttle, error) {
		return th.Done(succeeded), nil
	})
}

func (p *Portal) onThrottles(ctx context.Context, requestID string, tries []try, change func(models.Throttle, models.ThrottleRule, time.Time) (models.Throttle, error)) error {
	work := func() error {
		return p.store.Do(ctx, models.Doorkeeper(requestID), p.real(), func(tx *store.Tx) error {
			for _, t := range tries {
				th, err := tx.Throttle(t.name)
				if err != nil {
					return err
				}
				if th, err = change(th, t.rule, tx.Now); err != nil {
					return err
				}
				if err := tx.SaveThrottle(th); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := work()
	if errors.Is(err, store.ErrTaken) {
		err = work()
	}
	return err
}

// network is what an address is counted under: itself, or for IPv6 the /64 that one customer of a
// provider has to himself.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
