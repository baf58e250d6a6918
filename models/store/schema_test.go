package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/store/pgtest"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

// smallWorld has one row of every kind that belongs to somebody.
func smallWorld() Settled {
	ends := noon.AddDate(1, 0, 0)
	return Settled{
		World: models.World{
			Now: noon,
			Partners: []models.Partner{
				{ID: "P-1", RootID: "P-1", Kind: models.Distributor, Name: "D", TimeZone: "UTC", Currency: "EUR", CreatedAt: noon},
				{ID: "P-2", RootID: "P-1", ParentID: new("P-1"), Kind: models.Reseller, Name: "R", TimeZone: "UTC", Currency: "EUR", CreatedAt: noon},
				{ID: "P-3", RootID: "P-1", ParentID: new("P-1"), Kind: models.Reseller, Name: "S", TimeZone: "UTC", Currency: "EUR", CreatedAt: noon},
			},
			Users:    []models.User{{ID: "U-1", RootID: "P-1", PartnerID: "P-2", Name: "U", Email: "u@r.example", Role: models.RoleAdmin, CreatedAt: noon}},
			Products: []models.Product{{ID: "R-1", RootID: "P-1", PartnerID: "P-1", Family: "f", Name: "F", Kind: models.SaaS, CreatedAt: noon}},
			Plans:    []models.Plan{{ID: "N-1", RootID: "P-1", PartnerID: "P-1", ProductID: "R-1", Key: "k", Current: 1, CreatedAt: noon, Version: 1}},
			Terms: []models.PlanTerms{{
				PlanID: "N-1", Number: 1, RootID: "P-1", PartnerID: "P-1", Name: "K", Edition: "K", Features: []string{"F"}, Unit: "device", DataCenter: "EU",
				Activation: models.AtOnce, Currency: "EUR", TermMonths: 12, Policy: models.DefaultPolicy(false), CreatedAt: noon,
			}},
			Grants:    []models.PlanGrant{{PlanID: "N-1", RootID: "P-1", PartnerID: "P-2"}},
			Customers: []models.Customer{{ID: "C-1", RootID: "P-1", PartnerID: "P-2", Name: "C", TimeZone: "UTC", Currency: "EUR", CreatedAt: noon, Version: 1}},
			Contacts:  []models.Contact{{ID: "K-1", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1", Name: "K", Email: "k@c.example", CreatedAt: noon}},
			Proposals: []models.Proposal{{
				ID: "PR-1", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1", AccountID: "A-1", PlanID: "N-1", PlanNumber: 1, Seats: 1,
				ActorID: "U-1", NewAccountID: "A-2", CreatedAt: noon, ExpiresAt: noon,
			}},
			Accounts: []models.AccountSeed{{Account: models.Account{
				ID: "A-1", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1", ProductID: "R-1", Family: "f", DataCenter: "EU", CreatedAt: noon, ActivatedAt: &noon, Version: 1,
			}}},
			Subscriptions: []models.Subscription{{
				ID: "S-1", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1", AccountID: "A-1", PlanID: "N-1", PlanNumber: 1, Seats: 5,
				StartsAt: noon, ActivatedAt: &noon, StartsOn: "2026-03-12", EndsOn: "2027-03-11", EndsAt: &ends, AnchorDay: 12, CreatedAt: noon, Version: 1,
			}},
			Agents: []models.Agent{{ID: "G-1", RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1", AccountID: "A-1", DeviceID: "d", EnrolledAt: noon}},
			Events: []models.Event{{RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1", AccountID: "A-1", Kind: models.AccountCreated, At: noon, ActorID: "U-1"}},
		},
		PasswordHash: "x", KeyHashes: map[string]string{"A-1": "h"}, TokenHashes: map[string]string{"G-1": "t"},
	}
}

// eachReal runs a test on the real schema, on PostgreSQL as a role that does not own it.
func eachReal(t *testing.T, test func(t *testing.T, db *DB)) {
	t.Helper()
	open := func(t *testing.T, o Options) {
		t.Helper()
		db, err := Open(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		test(t, db)
	}
	t.Run("sqlite", func(t *testing.T) {
		open(t, Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "real.db"), Fast: true})
	})
	t.Run("postgres", func(t *testing.T) {
		appURL, ownerURL := pgtest.URL(t)
		open(t, Options{URL: appURL, MigrateURL: ownerURL})
	})
}

// eachSettled runs a test on the real schema with the small world in it.
func eachSettled(t *testing.T, test func(t *testing.T, db *DB, run func(sql string) error)) {
	eachReal(t, func(t *testing.T, db *DB) {
		err := db.Do(context.Background(), models.Operator(), noon, func(tx *Tx) error { return tx.Settle(smallWorld()) })
		if err != nil {
			t.Fatal(err)
		}
		pool, err := db.write.DB()
		if err != nil {
			t.Fatal(err)
		}
		test(t, db, func(sql string) error {
			_, err := pool.ExecContext(context.Background(), sql)
			return err
		})
	})
}

func TestWhoseARowIsNeverChangesBehindTheWallEither(t *testing.T) {
	tenants := []string{
		"users", "products", "plans", "plan_grants", "customers", "contacts", "proposals", "accounts", "enrolment_keys",
		"subscriptions", "agents", "agent_tokens", "memberships", "plan_versions", "events",
	}
	eachSettled(t, func(t *testing.T, _ *DB, run func(string) error) {
		for _, table := range tenants {
			for _, column := range []string{"partner_id = 'P-3'", "root_id = 'P-3'"} {
				if err := run(fmt.Sprintf("UPDATE %s SET %s", table, column)); err == nil {
					t.Errorf("%s lets %s through", table, column)
				}
			}
		}
	})
}

func TestTheSchemaRefusesWhatMustNeverBe(t *testing.T) {
	never := []struct{ never, sql string }{
		{"history is rewritten", "UPDATE events SET kind = 'nothing'"},
		{"history is cut", "DELETE FROM events"},
		{"a version of a plan changes", "UPDATE plan_versions SET price_minor = 1"},
		{"seats are none", "UPDATE subscriptions SET seats = 0"},
		{"seats are a million", "UPDATE subscriptions SET seats = 1000000"},
		{"an end date without its instant", "UPDATE subscriptions SET ends_at = NULL"},
		{"an account replaces itself", "UPDATE accounts SET replaced_by_id = id, replaced_at = created_at"},
		{"an account is replaced at no moment", "UPDATE accounts SET replaced_by_id = 'A-1'"},
		{"an account of nobody", "UPDATE accounts SET product_id = 'R-9'"},
		{"an agent without an account", "UPDATE agents SET account_id = NULL"},
		{"an agent on an account that is not there", "UPDATE agents SET account_id = 'A-9'"},
		{"a proposal that was used and came to nothing", "UPDATE proposals SET used_at = created_at"},
		{"an e-mail address in capitals", "UPDATE users SET email = 'U@r.example'"},
		{"a second live subscription", `INSERT INTO subscriptions (id, root_id, partner_id, customer_id, account_id, plan_id, plan_number, seats, starts_at,
			starts_on, ends_on, anchor_day, renews, created_at, version) SELECT 'S-2', root_id, partner_id, customer_id, account_id, plan_id, plan_number, seats,
			ends_at, '', '', 0, renews, created_at, 1 FROM subscriptions`},
		{"periods that overlap", `INSERT INTO subscriptions (id, root_id, partner_id, customer_id, account_id, plan_id, plan_number, seats, starts_at,
			starts_on, ends_on, anchor_day, renews, cancelled_at, created_at, version) SELECT 'S-2', root_id, partner_id, customer_id, account_id, plan_id, plan_number, seats,
			starts_at, '', '', 0, renews, ends_at, created_at, 1 FROM subscriptions`},
		{"a second live account of a family", `INSERT INTO accounts (id, root_id, partner_id, customer_id, product_id, family, data_center, sealed_key, created_at,
			agents_version, version) SELECT 'A-2', root_id, partner_id, customer_id, product_id, family, data_center, '', created_at, 0, 1 FROM accounts`},
		{"an account under another partner's customer", `INSERT INTO accounts (id, root_id, partner_id, customer_id, product_id, family, data_center, sealed_key, created_at,
			agents_version, version) SELECT 'A-2', root_id, 'P-3', customer_id, product_id, 'g', data_center, '', created_at, 0, 1 FROM accounts`},
		{"a second enrolment key without an end", `INSERT INTO enrolment_keys (hash, root_id, partner_id, customer_id, account_id, created_at)
			SELECT 'h2', root_id, partner_id, customer_id, account_id, created_at FROM enrolment_keys`},
		{"two open memberships of one agent", `INSERT INTO memberships (agent_id, root_id, partner_id, customer_id, account_id, joined_at)
			SELECT agent_id, root_id, partner_id, customer_id, account_id, (SELECT ends_at FROM subscriptions) FROM memberships`},
	}
	eachSettled(t, func(t *testing.T, _ *DB, run func(string) error) {
		for _, c := range never {
			if err := run(c.sql); err == nil {
				t.Errorf("the schema lets it through that %s", c.never)
			}
		}
	})
}
