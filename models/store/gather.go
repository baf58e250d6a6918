package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm/schema"
)

// ask is one of several statements that are run together, and the slice of structs its rows go into.
type ask struct {
	into any
	sql  string
	args []any
	// steady is for a statement whose plan is the same whatever its arguments are: PostgreSQL plans it once
	// for a connection, also where planning for the arguments at hand promises to save a little. It needs a
	// transaction, and holds for what follows in it.
	steady bool
}

// gather runs reading statements that do not wait for one another's answers, as one consistent picture.
// On PostgreSQL they cross to the database in one turn, which costs a fraction of what as many turns
// do; inside Glance, the bounds of their transaction travel with them.
func (v *View) gather(asks ...ask) error {
	ctx := v.db.Statement.Context
	switch {
	case v.conn != nil:
		return v.conn.Raw(func(driver any) error {
			c, ok := driver.(*stdlib.Conn)
			if !ok {
				return fmt.Errorf("store: %T is not PostgreSQL", driver)
			}
			return v.together(ctx, c.Conn(), asks, false)
		})
	case v.glance == nil || len(asks) == 1 && v.dialect == sqliteDialect:
		for _, a := range asks {
			if err := v.rows(a.into, a.sql, a.args...); err != nil {
				return err
			}
		}
		return nil
	case v.dialect == sqliteDialect:
		return v.glance.Look(ctx, v.Who, v.Now, func(w *View) error { return w.gather(asks...) })
	}
	conn, err := v.glance.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("store: finding a connection: %w", err)
	}
	defer conn.Release()
	return v.together(ctx, conn.Conn(), asks, len(asks) > 1)
}

// together sends all statements at once and takes their answers. Where they need bounds, they stand
// between a beginning and an end of which nothing is taken.
func (v *View) together(ctx context.Context, conn *pgx.Conn, asks []ask, bounds bool) error {
	var batch pgx.Batch
	if bounds {
		batch.Queue("begin isolation level repeatable read read only")
	}
	for _, a := range asks {
		if !parsedSQL(a.sql).reads {
			return slips("rows only reads")
		}
		text, args, err := v.expand(false, a.sql, a.args)
		if err != nil {
			return err
		}
		v.watched(text, args)
		if a.steady {
			batch.Queue("set local plan_cache_mode = force_generic_plan")
		}
		batch.Queue(numbered(text), args...)
	}
	if bounds {
		batch.Queue("commit")
	}
	answers := conn.SendBatch(ctx, &batch)
	return errors.Join(v.takeAll(ctx, answers, bounds, asks), answers.Close())
}

func (v *View) takeAll(ctx context.Context, answers pgx.BatchResults, begun bool, asks []ask) error {
	if begun {
		if _, err := answers.Exec(); err != nil {
			return err
		}
	}
	for _, a := range asks {
		if a.steady {
			if _, err := answers.Exec(); err != nil {
				return err
			}
		}
		if err := v.take(ctx, answers, a.into); err != nil {
			return err
		}
	}
	return nil
}

// take reads the next answer.
func (v *View) take(ctx context.Context, answers pgx.BatchResults, into any) error {
	found, err := answers.Query()
	if err != nil {
		return err
	}
	defer found.Close()
	described := found.FieldDescriptions()
	columns := make([]string, len(described))
	for i, f := range described {
		columns[i] = f.Name
	}
	if err := fillSlice(ctx, into, columns, found); err != nil {
		return err
	}
	return v.checkScanned(into)
}

// numbered writes placeholders as PostgreSQL wants them.
func numbered(sql string) string {
	var b strings.Builder
	b.Grow(len(sql) + 32)
	for n := 1; ; n++ {
		before, after, more := strings.Cut(sql, "?")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		sql = after
	}
}

// source is the rows of either driver.
type source interface {
	Next() bool
	Scan(into ...any) error
	Err() error
}

var (
	_ source = (*sql.Rows)(nil)
	_ source = pgx.Rows(nil)
)

// fillSlice reads all rows into a slice of structs.
func fillSlice(ctx context.Context, into any, columns []string, found source) error {
	s, err := schema.Parse(into, &parsed, schema.NamingStrategy{})
	if err != nil {
		return err
	}
	return errors.Join(scanRows(ctx, s, columns, found, reflect.ValueOf(into).Elem()), found.Err())
}
