package store

import (
	"errors"
	"testing"
)

func TestAMarkThatCouldBeGoneAroundIsRefused(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for _, sql := range []string{
			"SELECT id FROM accounts WHERE {{wall}} OR 1 = 1",
			"SELECT id FROM accounts WHERE 1 = 1 OR {{wall}}",
			"SELECT id FROM accounts WHERE NOT {{wall}}",
			"SELECT id FROM accounts /* {{wall}} */",
			"SELECT id FROM accounts -- {{wall}}",
			"SELECT id FROM customers WHERE {{wall.customers}} UNION SELECT id FROM accounts",
			"SELECT id FROM customers WHERE {{wall.customers}} UNION ALL SELECT id FROM accounts WHERE true",
		} {
			err := look(t, db, halden, func(v *View) error {
				var ids []string
				return v.rows(&ids, sql)
			})
			if !errors.Is(err, ErrSlips) {
				t.Errorf("%s: %v", sql, err)
			}
		}
	})
}
