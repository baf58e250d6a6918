// Command screens looks at the portal in a real browser. It starts the demo, reads from
// /gallery/states.json which states of which pages there are, and looks at each of them in light and in
// dark: nothing may stick out of the window, the browser may complain of nothing, axe-core may find
// nothing, and the pages that pictures.txt lists must look as they did when somebody accepted them.
//
//	go run ./cmd/screens                       all states
//	go run ./cmd/screens 'plan.*' error.404    some states
//	go run ./cmd/screens -accept 'plan.*'      accept how they look now
//
// It knows the portal only from outside and imports nothing of it. A run that fails writes one page with
// the accepted picture, the actual one and their difference side by side, and says where that is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path"
	"syscall"
	"time"
)

// settings are what a run is told.
type settings struct {
	portal   string // the binary; built when empty
	accepted string // the folder of the accepted pictures
	failures string // where the page about a failing run goes
	accept   bool
	tabs     int
	globs    []string // of the states to look at; all when there are none
}

func main() {
	var s settings
	flag.StringVar(&s.portal, "portal", "", "the portal's binary; built from ./cmd/portal when not given")
	flag.StringVar(&s.accepted, "accepted", "cmd/screens/accepted", "the folder of the accepted pictures")
	flag.StringVar(&s.failures, "failures", "cmd/screens/failures", "the folder for what a failing run has to say")
	flag.BoolVar(&s.accept, "accept", false, "accept how the pages look now")
	flag.IntVar(&s.tabs, "tabs", 2, "how many pages to look at at a time")
	flag.Parse()
	s.globs = flag.Args()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	good, err := run(ctx, s, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// run looks at everything and reports whether all was well.
func run(ctx context.Context, s settings, out io.Writer) (good bool, err error) {
	began := time.Now()
	chromium, err := findChromium()
	if errors.Is(err, errNoChromium) && os.Getenv("MOORING_NEED_CHROMIUM") == "" {
		fmt.Fprintf(out, "SKIPPED, NOT TESTED: %v\n0 passed, 0 failed, 1 skipped\n", err)
		return true, nil
	}
	if err != nil {
		return false, err
	}
	p, err := startPortal(ctx, s.portal)
	if err != nil {
		return false, err
	}
	defer p.stop()
	states, err := readStates(ctx, p.origin)
	if err != nil {
		return false, err
	}
	b, err := launch(ctx, chromium)
	if err != nil {
		return false, err
	}
	defer b.close()
	g, err := newGauge(s, b.version, states)
	if err != nil {
		return false, err
	}
	if err := g.look(b, p.origin, s.tabs); err != nil {
		return false, err
	}
	return g.finish(out, time.Since(began))
}

// wanted reports whether a state fits one of the globs.
func (s settings) wanted(state string) bool {
	for _, g := range s.globs {
		if ok, err := path.Match(g, state); ok || err != nil {
			return ok
		}
	}
	return len(s.globs) == 0
}
