package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// options are what a fleet is told.
type options struct {
	portal      string
	key         string
	n           int
	every       time.Duration // 0: as the portal says
	lasts       time.Duration // 0: until it is interrupted
	once        bool
	state       string
	prefix      string
	groups      string
	concurrency int
	relay       int // 0: every agent speaks for itself

	stayReleased bool
	habits

	report       string
	reportWithin time.Duration
	firstWait    time.Duration // of the back-off
}

// habits are how agents misbehave.
type habits struct {
	seed       uint64
	offline    share
	offlineFor time.Duration
	duplicate  share
	replay     share
	clockLies  share
	noClock    bool
}

const (
	reportTable = "table"
	reportJSON  = "json"
	reportNone  = "none"
)

const usage = `A fleet of pretend agents that reports to a portal. README.md beside its source says more.

  agents -portal http://localhost:8080 -key KEY -n 500 -every 5s
  agents -state agents.json -offline 30% -for 3h       a third is away at any time
  agents -state agents.json -once -report json         where is everybody?

`

func parse(args []string, out io.Writer) (options, error) {
	o := options{firstWait: time.Second}
	flags := flag.NewFlagSet("agents", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		fmt.Fprint(out, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&o.portal, "portal", "http://localhost:8080", "`address` of the portal")
	flags.StringVar(&o.key, "key", "", "enrolment `key` of the account; not needed again once the state file has it")
	flags.IntVar(&o.n, "n", 10, "how many `agents`")
	flags.DurationVar(&o.every, "every", 0, "check in once in this `time`; 0 is as often as the portal asks")
	flags.DurationVar(&o.lasts, "for", 0, "stop after this `time`; 0 is never")
	flags.BoolVar(&o.once, "once", false, "stop when every agent has checked in once")
	flags.StringVar(&o.state, "state", "agents.json", "`file` in which the fleet remembers its devices and tokens")
	flags.StringVar(&o.prefix, "prefix", "", "put this `text` in front of the devices' names")
	flags.StringVar(&o.groups, "groups", "", "the `groups` of the devices, between commas; by default they follow the names")
	flags.IntVar(&o.concurrency, "concurrency", 32, "how many `requests` at a time")
	flags.IntVar(&o.relay, "relay", 0, "check in through a relay, in batches of up to this many `agents` (1 to 1000); 0 is without one")
	flags.BoolVar(&o.stayReleased, "stay-released", false, "an agent whose seat is taken back stops; without this it enrols again")
	flags.StringVar(&o.report, "report", reportTable, "how to end: table, json (an object a line, the totals last) or none, as `form`")
	flags.DurationVar(&o.reportWithin, "report-within", time.Minute, "how much `time` the last check-ins may take")
	o.misbehave(flags)
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is not a flag", flags.Arg(0))
	}
	return o, o.check()
}

func (h *habits) misbehave(flags *flag.FlagSet) {
	flags.Var(&h.offline, "offline", "this `share` of the agents is offline at any time, like 30%; others in turn")
	flags.DurationVar(&h.offlineFor, "offline-for", 0, "how much `time` an absence takes, give or take half; 0 is a tenth of -for, or half an hour without it")
	flags.Var(&h.duplicate, "duplicate", "send this `share` of the check-ins twice at the same moment")
	flags.Var(&h.replay, "replay", "send this `share` of the check-ins again later, when newer ones have been")
	flags.Var(&h.clockLies, "clock-lies", "this `share` of the agents have a clock that is up to days wrong")
	flags.BoolVar(&h.noClock, "no-clock", false, "leave the clock out of check-ins")
	flags.Uint64Var(&h.seed, "seed", 1, "`number` from which the patterns follow: who is offline when, what is sent twice")
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
	case o.every < 0 || o.lasts < 0 || o.offlineFor < 0 || o.reportWithin < 0:
		return errors.New("-every, -for, -offline-for and -report-within are not negative")
	case len(o.prefix) > 40:
		return errors.New("-prefix has at most 40 characters")
	case o.relay < 0 || o.relay > maxBatch:
		return fmt.Errorf("-relay is 1 to %d agents, or 0", maxBatch)
	case o.report != reportTable && o.report != reportJSON && o.report != reportNone:
		return fmt.Errorf("-report is %s, %s or %s", reportTable, reportJSON, reportNone)
	}
	for _, name := range groupsIn(o.groups) {
		if utf8.RuneCountInString(name) > 64 {
			return errors.New("a group has at most 64 characters")
		}
	}
	if o.offlineFor == 0 {
		o.offlineFor = max(o.lasts/10, time.Second)
		if o.lasts == 0 {
			o.offlineFor = 30 * time.Minute
		}
	}
	return nil
}

// share is a part of something, from 0 to 1, written like 30% or 0.3.
type share float64

func (s *share) String() string { return strconv.FormatFloat(100*float64(*s), 'g', -1, 64) + "%" }

func (s *share) Set(text string) error {
	number, percent := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(number, 64)
	if percent {
		n /= 100
	}
	if err != nil || !(n >= 0 && n <= 1) {
		return errors.New("a share is 0% to 100%, like 30% or 0.3")
	}
	*s = share(n)
	return nil
}
