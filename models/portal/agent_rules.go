package portal

import (
	"maps"
	"sync"
	"time"

	"mooring/models"
)

// AgentRules say how often agents are asked to check in, and how much is taken from them. A zero field
// is its default.
type AgentRules struct {
	// Every is how often agents are asked to check in: ten minutes.
	Every time.Duration
	// EnrolmentsPerHour bounds the enrolments on one account: 10,000.
	EnrolmentsPerHour int
	// CheckInEvery is how often one agent may check in, after CheckInBurst at once: 1 second and 6.
	CheckInEvery time.Duration
	CheckInBurst int
}

// reports is what a portal applies to agents.
type reports struct {
	every      time.Duration
	enrolments *limiter
	checkIns   *limiter
}

func newReports(r AgentRules) reports {
	if r.Every == 0 {
		r.Every = 10 * time.Minute
	}
	if r.EnrolmentsPerHour == 0 {
		r.EnrolmentsPerHour = 10_000
	}
	if r.CheckInEvery == 0 {
		r.CheckInEvery = time.Second
	}
	if r.CheckInBurst == 0 {
		r.CheckInBurst = 6
	}
	return reports{
		every:      r.Every,
		enrolments: newLimiter(time.Hour/time.Duration(r.EnrolmentsPerHour), r.EnrolmentsPerHour),
		checkIns:   newLimiter(r.CheckInEvery, r.CheckInBurst),
	}
}

// limiter is a bucket of tokens for each key, in this portal's memory: burst at once, then one for
// every so long. It remembers of each key when its bucket will be full again; a full bucket is
// forgotten, so it holds no more keys than were busy of late.
type limiter struct {
	every time.Duration
	burst int

	mu    sync.Mutex
	full  map[string]time.Time
	sweep int // forget full buckets when there are this many
}

const sweepFrom = 1000

func newLimiter(every time.Duration, burst int) *limiter {
	return &limiter{every: every, burst: burst, full: map[string]time.Time{}, sweep: sweepFrom}
}

// admit takes one token, or says when there will be one.
func (l *limiter) admit(key string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.full[key]
	if full.Before(now) {
		full = now
	}
	full = full.Add(l.every)
	if wait := full.Sub(now) - l.every*time.Duration(l.burst); wait > 0 {
		return &models.Problem{
			Kind: models.Throttled, Message: "Too many requests. Wait a little and try again.",
			RetryAfter: int((wait + time.Second - 1) / time.Second),
		}
	}
	l.full[key] = full
	if len(l.full) >= l.sweep {
		maps.DeleteFunc(l.full, func(_ string, full time.Time) bool { return !full.After(now) })
		l.sweep = max(sweepFrom, 2*len(l.full))
	}
	return nil
}
