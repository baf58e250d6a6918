package models_test

import (
	"testing"

	"mooring/models"
)

func TestWhichPartnersAnActorSees(t *testing.T) {
	in := func(reach models.Reach, root, partner string) models.Actor {
		return models.Actor{Reach: reach, RootID: root, PartnerID: partner}
	}
	for _, c := range []struct {
		who           string
		actor         models.Actor
		root, partner string
		want          bool
	}{
		{"a distributor, its reseller", in(models.ReachRoot, "P-1", "P-1"), "P-1", "P-2", true},
		{"a distributor, itself", in(models.ReachRoot, "P-1", "P-1"), "P-1", "P-1", true},
		{"a distributor, another tree", in(models.ReachRoot, "P-1", "P-1"), "P-9", "P-2", false},
		{"a reseller, itself", in(models.ReachPartner, "P-1", "P-2"), "P-1", "P-2", true},
		{"a reseller, another one", in(models.ReachPartner, "P-1", "P-2"), "P-1", "P-3", false},
		{"a reseller, its distributor", in(models.ReachPartner, "P-1", "P-2"), "P-1", "P-1", false},
		{"a reseller, its own id in another tree", in(models.ReachPartner, "P-1", "P-2"), "P-9", "P-2", false},
		{"a contact, their reseller", in(models.ReachCustomers, "P-1", "P-2"), "P-1", "P-2", true},
		{"a contact, another reseller", in(models.ReachCustomers, "P-1", "P-2"), "P-1", "P-3", false},
		{"an agent, its reseller", in(models.ReachAccount, "P-1", "P-2"), "P-1", "P-2", true},
		{"an agent, another reseller", in(models.ReachAccount, "P-1", "P-2"), "P-1", "P-3", false},
		{"the doorkeeper", models.Doorkeeper("r"), "P-1", "P-2", false},
		{"the clock", models.Clock(), "P-9", "P-3", true},
		{"the operator", models.Operator(), "P-9", "P-3", true},
		{"nobody", models.Actor{}, "", "", false},
		{"a distributor without a tree, a row without a tree", in(models.ReachRoot, "", ""), "", "", false},
		{"a reseller without a tree, a row without a tree", in(models.ReachPartner, "", ""), "", "", false},
	} {
		if got := c.actor.SeesPartner(c.root, c.partner); got != c.want {
			t.Errorf("%s (%s of %s): %v, want %v", c.who, c.partner, c.root, got, c.want)
		}
	}
}

func TestWhichCustomersAnActorSees(t *testing.T) {
	helen := models.Actor{Reach: models.ReachCustomers, CustomerIDs: []string{"C-1042", "C-1043"}}
	for _, c := range []struct {
		who      string
		actor    models.Actor
		customer string
		want     bool
	}{
		{"a contact, their company", helen, "C-1042", true},
		{"a contact, their other company", helen, "C-1043", true},
		{"a contact, a neighbour", helen, "C-1021", false},
		{"a contact, no company", helen, "", false},
		{"a contact of nobody", models.Actor{Reach: models.ReachCustomers}, "C-1042", false},
		{"a reseller is not narrowed", models.Actor{Reach: models.ReachPartner}, "C-1021", true},
		{"a distributor is not narrowed", models.Actor{Reach: models.ReachRoot}, "C-1021", true},
	} {
		if got := c.actor.SeesCustomer(c.customer); got != c.want {
			t.Errorf("%s (%q): %v, want %v", c.who, c.customer, got, c.want)
		}
	}
}

func TestOnlyThePortalItselfReachesEverything(t *testing.T) {
	for _, a := range []models.Actor{models.Clock(), models.Operator()} {
		if a.Reach != models.ReachAll || !a.May(models.RunPortal) {
			t.Errorf("%s reaches %s", a.ID, a.Reach)
		}
	}
	door := models.Doorkeeper("request 7")
	if door.May(models.SeeCustomers) || door.Reach != models.ReachDoor || door.RequestID != "request 7" {
		t.Errorf("%+v", door)
	}
}
