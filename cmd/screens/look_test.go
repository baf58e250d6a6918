package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// serve serves one page under a content policy like the portal's.
func serve(t *testing.T, html, body string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/go", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:")
		fmt.Fprintf(w, `<!doctype html><html data-ready %s><title>t</title><link rel=icon href="data:,"><link rel=stylesheet href=/style.css><body data-state=default>%s`, html, body)
	})
	mux.HandleFunc("/style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, `body { background: white; color: black; margin: 0 } .pale { color: #ddd } .wide { inline-size: 500px }`)
	})
	mux.HandleFunc("/boom.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `console.error("boom")`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func browserForTest(t *testing.T) *chromium {
	t.Helper()
	path, err := findChromium()
	if errors.Is(err, errNoChromium) && os.Getenv("MOORING_NEED_CHROMIUM") == "" {
		t.Skipf("SKIPPED, NOT TESTED: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := launch(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.close)
	return b
}

func TestEverySinOfAPageIsSeen(t *testing.T) {
	b := browserForTest(t)
	tab, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	defer tab.close()
	const good = `<main><h1>A heading</h1><p>Words.</p></main>`
	for _, c := range []struct{ when, html, body, says string }{
		{"nothing is wrong", "lang=en", good, ""},
		{"nobody says the language", "", good, "html-has-lang"},
		{"words can hardly be seen", "lang=en", `<main><h1>A heading</h1><p class=pale>Words.</p></main>`, "color-contrast"},
		{"a field has no label", "lang=en", `<main><h1>A heading</h1><input></main>`, "label"},
		{"something sticks out", "lang=en", `<main><h1>A heading</h1><div class=wide>Words.</div></main>`, "110 pixels wider"},
		{"the policy is broken", "lang=en", good + `<p style="color:red">`, "content policy"},
		{"the console complains", "lang=en", good + `<script src=/boom.js></script>`, "boom"},
		{"a picture is missing", "lang=en", good + `<img alt="" src=/nothing.png>`, "404"},
	} {
		g := &gauge{}
		problems, err := g.visit(tab, serve(t, c.html, c.body), visit{state: state{Go: "/go", Status: 200, Ready: "html[data-ready]"}, theme: "light"})
		if err != nil {
			t.Fatalf("%s: %v", c.when, err)
		}
		if said := strings.Join(problems, "\n"); c.says == "" && said != "" || !strings.Contains(said, c.says) {
			t.Errorf("%s: %q, want something of %q", c.when, said, c.says)
		}
	}
	if _, err := (&gauge{}).visit(tab, serve(t, "lang=en", good), visit{state: state{Go: "/go", Status: 404, Ready: "html"}, theme: "light"}); err == nil {
		t.Error("a page with another status was taken for the state")
	}
}
