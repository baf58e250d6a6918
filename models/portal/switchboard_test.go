package portal

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"mooring/models"
)

func TestMoreThanCanWaitIsTurnedAwayAtOnceAndLaterTaken(t *testing.T) {
	var stuck sync.WaitGroup
	stuck.Add(1)
	s := newSwitchboard(func(context.Context, []call) error {
		stuck.Wait()
		return nil
	})
	defer s.close()
	ctx := context.Background()
	var waiting sync.WaitGroup
	fill := func(size int, until float64) {
		for range (waitingMax - relayedMax) / size {
			waiting.Go(func() {
				if err := s.put(ctx, make([]call, size)); err != nil {
					t.Error(err)
				}
			})
		}
		for deadline := time.Now().Add(10 * time.Second); s.load() < until; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("filled up to %v, want %v", s.load(), until)
			}
		}
	}
	fill(models.MaxRelayed, 0.5)
	if err := s.put(ctx, make([]call, 2)); !models.IsProblem(err, models.Throttled) {
		t.Errorf("a batch beyond what batches may fill was told %v", err)
	}
	fill(1, 1)
	began := time.Now()
	err := s.put(ctx, make([]call, 1))
	if p, ok := models.ProblemIn(err); !ok || p.Kind != models.Throttled || p.RetryAfter < 1 {
		t.Errorf("one more was told %v", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it was told so after %s", took)
	}
	stuck.Done()
	waiting.Wait()
	if err := s.put(ctx, make([]call, 1)); err != nil || s.load() != 0 {
		t.Errorf("afterwards: %v, load %v", err, s.load())
	}
}

func TestASwitchboardAnswersEverybodyBeforeItCloses(t *testing.T) {
	var mu sync.Mutex
	stored := 0
	s := newSwitchboard(func(_ context.Context, all []call) error {
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		stored += len(all)
		return nil
	})
	var all sync.WaitGroup
	acknowledged := make([]int, 50)
	for c := range acknowledged {
		all.Go(func() {
			for {
				if err := s.put(context.Background(), make([]call, 1)); err != nil {
					if !errors.Is(err, ErrClosing) {
						t.Error(err)
					}
					return
				}
				acknowledged[c]++
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	s.close()
	all.Wait()
	sum := 0
	for _, n := range acknowledged {
		sum += n
	}
	if sum == 0 || sum != stored {
		t.Errorf("%d were acknowledged, %d stored", sum, stored)
	}
}
