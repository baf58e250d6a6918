package portal

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"mooring/models"
	"mooring/models/store"
)

// linkLife is how long a one-time link opens the door.
const linkLife = 30 * time.Minute

// Passwords have at least 15 characters, the least where a password is the only factor (NIST SP
// 800-63B-4), and at most 256.
const (
	minPassword = 15
	maxPassword = 256
)

// NewUser is the wish to let somebody in.
type NewUser struct {
	PartnerID string // empty is the first distributor
	Name      string
	Email     string
	Role      models.Role
}

// CreateUser adds somebody to the staff of a partner and gives the token of a one-time link, by which
// they choose their password.
func (p *Portal) CreateUser(ctx context.Context, who models.Actor, wish NewUser) (token string, u models.User, err error) {
	wish.Email = strings.ToLower(strings.TrimSpace(wish.Email))
	if err := checkUser(wish); err != nil {
		return "", u, err
	}
	token = newToken()
	id := p.ids.New(userID)
	err = p.do(ctx, who, models.RunPortal, func(tx *store.Tx) error {
		partner, err := partnerOrFirst(&tx.View, wish.PartnerID)
		if err != nil {
			return err
		}
		if _, err := tx.UserByEmail(wish.Email); !models.IsProblem(err, models.NotFound) {
			return errors.Join(err, store.ErrTaken)
		}
		u = models.User{
			ID: id, RootID: partner.RootID, PartnerID: partner.ID, Name: strings.TrimSpace(wish.Name), Email: wish.Email,
			Role: wish.Role, CreatedAt: tx.Now,
		}
		e := models.Event{RootID: u.RootID, PartnerID: u.PartnerID, Kind: models.UserCreated, Detail: models.Detail{Name: u.Name, Why: string(u.Role)}}
		if err := tx.AddUser(u, e); err != nil {
			return err
		}
		return tx.AddLink(store.SignInLink{Hash: hashed(token), UserID: id, ExpiresAt: p.real().Add(linkLife)})
	})
	if errors.Is(err, store.ErrTaken) {
		err = &models.Problem{Kind: models.Invalid, Message: "Somebody signs in with this email address already."}
	}
	return token, u, err
}

func checkUser(wish NewUser) error {
	var wrong models.Complaints
	if wish.Name = strings.TrimSpace(wish.Name); wish.Name == "" || utf8.RuneCountInString(wish.Name) > models.MaxContactName {
		wrong.Add("name", "Enter a name of at most 101 characters.")
	}
	if a, err := mail.ParseAddress(wish.Email); err != nil || a.Address != wish.Email || len(wish.Email) > models.MaxEmail {
		wrong.Add("email", "Enter an email address like name@company.example.")
	}
	known := false
	for _, r := range models.StaffRoles {
		known = known || r == wish.Role
	}
	if !known {
		wrong.Add("role", fmt.Sprintf("Choose one of the roles: %v.", models.StaffRoles))
	}
	return wrong.Problem()
}

func partnerOrFirst(v *store.View, id string) (models.Partner, error) {
	if id == "" {
		return v.FirstPartner()
	}
	return v.Partner(id)
}

// OpenWelcome is the name of the person a one-time link was made for. A link that is spent, too old
// or unknown is not found.
func (p *Portal) OpenWelcome(ctx context.Context, token, requestID string) (name string, err error) {
	err = p.store.Look(ctx, models.Doorkeeper(requestID), p.real(), func(v *store.View) error {
		u, err := p.invited(v, token)
		name = u.Name
		return err
	})
	return name, err
}

func (p *Portal) invited(v *store.View, token string) (models.User, error) {
	l, err := v.Link(hashed(token))
	if err != nil {
		return models.User{}, err
	}
	if l.UsedAt != nil || !p.real().Before(l.ExpiresAt) {
		return models.User{}, models.Absent()
	}
	return v.User(l.UserID)
}

// Welcome spends a one-time link for a password. It returns the person's name.
func (p *Portal) Welcome(ctx context.Context, token, password, requestID string) (string, error) {
	var u models.User
	err := p.store.Look(ctx, models.Doorkeeper(requestID), p.real(), func(v *store.View) (err error) {
		u, err = p.invited(v, token)
		return err
	})
	if err != nil {
		return "", err
	}
	if err := checkPassword(password, u); err != nil {
		return u.Name, err
	}
	if u.PasswordHash, err = p.passwords.hash(ctx, password); err != nil {
		return u.Name, err
	}
	who := models.Actor{
		ID: u.ID, Name: u.Name, Role: models.RolePortal, Reach: models.ReachAll, Door: "page", RequestID: requestID,
	}
	return u.Name, p.store.Do(ctx, who, p.real(), func(tx *store.Tx) error {
		won, err := tx.UseLink(hashed(token), p.real())
		if err != nil {
			return err
		}
		if !won {
			return models.Absent()
		}
		return tx.SetPassword(u, models.Event{RootID: u.RootID, PartnerID: u.PartnerID, Kind: models.PasswordSet, Detail: models.Detail{Name: u.Name}})
	})
}

func checkPassword(password string, u models.User) error {
	var wrong models.Complaints
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		wrong.Add("password", fmt.Sprintf("Choose a password of at least %d characters. A few words do well.", minPassword))
	case n > maxPassword:
		wrong.Add("password", fmt.Sprintf("Choose a password of at most %d characters.", maxPassword))
	case strings.EqualFold(password, u.Email), strings.Count(password, password[:1]) == len(password):
		wrong.Add("password", "Choose a password that is harder to guess.")
	}
	return wrong.Problem()
}
