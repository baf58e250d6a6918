package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"mooring/models"
	"mooring/models/store/pgtest"
)

// The wall is tried on a schema of its own, small enough to keep in mind: distributor D with the
// resellers D-A and D-B, and distributor E with E-A.

type groundPartner struct {
	ID     string `gorm:"primaryKey"`
	RootID string
	Name   string
}

func (groundPartner) TableName() string { return partnersTable }

type groundCustomer struct {
	ID        string `gorm:"primaryKey"`
	RootID    string
	PartnerID string
	Name      string
}

func (groundCustomer) TableName() string { return customersTable }

type groundAccount struct {
	ID         string `gorm:"primaryKey"`
	RootID     string
	PartnerID  string
	CustomerID string
	Name       string
	Version    int64
	MadeAt     time.Time
}

func (groundAccount) TableName() string { return accountsTable }

type groundProduct struct {
	ID        string `gorm:"primaryKey"`
	RootID    string
	PartnerID string
	Name      string
}

func (groundProduct) TableName() string { return "products" }

type groundSession struct {
	ID     string `gorm:"primaryKey"`
	UserID string
}

func (groundSession) TableName() string { return "sessions" }

type groundSecret struct {
	ID string `gorm:"primaryKey"`
}

func (groundSecret) TableName() string { return "secrets" }

type groundProposal struct {
	ID         string `gorm:"primaryKey"`
	RootID     string
	PartnerID  string
	CustomerID string
}

func (groundProposal) TableName() string { return proposalsTable }

type groundEvent struct {
	ID         int64 `gorm:"primaryKey"`
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	Kind       string
}

func (groundEvent) TableName() string { return eventsTable }

const groundSchema = `
CREATE TABLE partners (id text PRIMARY KEY, root_id text NOT NULL, name text NOT NULL);
CREATE TABLE customers (id text PRIMARY KEY, root_id text NOT NULL, partner_id text NOT NULL REFERENCES partners (id), name text NOT NULL CHECK (name <> ''), UNIQUE (partner_id, name));
CREATE TABLE accounts (id text PRIMARY KEY, root_id text NOT NULL, partner_id text NOT NULL, customer_id text NOT NULL, name text NOT NULL, version bigint NOT NULL, made_at TIMESTAMP_TYPE NOT NULL);
CREATE TABLE products (id text PRIMARY KEY, root_id text NOT NULL, partner_id text NOT NULL, name text NOT NULL);
CREATE TABLE sessions (id text PRIMARY KEY, user_id text NOT NULL);
CREATE TABLE secrets (id text PRIMARY KEY);
CREATE TABLE proposals (id text PRIMARY KEY, root_id text NOT NULL, partner_id text NOT NULL, customer_id text NOT NULL);
CREATE TABLE events (id SERIAL_TYPE, root_id text NOT NULL, partner_id text NOT NULL, customer_id text NOT NULL, account_id text NOT NULL, kind text NOT NULL);
INSERT INTO partners VALUES ('D','D','Distributor'), ('D-A','D','Halden'), ('D-B','D','Ostrava'), ('E','E','Elsewhere'), ('E-A','E','Essex');
INSERT INTO customers VALUES ('C-1','D','D-A','Bramley'), ('C-2','D','D-A','Birch'), ('C-3','D','D-B','Quarry'), ('C-4','E','E-A','Fern');
INSERT INTO accounts VALUES ('A-1','D','D-A','C-1','one',1,'2026-03-02 09:00:00+00:00'), ('A-2','D','D-A','C-2','two',1,'2026-03-02 09:00:00+00:00'),
  ('A-3','D','D-B','C-3','three',1,'2026-03-02 09:00:00+00:00'), ('A-4','E','E-A','C-4','four',1,'2026-03-02 09:00:00+00:00');
INSERT INTO products VALUES ('P-D','D','D','Endpoint'), ('P-A','D','D-A','Own'), ('P-B','D','D-B','Theirs'), ('P-E','E','E','Foreign');
INSERT INTO sessions VALUES ('S-1','U-1');
INSERT INTO secrets VALUES ('X-1');
`

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var (
	halden      = models.Actor{ID: "U-1", Reach: models.ReachPartner, RootID: "D", PartnerID: "D-A"}
	distributor = models.Actor{ID: "U-2", Reach: models.ReachRoot, RootID: "D", PartnerID: "D"}
	contact     = models.Actor{ID: "U-3", Reach: models.ReachCustomers, RootID: "D", PartnerID: "D-A", CustomerIDs: []string{"C-1"}}
	agent       = models.Actor{ID: "G-1", Reach: models.ReachAccount, RootID: "D", PartnerID: "D-A", AccountID: "A-1"}
)

// eachGround runs the test on both databases, each with the small world in it.
func eachGround(t *testing.T, test func(t *testing.T, db *DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteGround(t, Options{})) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresGround(t, Options{})) })
}

func sqliteGround(t *testing.T, o Options) *DB {
	t.Helper()
	o.URL, o.Fast = "sqlite:"+filepath.Join(t.TempDir(), "ground.db"), true
	db := openGround(t, o)
	pool, err := db.write.DB()
	if err != nil {
		t.Fatal(err)
	}
	layGround(t, pool, "timestamp", "integer PRIMARY KEY")
	return db
}

func postgresGround(t *testing.T, o Options) *DB {
	t.Helper()
	appURL, ownerURL := pgtest.URL(t)
	pool, err := sql.Open("pgx", ownerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	layGround(t, pool, "timestamptz", "bigserial PRIMARY KEY")
	for _, grant := range []string{"ALL TABLES", "ALL SEQUENCES"} {
		if _, err := pool.Exec("GRANT ALL ON " + grant + " IN SCHEMA public TO portal_app"); err != nil {
			t.Fatal(err)
		}
	}
	o.URL = appURL
	return openGround(t, o)
}

func layGround(t *testing.T, pool *sql.DB, timestamp, serial string) {
	t.Helper()
	text := strings.NewReplacer("TIMESTAMP_TYPE", timestamp, "SERIAL_TYPE", serial).Replace(groundSchema)
	if _, err := pool.Exec(text); err != nil {
		t.Fatal(err)
	}
}

func openGround(t *testing.T, o Options) *DB {
	t.Helper()
	o.SkipMigrate = true
	db, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
