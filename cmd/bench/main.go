// Command bench says what the portal's pages cost beside a naked floor: net/http and pgx, the same
// rows, HTML by hand into a buffer. It starts a PostgreSQL of its own with the settings of production,
// fills it, starts the portal and the floor, asks both for the same things in one run, and prints a
// table. What it compares is CPU a request, portal and PostgreSQL added, because that repeats on a
// noisy machine; the times it prints beside it do not. `bench agents` does the same for check-ins.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"mooring/cmd/bench/floor"
)

// options are what one run is asked for.
type options struct {
	accounts int
	small    int
	requests int
	paths    []string
	profile  string
	portal   string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 4 && os.Args[1] == "floor" {
		if err := floor.Serve(ctx, os.Args[2], os.Args[3]); err != nil && ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "floor:", err)
			os.Exit(1)
		}
		return
	}
	measure, args := run, os.Args[1:]
	if len(args) > 0 && args[0] == "agents" {
		measure, args = runAgents, args[1:]
	}
	if err := measure(ctx, args, os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var o options
	var paths string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&o.accounts, "accounts", 20_000, "how many accounts the database holds; each has about ten agents")
	flags.IntVar(&o.small, "small", 1_000, "how many accounts the small database holds, for the growth of the list; 0 leaves it out")
	flags.IntVar(&o.requests, "requests", 1_500, "how many requests at each number of connections")
	flags.StringVar(&paths, "paths", "", "measure these addresses of the portal too, with commas between; {account} and {customer} stand for one of many")
	flags.StringVar(&o.profile, "profile", "", "write a CPU profile of the portal into this file")
	flags.StringVar(&o.portal, "portal", "", "measure this program instead of building ./cmd/portal")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if paths != "" {
		o.paths = strings.Split(paths, ",")
	}
	b, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	began := time.Now()
	if err := b.measure(ctx); err != nil {
		return err
	}
	b.report(out)
	_, err = fmt.Fprintf(out, "\nMeasured in %s.\n", time.Since(began).Round(time.Second))
	return err
}
