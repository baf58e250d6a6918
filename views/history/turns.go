package history

import (
	"unicode"
	"unicode/utf8"

	"mooring/models"
	"mooring/views/format"
)

// turned is about a turn in the life of a plan, with the reason that was chosen for it.
func turned(text string) func(models.Event) (string, string) {
	return func(e models.Event) (string, string) { return "", planOf(e) + " " + text + because(e.Detail.Why) }
}

func cancelled(e models.Event) (string, string) {
	text := planOf(e) + " cancelled"
	if e.Detail.Renews != nil && e.Detail.EndsOn != "" {
		text += " to the end of its term, " + format.DayLong(e.Detail.EndsOn)
	}
	return "", text + because(e.Detail.Why)
}

func because(why string) string {
	words := models.TurnWhyWords[why]
	if words == "" || why == models.WhyOther {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return " (" + string(unicode.ToLower(first)) + words[size:] + ")"
}
