package models_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

// failing tries and fails n times, each as soon as it is let in, and says how long each had to wait.
func failing(t *testing.T, door models.Throttle, rule models.ThrottleRule, at time.Time, n int) (models.Throttle, time.Time, []time.Duration) {
	t.Helper()
	var waits []time.Duration
	for range n {
		_, wait, let := door.Reserve(rule, at)
		if !let {
			at = at.Add(wait)
		}
		waits = append(waits, wait)
		if door, _, let = door.Reserve(rule, at); !let {
			t.Fatalf("try %d is not let in after waiting %s", len(waits), wait)
		}
		door = door.Done(false)
	}
	return door, at, waits
}

func TestFiveTriesAreFreeAndThenTheWaitingDoubles(t *testing.T) {
	const s = time.Second
	_, _, waits := failing(t, models.Throttle{}, models.PersonRule, now, 19)

	want := []time.Duration{0, 0, 0, 0, 0, 0, s, 2 * s, 4 * s, 8 * s, 16 * s, 32 * s, 64 * s, 128 * s, 256 * s, 512 * s, 900 * s, 900 * s, 900 * s}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Error(diff)
	}
}

func TestTheWaitingNeverExceedsItsLongest(t *testing.T) {
	door, at, _ := failing(t, models.Throttle{}, models.PersonRule, now, 120)
	if _, wait, let := door.Reserve(models.PersonRule, at); let || wait != 15*time.Minute {
		t.Errorf("let in %v, wait %s", let, wait)
	}
}

func TestATryIsCountedBeforeItIsJudged(t *testing.T) {
	door, _, let := models.Throttle{}.Reserve(models.PersonRule, now)
	if !let || door.Fails != 1 || door.Running != 1 {
		t.Errorf("let in %v: %+v", let, door)
	}
}

func TestParallelTriesAreBounded(t *testing.T) {
	var door models.Throttle
	for i := range 3 {
		var let bool
		if door, _, let = door.Reserve(models.PersonRule, now); !let {
			t.Fatalf("try %d is not let in", i+1)
		}
	}

	same, wait, let := door.Reserve(models.PersonRule, now)
	if let || wait != time.Second || same != door {
		t.Errorf("a fourth try at once: let in %v, wait %s, %+v", let, wait, same)
	}
	if _, _, let := door.Done(false).Reserve(models.PersonRule, now); !let {
		t.Error("one came back, and no other is let in")
	}
}

func TestTriesThatNeverCameBackAreForgottenAfterAMinute(t *testing.T) {
	var door models.Throttle
	for range 3 {
		door, _, _ = door.Reserve(models.PersonRule, now)
	}
	if _, _, let := door.Reserve(models.PersonRule, now.Add(time.Minute-time.Millisecond)); let {
		t.Error("let in before the minute was over")
	}
	after, _, let := door.Reserve(models.PersonRule, now.Add(time.Minute))
	if !let || after.Running != 1 || after.Fails != 4 {
		t.Errorf("after a minute: let in %v, %+v", let, after)
	}
}

func TestSuccessForgivesEverything(t *testing.T) {
	door, at, _ := failing(t, models.Throttle{}, models.PersonRule, now, 9)
	at = at.Add(time.Hour)
	door, _, _ = door.Reserve(models.PersonRule, at)

	door = door.Done(true)

	if door.Fails != 0 || door.Running != 0 || door.NextMs != 0 {
		t.Errorf("%+v", door)
	}
	if _, wait, let := door.Reserve(models.PersonRule, at); !let || wait != 0 {
		t.Errorf("let in %v, wait %s", let, wait)
	}
}

func TestEverythingIsForgottenInTime(t *testing.T) {
	door, at, _ := failing(t, models.Throttle{}, models.PersonRule, now, 30)

	if soon, _, _ := door.Reserve(models.PersonRule, at.Add(12*time.Hour-time.Millisecond)); soon.Fails != 31 {
		t.Errorf("before twelve hours: %d fails", soon.Fails)
	}
	if later, _, let := door.Reserve(models.PersonRule, at.Add(12*time.Hour)); !let || later.Fails != 1 {
		t.Errorf("after twelve hours: let in %v, %d fails", let, later.Fails)
	}
}

func TestARefusedTryMakesNothingWorse(t *testing.T) {
	door, at, _ := failing(t, models.Throttle{}, models.PersonRule, now, 8)
	for range 100 {
		after, _, let := door.Reserve(models.PersonRule, at)
		if let || after != door {
			t.Fatalf("let in %v, %+v became %+v", let, door, after)
		}
	}
}

func TestANetworkHasTwentyFreeTriesAMinute(t *testing.T) {
	door, at, waits := failing(t, models.Throttle{}, models.NetworkRule, now, 22)
	if waits[20] != 0 || waits[21] != time.Second {
		t.Errorf("waits %v", waits)
	}
	if after, _, let := door.Reserve(models.NetworkRule, at.Add(time.Minute)); !let || after.Fails != 1 {
		t.Errorf("after a minute: let in %v, %d fails", let, after.Fails)
	}
}

func TestNothingRunsBelowZero(t *testing.T) {
	if door := (models.Throttle{}).Done(false); door.Running != 0 {
		t.Errorf("%+v", door)
	}
}
