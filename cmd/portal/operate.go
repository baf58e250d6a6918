package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"mooring/models"
	"mooring/models/portal"
	"mooring/views/link"
)

// migrate brings the schema up to date.
func migrate(ctx context.Context, c config, _ []string, out io.Writer) error {
	o, err := open(ctx, c, how{})
	if err != nil {
		return err
	}
	defer o.close()
	_, err = fmt.Fprintf(out, "The schema of the %s database is up to date.\n", o.db.Dialect())
	return err
}

// jobs does once what a running portal does every minute.
func jobs(ctx context.Context, c config, _ []string, _ io.Writer) error {
	o, err := open(ctx, c, how{})
	if err != nil {
		return err
	}
	defer o.close()
	return runJobs(ctx, o)
}

// errIll ends the doctor when something is not as it must be.
var errIll = errors.New("the database is not as it must be")

// doctor prints what must be true of the rows and is not.
func doctor(ctx context.Context, c config, _ []string, out io.Writer) error {
	o, err := open(ctx, c, how{})
	if err != nil {
		return err
	}
	defer o.close()
	found, err := o.portal.Examine(ctx, models.Operator())
	if err != nil {
		return err
	}
	for _, f := range found {
		fmt.Fprintf(out, "%s: %s: %s\n", f.ID, f.Row, f.Says)
	}
	if len(found) > 0 {
		return errIll
	}
	_, err = fmt.Fprintf(out, "Everything that must be true is true (%s %s).\n", o.db.Dialect(), o.db.Version())
	return err
}

// userCommand lets a member of staff in.
func userCommand(ctx context.Context, c config, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] != "create" {
		return errors.New("usage: portal user create -email NAME@COMPANY -name NAME -role ROLE [-partner P-…]")
	}
	flags := flag.NewFlagSet("user create", flag.ContinueOnError)
	email := flags.String("email", "", "the address to sign in with")
	name := flags.String("name", "", "the person's name")
	role := flags.String("role", string(models.RoleAdmin), "one of: "+roles())
	partner := flags.String("partner", "", "the partner they work for; the distributor if empty")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	o, err := open(ctx, c, how{})
	if err != nil {
		return err
	}
	defer o.close()
	token, u, err := o.portal.CreateUser(ctx, models.Operator(), portal.NewUser{PartnerID: *partner, Name: *name, Email: *email, Role: models.Role(*role)})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s (%s) chooses a password here, once, within 30 minutes:\n\n  %s%s\n", u.Name, u.Role, c.PublicURL, link.Welcome(token))
	return err
}

func roles() string {
	var all []string
	for _, r := range models.StaffRoles {
		all = append(all, string(r))
	}
	return strings.Join(all, ", ")
}

// importFile reads customers from a file, in the name of somebody who may import.
func importFile(ctx context.Context, c config, args []string, out io.Writer) error {
	o, err := open(ctx, c, how{})
	if err != nil {
		return err
	}
	defer o.close()
	return importCommand(ctx, o.portal, models.Operator(), args, os.Stdin, out, os.Stderr)
}
