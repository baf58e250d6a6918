package models

import (
	"strings"
	"testing"
	"time"
)

func TestAKeyIsMadeFromTheName(t *testing.T) {
	for name, want := range map[string]string{
		"Endpoint Advanced + Mail": "endpoint-advanced-mail", "  Größe  XL ": "grosse-xl", "Łódź 24/7": "lodz-24-7", "new": "plan-new", "New!": "plan-new",
		"東京": "plan", "": "plan", "--": "plan", "../../admin": "admin", "E\u0301clair": "eclair", "a%2Fb?c#d": "a-2fb-c-d",
	} {
		got := PlanKey(name)
		if got != want || !ValidPlanKey(got) {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	if got := PlanKey(strings.Repeat("ab ", 60)); len(got) > 60 || strings.HasSuffix(got, "-") || !ValidPlanKey(got+"-x7k2q") {
		t.Errorf("a long name becomes %q", got)
	}
	for _, bad := range []string{"", "\x00", "A", "a b", "é", strings.Repeat("a", 121), "a'--"} {
		if ValidPlanKey(bad) {
			t.Errorf("%q could be a key", bad)
		}
	}
}

func TestWhoMayChangeAPlan(t *testing.T) {
	day := time.Date(2026, 3, 12, 9, 41, 0, 0, time.UTC)
	theirs, own := Plan{RootID: "D", PartnerID: "D"}, Plan{RootID: "D", PartnerID: "P"}
	locked := own
	locked.LockedAt = &day
	admin := Actor{Role: RoleAdmin, Reach: ReachPartner, RootID: "D", PartnerID: "P"}
	above := Actor{Role: RoleAdmin, Reach: ReachRoot, RootID: "D", PartnerID: "D"}
	seller := Actor{Role: RoleLicenceManager, Reach: ReachPartner, RootID: "D", PartnerID: "P"}
	for _, c := range []struct {
		when string
		plan Plan
		who  Actor
		want ProblemKind
	}{
		{"it is their own", own, admin, ""},
		{"it is the distributor's", theirs, admin, Forbidden},
		{"it is the distributor's and so are they", theirs, above, ""},
		{"it is a reseller's and they are above", own, above, Forbidden},
		{"they are no admin", own, seller, Forbidden},
		{"it is locked", locked, admin, Conflict},
	} {
		t.Run(c.when, func(t *testing.T) {
			err := RuleOnEditing(c.plan, "Northgate Distribution", c.who)
			if c.want == "" && err != nil || c.want != "" && !IsProblem(err, c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestWhetherAPlanIsForSaleToMe(t *testing.T) {
	day := time.Date(2026, 3, 12, 9, 41, 0, 0, time.UTC)
	for _, c := range []struct {
		when  string
		offer Offer
		want  Standing
	}{
		{"it is granted", Offer{Granted: true}, OnSale},
		{"it is not granted", Offer{}, NotGranted},
		{"it is retired and not granted", Offer{Plan: Plan{RetiredAt: &day}}, OffSale},
		{"it is locked", Offer{Granted: true, Plan: Plan{LockedAt: &day}}, OnHold},
	} {
		if got := c.offer.Standing(); got != c.want || (got == OnSale) != c.offer.Sellable() {
			t.Errorf("%s: %s, want %s", c.when, got, c.want)
		}
	}
}
