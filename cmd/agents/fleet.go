package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// defaultEvery is how often to check in when neither the flags nor the portal said.
const defaultEvery = 10 * time.Minute

// errAstray is a report that does not add up.
var errAstray = errors.New("agents were lost or doubled")

// fleet is all agents of one account.
type fleet struct {
	options
	ledger *ledger
	portal *client
	tally  tally
	turns  turns
	lane   lane
}

func newFleet(o options, book *ledger) *fleet {
	f := &fleet{options: o, ledger: book, turns: make(turns, o.concurrency), portal: newClient(o.portal, book.Key, o.concurrency)}
	f.lane = direct{f.portal, f.turns}
	return f
}

// run has the fleet report until the context ends or its time is over, and then says where everybody is.
// What it tells on the way goes aside.
func run(ctx context.Context, o options, out, aside io.Writer) error {
	book, err := openLedger(o)
	if err != nil {
		return err
	}
	f := newFleet(o, book)
	fmt.Fprintf(aside, "a fleet of %d reports to %s; its state is in %s\n", len(book.working), o.portal, o.state)

	var clerks sync.WaitGroup
	office, shut := context.WithCancel(context.WithoutCancel(ctx))
	if o.relay > 0 {
		r := newRelay(direct{f.portal, f.turns}, o.relay, f.pace())
		f.lane = r
		clerks.Go(func() { r.work(office) })
	}
	f.work(ctx, aside)
	ends := f.end(office, out, aside)
	shut()
	clerks.Wait()
	return errors.Join(book.settle(), ends)
}

// work is the fleet's day, told as it goes.
func (f *fleet) work(ctx context.Context, aside io.Writer) {
	if f.lasts > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.lasts)
		defer cancel()
	}
	var agents, teller sync.WaitGroup
	telling, hush := context.WithCancel(ctx)
	teller.Go(func() { f.tally.tell(telling, aside, f.pace()) })
	for i := range f.ledger.working {
		agents.Go(func() { f.agent(i, f.habits).live(ctx) })
	}
	agents.Wait()
	hush()
	teller.Wait()
	fmt.Fprintln(aside, "in all: "+f.tally.sum().String())
}

// end asks the portal about every agent and writes the report.
func (f *fleet) end(ctx context.Context, out, aside io.Writer) error {
	if f.report == reportNone {
		return nil
	}
	fmt.Fprintln(aside, "asking the portal where every agent is")
	ctx, cancel := context.WithTimeout(ctx, f.reportWithin)
	defer cancel()
	r := f.conservation(ctx)
	if err := r.write(out, f.report); err != nil {
		return err
	}
	if !r.holds() {
		return errAstray
	}
	return nil
}

// pace is the interval of the fleet as a whole, and how often a line is printed.
func (f *fleet) pace() time.Duration {
	if f.every > 0 {
		return f.every
	}
	return defaultEvery
}
