package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"mooring/models"
	"mooring/models/portal"
	"mooring/models/sheet"
)

const importHelp = `usage: portal import FILE|- [-dry-run] [-as EMAIL] [-partner P-…] [-refused FILE]

Makes and changes customers from a CSV file in UTF-8, and assigns first plans. "-" is the standard
input. The first line names the columns, in any order:

  external_ref, company, address, city, state, postal_code, country, first_name, last_name, email,
  time_zone, plan, units, start_date, expires_on, auto_renew, note

company, city and country are required, and external_ref or email, by which a row finds its customer
the next time. login_name and language are taken and left aside: people sign in by email, and pages
have one language. plan is a plan's key or its exact name; dates are written 2026-11-30; auto_renew is
yes or no. An empty cell changes nothing. The same file twice changes nothing.

A row is done as a whole or refused as a whole. Rows that would open a second account are refused.
Good rows are imported even if others are refused; the command then ends with an error. A file that
cannot be read to its end is refused before anything is imported.

`

const progressEvery = 10_000

type importFlags struct {
	file, as, partner, refused string
	dry                        bool
}

// importCommand imports customers. It prints a line for every row that was refused or changed something,
// and a summary. Refused rows make it end with an error after the good ones were imported.
func importCommand(ctx context.Context, p *portal.Portal, who models.Actor, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	f, err := readImportFlags(args, stderr)
	if err != nil {
		return err
	}
	if f.as != "" {
		if who, err = p.ActAs(ctx, who, f.as); err != nil {
			return err
		}
	}
	file, done, err := openImport(f.file, stdin)
	if err != nil {
		return err
	}
	defer done()
	customers, err := checkImport(file)
	if err != nil {
		return fmt.Errorf("%w\nNothing was imported", err)
	}
	return runImport(ctx, p, who, f, customers, stdout, stderr)
}

// readImportFlags takes flags before and after the file's name.
func readImportFlags(args []string, stderr io.Writer) (f importFlags, err error) {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&f.dry, "dry-run", false, "judge every row and change nothing")
	flags.StringVar(&f.as, "as", "", "the `email` of the user who imports")
	flags.StringVar(&f.partner, "partner", "", "the `id` of the partner whose customers these are; the user's own, or the only one there is, if empty")
	flags.StringVar(&f.refused, "refused", "", "write the refused rows to this `file`, to mend and import again")
	flags.Usage = func() {
		fmt.Fprint(stderr, importHelp)
		flags.PrintDefaults()
	}
	for {
		if err := flags.Parse(args); err != nil {
			return f, err
		}
		if flags.NArg() == 0 {
			break
		}
		if f.file != "" {
			return f, fmt.Errorf("one file at a time: %s or %s", f.file, flags.Arg(0))
		}
		f.file, args = flags.Arg(0), flags.Args()[1:]
	}
	if f.file == "" {
		flags.Usage()
		return f, errors.New("which file?")
	}
	return f, nil
}

func runImport(ctx context.Context, p *portal.Portal, who models.Actor, f importFlags, customers *sheet.Customers, stdout, stderr io.Writer) (failed error) {
	each := func(v models.RowVerdict) { fmt.Fprint(stdout, verdictLine(v, f.dry)) }
	if f.refused != "" {
		refusals, done, err := openRefusals(f, customers)
		if err != nil {
			return err
		}
		say := each
		each = func(v models.RowVerdict) { say(v); refusals.Add(v) }
		defer func() { failed = errors.Join(failed, done()) }()
	}
	rows := 0
	report, err := p.ImportCustomers(ctx, who, models.Import{PartnerID: f.partner, Dry: f.dry}, customers.Rows(), func(v models.RowVerdict) error {
		each(v)
		if rows++; rows%progressEvery == 0 {
			fmt.Fprintf(stderr, "%d rows\n", rows)
		}
		return nil
	})
	if report.Partner != "" {
		fmt.Fprint(stdout, reportLine(report))
	}
	if err != nil {
		return err
	}
	if report.Refused > 0 {
		return fmt.Errorf("%d of %d rows were refused", report.Refused, report.Rows)
	}
	return nil
}
