package store

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"mooring/models"
)

// form is a form that was acted on, and the page that it led to.
type form struct {
	FormKey   string
	ActorID   string
	Place     string
	CreatedAt time.Time
}

func (form) TableName() string { return "forms" }

// FormDone is the page that a form led to when it was sent before by the same actor, or nothing. A
// key is the proof of one form and makes a second click find what the first one did.
func (v *View) FormDone(key string) (string, error) {
	if key == "" {
		return "", nil
	}
	var f form
	err := v.db.Where("form_key = ? AND actor_id = ?", key, v.Who.ID).Limit(1).Find(&f).Error
	return f.Place, err
}

// FinishForm notes the page that a form led to.
func (t *Tx) FinishForm(key, place string) error {
	if key == "" {
		return nil
	}
	return t.db.Create(&form{FormKey: key, ActorID: t.Who.ID, Place: place, CreatedAt: t.Now}).Error
}

// DropForms forgets the forms that were acted on before an instant.
func (t *Tx) DropForms(before time.Time) error {
	return t.db.Where("created_at < ?", before).Delete(&form{}).Error
}

// absent turns "no such row" into the answer for what is not there or out of reach.
func absent(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Absent()
	}
	return err
}

// setting is a fact about the installation as a whole.
type setting struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

func (setting) TableName() string { return "installation" }

// Epoch is a moment for reading what has no moment.
var Epoch = time.Unix(0, 0).UTC()

// Setting is a fact about the installation, or nothing.
func (v *View) Setting(name string) (string, error) {
	var s setting
	err := v.db.Where("name = ?", name).Limit(1).Find(&s).Error
	return s.Value, err
}

// AddSetting stores a fact about the installation. ErrTaken says that somebody stored it at the same
// moment.
func (t *Tx) AddSetting(name, value string) error {
	err := t.db.Create(&setting{name, value}).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrTaken
	}
	return err
}
