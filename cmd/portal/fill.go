package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // customers of the crowd live anywhere

	"mooring/models/demo"
	"mooring/models/portal"
)

// fill makes up an installation of any size, for measuring and for trying things out.
func fill(ctx context.Context, c config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("fill", flag.ContinueOnError)
	accounts := flags.Int("accounts", 1000, "how many accounts there shall be; each has about ten agents")
	more := flags.Bool("more", false, "also into a database that holds something else")
	tokens := flags.Bool("tokens", false, "give the agents tokens that follow from their ids and SECRET_KEY, so that a load generator can report for them")
	if err := flags.Parse(args); err != nil {
		return err
	}
	o, err := open(ctx, c, how{hashing: portal.LowestHashing})
	if err != nil {
		return err
	}
	defer o.close()
	began := time.Now()
	crowd := demo.NewCrowd(began)
	err = o.portal.Fill(ctx, portal.Filling{
		Tokens: *tokens,
		Base:   crowd.Base, Accounts: crowd.Accounts, Password: demo.Password, Beside: *more,
		Told: func(there int) { fmt.Fprintf(os.Stderr, "\r%d of %d accounts", there, *accounts) },
	}, *accounts)
	fmt.Fprintln(os.Stderr)
	if errors.Is(err, portal.ErrNotFilled) {
		return fmt.Errorf("%w; -more fills it all the same", err)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d accounts are there, after %s. %s signs in with the password %s.\n",
		*accounts, time.Since(began).Round(time.Second), demo.CrowdEmail(1), demo.Password)
	return err
}
