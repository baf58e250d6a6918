package portal_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

func TestTwoPortalsFoundAnEmptyInstallationOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := portaltest.Empty(t, db)
		var mu sync.Mutex
		links := 0
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				token, err := w.FirstAdmin(ctx, "Northgate Distribution")
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if token != "" {
					links++
				}
			})
		}
		all.Wait()
		if partners, err := w.ListPartners(ctx, models.Operator()); err != nil || len(partners) != 1 {
			t.Errorf("%d distributors, %v", len(partners), err)
		}
		if links == 0 {
			t.Error("no link lets anybody in")
		}
		w.Sound(t)
	})
}

func TestAOneTimeLinkChoosesAPasswordOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		token, u, err := w.CreateUser(ctx, models.Operator(), portal.NewUser{PartnerID: demo.Halden, Name: "Nadia Petrov", Email: "Nadia@halden.example", Role: models.RoleSupport})
		if err != nil {
			t.Fatal(err)
		}
		if name, err := w.OpenWelcome(ctx, token, ""); err != nil || name != "Nadia Petrov" {
			t.Errorf("the link greets %q, %v", name, err)
		}
		if _, err := w.Welcome(ctx, token, "short", ""); !models.IsProblem(err, models.Invalid) {
			t.Errorf("a short password: %v", err)
		}
		if _, err := w.Welcome(ctx, token, "correct horse battery", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Welcome(ctx, token, "another horse battery", ""); !models.IsProblem(err, models.NotFound) {
			t.Errorf("spent twice: %v", err)
		}
		_, v, err := w.SignIn(ctx, portal.Arrival{Email: "nadia@halden.example", Password: "correct horse battery"})
		if err != nil || v.Actor.ID != u.ID || v.Actor.Role != models.RoleSupport {
			t.Errorf("signing in: %+v, %v", v.Actor, err)
		}
	})
}

func TestALinkIsTooOldAfterHalfAnHour(t *testing.T) {
	w := portaltest.New(t)
	token, _, err := w.CreateUser(ctx, models.Operator(), portal.NewUser{Name: "Late Riser", Email: "late@northgate.example", Role: models.RoleAuditor})
	if err != nil {
		t.Fatal(err)
	}
	w.Pass(31 * time.Minute)
	if _, err := w.OpenWelcome(ctx, token, ""); !models.IsProblem(err, models.NotFound) {
		t.Errorf("got %v", err)
	}
}

func TestAnAddressIsTakenOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		_, _, err := w.CreateUser(ctx, models.Operator(), portal.NewUser{Name: "Another Maya", Email: "MAYA@halden.example", Role: models.RoleAdmin})
		if !models.IsProblem(err, models.Invalid) || !strings.Contains(err.Error(), "already") {
			t.Errorf("got %v", err)
		}
	})
}
