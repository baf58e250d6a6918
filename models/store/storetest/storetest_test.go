package storetest

import (
	"context"
	"testing"

	"mooring/models/store"
)

func TestEachStoreIsMigratedAndAnswers(t *testing.T) {
	Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Ping(context.Background()); err != nil {
			t.Error(err)
		}
		if err := db.Migrate(context.Background()); err != nil {
			t.Errorf("migrating again: %v", err)
		}
		if got := t.Name(); got != "TestEachStoreIsMigratedAndAnswers/"+db.Dialect() {
			t.Errorf("%s runs on %s", got, db.Dialect())
		}
	})
}
