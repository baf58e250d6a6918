package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mooring/handlers"
	"mooring/handlers/browser"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// siteOn is the site of a demo world.
func siteOn(w *portaltest.World) http.Handler {
	return handlers.New(handlers.Options{Portal: w.Portal, Keys: w.Keys, Real: w.Clock}).Handler()
}

// emails are how the people of the demo sign in.
func emailOf(id string) string {
	for _, u := range demo.At(demo.Now).Users {
		if u.ID == id {
			return u.Email
		}
	}
	return ""
}

// signIn is a person of the demo world in front of the portal.
func signIn(t testing.TB, site http.Handler, id string) *browser.Person {
	t.Helper()
	p := browser.New(t, site)
	p.Opens("/sign-in")
	p.Fills("Email", emailOf(id))
	p.Fills("Password", demo.Password)
	p.Presses("Sign in")
	p.SeesStatus(http.StatusOK)
	return p
}

// visit opens an address as somebody, or as nobody.
func visit(t testing.TB, site http.Handler, as, path string) *browser.Person {
	t.Helper()
	p := browser.New(t, site)
	if as != "" {
		p = signIn(t, site, as)
	}
	p.Opens(path)
	return p
}

func head(site http.Handler, path string) int {
	rec := httptest.NewRecorder()
	site.ServeHTTP(rec, httptest.NewRequest(http.MethodHead, path, nil))
	return rec.Code
}

func contains(s, part string) bool { return strings.Contains(s, part) }
