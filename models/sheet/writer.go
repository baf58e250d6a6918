package sheet

import (
	"bufio"
	"io"
	"strings"
)

// Writer writes CSV that any spreadsheet reads as text: every cell stands in quotes, whatever the
// spreadsheet thinks separates cells, and formulas are guarded. It begins with a byte order mark, by
// which spreadsheets know UTF-8.
type Writer struct {
	out       *bufio.Writer
	separator byte
	begun     bool
}

// NewWriter writes cells with a separator between them.
func NewWriter(w io.Writer, separator byte) *Writer {
	return &Writer{out: bufio.NewWriter(w), separator: separator}
}

// Write writes one row. Errors are kept for Flush.
func (w *Writer) Write(cells ...string) {
	if !w.begun {
		_, _ = w.out.WriteString("\ufeff")
		w.begun = true
	}
	for i, cell := range cells {
		if i > 0 {
			_ = w.out.WriteByte(w.separator)
		}
		_ = w.out.WriteByte('"')
		_, _ = w.out.WriteString(strings.ReplaceAll(guarded(cell), `"`, `""`))
		_ = w.out.WriteByte('"')
	}
	_, _ = w.out.WriteString("\r\n")
}

// Flush writes what is still held back, and tells the first error there was.
func (w *Writer) Flush() error { return w.out.Flush() }
