package models

import "time"

// Throttle counts tries against one door: the sign-ins for one e-mail address, known or not, or from
// one network. A try is reserved before it is judged, so that parallel guesses cannot outrun it.
type Throttle struct {
	Name    string
	Fails   int64
	Running int64
	NextMs  int64 // Unix milliseconds before which no further try is let in
	SeenMs  int64 // of the last try
}

// ThrottleRule says how many tries are free and how the waiting grows after them: 1, 2, 4 … seconds
// up to Longest. After Forget without a try everything is forgotten.
type ThrottleRule struct {
	Free    int64
	Longest time.Duration
	Forget  time.Duration
	AtOnce  int64 // tries under way at the same time
}

// The rules for signing in.
var (
	PersonRule  = ThrottleRule{Free: 5, Longest: 15 * time.Minute, Forget: 12 * time.Hour, AtOnce: 3}
	NetworkRule = ThrottleRule{Free: 20, Longest: time.Minute, Forget: time.Minute, AtOnce: 20}
)

// Reserve lets one try in and counts it as failed until it is forgiven. Otherwise it says how long to
// wait.
func (t Throttle) Reserve(rule ThrottleRule, now time.Time) (Throttle, time.Duration, bool) {
	ms := now.UnixMilli()
	idle := time.Duration(ms-t.SeenMs) * time.Millisecond
	if idle >= rule.Forget {
		t.Fails, t.NextMs = 0, 0
	}
	if idle >= time.Minute {
		t.Running = 0 // a try that never came back, as after a crash
	}
	if wait := time.Duration(t.NextMs-ms) * time.Millisecond; wait > 0 {
		return t, wait, false
	}
	if t.Running >= rule.AtOnce {
		return t, time.Second, false
	}
	t.Running++
	t.Fails++
	t.SeenMs = ms
	t.NextMs = ms
	if over := t.Fails - rule.Free; over > 0 {
		t.NextMs = ms + min(time.Second<<min(over-1, 20), rule.Longest).Milliseconds()
	}
	return t, 0, true
}

// Done ends a try; one that succeeded is forgiven with all before it.
func (t Throttle) Done(succeeded bool) Throttle {
	t.Running = max(0, t.Running-1)
	if succeeded {
		t.Fails, t.NextMs = 0, 0
	}
	return t
}
