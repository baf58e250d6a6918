package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

func TestAMarkBecomesTheActorsCondition(t *testing.T) {
	for _, c := range []struct {
		name, sql string
		who       models.Actor
		args      []any
		want      string
		all       []any
	}{
		{
			"between other values", "SELECT 1 FROM accounts a WHERE a.name = ? AND {{wall a}} AND a.id > ?", halden,
			[]any{"n", "A"},
			"SELECT 1 FROM accounts a WHERE a.name = ? AND (a.root_id = ? AND a.partner_id = ?) AND a.id > ?",
			[]any{"n", "D", "D-A", "A"},
		},
		{
			"without an alias", "SELECT 1 FROM accounts WHERE {{wall}}", distributor, nil,
			"SELECT 1 FROM accounts WHERE (root_id = ?)",
			[]any{"D"},
		},
		{
			"several", "WHERE {{wall.accounts a}} AND {{wall.catalogue p}}", halden, nil,
			"WHERE (a.root_id = ? AND a.partner_id = ?) AND (p.root_id = ? AND p.partner_id IN (?, ?))",
			[]any{"D", "D-A", "D", "D-A", "D"},
		},
		{
			"customers by their id", "WHERE {{wall.customers c}}", contact, nil,
			"WHERE (c.root_id = ? AND c.partner_id = ? AND c.id = ?)",
			[]any{"D", "D-A", "C-1"},
		},
		{"closed", "WHERE {{wall.owned u}} AND {{wall.customers c}}", agent, nil, "WHERE 1 = 0 AND 1 = 0", []any{}},
		{"an actor who sees nothing", "WHERE {{wall a}}", models.Actor{Reach: models.ReachPartner}, nil, "WHERE 1 = 0", []any{}},
		{"the portal itself", "WHERE {{wall a}} AND {{wall.door}}", models.Clock(), nil, "WHERE 1 = 1 AND 1 = 1", []any{}},
		{"the doorkeeper", "WHERE {{wall a}} AND {{wall.door}}", models.Doorkeeper("r"), nil, "WHERE 1 = 0 AND 1 = 1", []any{}},
		{"the door for others", "WHERE {{wall.door}}", halden, nil, "WHERE 1 = 0", []any{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := &View{Who: c.who}
			text, all, err := v.expand(false, c.sql, c.args)
			if err != nil || text != c.want || !cmp.Equal(all, c.all) {
				t.Errorf("got %s\n%v, %v; want %s\n%v", text, all, err, c.want, c.all)
			}
		})
	}
}

func TestSQLByHandMustBeMarkedAndKeepToItsDoor(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for name, call := range map[string]func(tx *Tx) error{
			"no mark":          func(tx *Tx) error { return tx.rows(new(int), "SELECT 1") },
			"a misspelt mark":  func(tx *Tx) error { return tx.rows(new(int), "SELECT 1 WHERE {{wal a}}") },
			"an unknown mark":  func(tx *Tx) error { return tx.rows(new(int), "SELECT 1 WHERE {{wall.all a}}") },
			"a mark too few":   func(tx *Tx) error { return tx.rows(new(int), "SELECT 1 WHERE {{wall a}} OR {{wall }}") },
			"rows that write":  func(tx *Tx) error { return tx.rows(new(int), "DELETE FROM accounts WHERE {{wall}} RETURNING 1") },
			"exec that reads":  func(tx *Tx) error { _, err := tx.exec("SELECT 1 WHERE {{wall a}}"); return err },
			"exec of a schema": func(tx *Tx) error { _, err := tx.exec("DROP TABLE accounts -- {{wall}}"); return err },
			"changed history":  func(tx *Tx) error { _, err := tx.exec("UPDATE events SET kind = 'x' WHERE {{wall}}"); return err },
		} {
			if err := do(t, db, halden, call); !errors.Is(err, ErrSlips) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestSQLByHandStaysWithinReachAndIsCounted(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		err := do(t, db, halden, func(tx *Tx) error {
			n, err := tx.exec("UPDATE accounts SET name = ? WHERE {{wall}} AND version = ?", "changed", 1)
			if err != nil || n != 2 || tx.changed() != 2 {
				t.Errorf("changed %d rows, counted %d, %v", n, tx.changed(), err)
			}
			var rows []struct{ ID, Name string }
			err = tx.rows(&rows, "SELECT a.id, a.name FROM accounts a JOIN customers c ON c.id = a.customer_id AND {{wall.customers c}} WHERE {{wall.accounts a}} ORDER BY a.id LIMIT 1 FOR UPDATE OF a")
			if err != nil || len(rows) != 1 || rows[0].Name != "changed" {
				t.Errorf("read %v, %v", rows, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := groundRow(t, db, "A-3").Name; got != "three" {
			t.Errorf("A-3 is called %q", got)
		}
		err = do(t, db, contact, func(tx *Tx) error {
			if _, err := tx.exec("UPDATE products SET name = 'x' WHERE {{wall.catalogue}}"); err != nil {
				return err
			}
			if tx.changed() != 0 {
				t.Errorf("a contact changed %d rows of the catalogue", tx.changed())
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
