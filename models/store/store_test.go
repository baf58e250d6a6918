package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mooring/models"
)

func TestAChangeWithoutAnEventIsRolledBack(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		rename := func(tx *Tx) error {
			return tx.db.Model(&groundAccount{ID: "A-1"}).Update("name", "x").Error
		}
		ctx := context.Background()
		if err := db.Do(ctx, halden, morning, rename); !errors.Is(err, ErrNoEvent) {
			t.Errorf("got %v", err)
		}
		if got := groundRow(t, db, "A-1").Name; got != "one" {
			t.Errorf("kept %q", got)
		}
		nothing := func(tx *Tx) error {
			return tx.db.Model(&groundAccount{}).Where("id = 'A-9'").Update("name", "x").Error
		}
		if err := db.Do(ctx, halden, morning, nothing); err != nil {
			t.Errorf("nothing was changed, and yet: %v", err)
		}
		err := db.Do(ctx, halden, morning, func(tx *Tx) error {
			err := errors.Join(rename(tx), tx.add(&groundEvent{RootID: "D", PartnerID: "D-A", Kind: "renamed"}))
			if tx.changed() != 1 || tx.recorded() != 1 {
				t.Errorf("%d changes, %d events", tx.changed(), tx.recorded())
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if got := groundRow(t, db, "A-1").Name; got != "x" {
			t.Errorf("lost: %q", got)
		}
	})
}

func TestTablesWithoutFactsNeedNoEvent(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		err := db.Do(context.Background(), models.Doorkeeper("r"), morning, func(tx *Tx) error {
			return tx.add(&groundSession{ID: "S-2", UserID: "U-1"})
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestARefusalMayKeepItsProposalsAndNothingElse(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		refused := errors.New("look at the proposal first")
		propose := func(id string) *groundProposal {
			return &groundProposal{ID: id, RootID: "D", PartnerID: "D-A", CustomerID: "C-1"}
		}
		err := db.Do(context.Background(), halden, morning, func(tx *Tx) error {
			return errors.Join(tx.add(propose("PR-1")), Keep(refused))
		})
		if err != refused {
			t.Errorf("got %v, want the refusal itself", err)
		}
		err = do(t, db, halden, func(tx *Tx) error {
			if err := tx.add(propose("PR-2")); err != nil {
				return err
			}
			if err := tx.db.Model(&groundAccount{ID: "A-1"}).Update("name", "x").Error; err != nil {
				return err
			}
			return Keep(refused)
		})
		if err == nil || errors.Is(err, refused) {
			t.Errorf("more than proposals was written, and yet: %v", err)
		}
		err = db.Do(context.Background(), halden, morning, func(tx *Tx) error {
			return errors.Join(tx.add(propose("PR-3")), refused)
		})
		if !errors.Is(err, refused) {
			t.Errorf("got %v", err)
		}
		var kept []string
		err = look(t, db, halden, func(v *View) error { return v.db.Model(&groundProposal{}).Pluck("id", &kept).Error })
		if err != nil || fmt.Sprint(kept) != "[PR-1]" {
			t.Errorf("kept %v, %v", kept, err)
		}
	})
}

func TestNothingWritesInsideLook(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		err := look(t, db, halden, func(v *View) error {
			return v.db.Model(&groundAccount{ID: "A-1"}).Update("name", "x").Error
		})
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("through gorm: %v", err)
		}
		err = look(t, db, halden, func(v *View) error {
			_, err := v.db.Statement.ConnPool.ExecContext(context.Background(), "UPDATE accounts SET name = 'x'")
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "read") {
			t.Errorf("at the database itself: %v", err)
		}
	})
}

func TestALookIsOnePictureAndDoesNotWaitForAWriter(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		count := func(v *View) (n int64) {
			if err := v.db.Model(&groundCustomer{}).Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		err := look(t, db, halden, func(v *View) error {
			before := count(v)
			err := do(t, db, halden, func(tx *Tx) error {
				return tx.add(&groundCustomer{ID: "C-9", RootID: "D", PartnerID: "D-A", Name: "New"})
			})
			if after := count(v); after != before {
				t.Errorf("the picture changed from %d to %d customers", before, after)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestConstraintsHaveTheSameNamesOnBothDatabases(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		row := groundCustomer{ID: "C-9", RootID: "D", PartnerID: "D-A", Name: "New"}
		for _, c := range []struct {
			name   string
			change func(*groundCustomer)
			want   error
		}{
			{"a key used twice", func(r *groundCustomer) { r.ID = "C-1" }, gorm.ErrDuplicatedKey},
			{"a name used twice", func(r *groundCustomer) { r.Name = "Birch" }, gorm.ErrDuplicatedKey},
			{"a check", func(r *groundCustomer) { r.Name = "" }, gorm.ErrCheckConstraintViolated},
			{"a missing parent", func(r *groundCustomer) { r.PartnerID = "D-X" }, gorm.ErrForeignKeyViolated},
		} {
			runs := 0
			err := do(t, db, distributor, func(tx *Tx) error {
				runs++
				bad := row
				c.change(&bad)
				return tx.add(&bad)
			})
			if !errors.Is(err, c.want) || runs != 1 {
				t.Errorf("%s: %v after %d runs", c.name, err, runs)
			}
		}
	})
}

func TestTimesComeBackAsTheInstantTheyWere(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		at := time.Date(2026, 7, 1, 14, 30, 15, 123456789, time.FixedZone("CEST", 7200))
		err := db.Do(context.Background(), halden, at, func(tx *Tx) error {
			tx.toll.events++
			return tx.add(&groundAccount{ID: "A-9", RootID: "D", PartnerID: "D-A", CustomerID: "C-1", Name: "n", MadeAt: tx.Now})
		})
		if err != nil {
			t.Fatal(err)
		}
		want := time.Date(2026, 7, 1, 12, 30, 15, 123000000, time.UTC)
		if got := groundRow(t, db, "A-9").MadeAt; got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestLocksAndLimitsAreWrittenAsEachDatabaseWantsThem(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		err := do(t, db, distributor, func(tx *Tx) error {
			text := tx.db.ToSQL(func(g *gorm.DB) *gorm.DB {
				return g.Clauses(clause.Locking{Strength: "UPDATE"}).Limit(2).Offset(1).Find(&[]groundAccount{})
			})
			if !strings.Contains(text, "LIMIT 2 OFFSET 1") || strings.Contains(text, "FOR UPDATE") != (db.Dialect() == postgresDialect) {
				t.Error(text)
			}
			var rows []groundAccount
			err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Order("id").Offset(1).Find(&rows).Error
			if len(rows) != 2 {
				t.Errorf("%d rows after the first", len(rows))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func bump(tx *Tx) error {
	var row groundAccount
	if err := tx.db.First(&row, "id = ?", "A-1").Error; err != nil {
		return err
	}
	return tx.db.Model(&row).Update("version", row.Version+1).Error
}

func TestWritersOfOneFileTakeTurns(t *testing.T) {
	db := sqliteGround(t, Options{})
	second := openGround(t, Options{URL: db.options.URL, Fast: true})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if err := do(t, []*DB{db, second}[i%2], halden, bump); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := groundRow(t, db, "A-1").Version; got != 9 {
		t.Errorf("version %d after 8 writers", got)
	}
}

// by runs SQL past gorm and the wall, on the transaction's own connection.
func by(tx *Tx, sql string) error {
	_, err := tx.db.Statement.ConnPool.ExecContext(context.Background(), sql)
	return err
}

func TestAClosureThatLostAgainstAnotherWriterRunsAgain(t *testing.T) {
	db := postgresGround(t, Options{})
	runs := 0
	err := do(t, db, halden, func(tx *Tx) error {
		runs++
		if err := by(tx, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"); err != nil {
			return err
		}
		if err := tx.db.First(&groundAccount{}, "id = ?", "A-1").Error; err != nil {
			return err
		}
		if runs == 1 {
			if err := do(t, db, halden, bump); err != nil {
				return err
			}
		}
		return bump(tx)
	})
	if got := groundRow(t, db, "A-1").Version; err != nil || runs != 2 || got != 3 {
		t.Errorf("%d runs, version %d, %v", runs, got, err)
	}
}

func TestAClosureWhoseConnectionWasLostRunsAgain(t *testing.T) {
	db := postgresGround(t, Options{})
	runs := 0
	err := do(t, db, halden, func(tx *Tx) error {
		runs++
		if err := bump(tx); err != nil || runs > 1 {
			return err
		}
		return by(tx, "SELECT pg_terminate_backend(pg_backend_pid())")
	})
	if got := groundRow(t, db, "A-1").Version; err != nil || runs != 2 || got != 2 {
		t.Errorf("%d runs, version %d, %v", runs, got, err)
	}
	lost := db.commitFailed(io.ErrUnexpectedEOF)
	if !errors.Is(lost, ErrOutcomeUnknown) || passing(lost) {
		t.Errorf("a commit without an answer: %v, tried again %v", lost, passing(lost))
	}
}

func TestABusyFileIsTriedAgain(t *testing.T) {
	db := sqliteGround(t, Options{})
	busy := 0
	err := db.Do(context.Background(), halden, morning, func(*Tx) error {
		busy++
		if busy < 4 {
			return lockedFile(t)
		}
		return nil
	})
	if err != nil || busy != 4 {
		t.Errorf("%d tries, %v", busy, err)
	}
	err = db.Do(context.Background(), halden, morning, func(*Tx) error { busy++; return lockedFile(t) })
	if err == nil || busy != 8 {
		t.Errorf("%d tries, %v", busy-4, err)
	}
}

// lockedFile is a real SQLITE_BUSY: a second writer that will not wait.
func lockedFile(t *testing.T) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "busy.db")
	dsn := "file:" + path + "?_txlock=immediate"
	holder, err := sql.Open("sqlite", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	tx, err := holder.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	other, err := sql.Open("sqlite", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	_, err = other.Begin()
	if err == nil {
		t.Fatal("two writers at once")
	}
	return fmt.Errorf("writing: %w", err)
}

func TestTheFileIsForNobodyElseAndTheVersionIsNew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder", "odd ?#% name.db")
	db, err := Open(context.Background(), Options{URL: "sqlite:" + path, SkipMigrate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	for version, recent := range map[string]bool{db.Version(): true, "3.51.3": true, "3.51.2": false, "3.9.9": false, "4.0.0": true, "odd": false} {
		if sqliteRecent(version) != recent {
			t.Errorf("%s: recent %v", version, !recent)
		}
	}
	var synchronous, foreign, trusted int
	var journal string
	pool, err := db.write.DB()
	if err != nil {
		t.Fatal(err)
	}
	for pragma, into := range map[string]any{"synchronous": &synchronous, "foreign_keys": &foreign, "trusted_schema": &trusted, "journal_mode": &journal} {
		if err := pool.QueryRow("PRAGMA " + pragma).Scan(into); err != nil {
			t.Fatal(err)
		}
	}
	if synchronous != 2 || foreign != 1 || trusted != 0 || journal != "wal" {
		t.Errorf("synchronous %d, foreign keys %d, trusted schema %d, journal %s", synchronous, foreign, trusted, journal)
	}
}

func TestAClosedStoreIsWhollyInItsFile(t *testing.T) {
	db := sqliteGround(t, Options{})
	groundRow(t, db, "A-1") // so that somebody is reading
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file := strings.TrimPrefix(db.options.URL, "sqlite:")
	if left, err := filepath.Glob(file + "-*"); err != nil || len(left) != 0 {
		t.Errorf("beside the file: %v, %v", left, err)
	}
}

func TestALongQueryEndsWithItsDeadline(t *testing.T) {
	eachGround(t, func(t *testing.T, db *DB) {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		begun := time.Now()
		err := db.Look(ctx, halden, morning, func(v *View) error {
			return v.rows(new(int64), `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)
				SELECT COUNT(*) FROM n JOIN accounts a ON {{wall a}}`)
		})
		if took := time.Since(begun); err == nil || took > 2*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}
