package browser

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Sees fails the test unless text can be read on the page. White space counts as one space.
func (p *Person) Sees(text string) {
	p.t.Helper()
	if !strings.Contains(visibleText(p.ground()), normal(text)) {
		p.fail("%q is not on the page", text)
	}
}

// DoesNotSee fails the test if text can be read on the page.
func (p *Person) DoesNotSee(text string) {
	p.t.Helper()
	if strings.Contains(visibleText(p.ground()), normal(text)) {
		p.fail("%q is on the page and should not be", text)
	}
}

// SeesStatus fails the test unless the page came with this status.
func (p *Person) SeesStatus(code int) {
	p.t.Helper()
	if p.here.status != code {
		p.fail("the status is %s, not %s", status(p.here.status), status(code))
	}
}

// ground is where to look: the page, or the part that Within chose.
func (p *Person) ground() *goquery.Selection {
	if p.scope != nil {
		return p.scope
	}
	return p.here.doc.Find("body")
}

func (p *Person) testIDs() (ids []string) {
	p.here.doc.Find("[data-testid]").Each(func(_ int, s *goquery.Selection) {
		ids = append(ids, s.AttrOr("data-testid", ""))
	})
	return ids
}

func (p *Person) fail(format string, args ...any) {
	p.t.Helper()
	g := p.here
	body := visibleText(g.doc.Find("main"))
	if body == "" {
		body = visibleText(g.doc.Find("body"))
	}
	if body == "" {
		body = string(g.body)
	}
	p.t.Fatalf("%s\n  at     %s (%s)\n  title  %s\n  h1     %s\n  reads  %s",
		fmt.Sprintf(format, args...), p.At(), status(g.status), p.Title(), p.H1(), shorten(body, 1500))
}

func status(code int) string {
	if code == 0 {
		return "no page yet"
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

func list(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return "“" + strings.Join(words, "”, “") + "”"
}
