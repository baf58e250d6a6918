package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"mooring/handlers"
	"mooring/views/link"
)

// serve runs the portal until it is told to stop.
func serve(ctx context.Context, c config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	demo := flags.Bool("demo", false, "with the demo world, kept in .demo/portal.db unless DATABASE_URL says otherwise")
	company := flags.String("company", "Your company", "the distributor's name, for the very first start")
	printConfig := flags.Bool("print-config", false, "print the settings in force and stop")
	profile := flags.String("cpuprofile", "", "write a CPU profile into this file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	stop, err := profiled(*profile)
	if err != nil {
		return err
	}
	defer stop()
	if *demo && !c.givenURL {
		c.DatabaseURL = "sqlite:.demo/portal.db"
	}
	if *printConfig {
		c.print(out)
		return nil
	}
	if *demo {
		return serveDemo(ctx, c, out)
	}
	o, err := open(ctx, c, how{})
	if err != nil {
		return err
	}
	defer o.close()
	return listen(ctx, c, o, out, func() (string, error) { return firstLink(ctx, c, o, *company) })
}

// firstLink says how the first admin gets in, as long as nobody can.
func firstLink(ctx context.Context, c config, o opened, company string) (string, error) {
	token, err := o.portal.FirstAdmin(ctx, company)
	if err != nil || token == "" {
		return "", err
	}
	return fmt.Sprintf("\nNobody can sign in yet. This link lets the first admin choose a password, once, for 30 minutes:\n\n  %s%s\n\nThe admin signs in as admin@localhost.localdomain.\n",
		c.PublicURL, link.Welcome(token)), nil
}

// listen serves the site, does what the portal does by itself, and ends both cleanly.
func listen(ctx context.Context, c config, o opened, out io.Writer, greet func() (string, error)) error {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(512 << 20)
	site := handlers.New(handlers.Options{
		Portal: o.portal, Keys: o.keys, Real: time.Now, Secure: c.secure(), Proxies: c.Proxies,
		PublicURL: c.PublicURL, Builds: c.AgentBuilds, Gallery: o.gallery, Log: o.log,
	})
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listening on %s: %w (ADDR says where to listen, like :8081)", c.Addr, err)
	}
	greeting, err := greet()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler: site.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 120 * time.Second, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(o.log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(site.EndStreams)
	if c.exposed() && !o.demo {
		o.log.Warn("plain http on more than this machine: passwords cross the network in the clear. Put TLS in front and set PUBLIC_URL to https")
	}
	fmt.Fprintf(out, "The portal is open at %s\n%s", c.PublicURL, greeting)

	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ticking := tick(ctx, o)
	select {
	case err = <-ended:
	case <-ctx.Done():
		stop, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		err = server.Shutdown(stop)
	}
	<-ticking
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// tick does what is due every minute, until the portal ends. What is due is found in the data, so a
// missed tick is harmless and several portals may do it at once.
func tick(ctx context.Context, o opened) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			if err := runJobs(ctx, o); err != nil && ctx.Err() == nil {
				o.log.Error("jobs", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}()
	return done
}

func runJobs(ctx context.Context, o opened) error {
	n, err := o.portal.ActivateDuePlans(ctx)
	if n > 0 {
		o.log.Info("activated due plans", "count", n)
	}
	return errors.Join(err, o.portal.Sweep(ctx))
}
