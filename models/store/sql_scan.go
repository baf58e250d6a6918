package store

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"gorm.io/gorm/schema"
)

// scanRows fills a slice of structs. It does what gorm does, column by column into the field of that
// name, without going through a pool of values for each of them: lists and pages are read this way.
func scanRows(ctx context.Context, s *schema.Schema, columns []string, found source, slice reflect.Value) error {
	at := &landing{ctx: ctx}
	cells := make([]cell, len(columns))
	into := make([]any, len(columns))
	for i, name := range columns {
		cells[i] = cell{s.LookUpField(name), at}
		if cells[i].field == nil {
			return fmt.Errorf("store: %s has no place for column %q", s.Name, name)
		}
		into[i] = &cells[i]
	}
	for found.Next() {
		slice.Grow(1)
		slice.SetLen(slice.Len() + 1)
		at.row = slice.Index(slice.Len() - 1)
		at.row.SetZero()
		if err := found.Scan(into...); err != nil {
			return err
		}
	}
	return nil
}

// landing is the row that values are on their way into.
type landing struct {
	ctx context.Context
	row reflect.Value
}

// cell is one column of it.
type cell struct {
	field *schema.Field
	*landing
}

// PostgreSQL's driver hands these over as they are; whatever is none of them comes to Scan.
var (
	_ pgtype.TextScanner        = (*cell)(nil)
	_ pgtype.Int64Scanner       = (*cell)(nil)
	_ pgtype.BoolScanner        = (*cell)(nil)
	_ pgtype.TimestamptzScanner = (*cell)(nil)
)

// ScanText takes a text.
func (c *cell) ScanText(v pgtype.Text) error {
	if !v.Valid {
		return nil
	}
	if to := c.place(); c.field.Serializer == nil && to.Kind() == reflect.String {
		to.SetString(v.String)
		return nil
	}
	return c.Scan(v.String)
}

// ScanInt64 takes a whole number.
func (c *cell) ScanInt64(v pgtype.Int8) error {
	if !v.Valid {
		return nil
	}
	if to := c.place(); to.CanInt() && !to.OverflowInt(v.Int64) {
		to.SetInt(v.Int64)
		return nil
	}
	return c.Scan(v.Int64)
}

// ScanBool takes a truth.
func (c *cell) ScanBool(v pgtype.Bool) error {
	if !v.Valid {
		return nil
	}
	if to := c.place(); to.Kind() == reflect.Bool {
		to.SetBool(v.Bool)
		return nil
	}
	return c.Scan(v.Bool)
}

// ScanTimestamptz takes a moment.
func (c *cell) ScanTimestamptz(v pgtype.Timestamptz) error {
	if !v.Valid {
		return nil
	}
	switch to := c.place().Addr().Interface().(type) {
	case *time.Time:
		*to = v.Time
	case **time.Time:
		*to = &v.Time
	default:
		return c.Scan(v.Time)
	}
	return nil
}

// place is where the value goes.
func (c *cell) place() reflect.Value { return c.field.ReflectValueOf(c.ctx, c.row) }

// Scan takes a value as the driver gives it. Nothing is the zero value.
func (c *cell) Scan(value any) error {
	if value == nil {
		return nil
	}
	if c.field.Serializer != nil {
		return c.field.Serializer.Scan(c.ctx, c.field, c.row, value)
	}
	to := c.place()
	if to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	if !put(to, value) {
		return c.field.Set(c.ctx, c.row, value)
	}
	return nil
}

// put stores the plain cases and reports whether this was one.
func put(to reflect.Value, value any) bool {
	switch v := value.(type) {
	case string:
		if to.Kind() == reflect.String {
			to.SetString(v)
			return true
		}
	case int64:
		if to.CanInt() {
			to.SetInt(v)
			return !to.OverflowInt(v)
		}
		if to.Kind() == reflect.Bool { // SQLite has no other truth
			to.SetBool(v != 0)
			return true
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(v)
			return true
		}
	case time.Time:
		if at, ok := to.Addr().Interface().(*time.Time); ok {
			*at = v
			return true
		}
	}
	return false
}
