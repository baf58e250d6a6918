package ui

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// ref is an id such as A-20418 in the middle of a sentence.
var ref = regexp.MustCompile(`\b[A-Z]{1,3}-[0-9A-Z]{4,12}\b`)

// Words prints a sentence so that no id in it is torn apart at the end of a line.
func Words(sentence string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		rest := sentence
		for {
			at := ref.FindStringIndex(rest)
			if at == nil {
				break
			}
			b.WriteString(templ.EscapeString(rest[:at[0]]))
			b.WriteString(`<span class="ref">` + templ.EscapeString(rest[at[0]:at[1]]) + `</span>`)
			rest = rest[at[1]:]
		}
		b.WriteString(templ.EscapeString(rest))
		_, err := io.WriteString(w, b.String())
		return err
	})
}
