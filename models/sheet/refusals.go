package sheet

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"mooring/models"
)

// Refusals is a file of the rows that were refused, each with its line and what is wrong with it. Once
// mended it can be imported as it is.
type Refusals struct {
	out     *Writer
	columns int
}

// NewRefusals begins a file for the refused rows of another, in the form of that one.
func NewRefusals(w io.Writer, of *Customers) *Refusals {
	r := &Refusals{out: NewWriter(w, of.Separator()), columns: len(of.Columns())}
	r.out.Write(slices.Concat(of.Columns(), ours)...)
	return r
}

// Add writes a verdict's row if it was refused.
func (r *Refusals) Add(v models.RowVerdict) {
	if v.Outcome != models.RowRefused {
		return
	}
	cells := slices.Clone(v.Row.Cells) // one that had too many stays too long, until somebody mends it
	for len(cells) < r.columns {
		cells = append(cells, "")
	}
	r.out.Write(append(cells, strconv.Itoa(v.Row.Line), strings.Join(v.Why, " "))...)
}

// Flush writes what is still held back, and tells the first error there was.
func (r *Refusals) Flush() error { return r.out.Flush() }
