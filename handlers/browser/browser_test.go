package browser

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFieldsAreFoundByEveryKindOfLabel(t *testing.T) {
	p := at(t, `<main><form method=post action=/echo>
		<label for=a>Seats</label><input id=a name=seats value=50 aria-describedby=h><p id=h>Between 1 and 999,999</p>
		<label>Reason <textarea name=reason>old</textarea></label>
		<span id=l>End date</span><input type=date name=end aria-labelledby=l>
		<input name=q aria-label="Search accounts">
		<input type=hidden name=version value=7>
		<button name=do value=save>Save changes</button><button name=do value=drop>Drop</button></form></main>`)

	p.Fills("Seats", "60")
	p.Fills("Reason", "first\nsecond")
	p.Fills("End date", "2026-12-01")
	p.Fills("Search accounts", "ü & ö")
	if got := p.Value("Seats"); got != "60" {
		t.Errorf("the field reads %q", got)
	}
	p.Presses("Save changes")

	want := url.Values{
		"seats": {"60"}, "reason": {"first\r\nsecond"}, "end": {"2026-12-01"},
		"q": {"ü & ö"}, "version": {"7"}, "do": {"save"},
	}
	if diff := cmp.Diff(want, sent(t, p)); diff != "" {
		t.Error(diff)
	}
	p.Sees("POST /echo")
}

func TestBoxesListsAndDisabledFieldsAreSentAsABrowserSendsThem(t *testing.T) {
	p := at(t, `<form method=post action=/echo>
		<label><input type=checkbox name=plain> Plain</label>
		<label><input type=checkbox name=agree value=yes checked> Agree</label>
		<label><input type=checkbox name=never value=1> Never</label>
		<label><input type=radio name=size value=s checked> Small</label>
		<label><input type=radio name=size value=l> Large</label>
		<label for=p>Plan</label><select id=p name=plan><option disabled>Choose</option><option value=std>Standard</option><option>Plus</option></select>
		<label for=m>Units</label><select id=m name=unit multiple><option>A</option><option>B</option><option selected>C</option></select>
		<input name=off value=1 disabled>
		<fieldset disabled><legend><input name=legend value=1></legend><input name=inner value=1></fieldset>
		<template><input name=ghost value=1></template>
		<button>Send</button></form><form><input type=radio name=size value=other checked></form>`)

	p.Chooses("Plain")
	p.Clears("Agree")
	p.Chooses("Large")
	p.Selects("Units", "A")
	if p.Chosen("Agree") || !p.Chosen("Large") || p.Chosen("Small") || p.Value("Plan") != "Standard" {
		t.Error("the page does not show what was chosen")
	}
	p.Presses("Send")

	want := url.Values{"plain": {"on"}, "size": {"l"}, "plan": {"std"}, "unit": {"A", "C"}, "legend": {"1"}}
	if diff := cmp.Diff(want, sent(t, p)); diff != "" {
		t.Error(diff)
	}
}

func TestAButtonMayRedirectItsForm(t *testing.T) {
	p := at(t, `<form id=f action=/nowhere><input name=a value=1></form>
		<button form=f formaction=/echo?x=1 formmethod=post name=b value=2>Elsewhere</button>
		<button form=f formaction=/echo?x=1>Ask</button>`)
	tab := p.Clone()

	p.Presses("Elsewhere")
	p.Sees("POST /echo?x=1")
	if diff := cmp.Diff(url.Values{"a": {"1"}, "b": {"2"}, "x": {"1"}}, sent(t, p)); diff != "" {
		t.Error(diff)
	}

	tab.Presses("Ask")
	tab.Sees("GET /echo?a=1")
}

func TestFilesAreAttached(t *testing.T) {
	p := at(t, `<form method=post enctype=multipart/form-data action=/echo>
		<label>File <input type=file name=csv></label><input type=hidden name=key value=k><button>Import</button></form>`)

	p.Attaches("File", "customers.csv", []byte("company\nBirch"))
	p.Presses("Import")

	p.Sees("file csv customers.csv company Birch")
	if got := sent(t, p).Get("key"); got != "k" {
		t.Errorf("the hidden field came as %q", got)
	}
}

func TestLinksInMainComeFirstAndTheSamePlaceTwiceIsNotAmbiguous(t *testing.T) {
	p := at(t, `<nav><a href=/nav>Accounts</a></nav><main>
		<a href=/echo?m=1>Accounts</a><a href="/echo?m=1">Accounts</a>
		<a href=/echo?l=1 aria-label="More about Birch"><svg></svg></a></main>`)
	tab := p.Clone()

	p.Follows("Accounts")
	p.Sees("GET /echo?m=1")

	tab.Follows("More about Birch")
	if got := tab.At(); got != "/echo?l=1" {
		t.Errorf("the link led to %s", got)
	}
}

func TestRedirectsCookiesAndHeadersAreThoseOfABrowser(t *testing.T) {
	page := `<form method=post action=/go/303><button>See other</button></form>
		<form method=post action=/go/307><input type=hidden name=k value=v><button>Repeat</button></form>`
	p := at(t, page)
	tab := p.Clone()

	p.Presses("See other")
	p.Sees("GET /echo")
	p.Sees("Origin=; Referer=http://localhost:8080/; Sec-Fetch-Site=same-origin; Cookie=seen=yes")

	tab.Presses("Repeat")
	tab.Sees("POST /echo")
	tab.Sees("Origin=http://localhost:8080;")
	if len(p.Cookies()) != 1 || sent(t, tab).Get("k") != "v" {
		t.Error("the second tab shares no session, or the form was lost on the way")
	}

	tab.HidesOrigin()
	tab.Alters(func(r *http.Request) { r.Header.Set("Referer", "https://evil.example/") })
	tab.Posts("/echo", url.Values{"k": {"again"}})
	tab.Sees("Origin=; Referer=https://evil.example/; Sec-Fetch-Site=; Cookie=seen=yes")
}

func TestBackShowsThePageAsItWasLeft(t *testing.T) {
	p := at(t, `<h1>Start</h1><form method=post action=/echo><label>Seats <input name=s></label><button>Go</button></form>`)
	p.Fills("Seats", "9")
	p.Presses("Go")
	if p.H1() != "Echo" {
		t.Fatalf("standing at %s", p.H1())
	}

	p.Back()
	if p.H1() != "Start" || p.Value("Seats") != "9" || p.Title() != "/" || p.Status() != 200 {
		t.Errorf("back at %q with %q", p.H1(), p.Value("Seats"))
	}
	p.Reloads()
	if p.Value("Seats") != "" {
		t.Error("what was typed survived asking again")
	}
}

func TestADoubleClickSendsTheFormTwice(t *testing.T) {
	sent := 0
	p := New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			sent++
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<form method=post><button>Go</button></form>`))
	}))
	p.Opens("/x")
	p.PressesTwice("Go")
	if sent != 2 || p.At() != "/x" {
		t.Errorf("sent %d times, now at %s", sent, p.At())
	}
}

func TestWhatIsHiddenIsNotSeen(t *testing.T) {
	p := at(t, `<p>42&nbsp;<strong>ag</strong>ents<br>stay</p><p hidden>secret</p><script>secret</script><noscript>No scripts? Fine.</noscript>
		<table><tr><td>Plan</td><td>Plus</td></tr></table>`)
	p.Sees("42 agents stay")
	p.Sees("Plan Plus")
	p.Sees("No scripts? Fine.")
	p.DoesNotSee("secret")
}

func TestTwoRowsAreToldApartByWithin(t *testing.T) {
	p := at(t, `<div data-testid=row-a><form action=/echo><button name=x value=a>Approve</button></form></div>
		<div data-testid=row-b><form action=/echo><button name=x value=b>Approve</button></form></div>`)
	p.Within("row-b", func() {
		p.Presses("Approve")
		p.Sees("GET /echo?x=b")
	})
	p.Sees("Echo")
}

func TestWhatGoesWrongIsExplained(t *testing.T) {
	page := `<title>Plan</title><main><h1>Modify plan</h1><p>Long story</p><a href=/a>Edit</a><a href=/b>Edit</a><a href="#gone">Down</a>
		<a href="https://elsewhere.example/">Away</a>
		<form><label>Seats <input></label><label>Fixed <input disabled></label><label>Size <select><option>S</option></select></label>
		<input value=1 name=nameless><button disabled>Stop</button></form><button>Lost</button></main>`
	for name, c := range map[string]struct {
		do   func(*Person)
		says []string
	}{
		"a link that is not there": {func(p *Person) { p.Follows("Delete") }, []string{"Delete", "“Edit”", "Modify plan", "200 OK", "Long story"}},
		"a link that is ambiguous": {func(p *Person) { p.Follows("Edit") }, []string{"/a", "/b"}},
		"a link to nothing":        {func(p *Person) { p.Follows("Down") }, []string{"#gone"}},
		"a link that leaves":       {func(p *Person) { p.Follows("Away") }, []string{"outside http://localhost:8080"}},
		"a field without a label":  {func(p *Person) { p.Fills("nameless", "1") }, []string{"“Seats”", "(nameless input)"}},
		"a disabled field":         {func(p *Person) { p.Fills("Fixed", "1") }, []string{"disabled"}},
		"an option that is absent": {func(p *Person) { p.Selects("Size", "XL") }, []string{"“S”"}},
		"a disabled button":        {func(p *Person) { p.Presses("Stop") }, []string{"disabled"}},
		"a button without a form":  {func(p *Person) { p.Presses("Lost") }, []string{"belongs to no form"}},
		"an absent button":         {func(p *Person) { p.Presses("Save") }, []string{"“Stop”", "“Lost”"}},
		"absent text":              {func(p *Person) { p.Sees("Short story") }, []string{"Short story", "Long story"}},
		"unwanted text":            {func(p *Person) { p.DoesNotSee("Long  story") }, []string{"should not be"}},
		"another status":           {func(p *Person) { p.SeesStatus(404) }, []string{"200 OK, not 404 Not Found"}},
		"a missing test id":        {func(p *Person) { p.TestID("seats") }, []string{"0 elements", "there are: none"}},
		"a loop":                   {func(p *Person) { p.Opens("/loop") }, []string{"redirects"}},
		"nothing to go back to":    {func(p *Person) { p.Back() }, []string{"no page to go back to"}},
	} {
		t.Run(name, func(t *testing.T) { wantComplaint(t, page, c.do, c.says...) })
	}
}

func TestSecureCookiesTravelOnlyOverHTTPS(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("__Host-session")
		http.SetCookie(w, &http.Cookie{Name: "__Host-session", Value: "1", Path: "/", Secure: true})
		w.Header().Set("Content-Type", "text/html")
		if err == nil {
			_, _ = w.Write([]byte("signed in"))
		}
	})
	for origin, want := range map[string]bool{"https://portal.example": true, "http://portal.example": false} {
		p := NewAt(t, h, origin)
		p.Opens("/")
		p.Opens("/")
		if got := strings.Contains(p.Body(), "signed in"); got != want {
			t.Errorf("at %s the cookie came back: %v", origin, got)
		}
	}
}
