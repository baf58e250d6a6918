package store

import (
	"fmt"
	"slices"

	"gorm.io/gorm"
)

// add writes a new row, a pointer to a struct or to a slice of structs.
func (t *Tx) add(row any) error { return t.db.Create(row).Error }

// revise writes every column of a row that may change, provided the stored version is still the one
// seen. The row carries its new version. ErrStale says that it has moved on, or is not there for
// this actor.
func (t *Tx) revise(row any, seen int64) error {
	columns, err := revisable(t.db, row)
	if err != nil {
		return err
	}
	done := t.db.Model(row).Where("version = ?", seen).Select(columns).Updates(row)
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrStale
	}
	return done.Error
}

// revisable columns are all but those that say what and whose a row is and when it was made.
func revisable(db *gorm.DB, row any) ([]string, error) {
	parsed := &gorm.Statement{DB: db}
	if err := parsed.Parse(row); err != nil {
		return nil, fmt.Errorf("store: %T is not a row: %w", row, err)
	}
	return slices.DeleteFunc(slices.Clone(parsed.Schema.DBNames), func(column string) bool {
		return fixed(column) || column == "created_at"
	}), nil
}
