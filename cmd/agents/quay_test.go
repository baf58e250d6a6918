package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// quay is a small portal of one file that keeps to the contract, and on which a test can do what people
// and bad networks do.
type quay struct {
	t   testing.TB
	url string

	mu     sync.Mutex
	agents []*moored
	loses  float64         // this share of the answers never arrives
	times  map[string]bool // of day, that agents told
	seen
}

// seen is what the quay saw of a fleet.
type seen struct {
	asked, counted  int // messages, and those of them that were not repeats
	largest         int // batch
	devices, clocks int
}

// moored is an agent as the portal knows it.
type moored struct {
	id, device, account, token string
	next, to                   string // the token that it was told, and the account if it moves
	last                       int64
	released, renewed          bool
	moves                      int
}

func newQuay(t testing.TB) *quay {
	q := &quay{t: t, times: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /agents/v1/enrol", q.enrol)
	mux.HandleFunc("POST /agents/v1/check-in", q.checkIn)
	mux.HandleFunc("POST /agents/v1/check-ins", q.checkIns)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	q.url = server.URL
	return q
}

func (q *quay) options(n int) options {
	return options{
		portal: q.url, key: "EK-1", n: n, every: 30 * time.Millisecond, state: filepath.Join(q.t.TempDir(), "agents.json"),
		concurrency: 16, firstWait: 5 * time.Millisecond, report: reportJSON, reportWithin: 20 * time.Second,
	}
}

// read takes a message as strictly as the contract says.
func (q *quay) read(r *http.Request, limit int64, into any) {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil || r.Header.Get("Content-Type") != "application/json" || r.ContentLength > limit {
		q.t.Errorf("%s had a message of %d bytes that it may not have: %v", r.URL.Path, r.ContentLength, err)
	}
}

func (q *quay) write(w http.ResponseWriter, status int, said any) {
	if rand.Float64() < q.loses {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(said)
}

func (q *quay) enrol(w http.ResponseWriter, r *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var e enrolment
	q.read(r, 16<<10, &e)
	m := q.find(func(m *moored) bool { return m.device == e.DeviceID })
	if m == nil {
		m = &moored{id: fmt.Sprintf("G-%d", len(q.agents)+1), device: e.DeviceID, account: "A-1"}
		q.agents = append(q.agents, m)
		q.devices++
	}
	m.token, m.next, m.to, m.released = q.token(), "", "", false
	q.write(w, http.StatusOK, enrolled{m.id, m.account, m.token, 600})
}

func (q *quay) token() string { return fmt.Sprintf("mrg_agt_%043d", rand.Int64()) }

func (q *quay) checkIn(w http.ResponseWriter, r *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	m := message{Token: strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")}
	q.read(r, 16<<10, &m.checkIn)
	said := q.sighted(m)
	if status := said["status"]; status != nil {
		q.write(w, status.(int), said)
		return
	}
	q.write(w, http.StatusOK, said)
}

func (q *quay) checkIns(w http.ResponseWriter, r *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var batch struct {
		Agents []message `json:"agents"`
	}
	q.read(r, 1<<20, &batch)
	q.largest = max(q.largest, len(batch.Agents))
	var answers []any
	for _, m := range batch.Agents {
		answers = append(answers, q.sighted(m))
	}
	q.write(w, http.StatusOK, map[string]any{"now": time.Now().Format(time.RFC3339), "answers": answers})
}

// sighted is what one check-in comes to.
func (q *quay) sighted(c message) map[string]any {
	q.asked++
	q.times[c.Clock] = true
	q.clocks = len(q.times)
	m := q.find(func(m *moored) bool { return c.Token != "" && (m.token == c.Token || m.next == c.Token) })
	switch {
	case m == nil:
		return map[string]any{"status": 401, "code": "unknown", "detail": "This token is not known here."}
	case m.released:
		return map[string]any{"status": 403, "code": "agent-released", "detail": "The seat was taken back."}
	case c.Token == m.next:
		if m.to != "" {
			m.account = m.to
			m.moves++
		}
		m.token, m.next, m.to, m.renewed = m.next, "", "", true
	}
	if c.Sequence > m.last {
		m.last = c.Sequence
		q.counted++
	}
	said := map[string]any{"account_id": m.account, "every_seconds": 600, "now": time.Now().Format(time.RFC3339), "something_new": true}
	switch {
	case m.to != "":
		said["move"] = promise{m.next, m.to}
	case m.next != "":
		said["renew"] = map[string]string{"token": m.next}
	}
	return said
}

func (q *quay) find(is func(*moored) bool) *moored {
	for _, m := range q.agents {
		if is(m) {
			return m
		}
	}
	return nil
}

func (q *quay) saw() seen {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.seen
}

// loseAnswers has this share of them never arrive.
func (q *quay) loseAnswers(share float64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.loses = share
}

// each changes all agents.
func (q *quay) each(change func(*moored)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range q.agents {
		change(m)
	}
}

func (q *quay) moveAll(to string) {
	q.each(func(m *moored) { m.next, m.to = q.token(), to })
}

// all says whether something holds for as many agents as there should be.
func (q *quay) all(n int, holds func(*moored) bool) func() bool {
	return func() bool {
		q.mu.Lock()
		defer q.mu.Unlock()
		for _, m := range q.agents {
			if !holds(m) {
				return false
			}
		}
		return len(q.agents) == n
	}
}

func checkedInOnce(m *moored) bool { return m.last > 0 }
