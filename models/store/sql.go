package store

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"gorm.io/gorm"

	"mooring/models"
)

// This is the one place for SQL by hand. Every statement carries a mark where the wall belongs:
//
//	{{wall a}}            rows of a tenant that have customer_id and account_id
//	{{wall.owned a}}      rows of a partner without a customer: closed to contacts and agents
//	{{wall.customers c}}  the customers table
//	{{wall.accounts a}}   the accounts table
//	{{wall.partners p}}   the partners table
//	{{wall.catalogue p}}  what the distributor shares with its partners
//	{{wall.door}}         tables of the doorkeeper; closed to everybody else
//
// The alias may be left out. A mark stands where a condition could stand, and becomes one.

// passSetting is how gorm's statement shows the wall that its SQL was expanded here.
const passSetting = "mooring:pass"

type marked struct{}

var mark = regexp.MustCompile(`\{\{wall(?:\.([a-z]+))?(?: ([A-Za-z_][A-Za-z0-9_]*))?\}\}`)

// grounds are the tables a mark can stand for.
var grounds = map[string]ground{
	"":          {root: true, partner: true, customer: true, account: true},
	"owned":     {root: true, partner: true},
	"customers": {table: customersTable, root: true, partner: true},
	"accounts":  {table: accountsTable, root: true, partner: true, customer: true},
	"partners":  {table: partnersTable, root: true},
	"catalogue": {table: "plans", root: true, partner: true},
	"door":      {table: "sessions"},
}

var (
	writes     = regexp.MustCompile(`(?i)\b(insert|update|delete|merge|truncate|alter|drop|create)\b`)
	locks      = regexp.MustCompile(`(?i)\bfor\s+(no\s+key\s+)?update(\s+of\s+[a-z_][a-z0-9_]*)?(\s+(nowait|skip\s+locked))?`)
	target     = regexp.MustCompile(`(?i)^\s*(insert\s+into|update|delete\s+from)\s+([a-z_][a-z0-9_]*)`)
	movesOwner = regexp.MustCompile(`(?i)(\bset|,)\s*(root_id|partner_id|customer_id|id)\s*=`)
)

// rows runs a SELECT and fills dst, a pointer to a value, a struct or a slice of structs. Where there
// is no row, a value or struct stays as it was.
func (v *View) rows(dst any, sql string, args ...any) error {
	if !parsedSQL(sql).reads {
		return slips("rows only reads")
	}
	return v.scan(dst, false, sql, args)
}

// exec runs an INSERT … SELECT, UPDATE or DELETE and says how many rows it changed. An INSERT takes
// root_id and partner_id from its marked SELECT; new rows with values of their own belong into add,
// where they are looked at.
func (t *Tx) exec(sql string, args ...any) (int64, error) {
	table, err := targetOf(sql)
	if err != nil {
		return 0, err
	}
	text, all, err := t.expand(true, sql, args)
	if err != nil {
		return 0, err
	}
	done := t.db.Set(passSetting, marked{}).Exec(text, all...)
	if done.Error != nil {
		return 0, done.Error
	}
	t.toll.wrote(table, done.RowsAffected)
	return done.RowsAffected, nil
}

// step is one of several statements that follow each other.
type step struct {
	sql  string
	args []any
}

// inTurn runs statements one after the other.
func (t *Tx) inTurn(steps ...step) error {
	for _, s := range steps {
		if _, err := t.exec(s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

func (v *View) scan(dst any, writing bool, sql string, args []any) error {
	text, all, err := v.expand(writing, sql, args)
	if err != nil {
		return err
	}
	v.watched(text, all)
	if err := v.read(dst, v.db.Set(passSetting, marked{}).Raw(text, all...)); err != nil {
		return err
	}
	return v.checkScanned(dst)
}

// read is gorm's Scan without its recorder, which would write every statement out with its parameters
// for a log that takes neither.
func (v *View) read(dst any, asked *gorm.DB) error {
	found, err := asked.Rows()
	if err != nil {
		return err
	}
	if t := reflect.TypeOf(dst).Elem(); t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
		var columns []string
		if columns, err = found.Columns(); err == nil {
			err = fillSlice(v.db.Statement.Context, dst, columns, found)
		}
	} else if found.Next() {
		err = v.db.ScanRows(found, dst)
	}
	return errors.Join(err, found.Err(), found.Close())
}

// checkScanned is the tripwire for SQL by hand. It does not know the table, so it lets a partner
// have its distributor's rows too.
func (v *View) checkScanned(dst any) error {
	table := ""
	if v.Who.Reach == models.ReachDoor {
		table = "sessions"
	}
	loose := v.Who
	if loose.Reach == models.ReachCustomers || loose.Reach == models.ReachAccount {
		loose.Reach = models.ReachPartner
	}
	return eachRow(reflect.ValueOf(dst), func(row reflect.Value) error {
		root, partner := whose(row)
		p := place{root: root, partner: partner}
		if root == "" || partner == "" || sees(loose, table, p) || root == v.Who.RootID && partner == root {
			return nil
		}
		return fmt.Errorf("%w: the tripwire found a row", ErrBeyond)
	})
}

// owners says for each type of row where it keeps its root and its partner.
var owners sync.Map

type owner struct{ root, partner []int }

func ownerOf(t reflect.Type) owner {
	if known, ok := owners.Load(t); ok {
		return known.(owner)
	}
	var o owner
	if t.Kind() == reflect.Struct {
		if f, ok := t.FieldByName("RootID"); ok && f.IsExported() {
			o.root = f.Index
		}
		if f, ok := t.FieldByName("PartnerID"); ok && f.IsExported() {
			o.partner = f.Index
		}
	}
	owners.Store(t, o)
	return o
}

// whose is what a row says of its root and its partner; nothing where it does not say it.
func whose(row reflect.Value) (root, partner string) {
	o := ownerOf(row.Type())
	if o.root == nil || o.partner == nil {
		return "", ""
	}
	return plainText(row.FieldByIndex(o.root)), plainText(row.FieldByIndex(o.partner))
}

func plainText(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return v.String()
	}
	return plain(v.Interface())
}

// targetOf is the table a statement changes, so that the toll can count it.
func targetOf(sql string) (string, error) {
	m := target.FindStringSubmatch(sql)
	if m == nil {
		return "", slips("exec begins with INSERT INTO, UPDATE or DELETE FROM and the table")
	}
	table := strings.ToLower(m[2])
	if appendOnly[table] && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(m[1])), "insert") {
		return "", slips("rows of %s are written once", table)
	}
	if movesOwner.MatchString(sql) {
		return "", slips("whose a row of %s is never changes", table)
	}
	return table, nil
}

// expand puts the actor's conditions where the marks are, and their values among the arguments.
func (v *View) expand(writing bool, sql string, args []any) (string, []any, error) {
	p := parsedSQL(sql)
	if len(p.marks) == 0 {
		return "", nil, slips("SQL without {{wall}}")
	}
	if p.open != nil {
		return "", nil, p.open
	}
	pieces := p.pieces
	if v.dialect == sqliteDialect {
		pieces = p.lockless
	}
	var text strings.Builder
	text.Grow(len(sql) + 64*len(p.marks))
	all := make([]any, 0, len(args)+4*len(p.marks))
	used := 0
	for i, m := range p.marks {
		next := min(used+m.arguments, len(args))
		all = append(all, args[used:next]...)
		used = next
		condition, values, err := v.condition(m.kind, m.alias, writing)
		if err != nil {
			return "", nil, err
		}
		text.WriteString(pieces[i])
		text.WriteString(condition)
		all = append(all, values...)
	}
	text.WriteString(pieces[len(p.marks)])
	return text.String(), append(all, args[used:]...), nil
}

var (
	comments = regexp.MustCompile(`--|/\*`)
	unions   = regexp.MustCompile(`(?i)\b(union|intersect|except)\b`)
	opens    = regexp.MustCompile(`(?i)(\b(where|and|on|when|filter)|\()\s*$`)
	closes   = regexp.MustCompile(`(?i)^\s*($|\)|(and|order|group|having|limit|join|left|where|for|returning|union|then)\b)`)
)

// refuseOpenMarks makes sure that a mark holds: it stands where a condition begins, nothing beside it can
// go around it, nobody has commented it out, and every part of a union has one.
func refuseOpenMarks(sql string, marks [][]int) error {
	if comments.MatchString(sql) {
		return slips("a comment in SQL")
	}
	if len(unions.FindAllString(sql, -1)) >= len(marks) {
		return slips("a part of a union without {{wall}}")
	}
	for _, m := range marks {
		if !opens.MatchString(sql[:m[0]]) || !closes.MatchString(sql[m[1]:]) {
			return slips("{{wall}} does not stand alone: %s", sql[max(0, m[0]-20):min(len(sql), m[1]+20)])
		}
	}
	return nil
}

// condition is what one mark becomes.
func (v *View) condition(kind, alias string, writing bool) (string, []any, error) {
	g, ok := grounds[kind]
	if !ok {
		return "", nil, slips("there is no {{wall.%s}}", kind)
	}
	fs, err := fences(v.Who, g, writing)
	if err != nil {
		return "1 = 0", nil, nil //nolint:nilerr // closed means that nothing is found
	}
	var all []string
	var values []any
	for _, f := range fs {
		column := f.column
		if alias != "" {
			column = alias + "." + column
		}
		switch len(f.values) {
		case 0:
			return "1 = 0", nil, nil
		case 1:
			all = append(all, column+" = ?")
		default:
			all = append(all, column+" IN (?"+strings.Repeat(", ?", len(f.values)-1)+")")
		}
		for _, value := range f.values {
			values = append(values, value)
		}
	}
	if len(all) == 0 {
		return "1 = 1", nil, nil
	}
	return "(" + strings.Join(all, " AND ") + ")", values, nil
}
