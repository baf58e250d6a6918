package format

import (
	"strings"
	"unicode"
)

// Initials are the first letters of the first and the last word of a name: "MK" of Maya Kowalski, "H" of
// Helen. Titles such as Dr are left out.
func Initials(name string) string {
	var words []string
	for _, w := range strings.Fields(name) {
		if first := []rune(w)[0]; unicode.IsLetter(first) && !title[strings.TrimSuffix(w, ".")] {
			words = append(words, string(unicode.ToUpper(first)))
		}
	}
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return words[0]
	}
	return words[0] + words[len(words)-1]
}

var title = map[string]bool{"Dr": true, "Mr": true, "Mrs": true, "Ms": true, "Prof": true}
