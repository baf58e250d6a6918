package static

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTheSheetDeclaresItsLayersBeforeAnythingElse(t *testing.T) {
	const first = "@layer reset, tokens, base, layout, components, pages, utilities, print;"
	if !strings.HasPrefix(joinedSheet(), first) {
		t.Errorf("the sheet opens with %.80q", joinedSheet())
	}
}

func TestEveryStyleFileClosesWhatItOpens(t *testing.T) {
	for _, name := range sheets() {
		depth := 0
		for _, c := range comment.ReplaceAllString(string(mustRead(name)), "") {
			switch c {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth < 0 {
				break
			}
		}
		if depth != 0 {
			t.Errorf("%s: braces do not match", name)
		}
	}
}

func TestEveryStyleFileKeepsToItsLayer(t *testing.T) {
	topLevel := regexp.MustCompile(`(?m)^[^\s}/@].*\{|^@[\w-]+[^{;]*`)
	for _, name := range sheets()[1:] {
		want := "@layer " + layerOf(name)
		text := comment.ReplaceAllString(string(mustRead(name)), "")
		for _, head := range topLevel.FindAllString(text, -1) {
			if head = strings.TrimSpace(head); head != want && head != "@font-face" {
				t.Errorf("%s: %q stands outside %s", name, head, want)
			}
		}
	}
}

func layerOf(name string) string {
	rest := strings.TrimPrefix(name, "css/")
	if folder, _, nested := strings.Cut(rest, "/"); nested {
		return folder
	}
	_, layer, _ := strings.Cut(strings.TrimSuffix(rest, ".css"), "-")
	return layer
}

func TestOnlyTheTokensKnowColours(t *testing.T) {
	raw := regexp.MustCompile(`oklch\(|oklab\(\d|rgb\(|hsl\(|#[0-9a-fA-F]{3,8}\b|--(slate|grey|blue|green|amber|red|mint)-\d`)
	for _, name := range sheets() {
		if name == "css/2-tokens.css" {
			continue
		}
		if found := raw.FindString(string(mustRead(name))); found != "" {
			t.Errorf("%s names %q; ask for an intent instead", name, found)
		}
	}
}

func TestEveryTokenThatIsAskedForExists(t *testing.T) {
	sheet := joinedSheet()
	for _, use := range regexp.MustCompile(`var\((--[\w-]+)\)`).FindAllStringSubmatch(sheet, -1) {
		if !strings.Contains(sheet, use[1]+":") {
			t.Errorf("nothing defines %s", use[1])
		}
	}
}

func TestTheFirstVisitStaysSmall(t *testing.T) {
	s := shelf()
	scripts, fonts := 0, 0
	for _, u := range ScriptURLs() {
		scripts += len(s.asset[u].gzipped)
	}
	for _, u := range FontURLs() {
		fonts += len(s.asset[u].body)
	}
	for _, c := range []struct {
		what      string
		got, most int
	}{
		{"styles", len(s.asset[StylesheetURL()].gzipped), 16 << 10},
		{"scripts", scripts, 24 << 10},
		{"fonts", fonts, 45 << 10},
	} {
		if c.got == 0 || c.got > c.most {
			t.Errorf("%s are %d bytes on the wire, at most %d", c.what, c.got, c.most)
		}
	}
}

func TestOurOwnScriptsStaySmall(t *testing.T) {
	entries, err := files.ReadDir("js")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if n := strings.Count(string(mustRead("js/"+e.Name())), "\n"); n > 60 {
			t.Errorf("%s has %d lines", e.Name(), n)
		}
	}
}

func TestWhatOthersMadeIsWhatTheManifestSays(t *testing.T) {
	var manifest []struct {
		Name, Version, Licence string
		Files                  map[string]string
	}
	if err := json.Unmarshal([]byte(read(t, "vendor/manifest.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range manifest {
		if m.Version == "" || m.Licence == "" {
			t.Errorf("%s has no version or no licence", m.Name)
		}
		for name, want := range m.Files {
			listed[name] = true
			sum := sha256.Sum256([]byte(read(t, name)))
			if got := hex.EncodeToString(sum[:]); got != want {
				t.Errorf("%s is %s, the manifest says %s", name, got, want)
			}
		}
	}
	for _, dir := range []string{"vendor/htmx", "fonts", "icons"} {
		for _, name := range filesIn(t, dir) {
			if !listed[name] {
				t.Errorf("%s is not in the manifest", name)
			}
		}
	}
}

func TestEveryIconThatViewsNameExists(t *testing.T) {
	named := regexp.MustCompile(`(?:Icon(?:Large)?(?:End)?(?:\(|:\s*))"([a-z0-9-]+)"`)
	seen := 0
	for _, name := range filesIn(t, "../views") {
		if strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(read(t, name), -1) {
			seen++
			if !HasIcon(m[1]) {
				t.Errorf("%s asks for the icon %q, which nobody drew", name, m[1])
			}
		}
	}
	if seen == 0 {
		t.Error("no view names an icon: the search is broken")
	}
}

func TestAFileIsFoundByTheNameOfItsContentAndKeptForEver(t *testing.T) {
	for _, c := range []struct{ url, kind, encoding string }{
		{StylesheetURL(), "text/css; charset=utf-8", "gzip"},
		{ScriptURLs()[0], "text/javascript; charset=utf-8", "gzip"},
		{FontURLs()[0], "font/woff2", ""},
		{FaviconURL(), "image/svg+xml", "gzip"},
	} {
		r := httptest.NewRequest(http.MethodGet, c.url, nil)
		r.Header.Set("Accept-Encoding", "br, gzip")
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, r)

		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Content-Type") != c.kind || h.Get("Content-Encoding") != c.encoding {
			t.Errorf("%s: %d, %v", c.url, w.Code, h)
		}
		if h.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %q", c.url, h.Get("Cache-Control"))
		}
	}
}

func TestAnUnknownFileIsNotFoundAndNothingCanBeSent(t *testing.T) {
	for _, c := range []struct {
		method, url string
		want        int
	}{
		{http.MethodGet, "/static/portal-0000000000.css", http.StatusNotFound},
		{http.MethodGet, "/static/../static.go", http.StatusNotFound},
		{http.MethodPost, StylesheetURL(), http.StatusMethodNotAllowed},
	} {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest(c.method, c.url, nil))
		if w.Code != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.url, w.Code, c.want)
		}
	}
}

func TestABrowserThatRefusesGzipGetsPlainText(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, StylesheetURL(), nil)
	r.Header.Set("Accept-Encoding", "gzip;q=0")
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "" || !strings.HasPrefix(w.Body.String(), "@layer") {
		t.Errorf("got %v", w.Header())
	}
}

func TestTheSheetNamesTheFontsByTheirAddresses(t *testing.T) {
	body, _, ok := Find(StylesheetURL())
	if !ok || strings.Contains(string(body), "../fonts/") {
		t.Fatal("a font is named by its file")
	}
	for _, u := range FontURLs() {
		if !strings.Contains(string(body), `url("`+u+`")`) {
			t.Errorf("the sheet does not use %s", u)
		}
	}
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
