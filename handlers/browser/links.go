package browser

import (
	"net/http"
	"strings"
)

// Follows goes where the link with these words, or this aria-label, leads. Links in main come first;
// several links of one name must lead to one place.
func (p *Person) Follows(link string) {
	p.t.Helper()
	all := p.collect("a[href]", p.words)
	found := called(all, link)
	if len(found) == 0 {
		p.fail("there is no link %q; there are: %s", link, list(namesOf(all)))
	}
	href := found[0].AttrOr("href", "")
	for _, other := range found[1:] {
		if elsewhere := other.AttrOr("href", ""); elsewhere != href {
			p.fail("%d links are called %q and lead to different places: %s and %s", len(found), link, href, elsewhere)
		}
	}
	p.goes(href)
}

// FollowsTestID follows the link with this data-testid.
func (p *Person) FollowsTestID(id string) {
	p.t.Helper()
	link := p.TestID(id)
	href, ok := link.Attr("href")
	if !ok || !link.Is("a") {
		p.fail("%q is no link", id)
	}
	p.goes(href)
}

func (p *Person) goes(href string) {
	p.t.Helper()
	if id, inside := strings.CutPrefix(href, "#"); inside {
		if id != "" && p.here.doc.Find(attr("id", id)).Length() == 0 {
			p.fail("the link leads to %s, which is not on the page", href)
		}
		return
	}
	to, err := p.here.url.Parse(href)
	if err != nil {
		p.fail("the link leads to %q, which is no address", href)
	}
	p.visit(wish{method: http.MethodGet, to: to, from: p.here})
}
