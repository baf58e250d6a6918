package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Key is a place in a sorted list: the sort key and the id of the row that stands there.
type Key struct {
	Sort string
	ID   string
}

// SortKey is a name as lists are sorted by it: folded, without accents and outer punctuation, so that
// both databases give the same order without a collation of their own.
func SortKey(name string) string {
	return strings.TrimLeftFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// SearchKey joins what a row is found by, folded the same way as what is searched for.
func SearchKey(parts ...string) string {
	folded := make([]string, 0, len(parts))
	for _, p := range parts {
		if p = fold(p); p != "" {
			folded = append(folded, p)
		}
	}
	return strings.Join(folded, "\n")
}

// special are letters that have no decomposition and are searched for by their plain neighbours.
var special = strings.NewReplacer("ß", "ss", "ø", "o", "đ", "d", "ł", "l", "ı", "i", "æ", "ae", "œ", "oe", "þ", "th", "ð", "d",
	"’", "'", "‘", "'", "ʼ", "'", "`", "'")

func fold(s string) string {
	s = special.Replace(cases.Fold().String(norm.NFKD.String(s)))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(norm.NFC.String(special.Replace(s))), " ")
}
