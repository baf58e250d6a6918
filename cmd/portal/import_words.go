package main

import (
	"fmt"
	"slices"
	"strings"

	"mooring/models"
)

// verdictLine says what became of one row; nothing of one that changes nothing.
func verdictLine(v models.RowVerdict, dry bool) string {
	if v.Outcome == models.RowUnchanged {
		return ""
	}
	did := string(v.Outcome)
	if dry && v.Outcome != models.RowRefused {
		did = "would be " + did
	}
	words := []string{fmt.Sprintf("line %d %s:", v.Row.Line, did)}
	if v.Outcome != models.RowRefused {
		words = append(words, v.Row.Company, v.CustomerID)
	}
	if v.Opens {
		words = append(words, "with account", v.AccountID)
	}
	words = slices.DeleteFunc(append(words, v.Why...), func(s string) bool { return s == "" })
	return oneLine(strings.Join(words, " ")) + "\n"
}

// oneLine keeps what a file says from writing to the terminal more than its text.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func reportLine(r models.ImportReport) string {
	title := "Imported for " + r.Partner
	if r.Dry {
		title = "Tried for " + r.Partner + "; nothing was changed"
	}
	return fmt.Sprintf("%s. Rows: %d. Created: %d, changed: %d, unchanged: %d, refused: %d. Accounts opened: %d.\n",
		title, r.Rows, r.Created, r.Changed, r.Unchanged, r.Refused, r.Accounts)
}
