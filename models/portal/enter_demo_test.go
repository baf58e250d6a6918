package portal_test

import (
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

func TestTheDemosPeopleAreEnteredWithoutAPassword(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		token, v, err := w.EnterDemo(ctx, portal.Arrival{Email: "Maya@halden.example", RequestID: "r"})
		if err != nil || v.Actor.ID != demo.Maya {
			t.Fatalf("entered as %q: %v", v.Actor.ID, err)
		}
		if again, err := w.Recognise(ctx, token, "r"); err != nil || again.Actor.ID != demo.Maya {
			t.Errorf("the token belongs to %q: %v", again.Actor.ID, err)
		}
		next, _, err := w.EnterDemo(ctx, portal.Arrival{Email: "ines@halden.example", RequestID: "r", OldToken: token})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Recognise(ctx, token, "r"); !models.IsProblem(err, models.NotFound) {
			t.Errorf("the session before is still there: %v", err)
		}
		if v, err := w.Recognise(ctx, next, "r"); err != nil || v.Actor.ID != demo.Ines {
			t.Errorf("the next one is %q: %v", v.Actor.ID, err)
		}
		if _, _, err := w.EnterDemo(ctx, portal.Arrival{Email: "nobody@halden.example"}); !models.IsProblem(err, models.NotFound) {
			t.Errorf("somebody who is not there: %v", err)
		}
	})
}

func TestNobodyIsEnteredOutsideTheDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		keys, err := portal.NewKeys([]byte("a secret for tests, long enough to be one"))
		if err != nil {
			t.Fatal(err)
		}
		p := portal.New(portal.Options{Store: db, Clock: demo.Clock, Real: demo.Clock, Keys: keys, Hashing: portal.Hashing{MemoryKiB: 64, Passes: 1, Lanes: 1}})
		t.Cleanup(p.Close)
		for _, when := range []string{"before anybody is there", "with users of its own"} {
			if _, _, err := p.EnterDemo(ctx, portal.Arrival{Email: "admin@localhost.localdomain"}); !models.IsProblem(err, models.NotFound) {
				t.Errorf("%s: %v", when, err)
			}
			if _, err := p.FirstAdmin(ctx, "Somebody's company"); err != nil {
				t.Fatal(err)
			}
		}
	})
}
