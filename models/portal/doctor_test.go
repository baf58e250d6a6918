package portal_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// The doctor is only worth asking if it finds what is broken. Each case breaks one thing behind the
// portal's back, with the database's own guards taken away.
func TestTheDoctorFindsWhatIsBroken(t *testing.T) {
	for i, c := range []struct{ finds, breaks string }{
		{"one-account-per-agent", `DELETE FROM memberships WHERE agent_id = 'G-204180001'`},
		{"sightings-with-their-agent", `UPDATE sightings SET account_id = 'A-20419' WHERE agent_id = 'G-204180001'`},
		{"sightings-with-their-agent", `DELETE FROM sightings WHERE agent_id = 'G-204180001'`},
		{"agents-with-their-customer", `UPDATE agents SET customer_id = 'C-1001' WHERE id = 'G-204180001'`},
		{"tenant-of-parent", `UPDATE subscriptions SET customer_id = 'C-1001' WHERE account_id = 'A-20418'`},
		{"one-live-account", `UPDATE accounts SET family = 'endpoint' WHERE id = 'A-20419'`},
		{"second-account-on-purpose", `UPDATE proposals SET why = '' WHERE id = 'PR-5001'`},
		{"one-live-subscription", `UPDATE subscriptions SET account_id = 'A-20418' WHERE account_id = 'A-20419'`},
		{"account-with-subscription", `DELETE FROM subscriptions WHERE account_id = 'A-20418'`},
		{"periods-apart", `UPDATE subscriptions SET account_id = 'A-20418', cancelled_at = ends_at WHERE account_id = 'A-20419'`},
		{"one-successor", `UPDATE accounts SET replaced_by_id = 'A-20418' WHERE id = 'A-20610'`},
		{"no-loops", `UPDATE accounts SET created_at = '2020-01-01 00:00:00+00:00' WHERE id = 'A-20840'`},
		{"proposal-of-reassign", `DELETE FROM proposals WHERE id = 'PR-5001'`},
		{"replaced-by-open", `UPDATE accounts SET closed_at = created_at WHERE id = 'A-20840'`},
		{"undone-closed", `UPDATE proposals SET undone_at = used_at WHERE id = 'PR-5001'`},
		{"carry-adds-up", `DELETE FROM carry_agents WHERE agent_id = 'G-207910040'`},
		{"carry-adds-up", `UPDATE carries SET total = total + 1`},
		{"carried-from-there", `UPDATE agents SET account_id = 'A-20861' WHERE id = 'G-207910040'`},
		{"carried-from-there", `UPDATE agents SET released_at = enrolled_at WHERE id = 'G-207910040'`},
		{"carried-to-there", `UPDATE memberships SET carry_id = NULL WHERE agent_id = 'G-207910001'`},
		{"carried-to-there", `UPDATE memberships SET account_id = 'A-20791' WHERE agent_id = 'G-207910001'`},
		{"one-way-at-a-time", `INSERT INTO carry_agents SELECT 'CR-0', agent_id, root_id, partner_id, customer_id, account_id, NULL, NULL, NULL, NULL, ''
			FROM carry_agents WHERE agent_id = 'G-207910048'`},
		{"doubled-devices", `DELETE FROM doubled_devices`},
		{"doubled-devices", `INSERT INTO doubled_devices SELECT partner_id, customer_id, fingerprint, root_id FROM agents WHERE id = 'G-204180001'`},
		{"on-premise-by-report", `UPDATE subscriptions SET activated_at = created_at WHERE account_id = '` + demo.AwaitingCodeAccount + `'`},
		{"enrolled-once-active", `UPDATE accounts SET activated_at = NULL WHERE id = 'A-20418'`},
		{"key-of-account", `DELETE FROM enrolment_keys WHERE account_id = 'A-20418'`},
		{"one-current-key", `UPDATE enrolment_keys SET valid_until = created_at WHERE account_id = 'A-20418'`},
		{"account-in-history", `DELETE FROM events WHERE account_id = 'A-20418' AND kind = 'account.created'`},
		{"history-chain", `DELETE FROM events WHERE id = 20`},
		{"history-chain", `UPDATE events SET actor_name = 'Somebody else' WHERE id = 20`},
		{"history-chain", `DELETE FROM events WHERE partner_id = 'P-1100' AND seq = (SELECT max(seq) FROM events WHERE partner_id = 'P-1100')`},
	} {
		t.Run(fmt.Sprintf("%d %s", i, c.finds), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "portal.db")
			db, err := store.Open(ctx, store.Options{URL: "sqlite:" + path, Fast: true})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			w := portaltest.On(t, db)
			breakRows(t, path, c.breaks)
			found, err := w.Examine(ctx, models.Operator())
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, f := range found {
				ids = append(ids, f.ID)
			}
			if !slices.Contains(ids, c.finds) {
				t.Errorf("found %v", ids)
			}
		})
	}
}

// breakRows changes rows with nobody watching.
func breakRows(t *testing.T, path, change string) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	for _, guard := range []string{
		"agents_tenant", "subscriptions_tenant", "subscriptions_apart_insert", "subscriptions_apart_update", "events_kept_delete", "events_kept_update",
		"carries_kept", "carry_agents_kept",
	} {
		if _, err := raw.ExecContext(ctx, "DROP TRIGGER "+guard); err != nil {
			t.Fatal(err)
		}
	}
	for _, index := range []string{"accounts_one_live", "subscriptions_one_live", "carry_agents_open"} {
		if _, err := raw.ExecContext(ctx, "DROP INDEX "+index); err != nil {
			t.Fatal(err)
		}
	}
	done, err := raw.ExecContext(ctx, change)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := done.RowsAffected(); n == 0 {
		t.Fatal("nothing was broken")
	}
}
