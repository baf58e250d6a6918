package static

import (
	"regexp"
	"strings"
	"sync"
)

// drawing is what stands inside an icon's svg element.
var drawing = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)

// pointing are the icons that mean a direction, so that they turn round in pages read from the right.
var pointing = map[string]bool{
	"arrow-left": true, "arrow-right": true, "chevron-left": true, "chevron-right": true,
	"log-out": true, "undo-2": true, "external-link": true,
}

// icon is a drawing as a page has it.
type icon struct{ middle, large string }

var icons = sync.OnceValue(func() map[string]icon {
	entries, err := files.ReadDir("icons")
	if err != nil {
		panic("static: " + err.Error())
	}
	found := map[string]icon{}
	for _, e := range entries {
		inside := drawing.FindSubmatch(mustRead("icons/" + e.Name()))
		if inside == nil {
			panic("static: " + e.Name() + " is not a drawing")
		}
		name, drawn := strings.TrimSuffix(e.Name(), ".svg"), strings.Join(strings.Fields(string(inside[1])), " ")
		found[name] = icon{svg(name, "icon", drawn), svg(name, "icon icon-l", drawn)}
	}
	return found
})

// HasIcon says whether there is an icon of this name.
func HasIcon(name string) bool { return icons()[name].middle != "" }

// IconSVG is the icon as an svg element for the middle of a page, hidden from screen readers: the words
// beside it say what it means. A name nobody drew gives nothing.
func IconSVG(name string) string { return icons()[name].middle }

// LargeIconSVG is the same, a quarter larger.
func LargeIconSVG(name string) string { return icons()[name].large }

func svg(name, class, drawn string) string {
	if pointing[name] {
		class += " icon-dir"
	}
	return `<svg class="` + class + `" viewBox="0 0 24 24" aria-hidden="true">` + drawn + `</svg>`
}
