package browser

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Origin is where a Person believes the portal to be, unless NewAt says otherwise.
const Origin = "http://localhost:8080"

// A Person sits in front of one tab. Every method that cannot do what it says fails the test and
// tells what there is instead. A Person belongs to one goroutine.
type Person struct {
	t       testing.TB
	handler http.Handler
	origin  *url.URL
	jar     http.CookieJar
	alter   func(*http.Request)
	hides   bool

	here  *page
	past  []*page
	scope *goquery.Selection
}

// New seats somebody without cookies in front of h, looking at nothing yet.
func New(t testing.TB, h http.Handler) *Person {
	t.Helper()
	return NewAt(t, h, Origin)
}

// NewAt is New for a portal at another origin, such as "https://portal.example", where cookies
// marked Secure are sent as well.
func NewAt(t testing.TB, h http.Handler, origin string) *Person {
	t.Helper()
	at, err := url.Parse(origin)
	if err != nil || at.Host == "" {
		t.Fatalf("browser: %q is no origin", origin)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatalf("browser: making a cookie jar: %v", err)
	}
	at.Path = "/"
	return &Person{t: t, handler: h, origin: at, jar: jar, here: blank(at)}
}

// Clone opens a second tab in the same session: the same cookies, the same page as it was served,
// a history of its own. What was filled in here is not filled in there.
func (p *Person) Clone() *Person {
	twin := *p
	twin.past, twin.scope = nil, nil
	twin.here = p.here.fresh()
	return &twin
}

// Alters lets change see and alter every request before it is sent; nil ends it.
func (p *Person) Alters(change func(*http.Request)) { p.alter = change }

// HidesOrigin leaves out Origin, Referer and Sec-Fetch-*, as a plain tool would.
func (p *Person) HidesOrigin() { p.hides = true }

// Cookies are those that would be sent to the page at hand.
func (p *Person) Cookies() []*http.Cookie { return p.jar.Cookies(p.here.url) }

// At is the path of the page at hand, with its query if it has one.
func (p *Person) At() string { return p.here.url.RequestURI() }

// Status is the status the page at hand came with.
func (p *Person) Status() int { return p.here.status }

// Header is what the page at hand was sent with.
func (p *Person) Header() http.Header { return p.here.header }

// Body is the page at hand as it was sent.
func (p *Person) Body() string { return string(p.here.body) }

// Title is what the tab would be called.
func (p *Person) Title() string { return normal(p.here.doc.Find("title").First().Text()) }

// H1 is the heading of the page.
func (p *Person) H1() string { return visibleText(p.here.doc.Find("h1").First()) }

// Document is the page at hand, with what was filled in so far.
func (p *Person) Document() *goquery.Document { return p.here.doc }

// TestID finds the one element with this data-testid.
func (p *Person) TestID(id string) *goquery.Selection {
	p.t.Helper()
	found := p.ground().Find(attr("data-testid", id))
	if found.Length() != 1 {
		p.fail("there are %d elements with data-testid %q, not one; there are: %s", found.Length(), id, list(p.testIDs()))
	}
	return found
}

// Has says whether there is an element with this data-testid.
func (p *Person) Has(testID string) bool {
	return p.ground().Find(attr("data-testid", testID)).Length() > 0
}

// Text is what can be read in the element with this data-testid.
func (p *Person) Text(testID string) string {
	p.t.Helper()
	return visibleText(p.TestID(testID))
}

// Within looks only inside the element with this data-testid while do runs, or until a page is left.
// It tells the buttons of two rows apart.
func (p *Person) Within(testID string, do func()) {
	p.t.Helper()
	outer := p.scope
	p.scope = p.TestID(testID)
	left := p.here
	do()
	if p.here == left {
		p.scope = outer
	}
}
