package models_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

var everyRole = append(slices.Clone(models.StaffRoles), models.RoleContact, models.RoleAgent, models.RolePortal)

// whoMay is the table of the product's paper: a mark in the column of each role that may.
// The columns are admin, account manager, licence manager, support, billing, auditor, contact, agent, portal.
const whoMay = `
add and edit customers       x x . . . . . . x
assign a first plan          x x x . . . . . x
cancel and end plans         x . x . . . . . x
carry agents over            x x x . . . . . x
create and edit plans        x . . . . . . . x
import customers             x x . . . . . . x
merge agents                 x x x . . . . . x
modify plans                 x x x . . . . . x
reassign plans               x . x . . . . . x
release seats                x x x x . . . . x
report as an agent           . . . . . . . x x
retire empty accounts        x . x . . . . . x
rotate enrolment keys        x x x . . . . . x
run the portal               . . . . . . . . x
see customers and accounts   x x x x x x x . x
see enrolment keys           x x x x . . . . x
see prices                   x x x . x x . . x
see the plans on sale        x x x x x x . . x
suspend and resume plans     x x x . x . . . x
`

func TestWhoMayDoWhat(t *testing.T) {
	var table strings.Builder
	for _, p := range models.Permissions() {
		line := string(p) + strings.Repeat(" ", 28-len(p))
		for _, role := range everyRole {
			mark := " ."
			if (models.Actor{Role: role}).May(p) {
				mark = " x"
			}
			line += mark
		}
		table.WriteString(line + "\n")
	}
	if diff := cmp.Diff(strings.TrimSpace(whoMay), strings.TrimSpace(table.String())); diff != "" {
		t.Error(diff)
	}
}

func TestNobodyInParticularMayNothing(t *testing.T) {
	for _, p := range models.Permissions() {
		for _, role := range []models.Role{"", "Admin", "owner"} {
			if (models.Actor{Role: role, Reach: models.ReachAll}).May(p) {
				t.Errorf("%q may %s", role, p)
			}
		}
	}
	if (models.Actor{Role: models.RoleAdmin}).May("fly") {
		t.Error("an admin may do what is no permission")
	}
}

func TestRolesAreNamedInTheOrderPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		may  models.Permission
		want []models.Role
	}{
		{models.ReassignPlans, []models.Role{models.RoleAdmin, models.RoleLicenceManager}},
		{models.SuspendPlans, []models.Role{models.RoleAdmin, models.RoleAccountManager, models.RoleLicenceManager, models.RoleBilling}},
		{models.SeeCustomers, models.StaffRoles}, // contacts may too, and are no staff
		{models.EditPlans, []models.Role{models.RoleAdmin}},
		{models.RunPortal, nil},
		{models.ReportAgents, nil},
	} {
		if diff := cmp.Diff(c.want, models.RolesFor(c.may)); diff != "" {
			t.Errorf("%s: %s", c.may, diff)
		}
	}
}
