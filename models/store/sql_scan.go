package store

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm/schema"
)

// scanRows fills a slice of structs. It does what gorm does, column by column into the field of that
// name, without going through a pool of values for each of them: lists and pages are read this way.
func scanRows(ctx context.Context, s *schema.Schema, columns []string, found source, slice reflect.Value) error {
	cells := make([]cell, len(columns))
	into := make([]any, len(columns))
	for i, name := range columns {
		cells[i] = cell{ctx: ctx, field: s.LookUpField(name)}
		if cells[i].field == nil {
			return fmt.Errorf("store: %s has no place for column %q", s.Name, name)
		}
		into[i] = &cells[i]
	}
	for found.Next() {
		slice.Grow(1)
		slice.SetLen(slice.Len() + 1)
		row := slice.Index(slice.Len() - 1)
		row.SetZero()
		for i := range cells {
			cells[i].row = row
		}
		if err := found.Scan(into...); err != nil {
			return err
		}
	}
	return nil
}

// cell is one column on its way into one row.
type cell struct {
	ctx   context.Context
	field *schema.Field
	row   reflect.Value
}

// Scan takes a value as the driver gives it. Nothing is the zero value.
func (c *cell) Scan(value any) error {
	if value == nil {
		return nil
	}
	if c.field.Serializer != nil {
		return c.field.Serializer.Scan(c.ctx, c.field, c.row, value)
	}
	to := c.field.ReflectValueOf(c.ctx, c.row)
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
