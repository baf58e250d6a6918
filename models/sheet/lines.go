package sheet

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"mooring/models"
)

// Limits of a file.
const (
	MaxColumns = 64
	MaxCell    = 4 << 10  // bytes
	MaxRow     = 64 << 10 // bytes
)

// lines reads a file row by row. A fault of one row is told with the row; a fault that leaves unclear
// where the next row begins, or what the text means, is an error.
type lines struct {
	in        *bufio.Reader
	separator byte
	line      int // the line that is being read

	size int    // of the row being read so far
	text []byte // of the row being read, all cells one after the other
	ends []int  // where each cell ends in text
}

// record is one row of a file. Fault is empty, or says what is wrong with its form.
type record struct {
	line  int
	cells []string
	fault string
}

func unreadable(message string, args ...any) error {
	return &models.Problem{Kind: models.Invalid, Message: fmt.Sprintf(message, args...)}
}

const saveAs = "Save it as CSV UTF-8 and import it again."

// newLines looks at the first bytes, which tell other kinds of files.
func newLines(r io.Reader) (*lines, error) {
	l := &lines{in: bufio.NewReaderSize(r, MaxRow), line: 1}
	start, err := l.in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case len(start) == 0:
		return nil, unreadable("The file is empty.")
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return nil, unreadable("The file is UTF-16 text. " + saveAs)
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return nil, unreadable("The file is a workbook, not CSV. " + saveAs)
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return nil, unreadable("The file is compressed. Unpack it and import it again.")
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = l.in.Discard(3)
	}
	return l, nil
}

// next is the next row; io.EOF after the last.
func (l *lines) next() (record, error) {
	rec := record{line: l.line}
	l.size, l.text, l.ends = 0, l.text[:0], l.ends[:0]
	for more := true; more; {
		var err error
		if more, err = l.cell(&rec); err != nil {
			return rec, err
		}
		l.ends = append(l.ends, len(l.text))
	}
	if !utf8.Valid(l.text) {
		return rec, unreadable("Line %d is not UTF-8; the file may be Latin-1 or Windows-1252. "+saveAs, rec.line)
	}
	rec.cells = make([]string, len(l.ends))
	from := 0
	for i, end := range l.ends {
		if end-from > MaxCell {
			rec.fault = fmt.Sprintf("Cell %d is longer than 4 KiB.", i+1)
		}
		rec.cells[i] = unguarded(string(l.text[from:end]))
		from = end
	}
	return rec, nil
}

// cell reads one cell and what ends it, and reports whether the row has more.
func (l *lines) cell(rec *record) (more bool, err error) {
	first := len(l.ends) == 0
	c, err := l.byte(rec.line)
	if err == io.EOF && first {
		return false, io.EOF
	}
	if err == nil && c == '"' {
		if err = l.quoted(rec.line); err != nil {
			return false, err
		}
		c, err = l.byte(rec.line)
		if err == nil && !l.ending(c) {
			rec.fault = "There is text after a closing quote. Double the quotes inside a cell."
		}
	}
	for ; err == nil; c, err = l.byte(rec.line) {
		switch {
		case c == l.separator:
			return true, nil
		case c == '\n' || c == '\r':
			l.broken(c)
			return false, nil
		}
		l.text = append(l.text, c)
	}
	if err == io.EOF {
		err = nil
	}
	return false, err
}

func (l *lines) ending(c byte) bool { return c == l.separator || c == '\n' || c == '\r' }

// quoted reads on to the quote that closes a cell.
func (l *lines) quoted(line int) error {
	for before := byte(0); ; {
		c, err := l.byte(line)
		if err == io.EOF {
			return unreadable("Line %d opens a quote that is never closed.", line)
		}
		if err != nil {
			return err
		}
		if c == '"' {
			if next, err := l.in.Peek(1); err != nil || next[0] != '"' {
				return nil
			}
			_, _ = l.in.Discard(1)
		}
		if c == '\r' || c == '\n' && before != '\r' {
			l.line++
		}
		before = c
		l.text = append(l.text, c)
	}
}

// broken takes the rest of a line's end.
func (l *lines) broken(c byte) {
	l.line++
	if c == '\n' {
		return
	}
	if next, err := l.in.Peek(1); err == nil && next[0] == '\n' {
		_, _ = l.in.Discard(1)
	}
}

// byte is the next byte of the row that begins on a line.
func (l *lines) byte(line int) (byte, error) {
	c, err := l.in.ReadByte()
	l.size++
	switch {
	case err != nil:
		return 0, err
	case c == 0 && line == 1:
		return 0, unreadable("The file holds NUL characters; it may be UTF-16 text. " + saveAs)
	case c == 0:
		return 0, unreadable("Line %d holds a NUL character. "+saveAs, line)
	case l.size > MaxRow:
		return 0, unreadable("The row that begins on line %d is longer than 64 KiB. A quote may not be closed.", line)
	}
	return c, nil
}
