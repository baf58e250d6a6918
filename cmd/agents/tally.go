package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// counts are what happened in a stretch of time.
type counts struct{ enrolled, checkedIn, failed int }

func (c counts) String() string {
	return fmt.Sprintf("enrolled %d, checked in %d, failed %d", c.enrolled, c.checkedIn, c.failed)
}

// tally counts what the fleet does.
type tally struct {
	mu    sync.Mutex
	all   counts
	since counts // the last line
	last  error
}

func (t *tally) add(c counts) {
	t.all.enrolled += c.enrolled
	t.all.checkedIn += c.checkedIn
	t.all.failed += c.failed
	t.since.enrolled += c.enrolled
	t.since.checkedIn += c.checkedIn
	t.since.failed += c.failed
}

func (t *tally) enrol() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.add(counts{enrolled: 1})
}

func (t *tally) checkIn() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.add(counts{checkedIn: 1})
}

func (t *tally) failed(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.add(counts{failed: 1})
	t.last = err
}

// tell prints a line once in every interval until the context ends.
func (t *tally) tell(ctx context.Context, out io.Writer, every time.Duration) {
	for pause(ctx, every) {
		fmt.Fprintf(out, "%s  %s\n", time.Now().Format(time.TimeOnly), t.line())
	}
}

func (t *tally) line() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	line := t.since.String()
	if t.since.failed > 0 {
		line += " (the last: " + t.last.Error() + ")"
	}
	t.since = counts{}
	return line
}

func (t *tally) summary() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return "in all: " + t.all.String()
}
