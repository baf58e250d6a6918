package pagetest

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func read(t *testing.T, page string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestWhatMakesAPageUnfitIsToldOnce(t *testing.T) {
	const head = `<html lang="en"><body><main id="main">`
	for name, page := range map[string]string{
		"a style":                head + `<p style="color:red">x</p>`,
		"a script":               head + `<script>x()</script>`,
		"a handler":              head + `<p onclick="x()">x</p>`,
		"no language":            `<html><body><main id="main">`,
		"a mute picture":         head + `<img src="x">`,
		"a form to nowhere":      head + `<form></form>`,
		"a window":               head + `<a href="/x" target="_blank">x</a>`,
		"no main":                `<html lang="en"><body>`,
		"half a shell":           head + `</main><nav id="side"></nav>`,
		"a mute link":            head + `<a href="/x"></a>`,
		"a mute button":          head + `<button></button>`,
		"a field without label":  head + `<input id="x">`,
		"a label of nothing":     head + `<input id="x"><label for="x"> </label>`,
		"a label of other field": head + `<textarea id="x"></textarea><label for="y">Y</label>`,
	} {
		if got := Unfit(read(t, page)); len(got) != 1 {
			t.Errorf("%s: %q, want one complaint", name, got)
		}
	}
	for name, page := range map[string]string{
		"plain":        head + `<a href="/x">x</a><input type="hidden">`,
		"a label":      head + `<input id="x"><label for="x">X</label>`,
		"inside":       head + `<label>X <input></label>`,
		"named":        head + `<button aria-label="Close"></button>`,
		"named beside": head + `<h2 id="h">H</h2><input aria-labelledby="h">`,
	} {
		if got := Unfit(read(t, page)); len(got) != 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestLinksAreAllThatAPageNames(t *testing.T) {
	got := Links(read(t, `<link href="/a.css"><script src="/b.js"></script><a href="/c">c</a><a>d</a>`))
	if !slices.Equal(got, []string{"/a.css", "/c", "/b.js"}) {
		t.Error(got)
	}
}

func TestGoldensLeaveOutWhatMoves(t *testing.T) {
	got := still(`<input name="_form" value="x1"/><script nonce="y2" src="/static/portal-0123456789ab.js"></script>`)
	if want := "<input name=\"_form\" value=\"key\"/>\n<script nonce=\"nonce\" src=\"/static/portal.js\">\n</script>\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
