package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

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
	if p := pairs(folded); p != "" {
		folded = append(folded, p)
	}
	return strings.Join(folded, "\n")
}

// pairMark stands before two letters, so that an index of three letters finds them. Nobody can type it.
const pairMark = "\x01"

// pairs are any two neighbours of the scripts in which two letters are a word.
func pairs(parts []string) string {
	var b strings.Builder
	for _, part := range parts {
		letters := []rune(part)
		for i := 1; i < len(letters); i++ {
			if paired(letters[i-1 : i+1]) {
				b.WriteString(pairMark + string(letters[i-1:i+1]))
			}
		}
	}
	return b.String()
}

func paired(letters []rune) bool {
	return len(letters) == 2 && unicode.In(letters[0], wordScripts...) && unicode.In(letters[1], wordScripts...)
}

var wordScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul}

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
