// Package ui is the kit that pages are made of. One component is three things with one name: a templ file
// here, a style file in static/css/components, an example in the gallery. Small components take plain
// arguments, bigger ones a struct; none takes a class, a style or an attribute, so that a page cannot
// restyle one, only ask for another variant. Components know layout and looks, not plans and customers.
//
// TestID, wherever it appears, is printed as data-testid and left out when empty.
package ui

import "strconv"

// Tone is what a mark means: it sets shape and colour, and the words beside it say the same.
type Tone string

const (
	OK   Tone = "ok"   // as it should be
	Info Tone = "info" // new, or worth knowing
	Wait Tone = "wait" // somebody has to do something first
	Warn Tone = "warn" // needs attention
	Bad  Tone = "bad"  // wrong
	Off  Tone = "off"  // not in use
)

// Variant is how much a button asks for attention.
type Variant string

const (
	Plain   Variant = ""
	Primary Variant = "primary" // one a page
	Quiet   Variant = "quiet"
	Danger  Variant = "danger" // the last button before something that cannot be undone
)

// Size is how large a button is.
type Size string

const (
	Medium Size = ""
	Small  Size = "s"
	Large  Size = "l"
)

func itoa(n int) string { return strconv.Itoa(n) }

// joined puts the words that are there next to each other.
func joined(words ...string) string {
	out := ""
	for _, w := range words {
		if w == "" {
			continue
		}
		if out != "" {
			out += " "
		}
		out += w
	}
	return out
}
