package browser

import (
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// A named element is one that a person would call by these names.
type named struct {
	*goquery.Selection
	names []string
}

// called finds those of all that go by name: exactly if any does, else those whose name contains it.
// Those in main come before those around it.
func called(all []named, name string) []named {
	name = normal(name)
	for _, fits := range []func(string) bool{
		func(s string) bool { return s == name },
		func(s string) bool { return strings.Contains(s, name) },
	} {
		var found, inMain []named
		for _, n := range all {
			if !slices.ContainsFunc(n.names, fits) {
				continue
			}
			found = append(found, n)
			if n.Closest("main").Length() > 0 {
				inMain = append(inMain, n)
			}
		}
		if len(inMain) > 0 {
			return inMain
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// collect names every element of the ground that css selects and a person could reach.
func (p *Person) collect(css string, names func(*goquery.Selection) []string) (all []named) {
	p.ground().Find(css).Each(func(_ int, s *goquery.Selection) {
		if s.Closest("[hidden], template").Length() > 0 {
			return
		}
		var known []string
		for _, n := range names(s) {
			if n = normal(n); n != "" {
				known = append(known, n)
			}
		}
		all = append(all, named{s, known})
	})
	return all
}

// words are what is written on a link or button, or what it is called aloud.
func (p *Person) words(s *goquery.Selection) []string {
	names := []string{visibleText(s), s.AttrOr("aria-label", ""), s.Find("img[alt]").AttrOr("alt", "")}
	if goquery.NodeName(s) == "input" {
		names = append(names, s.AttrOr("value", ""), s.AttrOr("alt", ""))
	}
	return append(names, p.labelledBy(s)...)
}

// labels are the names of a field.
func (p *Person) labels(s *goquery.Selection) []string {
	names := append([]string{s.AttrOr("aria-label", "")}, p.labelledBy(s)...)
	if id := s.AttrOr("id", ""); id != "" {
		p.here.doc.Find("label" + attr("for", id)).Each(func(_ int, l *goquery.Selection) {
			names = append(names, labelText(l))
		})
	}
	if around := s.Closest("label"); around.Length() > 0 && around.AttrOr("for", s.AttrOr("id", "")) == s.AttrOr("id", "") {
		names = append(names, labelText(around))
	}
	return names
}

func (p *Person) labelledBy(s *goquery.Selection) (names []string) {
	var parts []string
	for _, id := range strings.Fields(s.AttrOr("aria-labelledby", "")) {
		parts = append(parts, visibleText(p.here.doc.Find(attr("id", id))))
	}
	return append(names, strings.Join(parts, " "))
}

// labelText is a label without the text of the field inside it.
func labelText(label *goquery.Selection) string {
	bare := label.Clone()
	bare.Find("textarea, select, button").Remove()
	return visibleText(bare)
}

func namesOf(all []named) (names []string) {
	for _, n := range all {
		name := "(nameless " + goquery.NodeName(n.Selection) + ")"
		if len(n.names) > 0 {
			name = n.names[0]
		}
		names = append(names, name)
	}
	return names
}

func node(s *goquery.Selection) *html.Node { return s.Nodes[0] }
