package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// counts are what happened in a stretch of time.
type counts struct{ enrolled, checkedIn, moved, renewed, released, duplicated, replayed, failed int }

func (c counts) plus(more counts) counts {
	return counts{
		c.enrolled + more.enrolled, c.checkedIn + more.checkedIn, c.moved + more.moved, c.renewed + more.renewed,
		c.released + more.released, c.duplicated + more.duplicated, c.replayed + more.replayed, c.failed + more.failed,
	}
}

// String leaves out what is rare and did not happen.
func (c counts) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "enrolled %d, checked in %d", c.enrolled, c.checkedIn)
	for _, rare := range []struct {
		what string
		n    int
	}{{"moved", c.moved}, {"renewed", c.renewed}, {"released", c.released}, {"sent twice", c.duplicated}, {"sent again later", c.replayed}} {
		if rare.n > 0 {
			fmt.Fprintf(&b, ", %s %d", rare.what, rare.n)
		}
	}
	fmt.Fprintf(&b, ", failed %d", c.failed)
	return b.String()
}

// tally counts what the fleet does.
type tally struct {
	mu    sync.Mutex
	all   counts
	since counts // the last line
	last  error
}

func (t *tally) count(c counts) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all, t.since = t.all.plus(c), t.since.plus(c)
}

func (t *tally) failed(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	one := counts{failed: 1}
	t.all, t.since, t.last = t.all.plus(one), t.since.plus(one), err
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

func (t *tally) sum() counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all
}
