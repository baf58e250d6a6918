package store

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mooring/models"
)

func look(t *testing.T, db *DB, who models.Actor, fn func(*View) error) error {
	t.Helper()
	return db.Look(context.Background(), who, morning, fn)
}

// do runs a change that records its event, so that only the change itself is judged.
func do(t *testing.T, db *DB, who models.Actor, fn func(*Tx) error) error {
	t.Helper()
	return db.Do(context.Background(), who, morning, func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.add(&groundEvent{RootID: "D", PartnerID: "D-A", CustomerID: "C-1", AccountID: "A-1", Kind: "tried"})
	})
}

// account reads a row as the portal itself, past every fence.
func groundRow(t *testing.T, db *DB, id string) groundAccount {
	t.Helper()
	var row groundAccount
	err := look(t, db, models.Operator(), func(v *View) error { return v.db.First(&row, "id = ?", id).Error })
	if err != nil {
		t.Fatalf("reading %s: %v", id, err)
	}
	return row
}

func TestEveryActorFindsTheirPartOfTheTreeAndNoMore(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for _, c := range []struct {
			name     string
			who      models.Actor
			accounts []string
		}{
			{"the distributor", distributor, []string{"A-1", "A-2", "A-3"}},
			{"a reseller", halden, []string{"A-1", "A-2"}},
			{"a customer's contact", contact, []string{"A-1"}},
			{"an agent", agent, []string{"A-1"}},
			{"the portal itself", models.Clock(), []string{"A-1", "A-2", "A-3", "A-4"}},
			{"a reseller without a tree", models.Actor{ID: "U", Reach: models.ReachPartner, PartnerID: "D-A"}, nil},
			{"a contact of nobody", models.Actor{ID: "U", Reach: models.ReachCustomers, RootID: "D", PartnerID: "D-A"}, nil},
		} {
			t.Run(c.name, func(t *testing.T) {
				var found []string
				var n int64
				err := look(t, db, c.who, func(v *View) error {
					return errors.Join(
						v.db.Model(&groundAccount{}).Order("id").Pluck("id", &found).Error,
						v.db.Model(&groundAccount{}).Count(&n).Error)
				})
				if err != nil || !cmp.Equal(found, append([]string{}, c.accounts...)) || int(n) != len(c.accounts) {
					t.Errorf("found %v, counted %d, want %v, error %v", found, n, c.accounts, err)
				}
			})
		}
	})
}

func TestTablesOfAnotherKindHaveRulesOfTheirOwn(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		ids := func(who models.Actor, model any) (found []string, err error) {
			err = look(t, db, who, func(v *View) error { return v.db.Model(model).Order("id").Pluck("id", &found).Error })
			return found, err
		}
		for _, c := range []struct {
			name  string
			who   models.Actor
			model any
			want  []string
			err   error
		}{
			{"a reseller reads the distributor's catalogue beside its own", halden, &groundProduct{}, []string{"P-A", "P-D"}, nil},
			{"so does a contact", contact, &groundProduct{}, []string{"P-A", "P-D"}, nil},
			{"a reseller sees itself and its distributor", halden, &groundPartner{}, []string{"D", "D-A"}, nil},
			{"the distributor sees its resellers", distributor, &groundPartner{}, []string{"D", "D-A", "D-B"}, nil},
			{"a contact sees the own customers", contact, &groundCustomer{}, []string{"C-1"}, nil},
			{"customers are closed to an agent", agent, &groundCustomer{}, nil, ErrClosed},
			{"sessions are closed to a reseller", halden, &groundSession{}, nil, ErrClosed},
			{"the doorkeeper sees sessions", models.Doorkeeper("r"), &groundSession{}, []string{"S-1"}, nil},
			{"and no accounts", models.Doorkeeper("r"), &groundAccount{}, nil, ErrClosed},
			{"a table nobody thought of is closed", halden, &groundSecret{}, nil, ErrClosed},
		} {
			t.Run(c.name, func(t *testing.T) {
				got, err := ids(c.who, c.model)
				if !errors.Is(err, c.err) || c.err == nil && !cmp.Equal(got, c.want) {
					t.Errorf("got %v, %v; want %v, %v", got, err, c.want, c.err)
				}
			})
		}
	})
}

func TestWithoutAnActorNothingIsRead(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		bare := db.read.WithContext(context.Background())
		var rows []groundAccount
		for name, err := range map[string]error{
			"query": bare.Find(&rows).Error,
			"count": bare.Model(&groundAccount{}).Count(new(int64)).Error,
			"own":   bare.Find(&[]groundSecret{}).Error,
			"raw":   bare.Raw("SELECT 1").Scan(new(int)).Error,
			"exec":  bare.Exec("DELETE FROM secrets").Error,
			"add":   bare.Create(&groundSecret{ID: "X"}).Error,
			"look":  db.Look(context.Background(), models.Actor{}, morning, func(*View) error { return nil }),
			"do":    db.Do(context.Background(), models.Actor{}, morning, func(*Tx) error { return nil }),
		} {
			if !errors.Is(err, ErrNoActor) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAnOrDoesNotLeadPastTheWall(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for name, ask := range map[string]func(*gorm.DB) *gorm.DB{
			"Or":           func(g *gorm.DB) *gorm.DB { return g.Where("id = ?", "A-3").Or("1 = 1") },
			"text":         func(g *gorm.DB) *gorm.DB { return g.Where("id = 'A-3' OR 1 = 1") },
			"other spaces": func(g *gorm.DB) *gorm.DB { return g.Where("id = 'A-3'\nOR\n1 = 1") },
			"only Or":      func(g *gorm.DB) *gorm.DB { return g.Or("1 = 1") },
			"Not":          func(g *gorm.DB) *gorm.DB { return g.Not("id = ?", "A-9") },
			"sub-query": func(g *gorm.DB) *gorm.DB {
				return g.Where("id IN (?)", g.Session(&gorm.Session{NewDB: true}).Model(&groundAccount{}).Select("id").Or("1 = 1"))
			},
		} {
			t.Run(name, func(t *testing.T) {
				var rows []groundAccount
				err := look(t, db, halden, func(v *View) error { return ask(v.db).Find(&rows).Error })
				if err != nil || len(rows) == 0 {
					t.Fatalf("%d rows, %v", len(rows), err)
				}
				for _, r := range rows {
					if r.PartnerID != "D-A" {
						t.Errorf("leaked %s", r.ID)
					}
				}
			})
		}
	})
}

func TestASubQuerySeesNoMoreThanTheActor(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		var found []string
		err := look(t, db, halden, func(v *View) error {
			sub := v.db.Model(&groundCustomer{}).Select("id")
			return v.db.Model(&groundAccount{}).Where("id IN (?)", v.db.Model(&groundAccount{}).Select("id")).
				Or("customer_id IN (?)", sub).Order("id").Pluck("id", &found).Error
		})
		if err != nil || !cmp.Equal(found, []string{"A-1", "A-2"}) {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

func TestCallsThatWouldSlipPastTheWallAreRefused(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		type withAssociation struct {
			ID         string
			CustomerID string
			Customer   groundCustomer
		}
		for name, call := range map[string]func(g *gorm.DB) error{
			"Table into maps":  func(g *gorm.DB) error { return g.Table("accounts").Find(&[]map[string]any{}).Error },
			"another Table":    func(g *gorm.DB) error { return g.Table("accounts").Find(&[]groundProduct{}).Error },
			"Raw":              func(g *gorm.DB) error { return g.Raw("SELECT * FROM accounts").Scan(&[]groundAccount{}).Error },
			"Raw into a model": func(g *gorm.DB) error { return g.Raw("SELECT * FROM accounts").Find(&[]groundAccount{}).Error },
			"Exec":             func(g *gorm.DB) error { return g.Exec("DELETE FROM accounts").Error },
			"Joins":            func(g *gorm.DB) error { return g.Joins("JOIN secrets ON 1 = 1").Find(&[]groundAccount{}).Error },
			"Preload":          func(g *gorm.DB) error { return g.Preload("Customer").Find(&[]groundAccount{}).Error },
			"an association":   func(g *gorm.DB) error { return g.Find(&[]withAssociation{}).Error },
			"select in conditions": func(g *gorm.DB) error {
				return g.Where("id IN (SELECT id FROM accounts)").Find(&[]groundAccount{}).Error
			},
			"select in an order": func(g *gorm.DB) error { return g.Order("(SELECT name FROM secrets)").Find(&[]groundAccount{}).Error },
			"select in a column": func(g *gorm.DB) error {
				return g.Model(&groundAccount{}).Select("(SELECT id FROM secrets) AS name").Find(&[]groundAccount{}).Error
			},
			"raw sub-query": func(g *gorm.DB) error {
				return g.Where("id IN (?)", g.Raw("SELECT id FROM secrets")).Find(&[]groundAccount{}).Error
			},
			"a comment": func(g *gorm.DB) error { return g.Where("1 = 1) -- ").Find(&[]groundAccount{}).Error },
			"a hand-made FROM": func(g *gorm.DB) error {
				return g.Clauses(clause.From{Tables: []clause.Table{{Name: "products"}}}).Find(&[]groundAccount{}).Error
			},
			"rows from maps": func(g *gorm.DB) error {
				return g.Model(&groundAccount{}).Create(map[string]any{"id": "A-9", "partner_id": "D-B"}).Error
			},
			"changing history": func(g *gorm.DB) error {
				return g.Model(&groundEvent{}).Where("1 = 1").Update("kind", "x").Error
			},
		} {
			t.Run(name, func(t *testing.T) {
				err := db.once(context.Background(), halden, morning, func(tx *Tx) error { return call(tx.db) })
				if !errors.Is(err, ErrSlips) {
					t.Errorf("got %v", err)
				}
			})
		}
	})
}

func TestAForeignRowCannotBeTakenOver(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		before := groundRow(t, db, "A-3")
		mine := groundAccount{ID: "A-3", RootID: "D", PartnerID: "D-A", CustomerID: "C-1", Name: "stolen", MadeAt: morning}
		for name, steal := range map[string]func(g *gorm.DB) error{
			"Save": func(g *gorm.DB) error { r := mine; return g.Save(&r).Error },
			"Save of many": func(g *gorm.DB) error {
				return g.Save(&[]groundAccount{mine}).Error
			},
			"UpdateAll": func(g *gorm.DB) error {
				r := mine
				return g.Clauses(clause.OnConflict{UpdateAll: true}).Create(&r).Error
			},
			"a conflict nobody agreed to": func(g *gorm.DB) error {
				r := mine
				return g.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "partner_id"}, {Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"name"})}).Create(&r).Error
			},
			"an agreed conflict on the primary key": func(g *gorm.DB) error {
				r := mine
				return onConflict(g, clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"name"})}).Create(&r).Error
			},
			"an agreed conflict that moves the row": func(g *gorm.DB) error {
				r := mine
				return onConflict(g, clause.OnConflict{Columns: []clause.Column{{Name: "partner_id"}}, DoUpdates: clause.AssignmentColumns([]string{"partner_id"})}).Create(&r).Error
			},
		} {
			t.Run(name, func(t *testing.T) {
				if err := do(t, db, halden, func(tx *Tx) error { return steal(tx.db) }); !errors.Is(err, ErrSlips) {
					t.Errorf("got %v", err)
				}
				if diff := cmp.Diff(before, groundRow(t, db, "A-3")); diff != "" {
					t.Error(diff)
				}
			})
		}
	})
}

func TestAConflictWithinThePartnerIsAllowed(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		byName := []clause.Column{{Name: "partner_id"}, {Name: "name"}}
		err := do(t, db, halden, func(tx *Tx) error {
			row := groundCustomer{ID: "C-9", RootID: "D", PartnerID: "D-A", Name: "Birch"}
			return onConflict(tx.db, clause.OnConflict{Columns: byName, DoUpdates: clause.Assignments(map[string]any{"name": "Birch Clinic"})}).Create(&row).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		err = look(t, db, halden, func(v *View) error {
			return v.db.Model(&groundCustomer{}).Order("id").Pluck("name", &names).Error
		})
		if err != nil || !cmp.Equal(names, []string{"Bramley", "Birch Clinic"}) {
			t.Errorf("customers %v, %v", names, err)
		}
	})
}

func TestForeignRowsAreNeitherChangedNorDeleted(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for name, change := range map[string]func(g *gorm.DB) *gorm.DB{
			"update by id": func(g *gorm.DB) *gorm.DB { return g.Model(&groundAccount{}).Where("id = ?", "A-3").Update("name", "x") },
			"update by row": func(g *gorm.DB) *gorm.DB {
				return g.Model(&groundAccount{ID: "A-3"}).Updates(map[string]any{"name": "x"})
			},
			"update with or": func(g *gorm.DB) *gorm.DB {
				return g.Model(&groundAccount{}).Where("id = 'A-3'").Or("partner_id = 'D-B'").Update("name", "x")
			},
			"update column": func(g *gorm.DB) *gorm.DB { return g.Model(&groundAccount{ID: "A-3"}).UpdateColumn("name", "x") },
			"delete by id":  func(g *gorm.DB) *gorm.DB { return g.Where("id = ?", "A-3").Delete(&groundAccount{}) },
			"delete by row": func(g *gorm.DB) *gorm.DB { return g.Delete(&groundAccount{ID: "A-3"}) },
			"catalogue":     func(g *gorm.DB) *gorm.DB { return g.Model(&groundProduct{}).Where("id = 'P-D'").Update("name", "x") },
		} {
			t.Run(name, func(t *testing.T) {
				err := do(t, db, halden, func(tx *Tx) error {
					done := change(tx.db)
					if done.RowsAffected != 0 {
						t.Errorf("%d rows", done.RowsAffected)
					}
					return done.Error
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		if got := groundRow(t, db, "A-3").Name; got != "three" {
			t.Errorf("A-3 is now called %q", got)
		}
	})
}

func TestAChangeOfEverythingReachesOnlyTheActorsRows(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		err := do(t, db, halden, func(tx *Tx) error {
			return tx.db.Model(&groundAccount{}).Where("1 = 1").Or("2 = 2").Update("name", "mine").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{"A-1": "mine", "A-2": "mine", "A-3": "three", "A-4": "four"} {
			if got := groundRow(t, db, id).Name; got != want {
				t.Errorf("%s is called %q, want %q", id, got, want)
			}
		}
	})
}

func TestAChangeWithoutAConditionIsRefused(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for name, change := range map[string]func(g *gorm.DB) error{
			"update": func(g *gorm.DB) error { return g.Model(&groundAccount{}).Update("name", "x").Error },
			"delete": func(g *gorm.DB) error { return g.Delete(&groundAccount{}).Error },
			"even when gorm is told to": func(g *gorm.DB) error {
				return g.Session(&gorm.Session{AllowGlobalUpdate: true}).Delete(&groundAccount{}).Error
			},
		} {
			err := do(t, db, halden, func(tx *Tx) error { return change(tx.db) })
			if !errors.Is(err, gorm.ErrMissingWhereClause) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestARowIsNeverMoved(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for name, move := range map[string]func(tx *Tx) error{
			"one column": func(tx *Tx) error {
				return tx.db.Model(&groundAccount{ID: "A-1"}).Update("partner_id", "D-B").Error
			},
			"by field": func(tx *Tx) error {
				return tx.db.Model(&groundAccount{ID: "A-1"}).Updates(map[string]any{"RootID": "E"}).Error
			},
			"a whole row": func(tx *Tx) error {
				return tx.db.Model(&groundAccount{}).Where("id = ?", "A-1").Updates(groundAccount{PartnerID: "D-B"}).Error
			},
			"to another customer": func(tx *Tx) error {
				return tx.db.Model(&groundAccount{ID: "A-1"}).Update("customer_id", "C-2").Error
			},
			"by hand": func(tx *Tx) error {
				_, err := tx.exec("UPDATE accounts SET name = 'x', partner_id = 'D-B' WHERE {{wall}}")
				return err
			},
		} {
			if err := do(t, db, halden, func(tx *Tx) error { return move(tx) }); !errors.Is(err, ErrSlips) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestANewRowBelongsWithinReach(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		row := func(root, partner, customer string) *groundAccount {
			return &groundAccount{ID: "A-9", RootID: root, PartnerID: partner, CustomerID: customer, Name: "n", MadeAt: morning}
		}
		for _, c := range []struct {
			name string
			who  models.Actor
			row  any
			want error
		}{
			{"a sibling's", halden, row("D", "D-B", "C-3"), ErrBeyond},
			{"another tree's", halden, row("E", "D-A", "C-1"), ErrBeyond},
			{"nobody's", models.Clock(), row("", "", "C-1"), ErrBeyond},
			{"another customer's", contact, row("D", "D-A", "C-2"), ErrBeyond},
			{"one of several", halden, []groundAccount{*row("D", "D-A", "C-1"), *row("D", "D-B", "C-1")}, ErrBeyond},
			{"into the distributor's catalogue", halden, &groundProduct{ID: "P-9", RootID: "D", PartnerID: "D", Name: "n"}, ErrBeyond},
			{"into a catalogue by a contact", contact, &groundProduct{ID: "P-9", RootID: "D", PartnerID: "D-A", Name: "n"}, ErrClosed},
			{"the own", halden, row("D", "D-A", "C-1"), nil},
			{"a reseller's by the distributor", distributor, &groundCustomer{ID: "C-9", RootID: "D", PartnerID: "D-B", Name: "n"}, nil},
		} {
			err := db.Do(context.Background(), c.who, morning, func(tx *Tx) error {
				tx.toll.events++
				return tx.db.Create(c.row).Error
			})
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
	})
}

func TestTheTripwireFindsWhatTheWallLetsThrough(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		err := look(t, db, halden, func(v *View) error {
			// A mistake in a hand-written condition is what the tripwire is for.
			var rows []groundAccount
			return v.rows(&rows, "SELECT id, root_id, partner_id FROM accounts WHERE ({{wall}}) OR 1 = 1")
		})
		if !errors.Is(err, ErrBeyond) {
			t.Errorf("by hand: %v", err)
		}
		for name, c := range map[string]struct {
			who models.Actor
			sql string
		}{
			"another tree's":     {distributor, "SELECT * FROM accounts WHERE id = 'A-4'"},
			"a sibling's":        {halden, "SELECT * FROM accounts WHERE id = 'A-3'"},
			"another customer's": {contact, "SELECT * FROM accounts WHERE id = 'A-2'"},
			"another account's":  {agent, "SELECT * FROM accounts WHERE id = 'A-2'"},
		} {
			err := look(t, db, c.who, func(v *View) error {
				var one groundAccount
				var many []*groundAccount
				unfenced := v.db.Set(passSetting, marked{})
				if err := unfenced.Raw(c.sql).Find(&many).Error; !errors.Is(err, ErrBeyond) {
					t.Errorf("%s, among many: %v", name, err)
				}
				return unfenced.Raw(c.sql).First(&one).Error
			})
			if !errors.Is(err, ErrBeyond) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestFencesAndTripwireAgreeOnEveryRow(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		for _, who := range []models.Actor{halden, distributor, contact, agent, models.Clock(), models.Doorkeeper("r")} {
			for _, model := range []any{&groundPartner{}, &groundCustomer{}, &groundAccount{}, &groundProduct{}} {
				agree(t, db, who, model)
			}
		}
	})
}

func agree(t *testing.T, db *DB, who models.Actor, model any) {
	t.Helper()
	err := look(t, db, models.Operator(), func(v *View) error {
		all := reflect.New(reflect.SliceOf(reflect.TypeOf(model).Elem()))
		if err := v.db.Find(all.Interface()).Error; err != nil {
			return err
		}
		parsed := &gorm.Statement{DB: v.db}
		if err := parsed.Parse(model); err != nil {
			return err
		}
		fs, closed := fences(who, groundOf(parsed.Schema), false)
		return eachRow(all, func(row reflect.Value) error {
			p := placeOf(context.Background(), parsed.Schema, row)
			fenced := closed == nil && inside(p, fs)
			if seen := sees(who, parsed.Schema.Table, p); seen != fenced {
				t.Errorf("%s %s: fences say %v, the tripwire says %v", who.Reach, p.id, fenced, seen)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}
