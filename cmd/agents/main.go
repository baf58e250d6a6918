// Command agents is a fleet of pretend agents. It speaks the agent protocol to a portal over HTTP as
// real ones would: it enrols each device once, checks in again and again, does what it is told, backs
// off when the portal is in trouble, and keeps what it must remember in a file. It can misbehave as real
// fleets do, and it ends with a report of every agent beside what the portal says of it. It knows the
// protocol and nothing else of the portal.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	o, err := parse(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		fmt.Fprintln(os.Stderr, "agents:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	err = run(ctx, o, os.Stdout, asides(o))
	switch {
	case errors.Is(err, errAstray): // the report has said it, and its last line stays the last
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "agents:", err)
		os.Exit(1)
	}
}

// asides is where the fleet tells how it goes: not among the lines of a report that a program reads.
func asides(o options) io.Writer {
	if o.report == reportJSON {
		return os.Stderr
	}
	return os.Stdout
}
