package store

import (
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mooring/models"
)

// ErrTaken says that another transaction stored the same thing at the same moment. Looking again
// finds it.
var ErrTaken = errors.New("store: somebody stored this at the same moment")

// Throttle finds a throttle and holds it for this transaction; a new one if there is none.
func (t *Tx) Throttle(name string) (models.Throttle, error) {
	found := models.Throttle{}
	err := t.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("name = ?", name).Limit(1).Find(&found).Error
	if err == nil && found.Name == "" {
		found.Name = name
		if err = t.db.Create(&found).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return found, ErrTaken
		}
	}
	return found, err
}

// DropThrottles forgets the throttles that were last used before an instant.
func (t *Tx) DropThrottles(before time.Time) error {
	return t.db.Where("seen_ms < ?", before.UnixMilli()).Delete(&models.Throttle{}).Error
}

// SaveThrottle stores a throttle.
func (t *Tx) SaveThrottle(th models.Throttle) error {
	return t.db.Model(&models.Throttle{}).Where("name = ?", th.Name).
		Select("fails", "running", "next_ms", "seen_ms").Updates(&th).Error
}
