package browser

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

const mostRedirects = 10

// A page is what one visit ended with.
type page struct {
	url    *url.URL
	status int
	header http.Header
	body   []byte
	doc    *goquery.Document
	files  map[*html.Node]upload
}

// A wish is a request before the headers that every request gets.
type wish struct {
	method, kind string
	to           *url.URL
	body         []byte
	from         *page // nil when the address was typed
}

// Opens types an address. It may be a path of the portal or a whole URL of it.
func (p *Person) Opens(path string) {
	p.t.Helper()
	to, err := p.origin.Parse(path)
	if err != nil {
		p.fail("%q is no address: %v", path, err)
	}
	p.visit(wish{method: http.MethodGet, to: to})
}

// Reloads asks for the page at hand again.
func (p *Person) Reloads() {
	p.t.Helper()
	p.show(p.load(wish{method: http.MethodGet, to: p.here.url}))
}

// Posts sends a form that no page offered, with the cookies of this session.
func (p *Person) Posts(path string, form url.Values) {
	p.t.Helper()
	to, err := p.origin.Parse(path)
	if err != nil {
		p.fail("%q is no address: %v", path, err)
	}
	p.visit(wish{method: http.MethodPost, kind: formKind, to: to, body: []byte(form.Encode()), from: p.here})
}

// Back shows the page before this one as it was left, filled-in fields included, without asking the
// portal again.
func (p *Person) Back() {
	p.t.Helper()
	if len(p.past) == 0 {
		p.fail("there is no page to go back to")
	}
	last := len(p.past) - 1
	p.show(p.past[last])
	p.past = p.past[:last]
}

func (p *Person) visit(w wish) {
	p.t.Helper()
	next := p.load(w)
	if p.here.status != 0 {
		p.past = append(p.past, p.here)
	}
	p.show(next)
}

func (p *Person) show(next *page) { p.here, p.scope = next, nil }

// load sends w and follows redirects.
func (p *Person) load(w wish) *page {
	p.t.Helper()
	for range mostRedirects + 1 {
		got := p.send(w)
		target := got.header.Get("Location")
		if got.status < 300 || got.status > 399 || target == "" {
			return got
		}
		to, err := w.to.Parse(target)
		if err != nil {
			p.fail("%s redirects to %q, which is no address", w.to, target)
		}
		if to.Fragment == "" {
			to.Fragment = w.to.Fragment
		}
		w.to = to
		if got.status != http.StatusTemporaryRedirect && got.status != http.StatusPermanentRedirect {
			w.method, w.kind, w.body = http.MethodGet, "", nil
		}
	}
	p.fail("more than %d redirects, the last one to %s", mostRedirects, w.to)
	return nil
}

// send makes one request and reads one answer.
func (p *Person) send(w wish) *page {
	p.t.Helper()
	if w.to.Scheme != p.origin.Scheme || w.to.Host != p.origin.Host {
		p.fail("%s is outside %s", w.to, strings.TrimSuffix(p.origin.String(), "/"))
	}
	req := p.request(w)
	rec := httptest.NewRecorder()
	p.handler.ServeHTTP(rec, req)
	res := rec.Result()
	p.jar.SetCookies(w.to, res.Cookies())
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.fail("reading %s: %v", w.to, err)
	}
	got := &page{url: w.to, status: res.StatusCode, header: res.Header, body: body}
	return got.fresh()
}

func (p *Person) request(w wish) *http.Request {
	req := httptest.NewRequest(w.method, w.to.RequestURI(), bytes.NewReader(w.body))
	req.Host, req.RemoteAddr = p.origin.Host, "127.0.0.1:40404"
	if w.kind != "" {
		req.Header.Set("Content-Type", w.kind)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	req.Header.Set("User-Agent", "Mooring test person")
	if !p.hides {
		p.introduce(req, w)
	}
	for _, c := range p.jar.Cookies(w.to) {
		req.AddCookie(c)
	}
	if p.alter != nil {
		p.alter(req)
	}
	return req
}

// introduce says where the request comes from, as browsers do.
func (p *Person) introduce(req *http.Request, w wish) {
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	req.Header.Set("Sec-Fetch-Dest", "document")
	req.Header.Set("Sec-Fetch-User", "?1")
	if w.from == nil {
		req.Header.Set("Sec-Fetch-Site", "none")
		return
	}
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	from := *w.from.url
	from.Fragment = ""
	req.Header.Set("Referer", from.String())
	if w.method != http.MethodGet && w.method != http.MethodHead {
		req.Header.Set("Origin", p.origin.Scheme+"://"+p.origin.Host)
	}
}

// fresh is the page as it was served, with nothing filled in.
func (g *page) fresh() *page {
	again := *g
	again.files = map[*html.Node]upload{}
	body := g.body
	if kind, _, _ := mime.ParseMediaType(g.header.Get("Content-Type")); kind != "text/html" {
		body = nil
	}
	// Scripting is off, so what stands in noscript is part of the page.
	root, err := html.ParseWithOptions(bytes.NewReader(body), html.ParseOptionEnableScripting(false))
	if err != nil { // reading from memory does not fail
		panic(err)
	}
	again.doc = goquery.NewDocumentFromNode(root)
	return &again
}

func blank(at *url.URL) *page { return (&page{url: at, header: http.Header{}}).fresh() }
