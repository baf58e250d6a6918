package main

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"mooring/handlers/agents"
	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// harbour is the portal itself, on the demo world, listening.
type harbour struct {
	*portaltest.World
	url   string
	loses *atomic.Bool // a fifth of the answers
}

func open(t *testing.T, w *portaltest.World) harbour {
	t.Helper()
	p := portal.New(portal.Options{
		Store: w.Store, Clock: w.Clock, Real: time.Now, Keys: w.Keys,
		Agents: portal.AgentRules{CheckInEvery: time.Millisecond, CheckInBurst: 1000},
	})
	t.Cleanup(p.Close)
	h := harbour{World: w, loses: &atomic.Bool{}}
	door := agents.Handler(agents.Options{
		Portal: p, Address: func(r *http.Request) string { return r.RemoteAddr }, Real: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	h.url = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said := httptest.NewRecorder()
		door.ServeHTTP(said, r)
		if h.loses.Load() && rand.N(5) == 0 {
			panic(http.ErrAbortHandler)
		}
		maps.Copy(w.Header(), said.Header())
		w.WriteHeader(said.Code)
		_, _ = w.Write(said.Body.Bytes())
	}))
	return h
}

func (h harbour) counts(t testing.TB) (c models.AgentCounts) {
	t.Helper()
	err := h.Store.Look(context.Background(), models.Operator(), h.Clock(), func(v *store.View) (err error) {
		c, err = v.AgentCounts(demo.BramleyAccount)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func keyOf(t testing.TB, account string) string {
	t.Helper()
	for _, a := range demo.At(demo.Now).Accounts {
		if a.ID == account {
			return a.EnrolmentKey
		}
	}
	t.Fatal("there is no account ", account)
	return ""
}

func (h harbour) options(t testing.TB, n int) options {
	return options{
		portal: h.url, key: keyOf(t, demo.BramleyAccount), n: n, every: 100 * time.Millisecond,
		state: filepath.Join(t.TempDir(), "agents.json"), concurrency: 8, firstWait: 20 * time.Millisecond,
		reportWithin: 10 * time.Second,
	}
}

// goOut has a fleet report until something holds, and gives what it printed.
func goOut(t testing.TB, o options, what string, holds func() bool) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var out bytes.Buffer
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, o, &out, &out) }()
	eventually(t, what, holds)
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came to this: ", what)
		}
	}
}
