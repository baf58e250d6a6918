package store

import (
	"context"
	"testing"
	"time"

	"mooring/models"
)

func TestABatchOfCheckInsIsStoredWhollyOrNotAtAll(t *testing.T) {
	eachSettled(t, func(t *testing.T, db *DB, _ func(string) error) {
		ctx := context.Background()
		offered := []Offered{{Hash: "t", NextHash: "n"}}
		bad := models.Sighting{AgentID: "G-1", SeenAt: Epoch, Sequence: 1} // never seen, and at that hour: the schema refuses it
		if err := db.Sighted(ctx, noon, Heard{Offered: offered, Sightings: []models.Sighting{bad}}); err == nil {
			t.Fatal("what the schema refuses was acknowledged")
		}
		if found, err := db.Reporters(ctx, []string{"t"}); err != nil || found["t"].NextHash != "" {
			t.Errorf("half of the batch was stored: %+v, %v", found, err)
		}
		good := models.Sighting{AgentID: "G-1", SeenAt: noon, Sequence: 1}
		if err := db.Sighted(ctx, noon, Heard{Offered: offered, Sightings: []models.Sighting{good}}); err != nil {
			t.Fatal(err)
		}
		if found, err := db.Reporters(ctx, []string{"t", "n"}); err != nil || found["t"].NextHash != "n" || !found["n"].Renewed {
			t.Errorf("the batch was not stored: %+v, %v", found, err)
		}
	})
}

func TestOnlyPlainCheckInsAreStoredWithoutBeingDecided(t *testing.T) {
	eachSettled(t, func(t *testing.T, db *DB, run func(string) error) {
		ctx := context.Background()
		if db.dialect != postgresDialect {
			if found, err := db.SightedPlain(ctx, noon, noon.Add(-time.Hour), []PlainCheckIn{{"t", 1, 0}}); len(found) != 0 || err != nil {
				t.Errorf("on %s: %v, %v", db.dialect, found, err)
			}
			return
		}
		sequence := func() (last int64) {
			if err := db.LastSequences(ctx, func(_ string, n int64) { last = n }); err != nil {
				t.Fatal(err)
			}
			return last
		}
		err := run(`INSERT INTO accounts SELECT (jsonb_populate_record(a, jsonb_build_object('id', 'A-2', 'closed_at', a.created_at))).* FROM accounts a WHERE id = 'A-1'`)
		if err != nil {
			t.Fatal(err)
		}
		next := int64(1)
		for _, c := range []struct{ what, before, after string }{
			{"it was released", "UPDATE agents SET released_at = enrolled_at", "UPDATE agents SET released_at = NULL"},
			{"its account is closed", "UPDATE accounts SET closed_at = created_at WHERE id = 'A-1'", "UPDATE accounts SET closed_at = NULL WHERE id = 'A-1'"},
			{"its account is replaced", "UPDATE accounts SET replaced_by_id = 'A-2', replaced_at = created_at WHERE id = 'A-1'", "UPDATE accounts SET replaced_by_id = NULL, replaced_at = NULL WHERE id = 'A-1'"},
			{"another token was offered", "UPDATE agent_tokens SET next_hash = 'n'", "UPDATE agent_tokens SET next_hash = NULL"},
			{"its token is old", "UPDATE agent_tokens SET created_at = created_at - interval '2 hours'", "UPDATE agent_tokens SET created_at = created_at + interval '2 hours'"},
			{"it reported as much before", "UPDATE sightings SET sequence = 99", "UPDATE sightings SET sequence = 0"},
		} {
			if err := run(c.before); err != nil {
				t.Fatal(c.what, ": ", err)
			}
			was := sequence()
			found, err := db.SightedPlain(ctx, noon, noon.Add(-time.Hour), []PlainCheckIn{{"t", next, 0}, {"unknown", next, 0}})
			if len(found) != 0 || err != nil || sequence() != was {
				t.Errorf("%s: %v, %v, sequence %d", c.what, found, err, sequence())
			}
			if err := run(c.after); err != nil {
				t.Fatal(c.what, ": ", err)
			}
			found, err = db.SightedPlain(ctx, noon, noon.Add(-time.Hour), []PlainCheckIn{{"t", next + 1, 5}, {"t", next, 0}})
			if len(found) != 1 || found["t"] != "A-1" || err != nil || sequence() != next+1 {
				t.Errorf("%s no more: %v, %v, sequence %d", c.what, found, err, sequence())
			}
			next += 2
		}
	})
}
