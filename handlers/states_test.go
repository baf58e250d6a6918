package handlers_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mooring/handlers"
	"mooring/handlers/browser"
	"mooring/models/portal/portaltest"
	"mooring/views/gallery"
	"mooring/views/link"
	"mooring/views/pagetest"
)

// heaviest is how much a page may weigh on the way, compressed.
const heaviest = 20 << 10

// demoSite is the site of `portal demo`: the gallery is open.
func demoSite(w *portaltest.World) http.Handler {
	return handlers.New(handlers.Options{Portal: w.Portal, Keys: w.Keys, Real: w.Clock, Gallery: true}).Handler()
}

func TestEveryStateKeepsItsContract(t *testing.T) {
	site := demoSite(portaltest.New(t))
	visited, drawn := links{}, map[string]string{}
	for _, s := range gallery.All() {
		t.Run(s.ID, func(t *testing.T) {
			p := browser.New(t, site)
			p.Opens(link.GalleryGo(s.ID))
			if p.Status() != s.Status() || p.At() != s.URL() {
				t.Fatalf("%s answers %d, want %s with %d", p.At(), p.Status(), s.URL(), s.Status())
			}
			if p.H1() != s.H1 || p.Title() != s.Title() {
				t.Errorf("the page is called %q and titled %q, want %q and %q", p.H1(), p.Title(), s.H1, s.Title())
			}
			doc := p.Document()
			for _, c := range append(pagetest.Complaints(doc), pagetest.Unfit(doc)...) {
				t.Error(c)
			}
			for _, h := range s.Hooks {
				if !p.Has(h) {
					t.Errorf("the hook %s is not there", h)
				}
			}
			if n := weight(t, p.Body()); n > heaviest {
				t.Errorf("weighs %d bytes, at most %d", n, heaviest)
			}
			if s.Draw == nil && s.Path != link.Gallery() { // the gallery's own test holds the others
				drawn[s.ID] = pagetest.Main(t, doc)
			}
			visited.follow(t, p)
		})
	}
	pagetest.Goldens(t, "testdata/states", drawn)
	if len(visited) < len(gallery.All()) {
		t.Errorf("only %d addresses were followed", len(visited))
	}
}

func weight(t *testing.T, page string) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(page)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// links are the addresses that were followed, each once for each kind of visitor.
type links map[string]bool

func (l links) follow(t *testing.T, p *browser.Person) {
	t.Helper()
	who := p.Document().Find("[data-testid=user-menu]").Text()
	for _, raw := range pagetest.Links(p.Document()) {
		to, err := url.Parse(raw)
		switch {
		case err == nil && to.Scheme == "mailto":
		case err != nil || to.IsAbs() || to.Host != "":
			t.Errorf("a link leads to %q", raw)
		case to.Path == "":
			if to.Fragment != "" && p.Document().Find(`[id="`+to.Fragment+`"]`).Length() == 0 {
				t.Errorf("a link leads to %q, which is not on the page", raw)
			}
		case !l[who+to.String()] && !strings.HasPrefix(to.Path, link.GalleryGo("")):
			l[who+to.String()] = true
			other := p.Clone()
			if other.Opens(to.RequestURI()); other.Status() >= http.StatusBadRequest && to.Path != p.At() {
				t.Errorf("the link %q leads to a page with status %d", raw, other.Status())
			}
		}
	}
}

func TestTheGalleryIsShutOutsideTheDemo(t *testing.T) {
	site := siteOn(portaltest.New(t))
	for _, path := range []string{link.Gallery(), link.GalleryStates(), link.GalleryGo("customers"), link.GalleryExample("kit.forms")} {
		p := browser.New(t, site)
		p.Opens(path)
		if p.Status() != http.StatusNotFound || len(p.Cookies()) > 0 {
			t.Errorf("%s answers %d with cookies %v", path, p.Status(), p.Cookies())
		}
	}
}

func TestProgramsReadTheStates(t *testing.T) {
	p := browser.New(t, demoSite(portaltest.New(t)))
	p.Opens(link.GalleryStates())
	var all []map[string]any
	if err := json.Unmarshal([]byte(p.Body()), &all); err != nil || len(all) != len(gallery.All()) {
		t.Fatalf("%d states: %v", len(all), err)
	}
	for _, s := range all {
		if s["id"] != "plan.reassign.advisory" {
			continue
		}
		for key, want := range map[string]any{
			"go": "/gallery/go/plan.reassign.advisory", "url": "/accounts/A-20418/reassign/endpoint-advanced", "persona": "reseller", "status": 200.0,
			"title": "Reassigning would leave 42 agents behind – Bramley Dental Group – Halden Partners", "ready": "html[data-ready], body[data-state]",
		} {
			if s[key] != want {
				t.Errorf("%s is %v, want %v", key, s[key], want)
			}
		}
		return
	}
	t.Error("the advisory is not among the states")
}

func TestAStateIsShownInTheThemeThatWasAskedFor(t *testing.T) {
	p := browser.New(t, demoSite(portaltest.New(t)))
	for _, c := range []struct{ query, want string }{{"?theme=dark", "dark"}, {"", ""}, {"?theme=light", "light"}, {"?theme=x", ""}} {
		p.Opens(link.GalleryGo("customers") + c.query)
		if got := p.Document().Find("html").AttrOr("data-theme", ""); got != c.want {
			t.Errorf("%q: the theme is %q", c.query, got)
		}
	}
}

func TestGoingThroughTheStatesChangesWhoIsSignedIn(t *testing.T) {
	p := browser.New(t, demoSite(portaltest.New(t)))
	p.Opens(link.GalleryGo("customer.contact"))
	p.Sees("Dr Helen Bramley")
	p.Opens(link.GalleryGo("sign-in"))
	p.Opens(link.Customers())
	if p.H1() != "Sign in" {
		t.Errorf("still signed in, at %q", p.H1())
	}
	p.Opens(link.GalleryGo("no-such-state"))
	p.SeesStatus(http.StatusNotFound)
}
