package gallery

import (
	"strings"

	"github.com/a-h/templ"
)

// An Example is a component of the kit, or some that belong together, as pages use them.
type Example struct {
	Name string
	Part string // the page of the gallery it stands on; none for one that prints the page's h1 itself
	Of   templ.Component
	H1   string // what it then prints
}

// Examples are the kit.
var Examples = []Example{
	{"Buttons", "Actions", buttons(), ""},
	{"Buttons and links with everything", "Actions", actions(), ""},
	{"Menu", "Actions", menus(), ""},
	{"Something to copy", "Actions", copying(), ""},
	{"Avatar", "Actions", who(), ""},
	{"User menu", "Actions", leaving(), ""},

	{"Fields", "Forms", fields(), ""},
	{"Fields with errors", "Forms", wrongFields(), ""},
	{"Choices", "Forms", choices(), ""},
	{"Options", "Forms", options(), ""},
	{"Error summary", "Forms", refusals(), ""},
	{"Preview", "Forms", previews(), ""},
	{"Filters", "Forms", sieves(), ""},
	{"Search", "Forms", searching(), ""},

	{"Facts", "Facts", figures(), ""},
	{"Small facts", "Facts", smallFigures(), ""},
	{"Details", "Facts", details(), ""},
	{"Marks", "Facts", marks(), ""},
	{"Meters", "Facts", meters(), ""},
	{"Bar", "Facts", bars(), ""},
	{"Icons", "Facts", icons(), ""},
	{"Panel", "Facts", panels(), ""},
	{"Section", "Facts", sections(), ""},

	{"Table", "Lists", tables(), ""},
	{"Results", "Lists", results(), ""},
	{"Pager", "Lists", pagers(), ""},
	{"Nothing there", "Lists", nothing(), ""},
	{"Losses", "Lists", losses(), ""},
	{"Timeline", "Lists", timelines(), ""},
	{"Work", "Lists", work(), ""},
	{"Fold", "Lists", folds(), ""},
	{"Tabs", "Lists", tabs(), ""},
	{"Views", "Lists", views(), ""},
	{"Crumbs", "Lists", crumbs(), ""},
	{"Brand", "Lists", brands(), ""},

	{"Notices", "Notes", notes(), ""},
	{"Flash", "Notes", flashes(), ""},
	{"Gate", "Notes", gates(), ""},
	{"Steps", "Notes", steps(), ""},
	{"Comparison", "Notes", comparisons(), ""},
	{"Words with ids", "Notes", words(), ""},

	{"Page head", "", heads(), "Bramley Dental Group"},
	{"Advisory", "", warnings(), "Warning: Reassigning would leave 42 agents behind"},
	{"Result", "", outcomes(), "Account A-20977 is ready"},
	{"Error page", "", apologies(), "Something failed on our side"},
}

// Slug is the name as files and addresses have it.
func (e Example) Slug() string { return slug(e.Name) }

func slug(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "-") }

// kitStates are the pages of the kit: one for each part, one for each example that stands alone.
func kitStates() (states []State) {
	seen := map[string]bool{}
	for _, e := range Examples {
		p := partOf(e)
		if seen[p.name] {
			continue
		}
		seen[p.name] = true
		states = append(states, State{
			ID: "kit." + slug(p.name), As: Nobody, Path: "/gallery", H1: p.h1, About: "Gallery",
			Draw: func() templ.Component { return page(p) },
		})
	}
	return states
}

// A kitPage shows the examples of a part, or one that stands alone.
type kitPage struct {
	name, h1 string
	alone    bool
	examples []Example
}

func partOf(e Example) kitPage {
	if e.Part == "" {
		return kitPage{e.Name, e.H1, true, []Example{e}}
	}
	p := kitPage{name: e.Part, h1: e.Part}
	for _, other := range Examples {
		if other.Part == e.Part {
			p.examples = append(p.examples, other)
		}
	}
	return p
}
