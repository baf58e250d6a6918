package sheet

import (
	"strings"
	"unicode/utf8"
)

// Spreadsheets run a cell as a formula if it begins in a certain way. A guard, a single ', in front of
// such a line keeps it text. Whatever would look guarded is guarded once more, so that taking one guard
// off always gives back what was there.

const guard = "'"

// triggers are what a formula begins with, half and full width, and what may hide one.
const triggers = "=+-@\t\r\n\x00＝＋－＠"

// skipped are what spreadsheets overlook in front of a formula: space, no-break space, zero widths.
const skipped = " \u00a0\u200b\u200c\u200d\u2060\ufeff"

// runs reports whether a spreadsheet might take a line for a formula, guards in front left aside.
func runs(line string) bool {
	line = strings.TrimLeft(strings.TrimLeft(line, guard), skipped)
	first, size := utf8.DecodeRuneInString(line)
	return size > 0 && strings.ContainsRune(triggers, first)
}

// guarded puts a guard in front of every line of a text that needs one.
func guarded(text string) string {
	return eachLine(text, func(rest string) (string, int) {
		if runs(rest) {
			return guard, 0
		}
		return "", 0
	})
}

// unguarded takes one guard off every line that has one in front of what needs it.
func unguarded(text string) string {
	if !strings.Contains(text, guard) {
		return text
	}
	return eachLine(text, func(rest string) (string, int) {
		if strings.HasPrefix(rest, guard) && runs(rest[1:]) {
			return "", 1
		}
		return "", 0
	})
}

// eachLine rewrites the starts of lines: change is shown the text from a start on, and says what to put
// there and how much to leave out.
func eachLine(text string, change func(rest string) (put string, leave int)) string {
	var b strings.Builder
	for {
		put, leave := change(text)
		b.WriteString(put)
		text = text[leave:]
		end := lineEnd(text)
		b.WriteString(text[:end])
		if text = text[end:]; text == "" {
			return b.String()
		}
	}
}

// lineEnd is where the line ends that a text begins with, its break included.
func lineEnd(text string) int {
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0:
		return len(text)
	case strings.HasPrefix(text[i:], "\r\n"):
		return i + 2
	}
	return i + 1
}
