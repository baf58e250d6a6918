package handlers_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mooring/handlers"
	"mooring/handlers/browser"
	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// streaming is a site behind a real server, with the short patience that the portal's server has.
func streaming(t *testing.T, w *portaltest.World) (*handlers.Site, *httptest.Server) {
	t.Helper()
	return streamingAtMost(t, w, 0)
}

func streamingAtMost(t *testing.T, w *portaltest.World, most int) (*handlers.Site, *httptest.Server) {
	t.Helper()
	site := handlers.New(handlers.Options{Portal: w.Portal, Keys: w.Keys, Real: time.Now, FollowEvery: 20 * time.Millisecond, FollowMost: most})
	server := httptest.NewUnstartedServer(site.Handler())
	server.Config.ReadTimeout, server.Config.WriteTimeout = 400*time.Millisecond, 400*time.Millisecond
	server.Config.RegisterOnShutdown(site.EndStreams)
	server.Start()
	t.Cleanup(server.Close)
	return site, server
}

// follows opens the stream of a carry as somebody who signed in.
func follows(t *testing.T, server *httptest.Server, p *browser.Person, carry string) *http.Response {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+link.CarryEvents(carry), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.Cookies() {
		r.AddCookie(c)
	}
	answer, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

// hears reads a stream up to a line that says something, and gives it.
func hears(t *testing.T, in *bufio.Reader, words string) string {
	t.Helper()
	for {
		line, err := in.ReadString('\n')
		if strings.Contains(line, words) {
			return line
		}
		if err != nil {
			t.Fatalf("the stream ended (%v) before it said %q", err, words)
		}
	}
}

func TestAStreamTellsTheNumbersUntilNobodyIsWaitedFor(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	handler := site.Handler()
	maya := signIn(t, handler, demo.Maya)
	maya.Opens(link.CarryAgentsTo(demo.ArrivingAccount, demo.LeavingAccount) + "&agent=G-207910001")
	maya.Presses("Carry the agents over")
	answer := follows(t, server, maya, "CR-70001")
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "text/event-stream; charset=utf-8" {
		t.Fatalf("%d %s", answer.StatusCode, kind)
	}
	in := bufio.NewReader(answer.Body)
	hears(t, in, "event: carry-numbers")
	hears(t, in, "0 of 1 agent has moved to A-20791. 1 is waited for")
	time.Sleep(time.Second) // longer than a page may take
	agent := devices(handler, demo.LeavingAccount, 1)[0]
	agent.checksIn(t)
	hears(t, in, "1 knows")
	agent.checksIn(t)
	hears(t, in, "1 of 1 agent has moved to A-20791.")
	hears(t, in, "event: done")
	if rest, err := in.ReadString(0); err == nil || strings.Contains(rest, "event: carry-numbers") {
		t.Errorf("the stream goes on: %q, %v", rest, err)
	}
}

func TestAStreamDoesNotKeepAPortalFromStopping(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	maya := signIn(t, site.Handler(), demo.Maya)
	in := bufio.NewReader(follows(t, server, maya, demo.CarryUnderWay).Body)
	hears(t, in, "29 of 48 agents have moved")
	stop, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Config.Shutdown(stop); err != nil {
		t.Errorf("stopping: %v", err)
	}
}

func TestOneUserHasAFewStreams(t *testing.T) {
	w := portaltest.New(t)
	site, server := streamingAtMost(t, w, 9)
	maya, elsewhere := signIn(t, site.Handler(), demo.Maya), signIn(t, site.Handler(), demo.Maya)
	wants := func(p *browser.Person, carry string, status int) {
		t.Helper()
		if answer := follows(t, server, p, carry); answer.StatusCode != status {
			t.Fatalf("a stream is answered %d, not %d", answer.StatusCode, status)
		}
	}
	for range 4 {
		wants(maya, demo.CarryUnderWay, http.StatusOK)
		wants(elsewhere, demo.CarryUnderWay, http.StatusOK)
	}
	wants(elsewhere, demo.CarryUnderWay, http.StatusTooManyRequests)
	wants(maya, demo.CarryUnderWay, http.StatusTooManyRequests)
	wants(maya, "CR-00000", http.StatusTooManyRequests) // before anything is looked for
	ines := signIn(t, site.Handler(), demo.Ines)
	wants(ines, demo.CarryUnderWay, http.StatusOK)
	wants(ines, demo.CarryUnderWay, http.StatusTooManyRequests) // nine in all
}

// ends reads a stream to its end and fails unless it told the browser to load the page anew.
func ends(t *testing.T, in *bufio.Reader, within time.Duration) {
	t.Helper()
	began := time.Now()
	rest, err := io.ReadAll(in)
	if took := time.Since(began); err != nil || took > within {
		t.Errorf("the stream ended after %s: %v", took, err)
	}
	if !strings.HasSuffix(string(rest), "event: done\ndata: done\n\n") {
		t.Errorf("the browser is not told to load the page anew: %q", rest)
	}
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	maya := signIn(t, site.Handler(), demo.Maya)
	in := bufio.NewReader(follows(t, server, maya, demo.CarryUnderWay).Body)
	hears(t, in, "29 of 48 agents have moved")
	maya.Opens(link.Home())
	maya.Presses("Sign out")
	ends(t, in, 5*time.Second)
}

func TestAStreamDoesNotKeepASessionInUse(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	in := bufio.NewReader(follows(t, server, signIn(t, site.Handler(), demo.Maya), demo.CarryUnderWay).Body)
	hears(t, in, "29 of 48 agents have moved")
	for range 8 {
		w.Pass(models.SessionIdle(models.RoleLicenceManager) / 7)
		time.Sleep(100 * time.Millisecond)
	}
	ends(t, in, 5*time.Second)
}

func TestEveryNumberOfAStreamIsOfOneMoment(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	handler := site.Handler()
	maya := signIn(t, handler, demo.Maya)
	in := bufio.NewReader(follows(t, server, maya, demo.CarryUnderWay).Body)
	hears(t, in, "event: details")
	agent := goer(t, w, handler)
	agent.checksIn(t)
	agent.checksIn(t)
	hears(t, in, "30 of 48 agents have moved")
	hears(t, in, "event: carry-missing")
	if line := hears(t, in, "Who is missing"); !strings.Contains(line, ">18<") {
		t.Errorf("18 are missing, and the list says %s", line)
	}
	if line := hears(t, in, "18 of 50 seats in use"); !strings.Contains(line, "30 of 60 seats in use") {
		t.Errorf("30 agents have moved, and beside them it says %s", line)
	}
}

// goer is an agent of the carry under way that is still where it was.
func goer(t *testing.T, w *portaltest.World, site http.Handler) *device {
	t.Helper()
	who := w.Actor(t, demo.Maya)
	page, err := w.ListMissing(context.Background(), who, demo.CarryUnderWay, "")
	if err != nil {
		t.Fatal(err)
	}
	return &device{site: site, token: portaltest.AgentToken(page.Missing[0].AgentID), sequence: 1_000_000}
}

func TestAStrangersStreamIsNotThere(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	stranger := signIn(t, site.Handler(), demo.Noor)
	if answer := follows(t, server, stranger, demo.CarryUnderWay); answer.StatusCode != http.StatusNotFound {
		t.Errorf("answered %d", answer.StatusCode)
	}
}
