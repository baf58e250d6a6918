package gallery

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"mooring/views/link"
)

// A State is a page in one state.
type State struct {
	ID    string // "plan.reassign.advisory"
	As    Persona
	Path  string // where it is, or where a form was sent that is answered with it
	Code  int    // the status; 0 is 200
	H1    string
	About string   // what stands in the title after the h1
	Wrong bool     // the title begins with "Error:"
	Hooks []string // test ids that the state must have

	// Draw draws a state that no address leads to.
	Draw func() templ.Component
}

// A Persona is one of the demo's people; the zero one is nobody.
type Persona struct {
	Key    string // "reseller"
	Email  string
	Portal string // whose portal they see
}

// The personas of the states.
var (
	Nobody      = Persona{Key: "nobody", Portal: "Mooring"}
	Reseller    = Persona{"reseller", "maya@halden.example", "Halden Partners"}
	Admin       = Persona{"admin", "ines@halden.example", "Halden Partners"}
	Support     = Persona{"support", "priya@halden.example", "Halden Partners"}
	Auditor     = Persona{"auditor", "greta@halden.example", "Halden Partners"}
	Distributor = Persona{"distributor", "admin@northgate.example", "Northgate Distribution"}
	Contact     = Persona{"contact", "helen@bramley.example", "Halden Partners"}
)

// Status that the page comes with.
func (s State) Status() int {
	if s.Code == 0 {
		return 200
	}
	return s.Code
}

// URL of the page itself.
func (s State) URL() string {
	if s.Draw != nil {
		return link.GalleryExample(s.ID)
	}
	return s.Path
}

// Title of the page: "h1 – what it is about – portal".
func (s State) Title() string {
	title := unwarned(s.H1)
	if s.Wrong {
		title = "Error: " + title
	}
	for _, part := range []string{s.About, s.As.Portal} {
		if part != "" && part != s.H1 {
			title += " – " + part
		}
	}
	return title
}

// unwarned is a heading without the word that only screen readers get before it.
func unwarned(h1 string) string { return strings.TrimPrefix(h1, "Warning: ") }

// part is the first word of the id: the states of a part stand together.
func (s State) part() string {
	first, _, _ := strings.Cut(s.ID, ".")
	return first
}

// All lists every state: those of the pages, and one for each page of the kit.
func All() []State { return slices.Concat(States, kitStates()) }

// Find is the state with this id.
func Find(id string) (State, bool) {
	all := All()
	at := slices.IndexFunc(all, func(s State) bool { return s.ID == id })
	if at < 0 {
		return State{}, false
	}
	return all[at], true
}
