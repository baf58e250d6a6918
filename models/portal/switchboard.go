package portal

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"mooring/models"
)

// Check-ins wait for each other a moment and are stored together. Each is answered after the commit
// that holds it, so what was acknowledged is stored.
const (
	gatherFor = 20 * time.Millisecond
	gatherMax = 5000
	// waitingMax bounds what may wait: past it a check-in is turned away at once.
	waitingMax = 20_000
	hearFor    = 10 * time.Second
)

var errClosing = errors.New("portal: closing")

// caller is who waits for some check-ins, one or a relay's many.
type caller struct {
	calls []call
	done  chan error
}

// switchboard gathers check-ins from many requests into few batches.
type switchboard struct {
	hear    func(context.Context, []call) error
	waiting chan caller
	held    atomic.Int64 // check-ins that wait
	mu      sync.RWMutex
	closed  bool
	ended   sync.WaitGroup
}

func newSwitchboard(hear func(context.Context, []call) error) *switchboard {
	s := &switchboard{hear: hear, waiting: make(chan caller, waitingMax)}
	s.ended.Go(s.run)
	return s
}

// put waits until the check-ins are stored and their answers are there.
func (s *switchboard) put(ctx context.Context, calls []call) error {
	c := caller{calls, make(chan error, 1)}
	if err := s.queue(c); err != nil {
		return err
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *switchboard) queue(c caller) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return errClosing
	}
	n := int64(len(c.calls))
	if s.held.Add(n) > waitingMax {
		s.held.Add(-n)
		return &models.Problem{Kind: models.Throttled, Message: "Too many check-ins at once.", RetryAfter: 5}
	}
	s.waiting <- c
	return nil
}

func (s *switchboard) close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.waiting)
	}
	s.mu.Unlock()
	s.ended.Wait()
}

func (s *switchboard) run() {
	for first := range s.waiting {
		callers, calls := s.fill(first)
		ctx, cancel := context.WithTimeout(context.Background(), hearFor)
		err := s.hear(ctx, calls)
		cancel()
		s.held.Add(-int64(len(calls)))
		for _, c := range callers {
			c.done <- err
		}
	}
}

// fill takes what arrives within the gathering time.
func (s *switchboard) fill(first caller) (callers []caller, calls []call) {
	callers, calls = []caller{first}, append(calls, first.calls...)
	timer := time.NewTimer(gatherFor)
	defer timer.Stop()
	for len(calls) < gatherMax {
		select {
		case c, ok := <-s.waiting:
			if !ok {
				return callers, calls
			}
			callers, calls = append(callers, c), append(calls, c.calls...)
		case <-timer.C:
			return callers, calls
		}
	}
	return callers, calls
}
