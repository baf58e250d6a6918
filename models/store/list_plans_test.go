package store

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/store/pgtest"
)

// asksOfLists are all that the lists ask, as statements with their arguments.
func asksOfLists(v *View, explain func(name, sql string, args []any)) {
	both := []models.ListQuestion{{}, {Sort: "-created"}, {Search: "harbour"}, {Search: "zeta ember o"}, {Search: "ha"}, {Search: "精密"}, {Owner: "x"}}
	accounts := append(both[:len(both):len(both)], models.ListQuestion{Sort: models.ByEnd}, models.ListQuestion{Sort: "-ends"}, models.ListQuestion{Plan: "p"})
	for _, s := range models.States() {
		accounts = append(accounts, models.ListQuestion{State: s})
	}
	for _, q := range accounts {
		listing := Listing{ListQuestion: q, PlanID: q.Plan, Limit: 51, Days: PolicyDays{Soon: 60, After: 60}}
		askOfLines(v, accountLines, models.AccountViews(), accountLineColumns, listing, explain)
	}
	for _, q := range append(both, models.ListQuestion{View: models.ViewWithoutAccount}, models.ListQuestion{View: models.ViewArchived}) {
		askOfLines(v, customerLines, models.CustomerViews(), customerLineColumns, Listing{ListQuestion: q, Limit: 51}, explain)
	}
}

func askOfLines(v *View, l lines, views []models.ListView, columns string, q Listing, explain func(name, sql string, args []any)) {
	sql, args := v.counting(l, q, views)
	explain("counting", sql, args)
	for _, fit := range []int{5, models.CountBound + 1} {
		for _, at := range []Key{{}, {Sort: "2026-01-01T00:00:00Z", ID: "x"}} {
			with, order, args := v.page(l, q, at, fit)
			explain("a page", with+columns+order, args)
		}
	}
}

// plan is how a database would go about a statement.
func plan(t *testing.T, v *View, how, sql string, args []any) string {
	t.Helper()
	text, all, err := v.expand(false, sql, args)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := v.db.Set(passSetting, marked{}).Raw(how+" "+text, all...).Rows()
	if err != nil {
		t.Fatal(text, err)
	}
	defer rows.Close()
	names, _ := rows.Columns()
	var told []string
	for rows.Next() {
		values := make([]any, len(names))
		var line string
		for i := range values {
			values[i] = new(any)
		}
		values[len(values)-1] = &line
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		told = append(told, line)
	}
	return strings.Join(told, "\n")
}

func reaches() []models.Actor {
	return []models.Actor{
		{ID: "u", Reach: models.ReachPartner, RootID: "r", PartnerID: "p", Role: models.RoleAdmin},
		{ID: "u", Reach: models.ReachRoot, RootID: "r", PartnerID: "r", Role: models.RoleAdmin},
		{ID: "u", Reach: models.ReachCustomers, RootID: "r", PartnerID: "p", CustomerIDs: []string{"c", "d"}, Role: models.RoleContact},
	}
}

func TestNoListScansATableOnSQLite(t *testing.T) {
	db, err := Open(context.Background(), Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "lists.db"), Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	scans := regexp.MustCompile(`SCAN (l|c|t|u|account_lines|customer_lines|customers)\b`)
	for _, who := range reaches() {
		err := db.Look(context.Background(), who, time.Now(), func(v *View) error {
			asksOfLists(v, func(name, sql string, args []any) {
				if p := plan(t, v, "EXPLAIN QUERY PLAN", sql, args); scans.MatchString(p) {
					t.Errorf("%s, %s:\n%s\n%s", who.Reach, name, sql, p)
				}
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestNoListHasToScanATableOnPostgreSQL(t *testing.T) {
	appURL, _ := pgtest.Migrated(t, SchemaHash("postgres"), func(appURL, ownerURL string) error {
		db, err := Open(context.Background(), Options{URL: appURL, MigrateURL: ownerURL, MaxConns: 2})
		if err != nil {
			return err
		}
		return db.Close()
	})
	db, err := Open(context.Background(), Options{URL: appURL, SkipMigrate: true, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	scans := regexp.MustCompile(`Seq Scan on (account_lines|customer_lines|customers)\b`)
	for _, who := range reaches() {
		err := db.Look(context.Background(), who, time.Now(), func(v *View) error {
			// Empty tables are always scanned, unless there is another way and scanning is frowned upon.
			if err := v.db.Set(passSetting, marked{}).Exec("SET LOCAL enable_seqscan = off").Error; err != nil {
				return err
			}
			asksOfLists(v, func(name, sql string, args []any) {
				if p := plan(t, v, "EXPLAIN", sql, args); scans.MatchString(p) {
					t.Errorf("%s, %s:\n%s\n%s", who.Reach, name, sql, p)
				}
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
