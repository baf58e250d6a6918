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
	o, err := open(ctx, c, how{old: true})
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
	o, err := open(ctx, c, how{old: true})
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

// userCommand lets a member of staff in, or in again.
func userCommand(ctx context.Context, c config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("user", flag.ContinueOnError)
	email := flags.String("email", "", "the address to sign in with")
	name := flags.String("name", "", "the person's name")
	role := flags.String("role", string(models.RoleAdmin), "one of: "+roles())
	partner := flags.String("partner", "", "the partner they work for; the distributor if empty")
	if len(args) == 0 || args[0] != "create" && args[0] != "link" {
		return errors.New("usage: portal user create -email NAME@COMPANY -name NAME -role ROLE [-partner P-…], or portal user link -email NAME@COMPANY")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	o, err := open(ctx, c, how{old: true})
	if err != nil {
		return err
	}
	defer o.close()
	var token string
	var u models.User
	if args[0] == "link" {
		token, u, err = o.portal.InviteAgain(ctx, models.Operator(), *email)
	} else {
		token, u, err = o.portal.CreateUser(ctx, models.Operator(), portal.NewUser{PartnerID: *partner, Name: *name, Email: *email, Role: models.Role(*role)})
	}
	if models.IsProblem(err, models.NotFound) {
		return errors.New("there is no such user or partner; `portal partner list` names the partners")
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s (%s) chooses a password here, once, within 30 minutes:\n\n  %s%s\n", u.Name, u.Role, c.PublicURL, link.Welcome(token))
	return err
}

// partnerCommand adds resellers to the tree and names the partners there are.
func partnerCommand(ctx context.Context, c config, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("partner", flag.ContinueOnError)
	name := flags.String("name", "", "the company")
	parent := flags.String("parent", "", "the distributor above it; the first if empty")
	zone := flags.String("zone", "", "its time zone, like Europe/Warsaw; the parent's if empty")
	currency := flags.String("currency", "", "its currency, like EUR; the parent's if empty")
	if len(args) == 0 || args[0] != "create" && args[0] != "list" {
		return errors.New("usage: portal partner list, or portal partner create -name COMPANY [-parent P-…] [-zone ZONE] [-currency EUR]")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	o, err := open(ctx, c, how{old: true})
	if err != nil {
		return err
	}
	defer o.close()
	if args[0] == "create" {
		made, err := o.portal.CreatePartner(ctx, models.Operator(), portal.NewPartner{ParentID: *parent, Name: *name, TimeZone: *zone, Currency: *currency})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s is %s. Let its first admin in with: portal user create -partner %s -role admin -email … -name …\n", made.Name, made.ID, made.ID)
		return err
	}
	partners, err := o.portal.ListPartners(ctx, models.Operator())
	for _, p := range partners {
		fmt.Fprintf(out, "%-12s %-12s %s\n", p.ID, p.Kind, p.Name)
	}
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
	o, err := open(ctx, c, how{old: true})
	if err != nil {
		return err
	}
	defer o.close()
	return importCommand(ctx, o.portal, models.Operator(), args, os.Stdin, out, os.Stderr)
}
