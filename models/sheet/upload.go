package sheet

import (
	"bytes"
	"io"
	"slices"

	"mooring/models"
)

// leftAside are the columns that are known and that nothing stores, beside the portal's own.
var leftAside = []string{"login_name", "language"}

// CheckUpload reads a file that somebody sent in a page to its end, and says what makes it unreadable.
func CheckUpload(content []byte) error {
	rows, err := CheckAtMost(bytes.NewReader(content), models.MaxUploadRows)
	if err == nil && rows == 0 {
		return unreadable("The file has columns and no rows.")
	}
	return err
}

// ReadUpload reads such a file: its header now, its rows when they are asked for.
func ReadUpload(content []byte) (models.ImportSheet, error) {
	c, err := ReadCustomers(bytes.NewReader(content))
	if err != nil {
		return models.ImportSheet{}, err
	}
	s := models.ImportSheet{Rows: c.Rows()}
	for _, name := range c.columns {
		if slices.Contains(leftAside, name) || slices.Contains(ours, name) {
			s.Ignored = append(s.Ignored, name)
		} else {
			s.Recognised = append(s.Recognised, name)
		}
	}
	return s, nil
}

// WriteRefused writes the refused rows of a file with what is wrong with each, to mend and send again.
func WriteRefused(w io.Writer, content []byte, refused []models.RefusedRow) error {
	c, err := ReadCustomers(bytes.NewReader(content))
	if err != nil {
		return err
	}
	why := map[int][]string{}
	for _, r := range refused {
		why[r.Line] = r.Why
	}
	out := NewRefusals(w, c)
	for row, err := range c.Rows() {
		if err != nil {
			return err
		}
		if reasons, ok := why[row.Line]; ok {
			out.Add(models.RowVerdict{Row: row, Outcome: models.RowRefused, Why: reasons})
		}
	}
	return out.Flush()
}

// WriteTemplate writes a file with nothing but the columns.
func WriteTemplate(w io.Writer) error {
	out := NewWriter(w, ',')
	var names []string
	for _, name := range Columns {
		if !slices.Contains(leftAside, name) {
			names = append(names, name)
		}
	}
	out.Write(names...)
	return out.Flush()
}
