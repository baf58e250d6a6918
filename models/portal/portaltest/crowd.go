package portaltest

import (
	"context"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

// Crowd is a portal on a made-up installation with so many accounts, and the licence manager of its
// largest reseller. Watch, if there is one, is told of every statement that reads.
func Crowd(t *testing.T, accounts int, watch func(sql string, args []any), test func(t *testing.T, w *World, who models.Actor)) {
	t.Helper()
	storetest.EachWatched(t, watch, func(t *testing.T, db *store.DB, survey func()) {
		w := Empty(t, db)
		crowd := demo.NewCrowd(demo.Now)
		err := w.Fill(context.Background(), portal.Filling{
			Base: crowd.Base, Accounts: crowd.Accounts, Password: demo.Password, Told: func(int) {},
		}, accounts)
		if err != nil {
			t.Fatal("filling: ", err)
		}
		survey()
		test(t, w, w.Actor(t, "U-F001"))
	})
}
