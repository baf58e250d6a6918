package pagetest

import (
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Complaints lists what a page does not keep of what every page promises: one heading, a name and a
// state, ids and test ids that are there once, references that lead somewhere, labelled fields.
func Complaints(doc *goquery.Document) (complaints []string) {
	complain := func(format string, args ...any) { complaints = append(complaints, fmt.Sprintf(format, args...)) }
	if n, titled := doc.Find("h1").Length(), doc.Find("h1#page-title").Length(); n != 1 || titled != 1 {
		complain("%d h1, %d of them #page-title; want one", n, titled)
	}
	for _, a := range []string{"data-page", "data-state"} {
		if doc.Find("body").AttrOr(a, "") == "" {
			complain("the body has no %s", a)
		}
	}
	for _, a := range []string{"id", "data-testid"} {
		seen := map[string]bool{}
		doc.Find("[" + a + "]").Each(func(_ int, s *goquery.Selection) {
			v, _ := s.Attr(a)
			if v == "" || seen[v] {
				complain("%s %q is empty or there twice", a, v)
			}
			seen[v] = true
		})
	}
	for _, a := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "for"} {
		doc.Find("[" + a + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(a, "")) {
				if doc.Find(`[id="`+id+`"]`).Length() == 0 {
					complain("%s names %q, which is not there", a, id)
				}
			}
		})
	}
	doc.Find("a").Each(func(_ int, s *goquery.Selection) {
		if href := s.AttrOr("href", ""); href == "" || href == "#" || strings.Contains(href, "about:invalid") {
			complain("a link %q leads to %q", words(s), href)
		}
	})
	return complaints
}
