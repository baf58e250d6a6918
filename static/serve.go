package static

import (
	"net/http"
	"strconv"
	"strings"
)

// Find gives the file that is served at this address, and what it is.
func Find(url string) (body []byte, contentType string, ok bool) {
	a, ok := shelf().asset[url]
	return a.body, a.contentType, ok
}

// Handler serves the files below Prefix. Their names change with their content, so whoever has one
// may keep it for ever.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := shelf().asset[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		send(w, r, a)
	})
}

func send(w http.ResponseWriter, r *http.Request, a asset) {
	body, head := a.body, w.Header()
	if a.gzipped != nil {
		head.Set("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			head.Set("Content-Encoding", "gzip")
			body = a.gzipped
		}
	}
	head.Set("Content-Type", a.contentType)
	head.Set("Content-Length", strconv.Itoa(len(body)))
	head.Set("Cache-Control", "public, max-age=31536000, immutable")
	head.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return
	}
	// The reader may have gone; there is nobody left to tell.
	_, _ = w.Write(body)
}

func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q := strings.TrimSpace(params)
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}
