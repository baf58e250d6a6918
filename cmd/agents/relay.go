package main

import (
	"context"
	"sync"
	"time"
)

// longestGathering is how long a relay lets an agent wait for others to share its batch.
const longestGathering = time.Second

// relay gathers check-ins and sends them together.
type relay struct {
	direct
	most    int
	gathers time.Duration
	in      chan waiting
}

// waiting is a check-in that waits for its answer.
type waiting struct {
	message
	reply chan reply
}

type reply struct {
	checkedIn
	err error
}

func newRelay(d direct, most int, every time.Duration) *relay {
	return &relay{direct: d, most: most, gathers: min(every/10, longestGathering), in: make(chan waiting)}
}

func (r *relay) checkIn(ctx context.Context, m message) (checkedIn, error) {
	w := waiting{m, make(chan reply, 1)}
	select {
	case r.in <- w:
	case <-ctx.Done():
		return checkedIn{}, ctx.Err()
	}
	select {
	case got := <-w.reply:
		return got.checkedIn, got.err
	case <-ctx.Done():
		return checkedIn{}, ctx.Err()
	}
}

// work sends batches until the context ends.
func (r *relay) work(ctx context.Context) {
	var under sync.WaitGroup
	defer under.Wait()
	for {
		batch := r.gather(ctx)
		if !r.turns.take(ctx) {
			return
		}
		under.Go(func() {
			defer r.turns.give()
			r.send(ctx, batch)
		})
	}
}

// gather waits for a first check-in, and then for others until there are enough or it has been long.
func (r *relay) gather(ctx context.Context) (batch []waiting) {
	var late <-chan time.Time
	for len(batch) < r.most {
		select {
		case w := <-r.in:
			if batch = append(batch, w); late == nil {
				late = time.After(r.gathers)
			}
		case <-late:
			return batch
		case <-ctx.Done():
			return batch
		}
	}
	return batch
}

// send hands each its own answer. What is refused as a whole is refused to all.
func (r *relay) send(ctx context.Context, batch []waiting) {
	messages := make([]message, len(batch))
	for i, w := range batch {
		messages[i] = w.message
	}
	answers, err := r.portal.checkIns(ctx, messages)
	for i, w := range batch {
		if err != nil {
			w.reply <- reply{err: err}
			continue
		}
		w.reply <- answers[i].reply()
	}
}
