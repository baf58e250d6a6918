package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

const (
	owner = "portal_owner"
	app   = "portal_app"
)

// URL gives a fresh, empty database, as the role that works in it and as the role that owns it.
// The database is dropped when the test ends.
func URL(t testing.TB) (appURL, ownerURL string) {
	t.Helper()
	return fresh(t, server(t), "template0")
}

// Migrated gives a fresh database made from a template, which migrate fills once for each hash.
func Migrated(t testing.TB, hash string, migrate func(appURL, ownerURL string) error) (appURL, ownerURL string) {
	t.Helper()
	address := server(t)
	template := "mooring_" + hash
	if err := ensureTemplate(address, template, migrate); err != nil {
		t.Fatalf("making the template database: %v", err)
	}
	return fresh(t, address, template)
}

var shared = sync.OnceValues(func() (string, error) {
	address := os.Getenv("MOORING_TEST_POSTGRES")
	if address == "" {
		started, _, err := StartCluster("") // it ends with this process
		if err != nil {
			return "", err
		}
		address = started
	}
	return address, ensureRoles(address)
})

// server is the cluster of this process. Without the programs for one the test is skipped.
func server(t testing.TB) string {
	t.Helper()
	address, err := shared()
	if errors.Is(err, errNoBinaries) && os.Getenv("MOORING_NEED_POSTGRES") != "1" {
		t.Skip("NOT TESTED ON POSTGRESQL: install its server (initdb, postgres) or set PG_BIN")
	}
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// roleLock and templateLock keep test processes that share a cluster from making the same thing.
const (
	roleLock     = 7_240_115_537
	templateLock = 7_240_115_538
)

func ensureRoles(address string) error {
	return locked(address, roleLock, func(ctx context.Context, conn *pgx.Conn) error {
		for _, role := range []string{owner, app} {
			var exists bool
			err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role).Scan(&exists)
			if err == nil && !exists {
				_, err = conn.Exec(ctx, "CREATE ROLE "+role+" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func ensureTemplate(address, name string, migrate func(appURL, ownerURL string) error) error {
	return locked(address, templateLock, func(ctx context.Context, conn *pgx.Conn) error {
		var exists bool
		err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
		if err != nil || exists {
			return err
		}
		draft := name + "_draft"
		for _, statement := range []string{
			"DROP DATABASE IF EXISTS " + draft + " WITH (FORCE)",
			"CREATE DATABASE " + draft + " TEMPLATE template0 OWNER " + owner,
		} {
			if _, err := conn.Exec(ctx, statement); err != nil {
				return err
			}
		}
		if err := migrate(as(address, app, draft), as(address, owner, draft)); err != nil {
			return err
		}
		_, err = conn.Exec(ctx, "ALTER DATABASE "+draft+" RENAME TO "+name)
		return err
	})
}

func locked(address string, number int64, do func(context.Context, *pgx.Conn) error) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", number); err != nil {
		return err
	}
	return do(ctx, conn)
}

func fresh(t testing.TB, address, template string) (appURL, ownerURL string) {
	t.Helper()
	name := "t_" + strings.ToLower(rand.Text())
	run(t, address, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s OWNER %s", name, template, owner))
	t.Cleanup(func() { run(t, address, "DROP DATABASE "+name+" WITH (FORCE)") })
	return as(address, app, name), as(address, owner, name)
}

func run(t testing.TB, address, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// as is the cluster's address for another role and database.
func as(address, role, database string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	u.User, u.Path = url.User(role), "/"+database
	return u.String()
}
