package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"mooring/cmd/bench/floor"
	"mooring/models"
	"mooring/models/portal"
	"mooring/models/store"
)

var selfPID = os.Getpid()

// agentOptions are what one run with agents is asked for.
type agentOptions struct {
	agents      int
	sqlite      bool
	lasting     time.Duration
	connections int
	pace        int
}

// agentBench measures check-ins.
type agentBench struct {
	*bench
	agentOptions
	fleet *fleet
	out   io.Writer
}

func runAgents(ctx context.Context, args []string, out io.Writer) error {
	a := agentBench{bench: &bench{secret: rand.Text() + rand.Text()}, out: out}
	flags := flag.NewFlagSet("bench agents", flag.ContinueOnError)
	flags.IntVar(&a.agents, "agents", 100_000, "about how many agents the database knows")
	flags.BoolVar(&a.sqlite, "sqlite", false, "on SQLite, without a floor")
	flags.DurationVar(&a.lasting, "for", 30*time.Second, "how long single check-ins are sustained; the other loads take a part of it")
	flags.IntVar(&a.connections, "connections", 64, "over how many connections single agents check in")
	flags.IntVar(&a.pace, "pace", 2000, "check-ins a second while pages are measured")
	flags.StringVar(&a.profile, "profile", "", "write a CPU profile of the portal into this file")
	flags.StringVar(&a.cluster, "cluster", "", "a PostgreSQL by its superuser's socket address, instead of one of its own: what an earlier run filled is kept in it")
	flags.StringVar(&a.secret, "secret", a.secret, "the SECRET_KEY that it was filled with")
	flags.StringVar(&a.bench.portal, "portal", "", "measure this program instead of building ./cmd/portal")
	if err := flags.Parse(args); err != nil {
		return err
	}
	defer a.close()
	if err := a.prepare(ctx); err != nil {
		return err
	}
	return a.measure(ctx)
}

func (a *agentBench) prepare(ctx context.Context) error {
	if err := a.build(ctx); err != nil {
		return err
	}
	a.accounts = a.agents / 10
	s := &site{accounts: a.accounts}
	a.large = s
	if a.sqlite {
		s.database = "sqlite:" + filepath.Join(a.folder, "portal.db")
	} else {
		if err := a.startPostgres(ctx); err != nil {
			return err
		}
		if err := a.execute(ctx, "CREATE DATABASE bench_agents OWNER portal_app"); err != nil && !strings.Contains(err.Error(), "exists") {
			return err
		}
		u, err := url.Parse(a.cluster)
		if err != nil {
			return err
		}
		u.User, u.Path = url.User("portal_app"), "/bench_agents"
		s.database = u.String()
	}
	if err := a.fill(ctx, s, "-tokens"); err != nil {
		return err
	}
	keys, err := portal.NewKeys([]byte(a.secret))
	if err != nil {
		return err
	}
	a.fleet = muster(a.accounts, keys)
	if a.sqlite {
		return a.startPortal(ctx, s)
	}
	if err := a.execute(ctx, alter(durable)...); err != nil {
		return err
	}
	if err := a.greet(ctx); err != nil {
		return err
	}
	if err := a.startPortal(ctx, s); err != nil {
		return err
	}
	return a.startFloor(ctx, s.database)
}

// greet makes the hour a usual one: agents come every ten minutes, so five of six have been here in it.
func (a *agentBench) greet(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, a.large.database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, sql := range []string{
		`UPDATE sightings SET seen_at = now(), seen_hour = floor(extract(epoch FROM now()) / 3600), sequence = greatest(sequence, 1)
			WHERE account_id <> '' AND abs(hashtext(agent_id)) % 6 > 0`,
		`UPDATE sightings SET seen_at = now() - interval '2 hours', seen_hour = floor(extract(epoch FROM now()) / 3600) - 2
			WHERE account_id <> '' AND abs(hashtext(agent_id)) % 6 = 0`,
		`VACUUM ANALYZE sightings`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

func (a *agentBench) measure(ctx context.Context) error {
	kind := "PostgreSQL " + a.found.postgres
	if a.sqlite {
		kind = "SQLite"
	}
	fmt.Fprintf(a.out, "%d agents of %d accounts, filled in %s. %d cores, %s, %s, %s, durable commits.\n\n", len(a.fleet.ids), a.accounts,
		a.large.filled.Round(time.Second), runtime.NumCPU(), runtime.GOOS, runtime.Version(), kind)
	for _, step := range []func(context.Context) error{a.pages, a.singles, a.relays, a.crowded, a.overload, a.loss} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (a *agentBench) say(name string, r reported) {
	fmt.Fprintf(a.out, "| %s | %d | %.0f | %.0f µs (%.0f + %.0f) | %s | %s | %d |\n", name, r.connections, r.agentsPerSecond(),
		float64(r.perAgent(r.cpu+r.database).Nanoseconds())/1000, float64(r.perAgent(r.cpu).Nanoseconds())/1000,
		float64(r.perAgent(r.database).Nanoseconds())/1000, millis(r.p50), millis(r.p99), r.refused)
}

// singles sustains check-ins of single agents, and asks the floor for the same, before and after.
func (a *agentBench) singles(ctx context.Context) error {
	fmt.Fprintln(a.out, "| load | connections | agents a second | CPU an agent: server + database | p50 | p99 | refused |\n|---|---|---|---|---|---|---|")
	run := func(name string, to *process, lasting time.Duration) (reported, error) {
		r, err := a.reportAgents(ctx, a.fleet, reporting{to: to, connections: a.connections, lasting: lasting})
		if err == nil && name != "" {
			a.say(name, r)
		}
		return r, err
	}
	if _, err := run("", a.large.portal, 3*time.Second); err != nil { // statements are learnt by and by
		return err
	}
	if a.sqlite {
		_, err := run("single check-ins", a.large.portal, a.lasting)
		return err
	}
	before, err := run("the floor, before", a.floor, a.lasting/6)
	if err != nil {
		return err
	}
	done, err := run("single check-ins", a.large.portal, a.lasting)
	if err != nil {
		return err
	}
	after, err := run("the floor, after", a.floor, a.lasting/6)
	if err == nil {
		fmt.Fprintf(a.out, "| of the floor | | %.0f %% | | | | |\n", 200*done.agentsPerSecond()/(before.agentsPerSecond()+after.agentsPerSecond()))
	}
	return err
}

// relays sends batches, and drives the same statement without HTTP; and the floor's, which counts no hours and keeps
// no clocks.
func (a *agentBench) relays(ctx context.Context) error {
	done, err := a.reportAgents(ctx, a.fleet, reporting{to: a.large.portal, connections: 4, relay: 1000, lasting: a.lasting / 3})
	if err != nil {
		return err
	}
	a.say("relays of 1,000", done)
	if a.sqlite {
		return nil
	}
	lines, err := floor.Lines(ctx, a.large.database)
	if err != nil {
		return err
	}
	defer lines.Close()
	db, err := store.Open(ctx, store.Options{URL: a.large.database, SkipMigrate: true})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for _, way := range []struct {
		name  string
		write func(now time.Time, ids []string, sequences []int64) error
	}{
		{"the same update through pgx", func(now time.Time, ids []string, sequences []int64) error {
			var h store.Heard
			for i, id := range ids {
				h.Sightings = append(h.Sightings, models.Sighting{AgentID: id, SeenAt: now, Sequence: sequences[i]})
			}
			return db.Sighted(ctx, now, h)
		}},
		{"the floor's update through pgx", func(now time.Time, ids []string, sequences []int64) error {
			_, err := lines.Exec(ctx, floor.Sighted, ids, now, now.Unix()/3600, sequences)
			return err
		}},
	} {
		bare, err := a.bare(a.lasting/6, way.write)
		if err != nil {
			return err
		}
		a.say(way.name, bare)
		fmt.Fprintf(a.out, "| of it | | %.0f %% | | | | |\n", 100*done.agentsPerSecond()/bare.agentsPerSecond())
	}
	return nil
}

// bare stores check-ins without HTTP and without recognising anybody, two batches at a time.
func (a *agentBench) bare(lasting time.Duration, write func(now time.Time, ids []string, sequences []int64) error) (reported, error) {
	done := reported{outcome: outcome{connections: 2}}
	cpu, database := spent(selfPID), spentBelow(a.postgres)
	began := time.Now()
	var all sync.WaitGroup
	var agents atomic.Int64
	var failure atomic.Pointer[error]
	for _, s := range a.fleet.shares(2) {
		all.Go(func() {
			for time.Since(began) < lasting {
				ids, sequences, who := make([]string, 1000), make([]int64, 1000), make([]int, 1000)
				for i := range ids {
					who[i], sequences[i] = s.next()
					ids[i] = a.fleet.ids[who[i]]
				}
				if err := write(time.Now().UTC(), ids, sequences); err != nil {
					failure.Store(&err)
					return
				}
				for i, w := range who {
					a.fleet.acked[w] = sequences[i]
				}
				agents.Add(int64(len(ids)))
			}
		})
	}
	all.Wait()
	done.took, done.agents = time.Since(began), int(agents.Load())
	done.cpu, done.database = spent(selfPID)-cpu, spentBelow(a.postgres)-database
	if err := failure.Load(); err != nil {
		return done, *err
	}
	return done, nil
}

// pages measures pages alone, and while agents check in at a pace.
func (a *agentBench) pages(ctx context.Context) error {
	what := ask{status: http.StatusOK, requests: [][]byte{a.large.get("/customers")}}
	for _, id := range a.fleet.accounts {
		what.requests = append(what.requests, a.large.get("/accounts/"+id))
	}
	measured := func() (outcome, error) { return a.load(ctx, a.large.portal, what, 1500, 2) }
	if _, err := measured(); err != nil {
		return err
	}
	idle, err := measured()
	if err != nil {
		return err
	}
	loaded, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		_, err := a.reportAgents(loaded, a.fleet, reporting{to: a.large.portal, connections: a.connections, lasting: time.Hour, perSecond: a.pace})
		ended <- err
	}()
	time.Sleep(2 * time.Second)
	busy, err := measured()
	stop()
	if wrong := <-ended; err == nil {
		err = wrong
	}
	fmt.Fprintf(a.out, "Pages over 2 connections: p50 %s and p99 %s alone, %s and %s while %d agents a second check in (p99 %.1f times).\n\n",
		millis(idle.p50), millis(idle.p99), millis(busy.p50), millis(busy.p99), a.pace, float64(busy.p99)/float64(idle.p99))
	return err
}

// crowded has relays of tokens that somebody made up come as fast as they can, and looks what the agents notice.
func (a *agentBench) crowded(ctx context.Context) error {
	if a.sqlite {
		return nil
	}
	calm := func() (reported, error) {
		return a.reportAgents(ctx, a.fleet, reporting{to: a.large.portal, connections: a.connections, lasting: a.lasting / 10, perSecond: a.pace})
	}
	before, err := calm()
	if err != nil {
		return err
	}
	loaded, stop := context.WithCancel(ctx)
	defer stop()
	var made reported
	var wrong error
	var ended sync.WaitGroup
	ended.Go(func() {
		made, wrong = a.reportAgents(loaded, strangers(100_000), reporting{to: a.large.portal, connections: 32, relay: 1000, lasting: time.Hour})
	})
	during, err := calm()
	stop()
	ended.Wait()
	if err = errors.Join(err, wrong); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "\n%d single check-ins a second: p50 %s and p99 %s alone; %s and %s (%d refused) beside relays of made-up tokens, %.0f tokens a second answered and %d batches turned away.\n\n",
		a.pace, millis(before.p50), millis(before.p99), millis(during.p50), millis(during.p99), during.refused, made.agentsPerSecond(), made.refused)
	return nil
}

// overload sends more than can wait, and looks how it is refused and how soon the portal is itself again.
func (a *agentBench) overload(ctx context.Context) error {
	many, err := a.reportAgents(ctx, a.fleet, reporting{to: a.large.portal, connections: 2000, lasting: a.lasting / 6})
	if err != nil {
		return err
	}
	a.say("single check-ins, too many", many)
	flood, err := a.reportAgents(ctx, a.fleet, reporting{to: a.large.portal, connections: 100, relay: 1000, lasting: a.lasting / 6})
	if err != nil {
		return err
	}
	a.say("relays, more than can wait", flood)
	began := time.Now()
	var calm reported
	for calm.p99 == 0 || calm.p99 > 50*time.Millisecond {
		if calm, err = a.reportAgents(ctx, a.fleet, reporting{to: a.large.portal, connections: 8, lasting: 200 * time.Millisecond}); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.out, "\nRefused within %s (p50) and %s (p99); itself again (p99 below 50 ms) %.1f s after the flood.\n",
		millis(flood.refusedP50), millis(flood.refP99), time.Since(began).Seconds())
	return nil
}

// loss compares what was acknowledged with what is stored.
func (a *agentBench) loss(ctx context.Context) error {
	lost, acknowledged, err := a.fleet.lost(ctx, a.large.database)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Agents whose last acknowledged check-in is not stored: %d of %d. Memory of the portal: %.0f MiB.\n", lost, acknowledged, a.large.portal.resident())
	if lost > 0 {
		return fmt.Errorf("%d acknowledged check-ins were lost", lost)
	}
	return nil
}
