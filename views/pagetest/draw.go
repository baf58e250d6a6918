// Package pagetest helps the tests of pages: it draws a page as a browser would read it, holds it to
// what every page promises, and takes what pages show out of the demo world.
package pagetest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"mooring/views/frame"
)

// Halden is the frame of Maya Kowalski's pages.
func Halden() frame.Frame {
	return frame.Frame{
		Portal: "Halden Partners", Section: "customers", Nonce: "n0nce", TimeZone: "Europe/Warsaw",
		Who: &frame.Person{Name: "Maya Kowalski", Initials: "MK", Role: "Licence manager", Partner: "Halden Partners"},
		Nav: []frame.NavGroup{{Items: []frame.NavItem{{Key: "customers", Label: "Customers", Icon: "building", Href: "/customers"}}}},
	}
}

// Nobody is the frame before anybody signed in.
func Nobody() frame.Frame { return frame.Frame{Portal: "Halden Partners", Nonce: "n0nce"} }

// Draw draws a page in a frame and holds it to what every page promises.
func Draw(t *testing.T, f frame.Frame, page templ.Component) *goquery.Document {
	t.Helper()
	f.FormKey = func(action string) string { return "key of " + action }
	var b strings.Builder
	if err := page.Render(frame.With(t.Context(), f), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, complaint := range Complaints(doc) {
		t.Error(complaint)
	}
	return doc
}

// Text is what an element says, with its white space in order; the test fails unless there is one.
func Text(t *testing.T, doc *goquery.Document, selector string) string {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() != 1 {
		t.Fatalf("%d of %s, want one", found.Length(), selector)
	}
	return words(found)
}

// Said is all that the page says in main.
func Said(doc *goquery.Document) string { return words(doc.Find("main")) }

// Has checks that the page has what each selector finds, and nothing of what others find.
func Has(t *testing.T, doc *goquery.Document, want bool, selectors ...string) {
	t.Helper()
	for _, s := range selectors {
		if got := doc.Find(s).Length() > 0; got != want {
			t.Errorf("%s there: %v, want %v", s, got, want)
		}
	}
}

func words(s *goquery.Selection) string {
	var b strings.Builder
	write(&b, s)
	return strings.Join(strings.Fields(b.String()), " ")
}

// inline are the elements whose words run on with what stands beside them.
var inline = map[string]bool{"a": true, "b": true, "bdi": true, "code": true, "small": true, "span": true, "strong": true}

func write(b *strings.Builder, s *goquery.Selection) {
	s.Contents().Each(func(_ int, c *goquery.Selection) {
		switch name := goquery.NodeName(c); {
		case name == "#text":
			b.WriteString(c.Text())
		case inline[name]:
			write(b, c)
		default:
			b.WriteByte(' ')
			write(b, c)
			b.WriteByte(' ')
		}
	})
}
