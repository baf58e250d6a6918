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
	s := newSwitchboard(checkInExchange, func(context.Context, []call) error {
		stuck.Wait()
		return nil
	})
	defer s.close()
	ctx := context.Background()
	var waiting sync.WaitGroup
	fill := func(size int, until float64) {
		for range (checkInExchange.most - checkInExchange.relayed) / size {
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
	s := newSwitchboard(checkInExchange, func(_ context.Context, all []call) error {
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

func TestMadeUpTokensFillALittleOfTheQueueOnly(t *testing.T) {
	var stuck sync.WaitGroup
	stuck.Add(1)
	s := newSwitchboard(checkInExchange, func(context.Context, []call) error {
		stuck.Wait()
		return nil
	})
	defer s.close()
	doubtful := make([]call, checkInExchange.doubtful)
	for i := range doubtful {
		doubtful[i].doubtful = true
	}
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if err := s.put(context.Background(), doubtful); err != nil {
			t.Error(err)
		}
	})
	for deadline := time.Now().Add(10 * time.Second); s.load() == 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if err := s.put(context.Background(), []call{{doubtful: true}}); !models.IsProblem(err, models.Throttled) {
		t.Errorf("one more of them was told %v", err)
	}
	waiting.Go(func() {
		if err := s.put(context.Background(), make([]call, models.MaxRelayed)); err != nil {
			t.Errorf("a relay was told %v", err)
		}
	})
	for deadline := time.Now().Add(10 * time.Second); s.held.Load() < int64(len(doubtful)+models.MaxRelayed); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a relay found no room beside them")
		}
	}
	stuck.Done()
	waiting.Wait()
	if err := s.put(context.Background(), []call{{doubtful: true}}); err != nil || s.load() != 0 || s.doubts.Load() != 0 {
		t.Errorf("afterwards: %v, load %v, %d doubtful", err, s.load(), s.doubts.Load())
	}
}

func TestABatchThatPanicsIsAnErrorOfItsOwn(t *testing.T) {
	s := newSwitchboard(checkInExchange, func(_ context.Context, batch []call) error {
		if batch[0].hash == "bad" {
			panic("choked")
		}
		return nil
	})
	defer s.close()
	if err := s.put(context.Background(), []call{{hash: "bad"}}); !errors.Is(err, errPanicked) {
		t.Errorf("it was told %v", err)
	}
	if err := s.put(context.Background(), []call{{hash: "good"}}); err != nil || s.load() != 0 {
		t.Errorf("the next one was told %v, load %v", err, s.load())
	}
}

func TestOneWhoseAnswerComesFromAnotherSwitchboardKeepsItsRelayWaiting(t *testing.T) {
	gone := make(chan struct{})
	var second *switchboard
	first := newSwitchboard(checkInExchange, func(_ context.Context, batch []call) error {
		batch[1].passedOn = true
		if err := second.queue([]call{batch[1]}); err != nil {
			t.Error(err)
		}
		return nil
	})
	second = newSwitchboard(moveExchange, func(_ context.Context, batch []call) error {
		<-gone
		batch[0].answer.CheckedIn.AccountID = "there"
		return nil
	})
	var answers [2]models.CheckInAnswer
	ended := make(chan error)
	go func() { ended <- first.put(context.Background(), []call{{answer: &answers[0]}, {answer: &answers[1]}}) }()
	select {
	case err := <-ended:
		t.Fatalf("it was answered too early: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(gone)
	if err := <-ended; err != nil || answers[1].CheckedIn.AccountID != "there" {
		t.Errorf("answered %+v, %v", answers, err)
	}
	first.close()
	second.close()
}
