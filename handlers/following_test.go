package handlers

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mooring/models"
)

// watched is a picture on a clock that the test moves; looking takes as long as it says.
func watched(takes time.Duration) (pass func(time.Duration), see func(version int), looked *atomic.Int64) {
	var mu sync.Mutex
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	pass = func(d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(d)
	}
	f := newFollowing(Options{FollowEvery: 2 * time.Second, FollowMost: 10, Real: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}})
	p, _ := f.picture("CR-1")
	looked = new(atomic.Int64)
	see = func(version int) {
		of := models.Carry{ID: "CR-1", Version: version}
		_, _ = p.see(context.Background(), of, func() (models.CarryProgress, error) {
			looked.Add(1)
			pass(takes)
			return models.CarryProgress{Carry: of}, nil
		})
	}
	return pass, see, looked
}

func TestStreamsOfACarryLookOnce(t *testing.T) {
	pass, see, looked := watched(0)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { see(1) })
	}
	all.Wait()
	if n := looked.Load(); n != 1 {
		t.Errorf("50 streams looked %d times", n)
	}
	pass(2 * time.Second)
	see(1)
	if n := looked.Load(); n != 2 {
		t.Errorf("two seconds later they looked %d times in all", n)
	}
	see(2)
	if n := looked.Load(); n != 3 {
		t.Errorf("after somebody changed the carry they looked %d times in all", n)
	}
}

func TestWhatIsDearIsLookedAtLessOften(t *testing.T) {
	pass, see, looked := watched(500 * time.Millisecond)
	for range 100 {
		see(1)
		pass(time.Second)
	}
	if n := looked.Load(); n > 11 {
		t.Errorf("looking took half a second and was done %d times in 100 seconds", n)
	}
}

func TestAPictureIsGoneWithItsLastStream(t *testing.T) {
	f := newFollowing(Options{Real: time.Now})
	_, one := f.picture("CR-1")
	_, other := f.picture("CR-1")
	one()
	if len(f.pictures) != 1 {
		t.Error("it is gone while somebody looks")
	}
	other()
	if len(f.pictures) != 0 {
		t.Error("it stays")
	}
}
