package store

import (
	"strings"
	"unicode/utf8"
)

// gramLength is how many letters in a row the indexes of words know. Shorter searches look at the
// beginnings of names.
const gramLength = 3

// maxSearch bounds what somebody may search for, in letters.
const maxSearch = 100

// search is a search as the indexes take it.
type search struct {
	through []string // found through the index of words, each of them
	beside  []string // shorter words, looked for in what was found
	begins  string   // without any longer word: what the name begins with
}

// searchFor folds what somebody typed. Every word must be there, in any order.
func searchFor(typed string) search {
	typed = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(typed, ""))
	folded := fold(string([]rune(typed)[:min(utf8.RuneCountInString(typed), maxSearch)]))
	var s search
	for word := range strings.FieldsSeq(folded) {
		switch {
		case utf8.RuneCountInString(word) >= gramLength:
			s.through = append(s.through, word)
		case paired([]rune(word)):
			s.through = append(s.through, pairMark+word)
		default:
			s.beside = append(s.beside, word)
		}
	}
	switch {
	case len(s.through) > 0:
	case utf8.RuneCountInString(folded) >= gramLength:
		s.through, s.beside = []string{folded}, nil
	default:
		s.begins, s.beside = folded, nil
	}
	return s
}

func (s search) empty() bool { return len(s.through) == 0 && s.begins == "" }

// match is the search in the language of SQLite's index: every text in quotes.
func (s search) match() string {
	quoted := make([]string, len(s.through))
	for i, text := range s.through {
		quoted[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return strings.Join(quoted, " AND ")
}

// beyond is the first text after all that begin with this one. Keys compare by bytes, and no text has
// a byte above 0xf4.
func beyond(text string) string { return text + string(utf8.MaxRune) }

// plainly looks at the words of a line without an index.
func (v *View) plainly(w *where, s search) {
	at := "strpos(l.words, ?) > 0"
	if v.dialect == sqliteDialect {
		at = "instr(l.words, ?) > 0"
	}
	for _, text := range append(s.through, s.beside...) {
		w.and(at, text)
	}
	if s.begins != "" {
		w.and("l.sort_key >= ? AND l.sort_key < ?", s.begins, beyond(s.begins))
	}
}

// indexed is the part after FROM that finds lines through the index of words, and looks again.
func (v *View) indexed(l lines, w *where, s search) (from string) {
	from = l.table + " l WHERE {{wall l}}"
	if len(s.through) > 0 && v.dialect == sqliteDialect {
		// CROSS JOIN keeps SQLite from beginning with the lines.
		from = l.words + " f CROSS JOIN " + l.table + " l WHERE {{wall l}}"
		w.and("l.id = f.rowid AND f."+l.words+" MATCH ?", s.match())
	} else {
		for _, text := range s.through {
			w.and("grams(l.words) @> grams(?)", text)
		}
	}
	v.plainly(w, s)
	return from
}

// Searches reports whether there is anything to look for in what somebody typed.
func Searches(typed string) bool { return !searchFor(typed).empty() }
