package handlers_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mooring/handlers"
	"mooring/handlers/browser"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// streaming is a site behind a real server, with the short patience that the portal's server has.
func streaming(t *testing.T, w *portaltest.World) (*handlers.Site, *httptest.Server) {
	t.Helper()
	site := handlers.New(handlers.Options{Portal: w.Portal, Keys: w.Keys, Real: time.Now, FollowEvery: 20 * time.Millisecond})
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

// hears reads a stream up to a line that says something.
func hears(t *testing.T, in *bufio.Reader, words string) {
	t.Helper()
	for {
		line, err := in.ReadString('\n')
		if strings.Contains(line, words) {
			return
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
	hears(t, in, "event: numbers")
	hears(t, in, "0 of 1 agent has moved to A-20791. 1 is waited for")
	time.Sleep(time.Second) // longer than a page may take
	agent := devices(handler, demo.LeavingAccount, 1)[0]
	agent.checksIn(t)
	hears(t, in, "1 knows")
	agent.checksIn(t)
	hears(t, in, "1 of 1 agent has moved to A-20791.")
	hears(t, in, "event: done")
	if rest, err := in.ReadString(0); err == nil || strings.Contains(rest, "event: numbers") {
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
	site, server := streaming(t, w)
	maya := signIn(t, site.Handler(), demo.Maya)
	for range 4 {
		if answer := follows(t, server, maya, demo.CarryUnderWay); answer.StatusCode != http.StatusOK {
			t.Fatalf("a stream is answered %d", answer.StatusCode)
		}
	}
	if answer := follows(t, server, maya, demo.CarryUnderWay); answer.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the fifth is answered %d", answer.StatusCode)
	}
	ines := signIn(t, site.Handler(), demo.Ines)
	if answer := follows(t, server, ines, demo.CarryUnderWay); answer.StatusCode != http.StatusOK {
		t.Errorf("another user is answered %d", answer.StatusCode)
	}
}

func TestAStrangersStreamIsNotThere(t *testing.T) {
	w := portaltest.New(t)
	site, server := streaming(t, w)
	stranger := signIn(t, site.Handler(), demo.Noor)
	if answer := follows(t, server, stranger, demo.CarryUnderWay); answer.StatusCode != http.StatusNotFound {
		t.Errorf("answered %d", answer.StatusCode)
	}
}
