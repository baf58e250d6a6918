package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/store/invariants"
	"mooring/models/store/pgtest"
)

// A long run sets them: `make crash`.
var (
	crashRounds = flag.Int("crash.rounds", 2, "how many carries are crashed into")
	crashAgents = flag.Int("crash.agents", 120, "how many agents are carried each time")
)

// asCommand has the test binary be the command, so that a test can kill it.
const asCommand = "MOORING_TEST_AS_PORTAL"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// wreck is a portal that is killed again and again, a fleet that goes on reporting to it, and a second
// portal on the same database that looks what came of it.
type wreck struct {
	t        *testing.T
	addr     string
	database string
	log      *os.File
	process  *exec.Cmd
	second   opened
	who      models.Actor
}

func (w *wreck) start() {
	w.t.Helper()
	c := exec.Command(os.Args[0], "serve", "-demo")
	c.Env = append(os.Environ(), asCommand+"=1", "ADDR="+w.addr, "DATABASE_URL="+w.database)
	c.Stdout, c.Stderr = io.Discard, w.log
	if err := c.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.process = c
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if got, err := http.Get("http://" + w.addr + "/readyz"); err == nil {
			_ = got.Body.Close()
			if got.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			w.t.Fatal("the portal does not come up")
		}
	}
}

func (w *wreck) kill() {
	if w.process != nil {
		_ = w.process.Process.Kill()
		_ = w.process.Wait()
		w.process = nil
	}
}

func (w *wreck) lookIn() {
	w.t.Helper()
	ctx := context.Background()
	c, err := configFrom(func(name string) string { return map[string]string{"DATABASE_URL": w.database}[name] })
	if err != nil {
		w.t.Fatal(err)
	}
	if w.second, err = open(ctx, c, how{demo: true, hashing: portal.LowestHashing}); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(w.second.close)
	if w.who, err = w.second.portal.ActAs(ctx, models.Operator(), "ines@halden.example"); err != nil {
		w.t.Fatal(err)
	}
}

// held asks what must always be true, and that the numbers of a carry add up.
func (w *wreck) held(carry string) models.CarryCounts {
	w.t.Helper()
	ctx := context.Background()
	found, err := invariants.Check(ctx, w.second.db, time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range found {
		w.t.Errorf("%s: %s: %s", f.ID, f.Row, f.Says)
	}
	p, err := w.second.portal.OpenCarry(ctx, w.who, carry)
	if n := p.Counts; err != nil || n.Moved+n.Waiting+n.Failed != p.Carry.Total || n.Total != p.Carry.Total {
		w.t.Fatalf("the carry of %d has %+v, %v", p.Carry.Total, n, err)
	}
	return p.Counts
}

// carry begins to carry the fleet over. Another writer may be in the way, as for anybody.
func (w *wreck) carry(from, to string) string {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		desk, err := w.second.portal.ProposeCarry(context.Background(), w.who, from, models.CarryWish{ToAccountID: to, Pick: models.PickGroup, Group: "Crash"})
		if err != nil {
			w.t.Fatal(err)
		}
		id, _, err := w.second.portal.CarryAgents(context.Background(), w.who, from, desk.Wish)
		if err == nil {
			return id
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("carrying from %s to %s: %v", from, to, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// agents is the command of the fleet.
func agentsCommand(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "agents")
	if out, err := exec.Command("go", "build", "-o", file, "../agents").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func TestAPortalThatIsKilledDuringACarryLosesNobody(t *testing.T) {
	fleet := agentsCommand(t)
	t.Run("sqlite", func(t *testing.T) { crash(t, fleet, "sqlite:"+filepath.Join(t.TempDir(), "portal.db")) })
	t.Run("postgres", func(t *testing.T) {
		_, owner := pgtest.URL(t)
		crash(t, fleet, owner)
	})
}

func crash(t *testing.T, fleet, database string) {
	ctx := context.Background()
	log, err := os.Create(filepath.Join(t.TempDir(), "portal.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	w := &wreck{t: t, addr: freeAddress(t), database: database, log: log}
	t.Cleanup(w.kill)
	w.start()
	w.lookIn()
	at, to := w.secondAccount()

	overview, err := w.second.portal.OpenAccount(ctx, w.who, at)
	if err != nil {
		t.Fatal(err)
	}
	key, err := w.second.portal.ShowKey(ctx, w.who, at)
	if err != nil {
		t.Fatal(err)
	}
	var report, said bytes.Buffer
	f := exec.Command(fleet, "-portal", "http://"+w.addr, "-key", key, "-n", fmt.Sprint(*crashAgents), "-groups", "Crash",
		"-every", fmt.Sprintf("%dms", max(300, *crashAgents/2)), "-state", filepath.Join(t.TempDir(), "agents.json"), "-report", "json", "-report-within", "3m")
	f.Stdout, f.Stderr = &report, &said
	if err := f.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Process.Kill() })
	w.until("all agents enrolled", func() bool {
		now, err := w.second.portal.OpenAccount(ctx, w.who, at)
		return err == nil && now.Agents.Total >= overview.Agents.Total+*crashAgents
	})

	for range *crashRounds {
		id, kills := w.carry(at, to), 1
		time.Sleep(w.pause(0)) // a small carry is over while somebody only looks
		w.kill()
		w.start()
		for n := w.held(id); n.Moved < n.Total; n = w.held(id) {
			time.Sleep(w.pause(kills))
			if kills < 3 || rand.IntN(4) == 0 {
				w.kill()
				kills++
				w.start()
			}
		}
		if n := w.held(id); n.Total != *crashAgents {
			t.Errorf("after %d kills: %+v", kills, n)
		}
		at, to = to, at
	}
	_ = f.Process.Signal(syscall.SIGTERM)
	if err := f.Wait(); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			t.Fatal(err)
		}
		t.Errorf("the fleet: %v\n%s", err, said.String())
	}
	wantAllThere(t, report.String())
}

// pause is how long the portal lives until it is killed: not long the first time, or a small carry is over.
func (w *wreck) pause(kills int) time.Duration {
	if kills == 0 {
		return time.Duration(10+rand.IntN(200)) * time.Millisecond
	}
	return time.Duration(50+rand.IntN(50+10**crashAgents)) * time.Millisecond
}

// wantAllThere reads the last line of the fleet's report.
func wantAllThere(t *testing.T, report string) {
	t.Helper()
	last := ""
	for lines := bufio.NewScanner(strings.NewReader(report)); lines.Scan(); {
		last = lines.Text()
	}
	var counts map[string]int
	if err := json.Unmarshal([]byte(last), &counts); err != nil {
		t.Fatalf("%v: %q", err, last)
	}
	if counts["agents"] != *crashAgents || counts["reporting"] != *crashAgents || counts["lost"] != 0 || counts["doubled"] != 0 {
		t.Errorf("the fleet ends with %s", last)
	}
}

func (w *wreck) until(what string, holds func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatal("it never came to this: ", what)
		}
	}
}

// secondAccount reassigns an account of the demo to a plan that begins at once, and gives both.
func (w *wreck) secondAccount() (old, next string) {
	w.t.Helper()
	ctx := context.Background()
	desk, err := w.second.portal.ProposeReassignment(ctx, w.who, demo.BramleyAccount, models.Reassignment{PlanKey: demo.Instant})
	if err != nil {
		w.t.Fatal(err)
	}
	wish := desk.Wish
	wish.Why, wish.Note, wish.TypedID = models.WhySplit, "A second account, for crashing into.", demo.BramleyAccount
	next, _, err = w.second.portal.ReassignPlan(ctx, w.who, demo.BramleyAccount, wish)
	if err != nil {
		w.t.Fatal(err)
	}
	return demo.BramleyAccount, next
}
