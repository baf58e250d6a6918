package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func serve(t testing.TB, h http.Handler) (url string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// once has every agent check in once, and gives how it ended.
func once(t testing.TB, o options) (printed string, err error) {
	t.Helper()
	o.once = true
	var out bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	err = run(ctx, o, &out, io.Discard)
	return out.String(), err
}

func TestTheReportSaysWhoWasLost(t *testing.T) {
	q := newQuay(t)
	o := q.options(5)
	if out, err := once(t, o); err != nil || reportIn(t, out).Reporting != 5 {
		t.Fatalf("%v\n%s", err, out)
	}
	q.mu.Lock()
	forgotten := q.agents[2]
	q.agents[2] = &moored{id: "G-99", device: "somebody else", account: "A-1"}
	q.mu.Unlock()
	out, err := once(t, o)
	r := reportIn(t, out)
	if !errors.Is(err, errAstray) || r.Lost != 1 || r.Reporting != 4 || !r.add() || !strings.Contains(out, `"state":"lost","note":"was `+forgotten.id) {
		t.Errorf("%v\n%s", err, out)
	}

	o.report = reportTable
	out, err = once(t, o) // it stays lost
	if !errors.Is(err, errAstray) || !strings.Contains(out, "\n5 agents = 4 reporting + 0 moving") || !strings.Contains(out, " + 1 lost\n") {
		t.Errorf("%v\n%s", err, out)
	}
	c := fleetAt(t, q, o, io.Discard, "-once", "-n", "5")
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("it ended with %v", err)
	}
}

func TestTheReportSaysWhoIsDoubled(t *testing.T) {
	q := newQuay(t)
	o := q.options(4)
	if _, err := once(t, o); err != nil {
		t.Fatal(err)
	}
	book := reopen(t, o)
	twin := book.look(book.Agents[0])
	if err := book.put(book.Agents[1], twin); err != nil {
		t.Fatal(err)
	}
	book.close()
	q.mu.Lock() // and one comes back from its release as another
	m := q.find(func(m *moored) bool { return m.device == book.Agents[3].DeviceID })
	m.released, m.device = true, "somebody else"
	q.mu.Unlock()
	out, err := once(t, o)
	if r := reportIn(t, out); !errors.Is(err, errAstray) || r.Doubled != 3 || !r.add() {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestTheReportSaysWhoIsElsewhereMovingOrRefused(t *testing.T) {
	q := newQuay(t)
	o := q.options(6)
	if _, err := once(t, o); err != nil {
		t.Fatal(err)
	}
	f := newFleet(o, reopen(t, o))
	q.mu.Lock()
	q.agents[0].account = "A-9"
	q.agents[1].next, q.agents[1].to = q.token(), "A-2"
	q.agents[2].released = true
	q.agents[3].next = q.token()
	q.mu.Unlock()
	r := f.conservation(context.Background())
	got := r.totals()
	if got.Elsewhere != 1 || got.Moving != 1 || got.Released != 1 || got.Reporting != 3 || !got.add() || !r.holds() {
		t.Errorf("%+v", got)
	}
	f.ledger.close()
}

func TestAPortalThatIsGoneMakesNobodyLost(t *testing.T) {
	q := newQuay(t)
	o := q.options(3)
	if _, err := once(t, o); err != nil {
		t.Fatal(err)
	}
	book := reopen(t, o)
	book.Portal = serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	if err := book.save(); err != nil {
		t.Fatal(err)
	}
	o.portal, o.n, o.reportWithin = book.Portal, 4, 100*time.Millisecond
	book.close()
	o.lasts = 50 * time.Millisecond
	out, err := once(t, o)
	if r := reportIn(t, out); err != nil || r.Unreachable != 3 || r.Unenrolled != 1 || r.Enrolled != 3 || !r.add() {
		t.Errorf("%v\n%s", err, out)
	}
}
