package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mooring/handlers"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

func TestAKeyIsShownWhereItWasAskedForAndTheHistorySaysSo(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Account(demo.BramleyAccount))
		key := keyOfBramley(t)
		if strings.Contains(maya.Body(), key) || !strings.Contains(maya.Text("enrolment-key"), key[len(key)-5:]) {
			t.Fatalf("before it is asked for the key reads %q", maya.Text("enrolment-key"))
		}
		again := maya.Clone() // a second tab with the same page
		maya.PressesTestID("show-key")
		if maya.Text("enrolment-key") != key || maya.H1() != "Bramley Dental Group" {
			t.Errorf("on %q the key reads %q", maya.H1(), maya.Text("enrolment-key"))
		}
		maya.Sees("Enrolment key shown by you")
		again.PressesTestID("show-key")
		maya.FollowsTestID("install-agents")
		maya.SeesStatus(http.StatusOK)
		if maya.Text("enrolment-key") != key {
			t.Error("the key has to be asked for again on the next page")
		}
		maya.Opens(link.Account(demo.BramleyAccount))
		if n := strings.Count(maya.Body(), "Enrolment key shown"); n != 1 {
			t.Errorf("the history says it %d times", n)
		}
		priya := visit(t, siteOn(w), demo.Priya, link.Enrolment(demo.BramleyAccount))
		if strings.Contains(priya.Body(), key) || priya.Has("rotate-key") || !priya.Has("show-key") {
			t.Error("support sees the key without asking, or may rotate it")
		}
	})
}

func keyOfBramley(t *testing.T) string {
	t.Helper()
	for _, a := range demo.At(demo.Now).Accounts {
		if a.ID == demo.BramleyAccount {
			return a.EnrolmentKey
		}
	}
	t.Fatal("the demo has no Bramley")
	return ""
}

func TestAKeyIsRotatedAndTheOldOneEnded(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		maya, ines := signIn(t, site, demo.Maya), signIn(t, site, demo.Ines)
		maya.Opens(link.Enrolment(demo.BramleyAccount))
		maya.FollowsTestID("rotate-key")
		maya.Sees("42 agents keep reporting")
		maya.Sees("Works until 19 Mar 2026, 09:41")
		maya.Chooses("It stops now For a key that got into the wrong hands.")
		maya.PressesTestID("update-preview")
		if maya.Text("impact-old-key") != "Stops working now Installers that hold it let nobody in any more" {
			t.Errorf("the preview says %q", maya.Text("impact-old-key"))
		}
		maya.Chooses("1 more day, until 13 Mar 2026, 09:41")
		again := maya.Clone() // a second tab with the same form
		ines.Opens(link.RotateKey(demo.BramleyAccount))

		maya.PressesTestID("submit-rotate")
		maya.Sees("The key was rotated")
		if key := maya.Text("enrolment-key"); len(key) != len("EK-")+29 {
			t.Errorf("who rotated it sees %q", key)
		}
		again.Chooses("1 more day, until 13 Mar 2026, 09:41")
		again.PressesTestID("submit-rotate")
		if n := again.TestID("older-keys").Find("tbody tr").Length(); n != 1 {
			t.Errorf("the same form twice makes %d keys old", n)
		}
		ines.PressesTestID("submit-rotate")
		ines.SeesStatus(http.StatusConflict)
		ines.Sees("Somebody rotated this key while you were reading")
		if !ines.Chosen("7 more days, until 19 Mar 2026, 09:41 Time enough to give the new key to whoever installs agents.") {
			t.Error("what was chosen is not kept")
		}
		maya.Presses("End now the key ending in 2DEWX")
		maya.Sees("The older key has ended")
		if maya.Has("older-keys") {
			t.Error("the key that was ended is still listed")
		}
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.Sees("Older enrolment key, ending in 2DEWX, ended")
		maya.Sees("Enrolment key rotated; the key before it, ending in 2DEWX, works until 13 March 2026, 09:41")
		w.Sound(t)
	})
}

func TestARotationWithoutAChoiceIsRefusedBesideIt(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.RotateKey(demo.BramleyAccount) + "?overlap=forever")
	maya.PressesTestID("submit-rotate")
	maya.SeesStatus(http.StatusUnprocessableEntity)
	maya.Sees("Choose how long the present key goes on working.")
}

func TestADownloadIsAFileAndNothingElse(t *testing.T) {
	w := portaltest.New(t)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "agents-linux-amd64"), []byte("<script>an agent</script>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "notes.html"), []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	site := handlers.New(handlers.Options{Portal: w.Portal, Keys: w.Keys, Real: w.Clock, Builds: folder}).Handler()
	get := func(method, path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		site.ServeHTTP(rec, &http.Request{Method: method, URL: &url.URL{Path: path}, Host: "localhost", Header: http.Header{}, Body: http.NoBody, RequestURI: path})
		return rec
	}
	rec := get(http.MethodGet, link.AgentBuild("agents-linux-amd64"))
	for header, want := range map[string]string{
		"Content-Type": "application/octet-stream", "Content-Disposition": `attachment; filename="agents-linux-amd64"`, "X-Content-Type-Options": "nosniff",
		"Content-Length": "25",
	} {
		if got := rec.Header().Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	if rec.Code != http.StatusOK || rec.Body.String() != "<script>an agent</script>" {
		t.Errorf("%d, %q", rec.Code, rec.Body)
	}
	if rec := get(http.MethodHead, link.AgentBuild("agents-linux-amd64")); rec.Code != http.StatusOK || rec.Body.Len() != 0 {
		t.Errorf("HEAD: %d, %q", rec.Code, rec.Body)
	}
	for _, path := range []string{
		"/downloads/agents/", "/downloads/agents", "/downloads/", "/downloads/agents/notes.html", "/downloads/agents/agents-linux-arm64",
		"/downloads/agents/../notes.html", "/downloads/agents/..", "/downloads/agents/%2e%2e%2fnotes.html", "/downloads/agents/./agents-linux-amd64",
		"/downloads/agents/agents-linux-amd64/", "/downloads/agents//agents-linux-amd64",
	} {
		if rec := get(http.MethodGet, path); rec.Code == http.StatusOK {
			t.Errorf("%s answers %d with %q", path, rec.Code, rec.Body)
		}
	}
	if rec := get(http.MethodPost, link.AgentBuild("agents-linux-amd64")); rec.Code == http.StatusOK {
		t.Errorf("POST answers %d", rec.Code)
	}
}
