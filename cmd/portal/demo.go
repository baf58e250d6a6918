package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // the demo stands in Warsaw wherever it runs

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/store"
	"mooring/views/link"
)

// reportEvery is how often the agents of the live demo check in.
const reportEvery = 5 * time.Minute

// serveDemo runs the portal on the demo world with a live clock. The world is placed around the day on
// which it was first started, and its agents keep reporting.
func serveDemo(ctx context.Context, c config, out io.Writer) error {
	o, err := open(ctx, c, how{demo: true, hashing: portal.LowestHashing})
	if err != nil {
		return err
	}
	defer o.close()
	world := demo.At(time.Now())
	if err := o.portal.Settle(ctx, world, demo.Password); err != nil {
		return err
	}
	go keepReporting(ctx, o, world.Reporting())
	return listen(ctx, c, o, out, func() (string, error) { return greeting(world), nil })
}

// demoCommand runs the demo world with its clock stopped, from fresh data, so that every page has the
// same bytes at every start.
func demoCommand(ctx context.Context, c config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !c.givenURL {
		dir, err := os.MkdirTemp("", "mooring-demo-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		c.DatabaseURL = "sqlite:" + filepath.Join(dir, "portal.db")
	} else if err := freshen(ctx, c); err != nil {
		return err
	}
	o, err := open(ctx, c, how{demo: true, fast: !c.givenURL, hashing: portal.LowestHashing, clock: demo.Clock, ids: demo.NewIDs()})
	if err != nil {
		return err
	}
	defer o.close()
	o.gallery = true
	world := demo.At(demo.Now)
	if err := o.portal.Settle(ctx, world, demo.Password); err != nil {
		return err
	}
	return listen(ctx, c, o, out, func() (string, error) {
		return "The clock stands at Thursday 12 March 2026, 09:41 in Warsaw.\nEvery state of every page: " + c.PublicURL + link.Gallery() + "\n" + greeting(world), nil
	})
}

// freshen empties a database that holds the demo of an earlier start. One that holds anything else is
// left alone, and settling the demo there will be refused.
func freshen(ctx context.Context, c config) error {
	if path, ok := c.sqlite(); ok {
		if _, err := os.Stat(path); err != nil {
			return nil //nolint:nilerr // there is nothing to empty
		}
	}
	options := store.Options{URL: c.DatabaseURL, MigrateURL: c.MigrateURL}
	db, err := store.Open(ctx, options)
	if err != nil {
		return err
	}
	demo, err := portal.HoldsDemo(ctx, db)
	if err = errors.Join(err, db.Close()); err != nil || !demo {
		return err
	}
	return store.Wipe(ctx, options)
}

// greeting says who can sign in.
func greeting(w models.World) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nEverybody in it is invented. All of them sign in with the password %s:\n\n", demo.Password)
	partners := map[string]string{}
	for _, p := range w.Partners {
		partners[p.ID] = p.Name
	}
	for _, u := range w.Users {
		fmt.Fprintf(&b, "  %-26s %-18s %-16s %s\n", u.Email, u.Name, u.Role, partners[u.PartnerID])
	}
	b.WriteString("\nStop it with Ctrl-C.\n")
	return b.String()
}

// keepReporting has the demo's agents check in, so that those that are online stay online.
func keepReporting(ctx context.Context, o opened, agents []models.Sighting) {
	for {
		now := time.Now()
		for i := range agents {
			agents[i].SeenAt = now
			agents[i].Sequence = now.UnixMilli()
		}
		if err := o.portal.Report(ctx, agents); err != nil && ctx.Err() == nil {
			o.log.Error("the demo's agents", "error", err)
		}
		timer := time.NewTimer(reportEvery)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}
