package handlers

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
)

const (
	maxBody     = 1 << 20
	maxQuery    = 8 << 10
	requestLife = 10 * time.Second
)

// addressOf finds the address of a visitor: the peer's own, or what a trusted proxy says of it.
func (s *Site) addressOf() echo.IPExtractor {
	if len(s.proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range s.proxies {
		options = append(options, echo.TrustIPRange(p))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// identify gives the request its id and its nonce. The id of a proxy in front is not taken over:
// whoever sends it could write into the log.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Set("request-id", randomText(12))
		c.Set("nonce", randomText(16))
		c.Response().Header().Set(echo.HeaderXRequestID, requestID(c))
		return next(c)
	}
}

func requestID(c echo.Context) string { id, _ := c.Get("request-id").(string); return id }
func nonce(c echo.Context) string     { n, _ := c.Get("nonce").(string); return n }

func randomText(n int) string {
	raw := make([]byte, n)
	if _, err := rand.Read(raw); err != nil {
		panic("handlers: no randomness: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// armour sets the headers that every page carries. Scripts run with the nonce of their page only;
// a script tag that somebody injected has none.
func (s *Site) armour(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+nonce(c)+"'; style-src 'self'; img-src 'self' data:; "+
			"font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "+
			"manifest-src 'self'; report-uri /-/csp")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cache-Control", "no-store")
		h.Set("Vary", "Cookie, HX-Request, Sec-Fetch-Site")
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		return next(c)
	}
}

// bound ends requests that take too long and refuses those that bring too much.
func bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if len(r.URL.RawQuery) > maxQuery {
			return echo.ErrStatusRequestEntityTooLarge
		}
		if query, err := url.ParseQuery(r.URL.RawQuery); err != nil || !clean(r.URL.Path) || !allClean(query) {
			return echo.ErrBadRequest
		}
		c.Set("connection", r.Context())
		ctx, cancel := context.WithTimeout(r.Context(), requestLife)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(c.Response(), r.Body, bodyOf(c))
		c.SetRequest(r)
		return next(c)
	}
}

// connection lives as long as the visitor's, beyond the short life of a page.
func connection(c echo.Context) context.Context {
	if ctx, ok := c.Get("connection").(context.Context); ok {
		return ctx
	}
	return c.Request().Context()
}

// clean reports whether a text is one: databases differ in what they make of NUL and of broken UTF-8.
func clean(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func allClean(values url.Values) bool {
	for name, all := range values {
		if !clean(name) || slices.ContainsFunc(all, func(v string) bool { return !clean(v) }) {
			return false
		}
	}
	return true
}

// recognise puts the visitor into the request, if there is a session.
func (s *Site) recognise(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := s.cookies.Token(c.Request())
		if token == "" {
			return next(c)
		}
		v, err := s.portal.Recognise(c.Request().Context(), token, requestID(c))
		switch {
		case err == nil:
			c.Set("visitor", v)
		case !models.IsProblem(err, models.NotFound):
			return err
		}
		return next(c)
	}
}

// proven refuses changes that did not come from a form of this portal. The standard library's
// cross-origin protection has already refused what another site sent; a browser that says nothing
// of where a form came from is believed only by the form's key.
func (s *Site) proven(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions {
			return next(c)
		}
		if err := parseForm(c); err != nil {
			return s.unparsed(c, err)
		}
		if !allClean(r.PostForm) {
			return echo.ErrBadRequest
		}
		if !s.forms.Holds(r.PostForm.Get("_form"), visitor(c).SessionID, r.URL.EscapedPath()) {
			return &models.Problem{Kind: models.Conflict, Message: "This form has grown old or was not drawn for you. Open the page again; nothing was changed."}
		}
		return next(c)
	}
}

// private pages are for people who are signed in; others are shown the door and come back after it.
func (s *Site) private(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if signedIn(c) {
			return next(c)
		}
		to := link.SignIn()
		if c.Request().Method == http.MethodGet && c.Request().URL.Path != "/" {
			to += "?next=" + url.QueryEscape(c.Request().URL.RequestURI())
		}
		return c.Redirect(http.StatusSeeOther, to)
	}
}
