package store

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"mooring/models"
)

// Session is a signed-in browser. Its id is the hash of what the browser holds.
type Session struct {
	ID        string
	UserID    string
	CreatedAt time.Time
	SeenAt    time.Time
	Address   string
	Browser   string
}

// TableName is where sessions are kept.
func (Session) TableName() string { return "sessions" }

// SignInLink opens the door once, for choosing a password.
type SignInLink struct {
	Hash      string
	UserID    string
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is where sign-in links are kept.
func (SignInLink) TableName() string { return "sign_in_links" }

// UserByEmail finds a user by the address in lower case.
func (v *View) UserByEmail(email string) (models.User, error) {
	var u models.User
	err := v.db.Where("email = ?", email).Take(&u).Error
	return u, absent(err)
}

// User finds a user by id.
func (v *View) User(id string) (models.User, error) {
	var u models.User
	err := v.db.Where("id = ?", id).Take(&u).Error
	return u, absent(err)
}

// Partner finds a partner within reach.
func (v *View) Partner(id string) (models.Partner, error) {
	var p models.Partner
	err := v.db.Where("id = ?", id).Take(&p).Error
	return p, absent(err)
}

// CustomersOfUser lists the customers that a user is a contact of.
func (v *View) CustomersOfUser(userID string) ([]string, error) {
	var ids []string
	err := v.db.Model(&models.Contact{}).Where("user_id = ?", userID).Order("customer_id").Pluck("customer_id", &ids).Error
	return ids, err
}

// AddSession stores a new session.
func (t *Tx) AddSession(s Session) error { return t.db.Create(&s).Error }

// TouchSession notes that a session was used.
func (t *Tx) TouchSession(id string, at time.Time) error {
	return t.db.Model(&Session{}).Where("id = ?", id).Select("seen_at").Updates(&Session{SeenAt: at}).Error
}

// EndSession removes a session.
func (t *Tx) EndSession(id string) error {
	return t.db.Where("id = ?", id).Delete(&Session{}).Error
}

// DropSessions removes the sessions that were last used or begun before these instants.
func (t *Tx) DropSessions(usedBefore, begunBefore time.Time) error {
	return t.db.Where("seen_at < ? OR created_at < ?", usedBefore, begunBefore).Delete(&Session{}).Error
}

// AddPartner stores a new partner. The installation's first partners come before any history.
func (t *Tx) AddPartner(p models.Partner) error { return t.db.Create(&p).Error }

// AddUser stores a new user, and why. ErrTaken says that the address is somebody's already.
func (t *Tx) AddUser(u models.User, e models.Event) error {
	err := t.db.Create(&u).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrTaken
	}
	if err != nil {
		return err
	}
	return t.record(e)
}

// SetPassword stores another password of a user, ends the user's sessions, and says why.
func (t *Tx) SetPassword(u models.User, e models.Event) error {
	res := t.db.Model(&models.User{}).Where("id = ?", u.ID).Select("password_hash").Updates(&u)
	if res.Error == nil {
		if err := t.db.Where("user_id = ?", u.ID).Delete(&Session{}).Error; err != nil {
			return err
		}
	}
	return t.saved(res, e)
}

// AddLink stores a one-time link.
func (t *Tx) AddLink(l SignInLink) error { return t.db.Create(&l).Error }

// DropLinks forgets the one-time links that could last be used before an instant.
func (t *Tx) DropLinks(before time.Time) error {
	return t.db.Where("expires_at < ?", before).Delete(&SignInLink{}).Error
}

// Link finds a one-time link by its hash.
func (v *View) Link(hash string) (SignInLink, error) {
	var l SignInLink
	err := v.db.Where("hash = ?", hash).Take(&l).Error
	return l, absent(err)
}

// UseLink spends a one-time link. It reports false if it was spent before.
func (t *Tx) UseLink(hash string, at time.Time) (bool, error) {
	res := t.db.Model(&SignInLink{}).Where("hash = ? AND used_at IS NULL", hash).Select("used_at").Updates(&SignInLink{UsedAt: &at})
	return res.RowsAffected == 1, res.Error
}

// CountUsers counts the users within reach up to two: none, one or more.
func (v *View) CountUsers() (int, error) {
	var users []models.User
	err := v.db.Select("id").Limit(2).Find(&users).Error
	return len(users), err
}

// AnybodyReady reports whether anybody can sign in with a password.
func (v *View) AnybodyReady() (bool, error) {
	var users []models.User
	err := v.db.Select("id").Where("password_hash <> ''").Limit(1).Find(&users).Error
	return len(users) > 0, err
}

// OnlyPartner is the partner within reach, if there is just one.
func (v *View) OnlyPartner() (models.Partner, error) {
	var found []models.Partner
	err := v.db.Order("id").Limit(2).Find(&found).Error
	if err == nil && len(found) != 1 {
		err = models.Absent()
	}
	if err != nil {
		return models.Partner{}, err
	}
	return found[0], nil
}

// FirstPartner is the distributor that was there first.
func (v *View) FirstPartner() (models.Partner, error) {
	var p models.Partner
	err := v.db.Where("kind = ?", models.Distributor).Order("created_at, id").Take(&p).Error
	return p, absent(err)
}
