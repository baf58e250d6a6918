package browser

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// site serves the given pages by path; /echo answers with what it was sent, /go/N redirects with
// status N to /echo, /loop to itself.
func site(pages map[string]string) http.Handler {
	mux := http.NewServeMux()
	for path, body := range pages {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<!doctype html><title>"+path+"</title>"+body)
		})
	}
	mux.HandleFunc("/echo", echo)
	mux.HandleFunc("/go/{status}", func(w http.ResponseWriter, r *http.Request) {
		status := http.StatusSeeOther
		_, _ = fmt.Sscan(r.PathValue("status"), &status)
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes", Path: "/"})
		http.Redirect(w, r, "/echo", status)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusSeeOther) })
	return mux
}

func echo(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(1 << 20); err != nil && r.Method == http.MethodPost {
		_ = r.ParseForm()
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<main><h1>Echo</h1><p>%s %s</p><pre>", r.Method, r.URL.RequestURI())
	for _, name := range []string{"Origin", "Referer", "Sec-Fetch-Site", "Cookie"} {
		fmt.Fprintf(w, "%s=%s; ", name, r.Header.Get(name))
	}
	fmt.Fprint(w, "</pre>")
	if r.MultipartForm != nil {
		for name, files := range r.MultipartForm.File {
			f, err := files[0].Open()
			if err != nil {
				continue
			}
			content, _ := io.ReadAll(f)
			fmt.Fprintf(w, "<p>file %s %s %s</p>", name, files[0].Filename, content)
		}
	}
	fmt.Fprintf(w, "<p>sent <code data-testid=sent>%s</code></p></main>", url.Values(r.Form).Encode())
}

// sent is what a person at /echo sees that the form held, decoded.
func sent(t *testing.T, p *Person) url.Values {
	t.Helper()
	v, err := url.ParseQuery(p.Text("sent"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// at opens a page with this body.
func at(t testing.TB, body string) *Person {
	p := New(t, site(map[string]string{"/": body}))
	p.Opens("/")
	return p
}

// A witness stands in for the test and remembers how it failed.
type witness struct {
	testing.TB
	said string
}

type gaveUp struct{}

func (*witness) Helper() {}

func (w *witness) Fatalf(format string, args ...any) {
	w.said = fmt.Sprintf(format, args...)
	panic(gaveUp{})
}

// complaint is what a test reads that does this on a page with this body; empty if all went well.
func complaint(t *testing.T, body string, do func(*Person)) (said string) {
	t.Helper()
	w := &witness{TB: t}
	p := at(w, body)
	defer func() {
		if r := recover(); r != nil {
			if _, ours := r.(gaveUp); !ours {
				panic(r)
			}
		}
		said = w.said
	}()
	do(p)
	return w.said
}

func wantComplaint(t *testing.T, body string, do func(*Person), parts ...string) {
	t.Helper()
	said := complaint(t, body, do)
	if said == "" {
		t.Fatalf("nothing was wrong, though something should have been: %v", parts)
	}
	for _, part := range parts {
		if !strings.Contains(said, part) {
			t.Errorf("the message does not say %q:\n%s", part, said)
		}
	}
}
