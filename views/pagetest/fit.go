package pagetest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// unwanted are what no page has, and why.
var unwanted = []struct{ selector, what string }{
	{"[style], style", "a style in place, which the content policy blocks"},
	{"script:not([src])", "a script in place, which the content policy blocks"},
	{"[onclick], [onchange], [onsubmit], [hx-on]", "a handler in place, which the content policy blocks"},
	{"html:not([lang])", "a page without a language"},
	{"img:not([alt])", "a picture without words"},
	{"form:not([action])", "a form that leads nowhere"},
	{"[target=_blank]", "a link that opens a window"},
}

// Unfit lists what keeps people from using a page, or the content policy from letting it be: landmarks
// that are not there, controls without a name, styles and scripts in place.
func Unfit(doc *goquery.Document) (complaints []string) {
	for _, u := range unwanted {
		if doc.Find(u.selector).Length() > 0 {
			complaints = append(complaints, u.what)
		}
	}
	if doc.Find("main#main").Length() != 1 {
		complaints = append(complaints, "there is not one main")
	}
	if doc.Find("nav#side").Length() == 1 && (doc.Find("header#topbar").Length() != 1 || doc.Find("footer#foot").Length() != 1) {
		complaints = append(complaints, "the shell lacks a landmark")
	}
	doc.Find("a, button, input:not([type=hidden]), select, textarea").Each(func(_ int, c *goquery.Selection) {
		if called(doc, c) == "" {
			html, _ := goquery.OuterHtml(c)
			complaints = append(complaints, "a control without a name: "+html)
		}
	})
	return complaints
}

// called is what a control is called.
func called(doc *goquery.Document, c *goquery.Selection) string {
	name := c.AttrOr("aria-label", "")
	for _, id := range strings.Fields(c.AttrOr("aria-labelledby", "")) {
		name += doc.Find(`[id="` + id + `"]`).Text()
	}
	switch goquery.NodeName(c) {
	case "a", "button":
		name += c.Text()
	default:
		name += c.Closest("label").Text()
		if id, ok := c.Attr("id"); ok {
			name += doc.Find(`label[for="` + id + `"]`).Text()
		}
	}
	return strings.TrimSpace(name)
}

// Links are the addresses that a page names: of other pages, of its styles and scripts.
func Links(doc *goquery.Document) (addresses []string) {
	for _, attr := range []string{"href", "src"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			addresses = append(addresses, s.AttrOr(attr, ""))
		})
	}
	return addresses
}

// Main is the HTML of what a page is about; what stands around it is the same everywhere.
func Main(t *testing.T, doc *goquery.Document) string {
	t.Helper()
	html, err := goquery.OuterHtml(doc.Find("main"))
	if err != nil {
		t.Fatal(err)
	}
	return html
}
