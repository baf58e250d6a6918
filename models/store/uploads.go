package store

import (
	"time"

	"gorm.io/gorm"

	"mooring/models"
)

// uploadRow is a file that somebody sent.
type uploadRow struct {
	models.Upload
}

func (uploadRow) TableName() string { return importsTable }

// Upload finds a file that the actor sent and that is still kept at an instant of the real clock.
func (v *View) Upload(id string, now time.Time) (models.Upload, error) {
	var row uploadRow
	err := v.db.Where("id = ? AND actor_id = ? AND expires_at > ?", id, v.Who.ID, now).Take(&row).Error
	return row.Upload, absent(err)
}

// AddUpload keeps a file that the actor sent. Of the files that wait for the same actor only the newest
// are kept, so many with this one. It is no fact about a customer, so it needs no event.
func (t *Tx) AddUpload(u models.Upload, most int) error {
	var older []uploadRow
	err := t.db.Select("id").Where("actor_id = ? AND (started_at IS NULL OR done_at IS NOT NULL)", t.Who.ID).
		Order("created_at DESC, id").Offset(most - 1).Limit(most).Find(&older).Error
	if err != nil {
		return err
	}
	for _, o := range older {
		if err := t.db.Where("id = ?", o.ID).Delete(&uploadRow{}).Error; err != nil {
			return err
		}
	}
	return t.db.Create(&uploadRow{u}).Error
}

// StartUpload claims a file for being imported now. It reports false if it was imported, or is being
// imported since stale.
func (t *Tx) StartUpload(id string, now, stale time.Time) (bool, error) {
	res := t.db.Model(&uploadRow{}).
		Where("id = ? AND actor_id = ? AND expires_at > ? AND done_at IS NULL AND (started_at IS NULL OR started_at < ?)", id, t.Who.ID, now, stale).
		Select("started_at").Updates(&uploadRow{models.Upload{StartedAt: &now}})
	return res.RowsAffected == 1, res.Error
}

// ReleaseUpload lets a file be imported again after it could not be.
func (t *Tx) ReleaseUpload(id string) error {
	return t.onUpload(id).Select("started_at").Updates(&uploadRow{}).Error
}

// FinishUpload notes what the import of a file did.
func (t *Tx) FinishUpload(id string, at time.Time, result models.ImportResult) error {
	return t.onUpload(id).Select("done_at", "result").Updates(&uploadRow{models.Upload{DoneAt: &at, Result: result}}).Error
}

func (t *Tx) onUpload(id string) *gorm.DB {
	return t.db.Model(&uploadRow{}).Where("id = ? AND actor_id = ? AND done_at IS NULL", id, t.Who.ID)
}

// DropUploads removes the files that nobody can look at any more.
func (t *Tx) DropUploads(now time.Time) error {
	return t.db.Where("expires_at <= ?", now).Delete(&uploadRow{}).Error
}
