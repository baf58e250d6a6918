package store

import (
	"context"
	"testing"

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
		if found, err := db.Reporters(ctx, []string{"t"}); err != nil || found["t"].Offered {
			t.Errorf("half of the batch was stored: %+v, %v", found, err)
		}
		good := models.Sighting{AgentID: "G-1", SeenAt: noon, Sequence: 1}
		if err := db.Sighted(ctx, noon, Heard{Offered: offered, Sightings: []models.Sighting{good}}); err != nil {
			t.Fatal(err)
		}
		if found, err := db.Reporters(ctx, []string{"t", "n"}); err != nil || !found["t"].Offered || !found["n"].Renewed {
			t.Errorf("the batch was not stored: %+v, %v", found, err)
		}
	})
}
