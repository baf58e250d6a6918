package portal

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
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
	hearFor   = 10 * time.Second
)

// exchange is what a switchboard takes.
type exchange struct {
	most     int // check-ins that may wait: past it one is turned away at once
	relayed  int // past it batches are turned away, so that agents that come by themselves find room
	doubtful int // of those whose token may have been made up
	batch    int // a batch is closed when it has so many
	underWay int // how many batches are worked on at once
}

var (
	// While one batch waits for the disk, another is judged.
	checkInExchange = exchange{most: 20_000, relayed: 10_000, doubtful: 1000, batch: 5000, underWay: 2}
	// A carry's moves wait for each other anyhow.
	moveExchange = exchange{most: 5000, relayed: 5000, doubtful: 5000, batch: 1000, underWay: 1}
)

// ErrClosing says that the portal is shutting down and takes nothing more; another one may.
var ErrClosing = errors.New("portal: closing")

// call is one check-in on its way, and where its answer goes.
type call struct {
	hash      string
	sequence  int64
	skew      int64
	requestID string
	doubtful  bool
	answer    *models.CheckInAnswer
	caller    *caller
	heard     bool // nothing was to be decided, and it is stored
	passedOn  bool // to another switchboard, which answers it
}

// caller is who waits for some check-ins, one or a relay's many.
type caller struct {
	left  atomic.Int64 // how many are not answered
	fault atomic.Pointer[error]
	done  chan struct{}
}

// answered takes one of its check-ins off, with what was wrong for all of its batch.
func (c *caller) answered(err error) {
	if err != nil {
		c.fault.CompareAndSwap(nil, &err)
	}
	if c.left.Add(-1) == 0 {
		close(c.done)
	}
}

// switchboard gathers check-ins from many requests into few batches.
type switchboard struct {
	exchange
	hear    func(context.Context, []call) error
	waiting chan []call
	free    chan struct{} // one for each batch that may be under way
	held    atomic.Int64  // check-ins that wait
	doubts  atomic.Int64  // those among them whose token may have been made up
	mu      sync.RWMutex
	closed  bool
	ended   sync.WaitGroup
}

func newSwitchboard(e exchange, hear func(context.Context, []call) error) *switchboard {
	s := &switchboard{exchange: e, hear: hear, waiting: make(chan []call, e.most), free: make(chan struct{}, e.underWay)}
	for range e.underWay {
		s.free <- struct{}{}
	}
	s.ended.Go(s.run)
	return s
}

// put waits until the check-ins are stored and their answers are there.
func (s *switchboard) put(ctx context.Context, calls []call) error {
	c := caller{done: make(chan struct{})}
	c.left.Store(int64(len(calls)))
	for i := range calls {
		calls[i].caller = &c
	}
	if err := s.queue(calls); err != nil {
		return err
	}
	select {
	case <-c.done:
		if err := c.fault.Load(); err != nil {
			return *err
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// queue takes check-ins or turns them all away. They are doubtful together or not at all.
func (s *switchboard) queue(calls []call) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return ErrClosing
	}
	n, most := int64(len(calls)), int64(s.most)
	if n > 1 {
		most = int64(s.relayed)
	}
	if s.held.Add(n) > most {
		s.held.Add(-n)
		return tooMany()
	}
	if calls[0].doubtful && s.doubts.Add(n) > int64(s.doubtful) {
		s.doubts.Add(-n)
		s.held.Add(-n)
		return tooMany()
	}
	for i := range calls {
		calls[i].passedOn = false
	}
	s.waiting <- calls
	return nil
}

func tooMany() error {
	return &models.Problem{Kind: models.Throttled, Message: "Too many check-ins at once.", RetryAfter: 5}
}

// load is how full the queue is, from 0 to 1.
func (s *switchboard) load() float64 { return float64(s.held.Load()) / float64(s.most) }

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
		batch := s.fill(first)
		s.ended.Go(func() {
			s.serve(batch)
			s.free <- struct{}{}
		})
	}
}

func (s *switchboard) serve(batch []call) {
	ctx, cancel := context.WithTimeout(context.Background(), hearFor)
	defer cancel()
	err := guarded(func() error { return s.hear(ctx, batch) })
	var doubts int64
	for _, c := range batch {
		if c.doubtful {
			doubts++
		}
	}
	s.doubts.Add(-doubts)
	s.held.Add(-int64(len(batch)))
	for _, c := range batch {
		switch {
		case c.passedOn:
		case c.heard: // whatever became of the others
			c.caller.answered(nil)
		default:
			c.caller.answered(err)
		}
	}
}

// errPanicked is what everybody is told of a batch that the portal has choked on.
var errPanicked = errors.New("portal: panic in a batch of check-ins")

// guarded turns a panic into an error: one batch shall not end the portal.
func guarded(do func() error) (err error) {
	defer func() {
		if broke := recover(); broke != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanicked, broke, debug.Stack())
		}
	}()
	return do()
}

// fill takes what arrives until the batch is closed and its turn has come.
func (s *switchboard) fill(first []call) []call {
	batch := first
	open, pause := time.NewTimer(gatherFor), time.NewTimer(pauseFor)
	defer open.Stop()
	defer pause.Stop()
	var turn <-chan struct{} // nil while the batch gathers
	for waiting := s.waiting; ; {
		if len(batch) >= s.batch {
			turn, waiting = s.free, nil
		}
		select {
		case calls, ok := <-waiting:
			if !ok {
				turn, waiting = s.free, nil
				continue
			}
			batch = append(batch, calls...)
			pause.Reset(pauseFor)
		case <-open.C:
			turn = s.free
		case <-pause.C:
			turn = s.free
		case <-turn:
			return batch
		}
	}
}
