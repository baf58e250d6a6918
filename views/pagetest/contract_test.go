package pagetest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestAPageThatKeepsEveryPromiseHasNoComplaints(t *testing.T) {
	if got := complaintsAbout(t, `<body data-page="p" data-state="default"><h1 id="page-title">A</h1><a href="/b">B</a></body>`); len(got) != 0 {
		t.Error(got)
	}
}

func TestEveryBrokenPromiseIsAComplaint(t *testing.T) {
	const head = `<body data-page="p" data-state="default"><h1 id="page-title">A</h1>`
	for name, page := range map[string]string{
		"two headings":        head + `<h1>B</h1>`,
		"no name":             `<body data-state="default"><h1 id="page-title">A</h1>`,
		"an id twice":         head + `<p id="x"></p><p id="x"></p>`,
		"a test id twice":     head + `<p data-testid="x"></p><p data-testid="x"></p>`,
		"a label of nothing":  head + `<label for="x">X</label>`,
		"a menu not there":    head + `<button popovertarget="x">X</button>`,
		"a link to nowhere":   head + `<a href="#">X</a>`,
		"a forbidden address": head + `<a href="about:invalid#TemplFailedSanitizationURL">X</a>`,
	} {
		if got := complaintsAbout(t, page); len(got) != 1 {
			t.Errorf("%s: %q, want one complaint", name, got)
		}
	}
}

func complaintsAbout(t *testing.T, page string) []string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return Complaints(doc)
}
