package sheet

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"mooring/models"
)

// Columns are what a file of customers may have. The ones that nothing stores are taken and left aside:
// people sign in by email, so there is no login_name, and pages have one language.
var Columns = []string{
	"external_ref", "company", "address", "city", "state", "postal_code", "country", "first_name", "last_name",
	"email", "login_name", "time_zone", "language", "plan", "units", "start_date", "expires_on", "auto_renew", "note",
}

// required columns must be there; what must be in them is the row's business.
var required = []string{"company", "city", "country"}

// ours are the columns of a file of refused rows. Read again, they are left aside.
var ours = []string{"line", "problem"}

// Customers is a file of customers, its header read.
type Customers struct {
	lines   *lines
	columns []string // of the file, in its order
}

// ReadCustomers reads the header. A column that is not known refuses the file: it may be a misspelt one,
// and its cells would be lost in silence.
func ReadCustomers(r io.Reader) (*Customers, error) {
	l, err := newLines(r)
	if err != nil {
		return nil, err
	}
	if l.separator, err = separatorIn(l); err != nil {
		return nil, err
	}
	header, err := l.next()
	if err != nil {
		return nil, err
	}
	c := &Customers{lines: l}
	for _, cell := range header.cells {
		c.columns = append(c.columns, strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(cell))))
	}
	return c, c.checkColumns()
}

// separatorIn looks at the first line: columns have neither commas nor semicolons in their names.
func separatorIn(l *lines) (byte, error) {
	start, err := l.in.Peek(4 << 10)
	if err != nil && err != io.EOF {
		return 0, err
	}
	if i := bytes.IndexAny(start, "\r\n"); i >= 0 {
		start = start[:i]
	}
	commas, semicolons := bytes.Count(start, []byte(",")), bytes.Count(start, []byte(";"))
	switch {
	case commas == 0 && semicolons == 0 && bytes.ContainsRune(start, '\t'):
		return 0, unreadable("The columns are separated by tabs. Save the file as CSV, with commas or semicolons, and import it again.")
	case semicolons > commas:
		return ';', nil
	}
	return ',', nil
}

func (c *Customers) checkColumns() error {
	if len(c.columns) > MaxColumns {
		return unreadable("The file has %d columns. At most %d can be read.", len(c.columns), MaxColumns)
	}
	for i, name := range c.columns {
		switch {
		case !slices.Contains(Columns, name) && !slices.Contains(ours, name):
			return unreadable("There is no column %q. The columns are %s.", shortened(name), strings.Join(Columns, ", "))
		case slices.Contains(c.columns[:i], name):
			return unreadable("The column %s is there twice.", name)
		}
	}
	for _, name := range required {
		if !slices.Contains(c.columns, name) {
			return unreadable("The column %s is missing. %s are required.", name, strings.Join(required, ", "))
		}
	}
	return nil
}

func shortened(name string) string {
	if r := []rune(name); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return name
}

// Separator is what stands between the columns.
func (c *Customers) Separator() byte { return c.lines.separator }

// Columns are the names of the file's columns as cells of rows have them.
func (c *Customers) Columns() []string { return c.without(c.columns) }

// Rows reads on to the end of the file. Blank lines are passed over. What cannot be read in one row is
// among the row's complaints; what makes the rest of the file unreadable is an error, and the last.
func (c *Customers) Rows() iter.Seq2[models.ImportRow, error] {
	return func(yield func(models.ImportRow, error) bool) {
		for {
			rec, err := c.lines.next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(models.ImportRow{Line: rec.line}, err)
				return
			}
			if !blank(rec.cells) && !yield(c.row(rec), nil) {
				return
			}
		}
	}
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// without leaves out the cells of the portal's own columns. Cells beyond the last column stay.
func (c *Customers) without(cells []string) []string {
	kept := make([]string, 0, len(c.columns))
	for i, name := range c.columns {
		if !slices.Contains(ours, name) && i < len(cells) {
			kept = append(kept, cells[i])
		}
	}
	return append(kept, cells[min(len(c.columns), len(cells)):]...)
}

// Check reads a whole file without keeping it and counts its rows, so that a file whose end cannot be
// read is refused before its beginning was imported.
func Check(r io.Reader) (rows int, err error) { return CheckAtMost(r, models.MaxImportRows) }

// CheckAtMost is the same with another bound on the rows.
func CheckAtMost(r io.Reader, most int) (rows int, err error) {
	c, err := ReadCustomers(r)
	if err != nil {
		return 0, err
	}
	for _, err := range c.Rows() {
		if err != nil {
			return rows, err
		}
		if rows++; rows > most {
			return rows, unreadable("The file has more than %d,%03d rows. Divide it.", most/1000, most%1000)
		}
	}
	return rows, nil
}

func (c *Customers) row(rec record) models.ImportRow {
	row := models.ImportRow{Line: rec.line, Cells: c.without(rec.cells)}
	if rec.fault == "" && len(rec.cells) != len(c.columns) {
		rec.fault = fmt.Sprintf("The row has %d cells and the header has %d.", len(rec.cells), len(c.columns))
	}
	if rec.fault != "" {
		row.Wrong.Add("", rec.fault)
		return row
	}
	for i, name := range c.columns {
		read(&row, name, strings.TrimSpace(rec.cells[i]))
	}
	return row
}
