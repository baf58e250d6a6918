package handlers_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"mooring/handlers/browser"
	"mooring/handlers/session"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// halden are the ids of Halden's that an address may hold, and random ones of the same shape.
var (
	halden = map[string]string{":carry": demo.CarryUnderWay, ":import": "I-70001", ":customer": demo.Bramley, ":account": demo.BramleyAccount, ":plan": demo.Advanced, ":agent": "G-204180001"}
	nobody = map[string]string{":carry": "CR-ZZZZZZZZ", ":import": "I-ZZZZZ", ":customer": "C-ZZZZZZZZ", ":account": "A-ZZZZZZZZ", ":plan": demo.Advanced, ":agent": "G-ZZZZZZZZZ"}
)

// unowned addresses hold nothing of anybody's, so there is nothing to keep from strangers.
var unowned = map[string]bool{":token": true, ":file": true, ":state": true}

var parameter = regexp.MustCompile(`:[a-z]+`)

// addressesOf are the router's own routes that name something, never a list kept by hand.
func addressesOf(t *testing.T, site http.Handler) []*echo.Route {
	t.Helper()
	var named []*echo.Route
	for _, r := range site.(*echo.Echo).Routes() {
		params := parameter.FindAllString(r.Path, -1)
		if len(params) == 0 || unowned[params[0]] || strings.HasPrefix(r.Path, "/plans/") {
			continue
		}
		for _, p := range params {
			if halden[p] == "" {
				t.Fatalf("%s: this test does not know what %s is; teach it", r.Path, p)
			}
		}
		named = append(named, r)
	}
	if len(named) < 8 {
		t.Fatalf("only %d addresses name something", len(named))
	}
	return named
}

func filled(path string, ids map[string]string) string {
	return parameter.ReplaceAllStringFunc(path, func(p string) string { return ids[p] })
}

// ask sends a request as the person, with a valid form key where one is needed.
func ask(p *browser.Person, w *portaltest.World, method, path string) {
	if method == http.MethodGet {
		p.Opens(path)
		return
	}
	token := ""
	for _, c := range p.Cookies() {
		if c.Name == "session" {
			token = c.Value
		}
	}
	sum := sha256.Sum256([]byte(token))
	keys := session.FormKeys{Key: w.Keys.For("forms"), Now: w.Clock}
	p.Posts(path, url.Values{"_form": {keys.Make(hex.EncodeToString(sum[:]), path)}, "seats": {"1"}, "term": {"keep"}, "version": {"1"}})
}

// variable is what differs between two answers that say the same.
var variable = regexp.MustCompile(`name="_form" value="[^"]*"|nonce="[^"]*"|(?:CR|[CAGI])-[0-9A-Z]{4,9}`)

func TestAStrangerFindsNothingAtAnyAddress(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		ines := signIn(t, site, demo.Ines)
		if at := sendsFile(ines, "march.csv", "company,city,country,email,last_name\nBramley Dental Co,London,GB,helen@bramley.example,Helen\n"); at != "/imports/I-70001" {
			t.Fatalf("Ines' file is at %s", at)
		}
		before := haldenSees(t, w, site)
		for _, id := range []string{demo.Noor, demo.Callum, demo.Rufus, demo.Ada, demo.Edda, demo.Birgit} {
			stranger := signIn(t, site, id)
			for _, r := range addressesOf(t, site) {
				ask(stranger, w, r.Method, filled(r.Path, halden))
				theirs, body := stranger.Status(), variable.ReplaceAllString(stranger.Body(), "")
				ask(stranger, w, r.Method, filled(r.Path, nobody))
				if forbidden := theirs == http.StatusForbidden && stranger.Status() == http.StatusForbidden; theirs != http.StatusNotFound && !forbidden {
					t.Errorf("%s: %s %s answers %d", id, r.Method, r.Path, theirs)
				}
				if stranger.Status() != theirs || variable.ReplaceAllString(stranger.Body(), "") != body {
					t.Errorf("%s: %s %s tells a foreign id from one that is not there", id, r.Method, r.Path)
				}
				if strings.Contains(body, "Bramley Dental") || strings.Contains(body, "Helen") {
					t.Errorf("%s: %s %s shows something of Halden's", id, r.Method, r.Path)
				}
			}
		}
		if after := haldenSees(t, w, site); after != before {
			t.Error("a stranger changed something")
		}
		w.Sound(t)
	})
}

// haldenSees is what Halden's own account manager sees of the account that strangers were after.
func haldenSees(t *testing.T, _ *portaltest.World, site http.Handler) string {
	t.Helper()
	maya := signIn(t, site, demo.Maya)
	maya.Opens("/accounts/" + demo.BramleyAccount)
	return regexp.MustCompile(`name="_form" value="[^"]*"|nonce="[^"]*"`).ReplaceAllString(maya.Body(), "")
}

func TestNobodyGetsAnywhereWithoutSigningIn(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	p := browser.New(t, site)
	for _, r := range addressesOf(t, site) {
		if r.Method != http.MethodGet {
			continue
		}
		p.Opens(filled(r.Path, halden))
		if p.H1() != "Sign in" {
			t.Errorf("%s shows %q", r.Path, p.H1())
		}
	}
}

func TestChangesNeedAFormOfThisPortal(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	maya := signIn(t, site, demo.Maya)
	for _, r := range addressesOf(t, site) {
		if r.Method == http.MethodGet {
			continue
		}
		path := filled(r.Path, halden)
		maya.Posts(path, url.Values{"seats": {"1"}})
		if maya.Status() != http.StatusConflict {
			t.Errorf("%s without a form key: %d", path, maya.Status())
		}
		maya.Alters(func(req *http.Request) { req.Header.Set("Sec-Fetch-Site", "cross-site") })
		maya.Posts(path, url.Values{"seats": {"1"}})
		if maya.Status() != http.StatusForbidden {
			t.Errorf("%s from another site: %d", path, maya.Status())
		}
		maya.Alters(nil)
	}
}
