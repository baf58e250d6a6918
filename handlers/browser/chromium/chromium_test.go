package chromium

import (
	"bytes"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	stop := Keep()
	code := m.Run()
	stop()
	os.Exit(code)
}

// serve serves one page under a content policy like the portal's; /ok.js and /boom.js are its
// scripts and /next is another page.
func serve(t *testing.T, body string) string {
	t.Helper()
	mux := http.NewServeMux()
	html := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'")
			fmt.Fprintf(w, `<!doctype html><html lang=en><title>t</title><link rel=icon href=/icon.svg><link rel=stylesheet href=/style.css><body>%s`, body)
		}
	}
	mux.HandleFunc("/{$}", html(body))
	mux.HandleFunc("/next", html(`<h1>Next</h1>`))
	mux.HandleFunc("/icon.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	})
	mux.HandleFunc("/style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = io.WriteString(w, `@keyframes turn { to { rotate: 1turn } } .turning { animation: turn 1s linear infinite; width: 80px; height: 40px; background: #06c }
			.wide { width: 2000px } .tall { height: 3000px } @media (prefers-color-scheme: dark) { body { background: #000 } }`)
	})
	mux.HandleFunc("/{name}", func(w http.ResponseWriter, r *http.Request) {
		script, known := map[string]string{
			"ok.js":    `document.querySelector("h1").textContent = "Scripted"`,
			"boom.js":  `throw new Error("boom")`,
			"chat.js":  `console.warn("old", 7); console.log("fine")`,
			"fetch.js": `fetch("/missing.json")`,
		}[r.PathValue("name")]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = io.WriteString(w, script)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestACleanPageHasNoProblemsEvenFrozen(t *testing.T) {
	p := Start(t).Page(t, 800, 600, false)
	p.Freeze()
	p.Goto(serve(t, `<h1>Plain</h1><div class=turning></div><script src=/ok.js></script><a href=/next>On</a>`))

	if got := p.Problems(); len(got) != 0 {
		t.Errorf("problems: %q", got)
	}
	if got := p.Text("h1"); got != "Scripted" {
		t.Errorf("the heading reads %q", got)
	}
	p.Submit("a")
	if got := p.Text("h1"); got != "Next" || !strings.HasSuffix(p.URL(), "/next") {
		t.Errorf("the link led to %q at %s", got, p.URL())
	}
	if got := p.Problems(); len(got) != 0 {
		t.Errorf("problems: %q", got)
	}
}

func TestProblemsAreReported(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"inline script":     {`<script>1</script>`, "content policy: kInlineViolation breaks script-src"},
		"style attribute":   {`<p style="color:red">x</p>`, "content policy: kInlineViolation breaks style-src"},
		"foreign image":     {`<img src="http://127.0.0.1:1/x.png" alt="">`, "content policy: kURLViolation of http://127.0.0.1:1/x.png breaks img-src"},
		"exception":         {`<script src=/boom.js></script>`, "exception: Uncaught Error: boom"},
		"console":           {`<script src=/chat.js></script>`, "console warning: old 7"},
		"failed fetch":      {`<script src=/fetch.js></script>`, "/missing.json"},
		"missing image":     {`<img src=/gone.png alt="">`, "request: 404 for"},
		"missing behaviour": {`<script src=/gone.js></script>`, "request: 404 for"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Start(t).Page(t, 800, 600, false)
			p.Goto(serve(t, c.body))
			got := p.Problems()
			if !strings.Contains(strings.Join(got, "\n"), c.want) {
				t.Errorf("problems are %q, none says %q", got, c.want)
			}
			p.Forget()
			if got := p.Problems(); len(got) != 0 {
				t.Errorf("still there after Forget: %q", got)
			}
		})
	}
}

func TestFrozenPagesAreDrawnTheSameTwice(t *testing.T) {
	url := serve(t, `<h1>Plain</h1><div class=turning></div>`)
	var shots [][]byte
	for range 2 {
		p := Start(t).Page(t, 400, 300, false)
		p.Freeze()
		p.Goto(url)
		shots = append(shots, p.Screenshot())
	}
	if !bytes.Equal(shots[0], shots[1]) {
		t.Error("two pictures of one frozen page differ")
	}
	dark := Start(t).Page(t, 400, 300, true)
	dark.Freeze()
	dark.Goto(url)
	if bytes.Equal(shots[0], dark.Screenshot()) {
		t.Error("the dark theme looks like the light one")
	}
}

func TestAWholePageIsTallerThanItsWindow(t *testing.T) {
	p := Start(t).Page(t, 390, 844, false)
	p.Goto(serve(t, `<div class=tall></div>`))
	for name, c := range map[string]struct {
		shot []byte
		tall func(int) bool
	}{
		"window": {p.Screenshot(), func(h int) bool { return h == 844 }},
		"whole":  {p.Full(), func(h int) bool { return h >= 3000 }},
	} {
		size, err := png.DecodeConfig(bytes.NewReader(c.shot))
		if err != nil {
			t.Fatal(err)
		}
		if size.Width != 390 || !c.tall(size.Height) {
			t.Errorf("%s: %d by %d", name, size.Width, size.Height)
		}
	}
}

func TestOverflowIsMeasured(t *testing.T) {
	p := Start(t).Page(t, 390, 844, false)
	p.Goto(serve(t, `<div class=wide>Wide</div>`))
	if got := p.Overflow(); got < 1600 {
		t.Errorf("a block of 2000 pixels sticks out by %d", got)
	}
	p.Goto(serve(t, `<p>Narrow</p>`))
	if got := p.Overflow(); got != 0 {
		t.Errorf("a narrow page sticks out by %d", got)
	}
}

func TestWithoutScriptsFormsStillWork(t *testing.T) {
	p := Start(t).Page(t, 390, 844, false)
	p.NoScript()
	p.Freeze()
	p.Goto(serve(t, `<h1>Plain</h1><script src=/ok.js></script><form action=/next><input id=seats name=seats value=42><input id=note name=note value=old><button>Go</button></form>`))
	if got := p.Text("h1"); got != "Plain" {
		t.Errorf("scripts ran: %q", got)
	}
	p.Type("#seats", "60")
	p.Type("#note", "")
	p.Submit("button")
	if !strings.HasSuffix(p.URL(), "/next?seats=60&note=") {
		t.Errorf("the form led to %s", p.URL())
	}
	if len(p.Screenshot()) == 0 {
		t.Error("no picture")
	}
}

func TestTabsHaveCookiesOfTheirOwn(t *testing.T) {
	url := serve(t, `<p>x</p>`)
	first, second := Start(t).Page(t, 390, 844, false), Start(t).Page(t, 390, 844, false)
	first.SetCookie(url, "who", "maya")
	for p, want := range map[*Page]string{first: "who=maya", second: ""} {
		p.Goto(url)
		var got string
		p.Eval("Promise.resolve(document.cookie)", &got)
		if got != want {
			t.Errorf("cookies are %q, want %q", got, want)
		}
	}
}
