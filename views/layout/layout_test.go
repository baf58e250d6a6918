package layout

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"mooring/static"
	"mooring/views/frame"
	"mooring/views/ui"
)

func halden() Frame {
	return Frame{
		Portal: "Halden Partners", Section: "customers", Nonce: "n0nce", TimeZone: "Europe/Warsaw", Notice: "Plan modified.",
		Who: &Person{Name: "Maya Kowalski", Initials: "MK", Role: "Licence manager"},
		Nav: []NavGroup{
			{Items: []NavItem{
				{Key: "dashboard", Label: "Dashboard", Icon: "house", Href: "/"},
				{Key: "customers", Label: "Customers", Icon: "building", Href: "/customers"},
				{Key: "approvals", Label: "Approvals", Icon: "inbox", Href: "/approvals", Count: "3"},
			}},
			{Head: "Selling", Items: []NavItem{{Key: "plans", Label: "Plans", Icon: "layers", Href: "/plans"}}},
		},
		FormKey: func(action string) string { return "key of " + action },
	}
}

func drawn(t *testing.T, f Frame, c templ.Component) *goquery.Document {
	t.Helper()
	var b strings.Builder
	ctx := templ.WithChildren(frame.With(t.Context(), f), templ.Raw(`<h1 id="page-title">Matter</h1>`))
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheShellKeepsTheContractOfEveryPage(t *testing.T) {
	doc := drawn(t, halden(), Shell(Head{
		Title: "Modify the plan", Object: "Bramley Dental Group", Page: "plan.modify",
		Crumbs: []ui.Crumb{{Label: "Customers", Href: "/customers"}, {Label: "Modify plan"}},
	}))
	for selector, want := range map[string]string{
		"title": "Modify the plan – Bramley Dental Group – Halden Partners",
		`body[data-page="plan.modify"][data-state="default"] a.skip[href="#main"]`: "Skip to main content",
		`nav#side[data-testid=main-nav] a[aria-current=page]`:                      "Customers",
		`main#main h1#page-title`:                                                  "Matter",
		`main#main .crumbs [aria-current=page]`:                                    "Modify plan",
		`main#main [data-testid=flash][role=status]`:                               "Plan modified.",
		`form[method=post][action="/sign-out"] button[data-testid=sign-out]`:       "Sign out",
		`.nav-count`:                       "3 waiting",
		`.nav-group[role=group] .nav-head`: "Selling",
		`footer#foot span:last-child`:      "All times in Europe/Warsaw",
	} {
		if got := strings.TrimSpace(doc.Find(selector).Text()); got != want {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	if got := doc.Find(`form[action="/sign-out"] input[name=_form]`).AttrOr("value", ""); got != "key of /sign-out" {
		t.Errorf("the key of signing out is %q", got)
	}
}

func TestATitleSaysThatAFormWasRefused(t *testing.T) {
	for _, c := range []struct {
		head Head
		want string
	}{
		{Head{Title: "Sign in", Error: true}, "Error: Sign in – Halden"},
		{Head{Title: "Customers"}, "Customers – Halden"},
		{Head{Title: "Bramley", Object: "Bramley"}, "Bramley – Halden"},
		{Head{Title: "Bramley", Object: "A-20418"}, "Bramley – A-20418 – Halden"},
	} {
		if got := c.head.title("Halden"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestScriptsCarryTheNonceAndNothingElseRuns(t *testing.T) {
	doc := drawn(t, halden(), Shell(Head{Title: "X", Page: "x"}))
	scripts := doc.Find("script")
	if scripts.Length() != len(static.ScriptURLs()) {
		t.Errorf("%d scripts", scripts.Length())
	}
	scripts.Each(func(i int, s *goquery.Selection) {
		if s.AttrOr("nonce", "") != "n0nce" || s.AttrOr("src", "") != static.ScriptURLs()[i] || s.Text() != "" {
			t.Errorf("script %d: nonce %q, source %q", i, s.AttrOr("nonce", ""), s.AttrOr("src", ""))
		}
	})
	if n := doc.Find("[style], style").Length(); n != 0 {
		t.Errorf("%d elements are styled in place", n)
	}
}

func TestHtmxIsToldToKeepWithinTheContentPolicy(t *testing.T) {
	doc := drawn(t, halden(), Shell(Head{Title: "X", Page: "x"}))
	var config map[string]any
	if err := json.Unmarshal([]byte(doc.Find("meta[name=htmx-config]").AttrOr("content", "")), &config); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"includeIndicatorStyles": false, "allowEval": false, "allowScriptTags": false, "selfRequestsOnly": true,
		"historyCacheSize": 0.0, "refreshOnHistoryMiss": true,
	} {
		if config[key] != want {
			t.Errorf("%s is %v, want %v", key, config[key], want)
		}
	}
}

func TestWhatTheFrameDoesNotAskForIsNotThere(t *testing.T) {
	f := halden()
	f.Notice = ""
	doc := drawn(t, f, Shell(Head{Title: "X", Page: "x"}))
	if n := doc.Find(".search, noscript, [data-theme], [data-testid=flash], .crumbs").Length(); n != 0 {
		t.Errorf("%d things nobody asked for", n)
	}

	f.Search, f.Theme, f.Dir, f.Refresh = true, "dark", "rtl", 30
	doc = drawn(t, f, Shell(Head{Title: "X", Page: "x", State: "pending"}))
	for _, selector := range []string{
		"[data-testid=global-search]", `html[data-theme=dark][dir=rtl][lang=en]`, "noscript", `body[data-state=pending]`,
	} {
		if doc.Find(selector).Length() != 1 {
			t.Errorf("no %s", selector)
		}
	}
}

func TestAPageForAnybodyIsBareForStrangers(t *testing.T) {
	f := halden()
	if drawn(t, f, Page(Head{Title: "Page not found", Page: "error-404"})).Find("nav#side").Length() != 1 {
		t.Error("somebody who is signed in lost the menu")
	}
	f.Who = nil
	doc := drawn(t, f, Page(Head{Title: "Page not found", Page: "error-404"}))
	if doc.Find("nav#side, [data-testid=sign-out]").Length() != 0 || doc.Find("main#main h1#page-title").Length() != 1 {
		t.Error("a stranger sees the menu, or no page")
	}
}
