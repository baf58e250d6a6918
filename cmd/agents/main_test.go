package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// asCommand has the test binary be the command, so that a test can kill it.
const asCommand = "MOORING_TEST_AS_AGENTS"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func stateOf(t testing.TB, file string) *ledger {
	t.Helper()
	l := &ledger{file: file, round: &round{}}
	if err := l.read(); err != nil || len(l.Agents) == 0 {
		t.Fatalf("%d devices in %s: %v", len(l.Agents), file, err)
	}
	return l
}

func TestAFleetEnrolsOnceAndKeepsReporting(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		h := open(t, w)
		before := h.counts(t)
		o := h.options(t, 20)
		out := goOut(t, o, "20 agents more are online", func() bool { return h.counts(t).Online >= before.Online+20 })
		after := h.counts(t)
		if after.Total != before.Total+20 || after.Online != before.Online+20 {
			t.Errorf("before %+v, after %+v\n%s", before, after, out)
		}
		if !strings.Contains(out, "in all: enrolled 20, checked in ") || !strings.Contains(out, ", failed 0\n") {
			t.Errorf("it said:\n%s", out)
		}

		w.Pass(30 * time.Hour)
		out = goOut(t, o, "they are online again", func() bool { return h.counts(t).Online == 20 })
		if !strings.Contains(out, "in all: enrolled 0, checked in ") || h.counts(t).Total != after.Total {
			t.Errorf("again, it said:\n%s", out)
		}
		if file, err := os.Stat(o.state); err != nil || file.Mode().Perm() != 0o600 {
			t.Errorf("the file with the tokens: %v, %v", file.Mode(), err)
		}
		w.Sound(t)
	})
}

// command starts the fleet as a process of its own.
func command(t *testing.T, h harbour, state string, out io.Writer) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0], "-portal", h.url, "-key", keyOf(t, demo.BramleyAccount), "-n", "60", "-every", "150ms", "-concurrency", "2", "-state", state)
	c.Env = append(os.Environ(), asCommand+"=1")
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	return c
}

func TestAFleetThatWasKilledGoesOnWithTheSameAgents(t *testing.T) {
	h := open(t, portaltest.New(t))
	before := h.counts(t)
	state := filepath.Join(t.TempDir(), "agents.json")
	for _, more := range []int{5, 25} { // killed twice while it enrols
		c := command(t, h, state, io.Discard)
		eventually(t, "some agents enrolled", func() bool { return h.counts(t).Total >= before.Total+more })
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	reserved := map[string]int64{}
	for _, d := range stateOf(t, state).Agents {
		reserved[d.DeviceID] = d.Reserved
	}

	var out bytes.Buffer
	c := command(t, h, state, &out)
	eventually(t, "all agents report", func() bool { return h.counts(t).Online >= before.Online+60 })
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("it did not end cleanly: %v\n%s", err, &out)
	}
	if after := h.counts(t); after.Total != before.Total+60 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if !strings.Contains(out.String(), "in all: ") {
		t.Errorf("it said:\n%s", &out)
	}
	for _, d := range stateOf(t, state).Agents {
		if was, ok := reserved[d.DeviceID]; !ok || d.Reserved < was {
			t.Errorf("%s counted from %d back to %d", d.DeviceID, was, d.Reserved)
		}
	}
	h.Sound(t)
}

func TestAnAgentWhoseTokenIsUnknownEnrolsAgainAsItself(t *testing.T) {
	h := open(t, portaltest.New(t))
	o := h.options(t, 3)
	before := h.counts(t)
	goOut(t, o, "three agents more are online", func() bool { return h.counts(t).Online == before.Online+3 })
	was := stateOf(t, o.state)

	spoilt := stateOf(t, o.state)
	for _, d := range spoilt.Agents {
		d.Token = "mrg_agt_" + strings.Repeat("x", 43)
	}
	if err := spoilt.save(); err != nil {
		t.Fatal(err)
	}
	h.Pass(30 * time.Hour)
	goOut(t, o, "they are online again", func() bool { return h.counts(t).Online == 3 })
	for i, d := range stateOf(t, o.state).Agents {
		if d.AgentID != was.Agents[i].AgentID || d.Token == spoilt.Agents[i].Token {
			t.Errorf("was %+v, is %+v", was.Agents[i], d)
		}
	}
	if got := h.counts(t).Total; got != before.Total+3 {
		t.Errorf("%d agents became %d", before.Total+3, got)
	}
}

// moody is a portal that fails as it is told, and notes when it was asked.
type moody struct {
	mu    sync.Mutex
	asked []time.Time
	fail  func(n int, w http.ResponseWriter) bool
}

func (m *moody) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = append(m.asked, time.Now())
	if m.fail(len(m.asked), w) {
		return
	}
	_, _ = w.Write([]byte(`{"agent_id":"G-1","account_id":"A-1","token":"mrg_agt_x","every_seconds":600}`))
}

func (m *moody) times() []time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.asked)
}

func (m *moody) options(t testing.TB, url string) options {
	return options{
		portal: url, key: "k", n: 1, every: 20 * time.Millisecond,
		state: filepath.Join(t.TempDir(), "agents.json"), concurrency: 1, firstWait: 20 * time.Millisecond,
		reportWithin: 10 * time.Second,
	}
}

func TestAnAgentComesBackWhenThePortalSaid(t *testing.T) {
	m := &moody{fail: func(n int, w http.ResponseWriter) bool {
		if n > 1 {
			return false
		}
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}}
	server := httptest.NewServer(m)
	defer server.Close()
	out := goOut(t, m.options(t, server.URL), "it was asked three times", func() bool { return len(m.times()) >= 3 })
	if asked := m.times(); asked[1].Sub(asked[0]) < time.Second || !strings.Contains(out, ", failed 1\n") {
		t.Errorf("asked at %v\n%s", asked, out)
	}
}

func TestAnAgentOutlastsAPortalInTrouble(t *testing.T) {
	m := &moody{fail: func(n int, w http.ResponseWriter) bool {
		if n > 5 {
			return false
		}
		w.WriteHeader(http.StatusBadGateway)
		return true
	}}
	server := httptest.NewServer(m)
	defer server.Close()
	out := goOut(t, m.options(t, server.URL), "it was asked eight times", func() bool { return len(m.times()) >= 8 })
	if !strings.Contains(out, "in all: enrolled 1, checked in ") || !strings.Contains(out, ", failed 5\n") || !strings.Contains(out, "(the last: 502") {
		t.Errorf("it said:\n%s", out)
	}
}

func TestAFleetStopsByItselfAndSaysWhatItDid(t *testing.T) {
	m := &moody{fail: func(int, http.ResponseWriter) bool { return false }}
	server := httptest.NewServer(m)
	defer server.Close()
	o := m.options(t, server.URL)
	o.lasts = 300 * time.Millisecond
	var out bytes.Buffer
	if err := run(context.Background(), o, &out, &out); err != nil {
		t.Fatal(err)
	}
	if said := out.String(); !strings.HasPrefix(said, "a fleet of 1 reports to "+server.URL) || strings.Count(said, "\n") < 4 || !strings.Contains(said, "in all: enrolled 1,") {
		t.Errorf("it said:\n%s", said)
	}
}

func TestPatienceGrowsAndHasAnEnd(t *testing.T) {
	for tries, want := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 9: 256 * time.Second, 10: longestWait, 1000: longestWait} {
		for range 100 {
			if got := patience(io.EOF, tries, time.Second); got < want/2 || got > want {
				t.Errorf("after %d failures it waits %v, not %v to %v", tries, got, want/2, want)
			}
		}
	}
	for range 100 {
		if got := patience(&refused{status: 503, after: 10 * time.Second}, 1, time.Second); got < 10*time.Second || got > 16*time.Second {
			t.Errorf("told to wait 10s, it waits %v", got)
		}
	}
}

func TestAStateFileBelongsToOneAccount(t *testing.T) {
	file := filepath.Join(t.TempDir(), "agents.json")
	ours := options{portal: "http://a.example", key: "k", n: 4, state: file}
	first, err := openLedger(ours)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openLedger(ours); err == nil {
		t.Error("two fleets share a file")
	}
	first.close()
	for name, other := range map[string]options{
		"another portal": {portal: "http://b.example", key: "k", n: 4, state: file},
		"another key":    {portal: "http://a.example", key: "l", n: 4, state: file},
		"no key at all":  {portal: "http://a.example", n: 4, state: file + ".new"},
	} {
		if _, err := openLedger(other); err == nil {
			t.Error(name, "was taken")
		}
	}
	ours.key, ours.n = "", 2
	again, err := openLedger(ours)
	if err != nil || len(again.working) != 2 || !reflect.DeepEqual(again.working[0], first.working[0]) || again.Key != "k" {
		t.Errorf("%+v, %v", again, err)
	}
	again.close()
	if kept := stateOf(t, file); len(kept.Agents) != 4 {
		t.Errorf("a smaller fleet forgot %d devices", 4-len(kept.Agents))
	}
	if err := os.WriteFile(file, []byte(`{"agents":[null]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openLedger(ours); err == nil {
		t.Error("a broken file was taken")
	}
}

func TestFlagsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, args := range []string{
		"-n 0", "-concurrency 0", "-every -1s", "-for -1s", "-portal localhost:8080", "-portal ftp://a.example",
		"-prefix " + strings.Repeat("p", 41), "-groups Office," + strings.Repeat("g", 65), "-unknown", "stray",
		"-offline 30", "-offline -1%", "-offline 101%", "-duplicate x%", "-replay NaN", "-offline-for -1s",
		"-relay -1", "-relay 1001", "-report xml", "-report-within -1s", "-seed -1",
	} {
		if _, err := parse(strings.Fields(args), io.Discard); err == nil {
			t.Error(args, "was taken")
		}
	}
	o, err := parse(strings.Fields("-portal http://localhost:8080/ -key K -n 500 -every 5s -groups Office,Mobile -prefix X-"), io.Discard)
	if err != nil || o.portal != "http://localhost:8080" || o.n != 500 || o.every != 5*time.Second {
		t.Errorf("%+v, %v", o, err)
	}
	for i, want := range []string{"Office", "Mobile", "Office"} {
		if d := newDevice(i, o.prefix, o.groups); d.Group != want || !strings.HasPrefix(d.Name, "X-") || !strings.HasSuffix(d.Name, strconv.Itoa(i+1)) {
			t.Errorf("%+v", d)
		}
	}
}

func TestHowLongAnAbsenceTakes(t *testing.T) {
	for args, want := range map[string]time.Duration{
		"-offline 30% -for 3h":                 18 * time.Minute,
		"-offline 0.3":                         30 * time.Minute,
		"-offline 30% -offline-for 3h -for 1m": 3 * time.Hour,
	} {
		o, err := parse(strings.Fields(args), io.Discard)
		if err != nil || o.offline.String() != "30%" || o.offlineFor != want {
			t.Errorf("%s: %v offline for %v, %v", args, &o.offline, o.offlineFor, err)
		}
	}
}
