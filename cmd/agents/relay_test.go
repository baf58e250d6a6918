package main

import (
	"net/http"
	"strings"
	"testing"
)

func TestARelaySpeaksForManyAndHandsTheAnswersOn(t *testing.T) {
	q := newQuay(t)
	o := q.options(50)
	o.relay, o.duplicate = 20, 0.2
	goOut(t, o, "all have checked in", q.all(50, checkedInOnce))
	if n := q.saw().largest; n < 2 || n > 20 {
		t.Errorf("the largest batch had %d", n)
	}
	first := true
	q.each(func(m *moored) {
		m.next, m.to = q.token(), "A-2"
		if first { // whose token is void, and who is not to move
			first, m.token, m.next, m.to = false, q.token(), "", ""
		}
	})
	out := goOut(t, o, "all but one are in the other account", func() bool {
		n := 0
		q.each(func(m *moored) {
			if in("A-2")(m) {
				n++
			}
		})
		return n == 49
	})
	if r := reportIn(t, out); r.Reporting != 50 || r.Moved != 49 || r.Lost+r.Doubled != 0 || !r.add() {
		t.Errorf("%+v", r)
	}
	if n := q.saw().devices; n != 50 {
		t.Errorf("%d agents", n)
	}
}

func TestABatchThatIsRefusedOrAnsweredShortIsRefusedToEach(t *testing.T) {
	answers := 0
	m := &moody{fail: func(n int, w http.ResponseWriter) bool {
		switch {
		case n <= 3: // enrolments
			return false
		case n == 4:
			w.WriteHeader(http.StatusServiceUnavailable)
		case n == 5:
			_, _ = w.Write([]byte(`{"answers":[]}`))
		default:
			_, _ = w.Write([]byte(`{"answers":[` + strings.Repeat(`{"account_id":"A-1"},`, 2) + `{"account_id":"A-1"}]}`))
			answers++
		}
		return true
	}}
	o, url := options{}, serve(t, m)
	o = m.options(t, url)
	o.n, o.relay, o.concurrency, o.report = 3, 3, 1, reportNone
	out := goOut(t, o, "it was asked again", func() bool { m.mu.Lock(); defer m.mu.Unlock(); return answers > 3 })
	if !strings.Contains(out, "had 0 answers") && !strings.Contains(out, "failed") {
		t.Errorf("it said:\n%s", out)
	}
}
