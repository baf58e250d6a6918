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
	// A batch is closed when it was open for so long, or when nothing has come for a pause: agents that
	// have all been answered have nothing to wait for. While the database is at work it stays open.
	gatherFor = 20 * time.Millisecond
	pauseFor  = 2 * time.Millisecond
	gatherMax = 5000
	// underWay is how many batches are stored at once: while one waits for the disk, another is judged.
	underWay = 2
	// waitingMax bounds what may wait: past it a check-in is turned away at once.
	waitingMax = 20_000
	// relayedMax is past what batches are turned away, so that agents that come by themselves find room.
	relayedMax = waitingMax / 2
	hearFor    = 10 * time.Second
)

// ErrClosing says that the portal is shutting down and takes nothing more; another one may.
var ErrClosing = errors.New("portal: closing")

// caller is who waits for some check-ins, one or a relay's many.
type caller struct {
	calls []call
	done  chan error
}

// switchboard gathers check-ins from many requests into few batches.
type switchboard struct {
	hear    func(context.Context, []call) error
	waiting chan caller
	free    chan struct{} // one for each batch that may be under way
	held    atomic.Int64  // check-ins that wait
	mu      sync.RWMutex
	closed  bool
	ended   sync.WaitGroup
}

func newSwitchboard(hear func(context.Context, []call) error) *switchboard {
	s := &switchboard{hear: hear, waiting: make(chan caller, waitingMax), free: make(chan struct{}, underWay)}
	for range underWay {
		s.free <- struct{}{}
	}
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
		return ErrClosing
	}
	n, most := int64(len(c.calls)), int64(waitingMax)
	if n > 1 {
		most = relayedMax
	}
	if s.held.Add(n) > most {
		s.held.Add(-n)
		return tooMany()
	}
	s.waiting <- c
	return nil
}

func tooMany() error {
	return &models.Problem{Kind: models.Throttled, Message: "Too many check-ins at once.", RetryAfter: 5}
}

// load is how full the queue is, from 0 to 1.
func (s *switchboard) load() float64 { return float64(s.held.Load()) / waitingMax }

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
		b := s.fill(first)
		s.ended.Go(func() {
			s.serve(b)
			s.free <- struct{}{}
		})
	}
}

// batch is check-ins that are stored together.
type batch struct {
	callers []caller
	calls   []call
}

func (b *batch) add(c caller) {
	b.callers, b.calls = append(b.callers, c), append(b.calls, c.calls...)
}

func (s *switchboard) serve(b batch) {
	ctx, cancel := context.WithTimeout(context.Background(), hearFor)
	defer cancel()
	err := s.hear(ctx, b.calls)
	s.held.Add(-int64(len(b.calls)))
	for _, c := range b.callers {
		c.done <- err
	}
}

// fill takes what arrives until the batch is closed and its turn has come.
func (s *switchboard) fill(first caller) (b batch) {
	b.add(first)
	open, pause := time.NewTimer(gatherFor), time.NewTimer(pauseFor)
	defer open.Stop()
	defer pause.Stop()
	var turn <-chan struct{} // nil while the batch gathers
	for waiting := s.waiting; ; {
		if len(b.calls) >= gatherMax {
			turn, waiting = s.free, nil
		}
		select {
		case c, ok := <-waiting:
			if !ok {
				turn, waiting = s.free, nil
				continue
			}
			b.add(c)
			pause.Reset(pauseFor)
		case <-open.C:
			turn = s.free
		case <-pause.C:
			turn = s.free
		case <-turn:
			return b
		}
	}
}
