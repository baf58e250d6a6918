package store

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"mooring/models"
)

var (
	// ErrNoActor refuses a statement that does not say who asks.
	ErrNoActor = errors.New("store: no statement without an actor")
	// ErrClosed refuses a table that is closed to the actor.
	ErrClosed = errors.New("store: this table is closed to this actor")
	// ErrBeyond refuses to write, or to hand out, a row outside the actor's reach.
	ErrBeyond = errors.New("store: a row beyond what the actor can see")
	// ErrSlips refuses a statement of a form the wall could not enclose.
	ErrSlips = errors.New("store: this call would slip past the wall")
)

func slips(why string, args ...any) error {
	return fmt.Errorf("%w: "+why, append([]any{ErrSlips}, args...)...)
}

// raiseWall puts a guard before everything gorm does, the tripwire after everything it reads, and
// the toll after everything it writes.
func raiseWall(g *gorm.DB) error {
	c := g.Callback()
	return errors.Join(
		c.Query().Before("gorm:query").Register("wall:query", guarded(guardQuery)),
		c.Query().After("gorm:query").Register("wall:tripwire", tripwire),
		c.Row().Before("gorm:row").Register("wall:row", guarded(guardQuery)),
		c.Raw().Before("gorm:raw").Register("wall:raw", guarded(guardRaw)),
		c.Create().Before("gorm:create").Register("wall:create", guarded(guardCreate)),
		c.Create().After("gorm:create").Register("wall:created", count),
		c.Update().Before("gorm:update").Register("wall:update", guarded(guardUpdate)),
		c.Update().After("gorm:update").Register("wall:updated", count),
		c.Delete().Before("gorm:delete").Register("wall:delete", guarded(guardDelete)),
		c.Delete().After("gorm:delete").Register("wall:deleted", count),
	)
}

// guarded runs a guard for a named actor; whatever it refuses stops the statement.
func guarded(guard func(models.Actor, *gorm.DB) error) func(*gorm.DB) {
	return func(db *gorm.DB) {
		if db.Error != nil {
			return
		}
		who, ok := actorIn(db.Statement.Context)
		if !ok {
			_ = db.AddError(ErrNoActor)
			return
		}
		if err := guard(who, db); err != nil {
			_ = db.AddError(err)
		}
	}
}

func guardQuery(who models.Actor, db *gorm.DB) error {
	stmt := db.Statement
	if stmt.SQL.Len() > 0 {
		return guardRaw(who, db)
	}
	if err := refuseSlips(stmt); err != nil {
		return err
	}
	fs, err := fences(who, groundOf(stmt.Schema), false)
	if err != nil {
		return fmt.Errorf("%w: %s", err, stmt.Table)
	}
	enclose(stmt, fs)
	return nil
}

// guardRaw lets through only the SQL that sql.go has marked.
func guardRaw(_ models.Actor, db *gorm.DB) error {
	if pass, ok := db.Get(passSetting); ok && pass == (marked{}) {
		return nil
	}
	return slips("SQL by hand belongs into rows or exec")
}

// guardUpdate works out what gorm would set, looks at it, and leaves it for gorm to use.
func guardUpdate(who models.Actor, db *gorm.DB) error {
	stmt := db.Statement
	if err := refuseWriting(stmt); err != nil {
		return err
	}
	if _, ok := stmt.Clauses["SET"]; ok {
		return slips("a hand-made SET")
	}
	assigned := callbacks.ConvertToAssignments(stmt)
	for _, a := range assigned {
		if fixed(a.Column.Name) {
			return slips("%s.%s never changes", stmt.Table, a.Column.Name)
		}
		if err := refuseValues(a.Value); err != nil {
			return err
		}
	}
	if len(conditions(stmt)) == 0 {
		return gorm.ErrMissingWhereClause
	}
	if len(assigned) > 0 {
		stmt.AddClause(assigned)
	}
	return encloseWriting(who, stmt)
}

// fixed columns say whose a row is; moving rows is not an update.
func fixed(column string) bool {
	return column == idColumn || column == rootColumn || column == partnerColumn || column == customerColumn
}

func guardDelete(who models.Actor, db *gorm.DB) error {
	stmt := db.Statement
	if err := refuseWriting(stmt); err != nil {
		return err
	}
	_, keys := schema.GetIdentityFieldValuesMap(stmt.Context, stmt.ReflectValue, stmt.Schema.PrimaryFields)
	if len(conditions(stmt)) == 0 && len(keys) == 0 {
		return gorm.ErrMissingWhereClause
	}
	return encloseWriting(who, stmt)
}

func encloseWriting(who models.Actor, stmt *gorm.Statement) error {
	fs, err := fences(who, groundOf(stmt.Schema), true)
	if err != nil {
		return fmt.Errorf("%w: %s", err, stmt.Table)
	}
	enclose(stmt, fs)
	return nil
}

// refuseWriting refuses changes inside Look and to rows that are written once.
func refuseWriting(stmt *gorm.Statement) error {
	if _, ok := tollIn(stmt.Context); !ok {
		return ErrReadOnly
	}
	if err := refuseSlips(stmt); err != nil {
		return err
	}
	if appendOnly[stmt.Schema.Table] {
		return slips("rows of %s are written once", stmt.Table)
	}
	return nil
}

// count tells the toll what was written. It also takes back the SET that guardUpdate left.
func count(db *gorm.DB) {
	delete(db.Statement.Clauses, "SET")
	if paid, ok := tollIn(db.Statement.Context); ok && db.Error == nil {
		paid.wrote(db.Statement.Table, db.RowsAffected)
	}
}

// conditions are what the caller asked for.
func conditions(stmt *gorm.Statement) []clause.Expression {
	w, _ := stmt.Clauses["WHERE"].Expression.(clause.Where)
	return w.Exprs
}

// enclose turns the caller's `a OR b` into `(a OR b)` and stands the fences beside it.
func enclose(stmt *gorm.Statement, fs []fence) {
	var exprs []clause.Expression
	if asked := conditions(stmt); len(asked) > 0 {
		exprs = append(exprs, enclosed(asked))
	}
	for _, f := range fs {
		exprs = append(exprs, f.expression())
	}
	if len(exprs) == 0 {
		return
	}
	c := stmt.Clauses["WHERE"]
	c.Name, c.Expression = "WHERE", clause.Where{Exprs: exprs}
	stmt.Clauses["WHERE"] = c
}

func (f fence) expression() clause.Expression {
	if len(f.values) == 0 {
		return clause.Expr{SQL: "1 = 0"}
	}
	values := make([]any, len(f.values))
	for i, v := range f.values {
		values[i] = v
	}
	return clause.IN{Column: clause.Column{Table: clause.CurrentTable, Name: f.column}, Values: values}
}

// enclosed always stands in parentheses; gorm's own grouping looks for the words AND and OR between
// spaces and misses them elsewhere.
type enclosed []clause.Expression

func (e enclosed) Build(b clause.Builder) {
	_ = b.WriteByte('(')
	clause.Where{Exprs: append([]clause.Expression(nil), e...)}.Build(b)
	_ = b.WriteByte(')')
}
