package portal

import (
	"fmt"
	"testing"
	"time"
)

func TestTheLimiterForgetsBucketsThatAreFullAgain(t *testing.T) {
	l := newLimiter(time.Second, 2)
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	for i := range 10 * sweepFrom {
		if err := l.admit(fmt.Sprint(i), now.Add(time.Duration(i)*10*time.Millisecond)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.full) > sweepFrom {
		t.Errorf("it remembers %d keys, of which 100 are busy", len(l.full))
	}
}
