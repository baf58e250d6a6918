package pgtest

import (
	"context"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func TestTheAppRoleOwnsNothingAndCannotMakeTables(t *testing.T) {
	appURL, ownerURL := URL(t)
	ctx := context.Background()

	if _, err := connect(t, ownerURL).Exec(ctx, "CREATE TABLE boats (id text)"); err != nil {
		t.Fatalf("the owner cannot make a table: %v", err)
	}
	weak := connect(t, appURL)
	if _, err := weak.Exec(ctx, "CREATE TABLE ships (id text)"); err == nil {
		t.Error("portal_app made a table")
	}
	var super, bypass bool
	err := weak.QueryRow(ctx, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").Scan(&super, &bypass)
	if err != nil || super || bypass {
		t.Errorf("portal_app: superuser %v, bypasses policies %v, error %v", super, bypass, err)
	}
}

func TestATemplateIsFilledOnceAndEachDatabaseIsItsOwn(t *testing.T) {
	filled := 0
	// The template cannot be copied while a connection to it is open.
	fill := func(_, ownerURL string) error {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, ownerURL)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		filled++
		_, err = conn.Exec(ctx, "CREATE TABLE boats (id text)")
		return err
	}
	_, first := Migrated(t, "selftest", fill)
	_, second := Migrated(t, "selftest", fill)

	if filled > 1 {
		t.Errorf("the template was filled %d times", filled)
	}
	ctx := context.Background()
	if _, err := connect(t, first).Exec(ctx, "INSERT INTO boats VALUES ('a')"); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := connect(t, second).QueryRow(ctx, "SELECT count(*) FROM boats").Scan(&n); err != nil || n != 0 {
		t.Errorf("the second database has %d boats of the first, error %v", n, err)
	}
}

func TestAStoppedClusterLeavesNothingBehind(t *testing.T) {
	server(t) // skips where there is no PostgreSQL
	address, stop, err := StartCluster("")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	home := u.Query().Get("host")
	if _, err := os.Stat(home); err != nil {
		t.Fatalf("the cluster's folder: %v", err)
	}

	stop()

	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
	if conn, err := pgx.Connect(context.Background(), address); err == nil {
		_ = conn.Close(context.Background())
		t.Error("the server still answers")
	}
}
