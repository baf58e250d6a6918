// Command agents is a fleet of pretend agents. It speaks the agent protocol to a portal over HTTP as
// real ones would: it enrols each device once, checks in again and again, backs off when the portal is
// in trouble, and keeps what it must remember in a file. It knows the protocol and nothing else of the
// portal.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are what a fleet is told.
type options struct {
	portal      string
	key         string
	n           int
	every       time.Duration // 0: as the portal says
	lasts       time.Duration // 0: until it is interrupted
	state       string
	prefix      string
	groups      string
	concurrency int
	firstWait   time.Duration // of the back-off
}

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
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "agents:", err)
		os.Exit(1)
	}
}

func parse(args []string, out io.Writer) (options, error) {
	o := options{firstWait: time.Second}
	flags := flag.NewFlagSet("agents", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&o.portal, "portal", "http://localhost:8080", "`address` of the portal")
	flags.StringVar(&o.key, "key", "", "enrolment `key` of the account; not needed again once the state file has it")
	flags.IntVar(&o.n, "n", 10, "how many `agents`")
	flags.DurationVar(&o.every, "every", 0, "check in once in this `time`; 0 is as often as the portal asks")
	flags.DurationVar(&o.lasts, "for", 0, "stop after this `time`; 0 is never")
	flags.StringVar(&o.state, "state", "agents.json", "`file` in which the fleet remembers its devices and tokens")
	flags.StringVar(&o.prefix, "prefix", "", "put this `text` in front of the devices' names")
	flags.StringVar(&o.groups, "groups", "", "the `groups` of the devices, between commas; by default they follow the names")
	flags.IntVar(&o.concurrency, "concurrency", 32, "how many `requests` at a time")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	return o, o.check()
}

func (o *options) check() error {
	at, err := url.Parse(o.portal)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return fmt.Errorf("-portal %q is not an http or https address", o.portal)
	}
	o.portal = strings.TrimRight(o.portal, "/")
	switch {
	case o.n < 1 || o.concurrency < 1:
		return errors.New("-n and -concurrency are at least 1")
	case o.every < 0 || o.lasts < 0:
		return errors.New("-every and -for are not negative")
	case len(o.prefix) > 40:
		return errors.New("-prefix has at most 40 characters")
	}
	return nil
}
