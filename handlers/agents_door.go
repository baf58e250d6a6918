package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/handlers/agents"
)

// agentsFirst answers agents before anything that is there for people: they come by the thousand, and
// bring no cookie that another site could use.
func (s *Site) agentsFirst(door http.Handler) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r, w := c.Request(), c.Response()
			if !strings.HasPrefix(r.URL.Path, agents.Prefix) {
				return next(c)
			}
			w.Header().Set(echo.HeaderXRequestID, randomText(12))
			if s.secure {
				w.Header().Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			defer s.tallied(c)
			door.ServeHTTP(w, r)
			return nil
		}
	}
}

// tallied ends the request of an agent. A line a minute says how many there were and how they were
// answered; an enrolment has a line of its own.
func (s *Site) tallied(c echo.Context) {
	r, w := c.Request(), c.Response()
	id := w.Header().Get(echo.HeaderXRequestID)
	if broke := recover(); broke != nil {
		if err, ok := broke.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(broke)
		}
		s.log.Error("panic", "error", fmt.Sprint(broke), "stack", string(debug.Stack()), "request", id)
		if !w.Committed {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}
	if r.URL.Path == agents.Prefix+"enrol" {
		s.log.Info("request", "method", r.Method, "path", r.URL.Path, "status", w.Status, "request", id, "address", c.RealIP())
		return
	}
	if line := s.tally.add(w.Status, s.real()); line != nil {
		s.log.Info("agents", line...)
	}
}

// tally counts answers by their status.
type tally struct {
	mu    sync.Mutex
	began time.Time
	by    map[int]int
}

// add counts one answer, and gives what was counted once a minute.
func (t *tally) add(status int, now time.Time) (line []any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.by == nil {
		t.began, t.by = now, map[int]int{}
	}
	t.by[status]++
	if now.Sub(t.began) < time.Minute {
		return nil
	}
	for status, n := range t.by {
		line = append(line, fmt.Sprint(status), n)
	}
	line = append(line, "seconds", int(now.Sub(t.began).Seconds()))
	t.began, t.by = now, map[int]int{}
	return line
}
