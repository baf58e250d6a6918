package portal

import (
	"context"
	"errors"
	"sync"
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
	storeFor   = 10 * time.Second
)

var errClosing = errors.New("portal: closing")

type checkIn struct {
	sighting models.Sighting
	done     chan<- error
}

// sightings gathers check-ins from many requests into few transactions.
type sightings struct {
	store   func(context.Context, []models.Sighting) error
	waiting chan checkIn
	mu      sync.RWMutex
	closed  bool
	ended   sync.WaitGroup
}

func gather(store func(context.Context, []models.Sighting) error) *sightings {
	s := &sightings{store: store, waiting: make(chan checkIn, waitingMax)}
	s.ended.Go(s.run)
	return s
}

// add waits until the check-in is stored.
func (s *sightings) add(ctx context.Context, sighting models.Sighting) error {
	done := make(chan error, 1)
	if err := s.queue(checkIn{sighting, done}); err != nil {
		return err
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *sightings) queue(c checkIn) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return errClosing
	}
	select {
	case s.waiting <- c:
		return nil
	default:
		return &models.Problem{Kind: models.Throttled, Message: "Too many check-ins at once.", RetryAfter: 5}
	}
}

func (s *sightings) close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.waiting)
	}
	s.mu.Unlock()
	s.ended.Wait()
}

func (s *sightings) run() {
	for first := range s.waiting {
		batch := s.fill(first)
		rows := make([]models.Sighting, len(batch))
		for i, c := range batch {
			rows[i] = c.sighting
		}
		ctx, cancel := context.WithTimeout(context.Background(), storeFor)
		err := s.store(ctx, rows)
		cancel()
		for _, c := range batch {
			c.done <- err
		}
	}
}

// fill takes what arrives within the gathering time.
func (s *sightings) fill(first checkIn) []checkIn {
	batch := []checkIn{first}
	timer := time.NewTimer(gatherFor)
	defer timer.Stop()
	for len(batch) < gatherMax {
		select {
		case c, ok := <-s.waiting:
			if !ok {
				return batch
			}
			batch = append(batch, c)
		case <-timer.C:
			return batch
		}
	}
	return batch
}
