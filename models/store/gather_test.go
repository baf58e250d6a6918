package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

// kinds has a field for every kind of column.
type kinds struct {
	ID     string
	Name   *string
	Number int
	Truth  bool
	At     time.Time
	Later  *time.Time
	Never  *time.Time
	Day    models.Date
	Policy models.Policy `gorm:"serializer:json"`
}

func TestEveryKindOfColumnFindsItsField(t *testing.T) {
	const sql = `SELECT a.id, 'n' AS name, 7 AS number, a.id = 'A-1' AS truth, a.made_at AS at, a.made_at AS later, NULL AS never,
		'2026-11-30' AS day, '{"GraceDays":30}' AS policy FROM accounts a WHERE {{wall.accounts a}} ORDER BY a.id LIMIT 1`
	eachGround(t, func(t *testing.T, db *DB) {
		read := map[string]func(*[]kinds) error{
			"in one turn": func(into *[]kinds) error {
				return db.Look(t.Context(), halden, morning, func(v *View) error { return v.gather(ask{into: into, sql: sql}) })
			},
			"at a glance": func(into *[]kinds) error {
				return db.Glance(t.Context(), halden, morning, func(v *View) error { return v.gather(ask{into: into, sql: sql}) })
			},
			"through gorm": func(into *[]kinds) error {
				return db.Look(t.Context(), halden, morning, func(v *View) error { return v.rows(into, sql) })
			},
		}
		var want []kinds
		for name, read := range read {
			var got []kinds
			if err := read(&got); err != nil || len(got) != 1 {
				t.Fatalf("%s: %v, %v", name, got, err)
			}
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		if k := want[0]; *k.Name != "n" || k.Number != 7 || k.Never != nil || k.Day != "2026-11-30" || k.Policy.GraceDays != 30 {
			t.Errorf("got %+v", k)
		}
	})
}

func TestASteadyStatementIsPlannedOnce(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		if db.dialect != postgresDialect {
			t.Skip("SQLite plans without looking at the arguments")
		}
		err := db.Look(t.Context(), models.Clock(), morning, func(v *View) error {
			for range 3 {
				var found []lockedRow
				if err := v.gather(ask{into: &found, sql: "SELECT a.id FROM accounts a WHERE {{wall a}} AND a.name = ?", args: []any{"x"}, steady: true}); err != nil {
					return err
				}
			}
			var plans []struct{ Once, Anew int }
			err := v.rows(&plans, "SELECT generic_plans AS once, custom_plans AS anew FROM pg_prepared_statements s WHERE {{wall s}} AND s.statement LIKE 'SELECT a.id FROM accounts%'")
			if len(plans) != 1 || plans[0].Once != 3 || plans[0].Anew != 0 {
				t.Errorf("got %+v", plans)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
