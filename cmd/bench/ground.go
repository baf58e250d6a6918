package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"mooring/models/store/pgtest"
)

// bench is one run: a PostgreSQL, two databases in it, the portal and the floor on the large one.
type bench struct {
	options
	folder   string
	cluster  string // a superuser's address
	log      string // the server's log
	postgres int    // the server's process
	secret   string
	large    *site
	smaller  *site
	floor    *process
	found    findings
	closers  []func()
}

// durable undoes what makes a cluster for tests quick and forgetful.
var durable = []string{
	"fsync = on", "synchronous_commit = on", "full_page_writes = on", "autovacuum = on", "log_min_messages = 'log'", "log_line_prefix = ''",
}

func prepare(ctx context.Context, o options) (b *bench, err error) {
	b = &bench{options: o, secret: rand.Text() + rand.Text()}
	defer func() {
		if err != nil {
			b.close()
		}
	}()
	if err = b.build(ctx); err != nil {
		return b, err
	}
	if err = b.startPostgres(ctx); err != nil {
		return b, err
	}
	if o.small > 0 {
		if b.smaller, err = b.open(ctx, o.small); err != nil {
			return b, err
		}
	}
	if b.large, err = b.open(ctx, o.accounts); err != nil {
		return b, err
	}
	if err = b.execute(ctx, alter(durable)...); err != nil {
		return b, err
	}
	return b, b.startFloor(ctx, b.large.database)
}

// build makes a folder and the portal in it.
func (b *bench) build(ctx context.Context) (err error) {
	if b.folder, err = os.MkdirTemp("", "mooring-bench-"); err != nil {
		return err
	}
	b.closers = append(b.closers, func() { _ = os.RemoveAll(b.folder) })
	if b.portal != "" {
		return nil
	}
	b.portal = filepath.Join(b.folder, "portal")
	build := exec.CommandContext(ctx, "go", "build", "-o", b.portal, "./cmd/portal")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building the portal: %w", err)
	}
	return nil
}

func (b *bench) close() {
	for i := len(b.closers) - 1; i >= 0; i-- {
		b.closers[i]()
	}
	b.closers = nil
}

func (b *bench) startPostgres(ctx context.Context) error {
	if b.cluster == "" {
		address, stop, err := pgtest.StartCluster("", "shared_buffers = 1GB", "max_wal_size = 4GB")
		if err != nil {
			return err
		}
		b.cluster = address
		b.closers = append(b.closers, stop)
	}
	u, err := url.Parse(b.cluster)
	if err != nil {
		return err
	}
	home := u.Query().Get("host")
	b.log = filepath.Join(home, "log")
	lines, err := os.ReadFile(filepath.Join(home, "data", "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(lines), "\n")
	if b.postgres, err = strconv.Atoi(first); err != nil {
		return err
	}
	return b.execute(ctx, "DO $$ BEGIN CREATE ROLE portal_app LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
}

func alter(settings []string) (statements []string) {
	for _, s := range settings {
		statements = append(statements, "ALTER SYSTEM SET "+s)
	}
	return append(statements, "SELECT pg_reload_conf()", "CHECKPOINT")
}

func (b *bench) execute(ctx context.Context, statements ...string) error {
	conn, err := pgx.Connect(ctx, b.cluster)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	b.found.postgres = conn.PgConn().ParameterStatus("server_version")
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// open makes a database, fills it and starts a portal on it.
func (b *bench) open(ctx context.Context, accounts int) (*site, error) {
	name := "bench_" + strconv.Itoa(accounts)
	if err := b.execute(ctx, "CREATE DATABASE "+name+" OWNER portal_app"); err != nil {
		return nil, err
	}
	u, err := url.Parse(b.cluster)
	if err != nil {
		return nil, err
	}
	u.User, u.Path = url.User("portal_app"), "/"+name
	s := &site{accounts: accounts, database: u.String()}
	if err := b.fill(ctx, s); err != nil {
		return nil, err
	}
	if err := b.startPortal(ctx, s); err != nil {
		return nil, err
	}
	return s, s.survey(ctx)
}

func (b *bench) fill(ctx context.Context, s *site, more ...string) error {
	began := time.Now()
	fill := exec.CommandContext(ctx, b.portal, append([]string{"fill", "-accounts", strconv.Itoa(s.accounts)}, more...)...)
	fill.Env, fill.Stderr = b.environment(s, ""), os.Stderr
	if err := fill.Run(); err != nil {
		return fmt.Errorf("filling: %w", err)
	}
	s.filled = time.Since(began)
	return nil
}

func (b *bench) environment(s *site, addr string) []string {
	env := []string{"DATABASE_URL=" + s.database, "SECRET_KEY=" + b.secret, "ADDR=" + addr, "AGENT_PAUSE=1us", "PATH=" + os.Getenv("PATH"), "HOME=" + b.folder}
	if addr != "" {
		env = append(env, "PUBLIC_URL=http://"+addr)
	}
	return env
}

// startPortal starts the portal on a database whose schema is up to date, and takes the time.
func (b *bench) startPortal(ctx context.Context, s *site) (err error) {
	if s.addr, err = freeAddress(); err != nil {
		return err
	}
	args := []string{"serve"}
	if b.profile != "" && s.accounts == b.accounts {
		args = append(args, "-cpuprofile", b.profile)
	}
	began := time.Now()
	s.portal, err = start(ctx, s.addr, filepath.Join(b.folder, "portal.log"), b.environment(s, s.addr), b.portal, args...)
	if err != nil {
		return err
	}
	s.cold = time.Since(began)
	b.closers = append(b.closers, s.portal.stop)
	time.Sleep(2 * time.Second)
	s.idle = s.portal.resident() // before anybody signs in: a password takes memory to check
	return s.signIn(ctx)
}

func (b *bench) startFloor(ctx context.Context, database string) error {
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	b.floor, err = start(ctx, addr, filepath.Join(b.folder, "floor.log"), os.Environ(), self, "floor", addr, database)
	if err == nil {
		b.closers = append(b.closers, b.floor.stop)
	}
	return err
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), errors.Join(l.Close())
}
