package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"mooring/models"
)

// guardCreate looks at every new row: whose it says it is, and that it cannot take another's place.
func guardCreate(who models.Actor, db *gorm.DB) error {
	stmt := db.Statement
	if _, ok := tollIn(stmt.Context); !ok {
		return ErrReadOnly
	}
	if err := refuseSlips(stmt); err != nil {
		return err
	}
	g := groundOf(stmt.Schema)
	fs, err := fences(who, g, true)
	if err != nil {
		return fmt.Errorf("%w: %s", err, stmt.Table)
	}
	if err := refuseConflict(who, db, g); err != nil {
		return err
	}
	return eachRow(stmt.ReflectValue, func(row reflect.Value) error {
		if row.Type() != stmt.Schema.ModelType {
			return slips("rows are made of structs")
		}
		p := placeOf(stmt.Context, stmt.Schema, row)
		if g.tenant() && (p.root == "" || g.partner && p.partner == "") {
			return fmt.Errorf("%w: a row of %s that is nobody's", ErrBeyond, stmt.Table)
		}
		if !inside(p, fs) {
			return fmt.Errorf("%w: a new row of %s", ErrBeyond, stmt.Table)
		}
		return nil
	})
}

// conflictSetting marks a statement whose ON CONFLICT was thought about, by onConflict.
const conflictSetting = "mooring:conflict"

// onConflict allows a create to meet an existing row. On tenants' tables the target must begin with
// partner_id, so that it can only meet the partner's own row, or be the primary key with DO NOTHING.
func onConflict(db *gorm.DB, c clause.OnConflict) *gorm.DB {
	return db.Set(conflictSetting, marked{}).Clauses(c)
}

func refuseConflict(who models.Actor, db *gorm.DB, g ground) error {
	c, ok := db.Statement.Clauses["ON CONFLICT"].Expression.(clause.OnConflict)
	if !ok || !g.tenant() {
		return nil
	}
	if mark, ok := db.Get(conflictSetting); !ok || mark != (marked{}) {
		return slips("ON CONFLICT on %s", g.table)
	}
	if c.OnConstraint != "" || c.UpdateAll || len(c.Columns) == 0 {
		return slips("ON CONFLICT on %s without columns", g.table)
	}
	if c.DoNothing && (c.Columns[0].Name == partnerColumn || isPrimaryKey(db.Statement.Schema, c.Columns)) {
		return nil
	}
	narrowed := who.Reach == models.ReachCustomers || who.Reach == models.ReachAccount
	if c.DoNothing || c.Columns[0].Name != partnerColumn || narrowed && !partnerTables[g.table] {
		return slips("ON CONFLICT on %s could change another's row", g.table)
	}
	for _, a := range c.DoUpdates {
		if fixed(a.Column.Name) {
			return slips("%s.%s never changes", g.table, a.Column.Name)
		}
		if err := refuseValues(a.Value); err != nil {
			return err
		}
	}
	return nil
}

func isPrimaryKey(s *schema.Schema, columns []clause.Column) bool {
	if len(columns) != len(s.PrimaryFieldDBNames) {
		return false
	}
	for i, name := range s.PrimaryFieldDBNames {
		if columns[i].Name != name {
			return false
		}
	}
	return true
}

// tripwire looks at what was loaded. It should never find anything: the wall stands before it.
func tripwire(db *gorm.DB) {
	stmt := db.Statement
	if db.Error != nil || stmt.Schema == nil || db.RowsAffected == 0 {
		return
	}
	who, ok := actorIn(stmt.Context)
	if !ok {
		_ = db.AddError(ErrNoActor)
		return
	}
	partial := len(stmt.Selects) > 0 || len(stmt.Omits) > 0
	_ = db.AddError(checkLoaded(db, who, stmt.Table, stmt.ReflectValue, partial))
}

// checkLoaded judges every loaded struct that says whose it is. Rows loaded in part may be silent.
func checkLoaded(db *gorm.DB, who models.Actor, table string, loaded reflect.Value, partial bool) error {
	var of *schema.Schema
	return eachRow(loaded, func(row reflect.Value) error {
		if row.Kind() != reflect.Struct {
			return nil
		}
		if of == nil || of.ModelType != row.Type() {
			parsed := &gorm.Statement{DB: db}
			if parsed.Parse(row.Addr().Interface()) != nil {
				return nil
			}
			of = parsed.Schema
			partial = partial || of.Table != table
		}
		g := groundOf(of)
		if !g.root || !g.partner && table != partnersTable {
			return nil
		}
		p := placeOf(db.Statement.Context, of, row)
		if partial && p.root == "" || sees(who, table, p) {
			return nil
		}
		return fmt.Errorf("%w: the tripwire found a row of %s", ErrBeyond, table)
	})
}

// eachRow visits the structs of a struct, a slice, or a slice of pointers.
func eachRow(v reflect.Value, visit func(reflect.Value) error) error {
	v = reflect.Indirect(v)
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		if !v.IsValid() {
			return nil
		}
		return visit(v)
	}
	for i := range v.Len() {
		row := v.Index(i)
		for row.Kind() == reflect.Pointer || row.Kind() == reflect.Interface {
			row = row.Elem()
		}
		if !row.IsValid() {
			continue
		}
		if err := visit(row); err != nil {
			return err
		}
	}
	return nil
}

func placeOf(ctx context.Context, s *schema.Schema, row reflect.Value) place {
	at := func(column string) string {
		f := s.FieldsByDBName[column]
		if f == nil {
			return ""
		}
		v, _ := f.ValueOf(ctx, row)
		return plain(v)
	}
	return place{
		root: at(rootColumn), partner: at(partnerColumn),
		customer: at(customerColumn), account: at(accountColumn), id: at(idColumn),
	}
}

// plain is an id as text, however the row's struct keeps it.
func plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if valuer, ok := v.(driver.Valuer); ok {
		v, _ = valuer.Value()
	}
	if r := reflect.Indirect(reflect.ValueOf(v)); r.IsValid() {
		return strings.TrimSpace(fmt.Sprint(r.Interface()))
	}
	return ""
}
