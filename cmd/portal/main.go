// Command portal is the reseller portal: the site, its demo, and what an operator does by hand.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sort"
	"syscall"
)

// version is set by the linker for releases.
var version = "development"

// command is one sub-command.
type command struct {
	says string
	run  func(ctx context.Context, c config, args []string, out io.Writer) error
}

func commands() map[string]command {
	return map[string]command{
		"serve":   {"run the portal; -demo with the demo world and a live clock", serve},
		"demo":    {"run the demo world with its clock stopped, fresh at every start", demoCommand},
		"fill":    {"make up an installation of -accounts N, for measuring", fill},
		"import":  {"read customers from a CSV file; -dry-run only judges", importFile},
		"user":    {"user create, user link: let a member of staff in; prints a one-time link", userCommand},
		"partner": {"partner create, partner list: the resellers under a distributor", partnerCommand},
		"migrate": {"bring the schema up to date and stop", migrate},
		"jobs":    {"do once what the portal does by itself: activate due plans, clear away", jobs},
		"doctor":  {"ask the database what must be true, and say what is not", doctor},
		"version": {"print the version", printVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "portal:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(out)
		return nil
	}
	cmd, ok := commands()[args[0]]
	if !ok {
		usage(os.Stderr)
		return fmt.Errorf("there is no command %q", args[0])
	}
	c, err := configFrom(os.Getenv)
	if err != nil {
		return err
	}
	return cmd.run(ctx, c, args[1:], out)
}

func usage(out io.Writer) {
	fmt.Fprintln(out, "Usage: portal COMMAND [FLAGS]")
	fmt.Fprintln(out)
	var names []string
	for name := range commands() {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(out, "  %-8s %s\n", name, commands()[name].says)
	}
	fmt.Fprintln(out)
	fmt.Fprintln(out, "Settings come from the environment: ADDR, PUBLIC_URL, TRUSTED_PROXIES, DATABASE_URL,\nMIGRATE_DATABASE_URL, SECRET_KEY, AGENT_BUILDS.")
	fmt.Fprintln(out, "`portal serve -print-config` shows what is in force.")
}

func printVersion(_ context.Context, _ config, _ []string, out io.Writer) error {
	_, err := fmt.Fprintln(out, "portal", version)
	return err
}
