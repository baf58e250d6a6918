package models_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

func TestTheActorThatAUserIs(t *testing.T) {
	distributor := models.Partner{ID: "P-1", RootID: "P-1", Kind: models.Distributor}
	reseller := models.Partner{ID: "P-2", RootID: "P-1", Kind: models.Reseller}
	companies := []string{"C-1042"}
	for _, c := range []struct {
		who       string
		role      models.Role
		partner   models.Partner
		reach     models.Reach
		customers []string
	}{
		{"the distributor's admin", models.RoleAdmin, distributor, models.ReachRoot, nil},
		{"the distributor's auditor", models.RoleAuditor, distributor, models.ReachRoot, nil},
		{"the reseller's admin", models.RoleAdmin, reseller, models.ReachPartner, nil},
		{"the reseller's support", models.RoleSupport, reseller, models.ReachPartner, nil},
		{"a contact of the reseller's customer", models.RoleContact, reseller, models.ReachCustomers, companies},
		{"a contact of the distributor's customer", models.RoleContact, distributor, models.ReachCustomers, companies},
	} {
		u := models.User{ID: "U-1", RootID: "P-1", PartnerID: c.partner.ID, Name: "Maya Kowalski", Role: c.role}
		want := models.Actor{
			ID: "U-1", Name: "Maya Kowalski", Role: c.role, Reach: c.reach, RootID: "P-1", PartnerID: c.partner.ID,
			CustomerIDs: c.customers, Door: "page", RequestID: "r-1",
		}
		if diff := cmp.Diff(want, models.ActorFor(u, c.partner, companies, "page", "r-1")); diff != "" {
			t.Errorf("%s: %s", c.who, diff)
		}
	}
}

func TestAnAdminsSessionEndsSooner(t *testing.T) {
	for _, role := range everyRole {
		want := time.Hour
		if role == models.RoleAdmin {
			want = 30 * time.Minute
		}
		if got := models.SessionIdle(role); got != want {
			t.Errorf("%s: %s, want %s", role, got, want)
		}
	}
}
