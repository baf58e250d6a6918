package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// defaultEvery is how often to check in when neither the flags nor the portal said.
const defaultEvery = 10 * time.Minute

// fleet is all agents of one account.
type fleet struct {
	options
	ledger *ledger
	portal *client
	tally  tally
	turns  chan struct{} // one for each request under way
}

// run has the fleet report until the context ends or its time is over.
func run(ctx context.Context, o options, out io.Writer) error {
	book, err := openLedger(o)
	if err != nil {
		return err
	}
	if o.lasts > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.lasts)
		defer cancel()
	}
	f := &fleet{
		options: o, ledger: book, turns: make(chan struct{}, o.concurrency),
		portal: newClient(o.portal, book.Key, o.concurrency),
	}
	fmt.Fprintf(out, "a fleet of %d reports to %s; its state is in %s\n", len(book.working), o.portal, o.state)

	var agents, clerks sync.WaitGroup
	office, shut := context.WithCancel(context.WithoutCancel(ctx))
	clerks.Go(func() { book.keep(office, &f.tally) })
	clerks.Go(func() { f.tally.tell(office, out, f.pace()) })
	for _, d := range book.working {
		agents.Go(func() { f.live(ctx, d) })
	}
	agents.Wait()
	shut()
	clerks.Wait()
	fmt.Fprintln(out, f.tally.summary())
	return book.settle()
}

// pace is the interval of the fleet as a whole, and how often a line is printed.
func (f *fleet) pace() time.Duration {
	if f.every > 0 {
		return f.every
	}
	return defaultEvery
}

// turn waits until one more request may run. It reports false when the fleet stops.
func (f *fleet) turn(ctx context.Context) bool {
	select {
	case f.turns <- struct{}{}:
		return ctx.Err() == nil || f.leave()
	case <-ctx.Done():
		return false
	}
}

// leave gives a turn back; it is always false, for whoever could not use theirs.
func (f *fleet) leave() bool {
	<-f.turns
	return false
}
