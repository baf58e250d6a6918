package handlers

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"mooring/handlers/builds"
	"mooring/handlers/session"
	"mooring/models"
	"mooring/models/portal"
	"mooring/views/frame"
)

// Options are what a site is made of.
type Options struct {
	Portal *portal.Portal
	Keys   portal.Keys
	// Real is the real clock: the life of forms follows it, not the business clock.
	Real func() time.Time
	// Secure is for a portal that is reached by https.
	Secure bool
	// Proxies are believed when they say for whom they speak. Nobody else is.
	Proxies []*net.IPNet
	// PublicURL is how people and devices reach the portal.
	PublicURL string
	// Builds is the folder of the agents' software; empty for none.
	Builds string
	// Gallery opens the rooms in which every state of every page can be seen, by anybody as anybody. It
	// is for a demo world.
	Gallery bool
	// FollowEvery is how often a stream looks for news; 2 seconds when zero.
	FollowEvery time.Duration
	// FollowMost is how many streams there may be in all; 256 when zero.
	FollowMost int
	Log        *slog.Logger
}

// Site is the portal in a browser.
type Site struct {
	portal  *portal.Portal
	cookies session.Cookies
	forms   session.FormKeys
	notices session.Notices
	real    func() time.Time
	secure  bool
	proxies []*net.IPNet

	publicURL string
	builds    *builds.Shelf

	reports atomic.Int64
	tally   tally
	inDemo  bool
	log     *slog.Logger

	following   *following
	followEvery time.Duration
}

// New makes a site. Its Handler serves it.
func New(o Options) *Site {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.FollowEvery == 0 {
		o.FollowEvery = followEvery
	}
	if o.FollowMost == 0 {
		o.FollowMost = followedInAll
	}
	return &Site{
		portal: o.Portal, real: o.Real, secure: o.Secure, proxies: o.Proxies, inDemo: o.Gallery, log: o.Log,
		publicURL: strings.TrimRight(o.PublicURL, "/"), builds: builds.New(o.Builds),
		following: newFollowing(o), followEvery: o.FollowEvery,
		cookies: session.Cookies{Secure: o.Secure},
		forms:   session.FormKeys{Key: o.Keys.For("forms"), Now: o.Real},
		notices: session.Notices{Key: o.Keys.For("notices"), Secure: o.Secure},
	}
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// show answers with a page.
func (s *Site) show(c echo.Context, page templ.Component) error {
	return s.showAs(c, http.StatusOK, page)
}

// showUnless answers with a page, provided that nothing went wrong on the way to it.
func (s *Site) showUnless(c echo.Context, err error, page templ.Component) error {
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// showAs answers with a page and a status. The page is drawn whole before anything is sent, so that a
// failure in the middle can still become an apology.
func (s *Site) showAs(c echo.Context, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	// An apology has to be drawn even when the time of its request has run out.
	ctx := frame.With(context.WithoutCancel(c.Request().Context()), s.frame(c))
	if err := page.Render(templ.WithNonce(ctx, nonce(c)), b); err != nil {
		return err
	}
	// A page that says how long it is crosses whole; one that does not is sent in chunks.
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(b.Len()))
	return c.HTMLBlob(status, b.Bytes())
}

// showAgain answers a form that was refused with its page: 422 when input is missing, 409 when the
// facts have moved.
func (s *Site) showAgain(c echo.Context, problem *models.Problem, page templ.Component) error {
	if problem.Kind == models.Invalid {
		return s.showAs(c, http.StatusUnprocessableEntity, page)
	}
	return s.showAs(c, http.StatusConflict, page)
}

// done redirects to where the result can be seen, and says it there.
func (s *Site) done(c echo.Context, to, words string) error {
	if words != "" {
		s.notices.Leave(c.Response(), words)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// actor is who asks; the zero actor sees nothing.
func actor(c echo.Context) models.Actor { return visitor(c).Actor }

func visitor(c echo.Context) models.Visitor {
	v, _ := c.Get("visitor").(models.Visitor)
	return v
}

func signedIn(c echo.Context) bool { return visitor(c).SessionID != "" }

// zone is the time zone that moments are written in: the one of the visitor's partner.
func zone(c echo.Context) *time.Location { return visitor(c).Partner.Location() }

// ownPath lets a path of this site through and nothing else: no other host, however spelled.
func ownPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || len(path) < 1 || len(path) > 2000 || path[0] != '/' {
		return ""
	}
	for _, r := range path {
		if r < 0x21 || r == '\\' || r == 0x7f {
			return ""
		}
	}
	if len(path) > 1 && path[1] == '/' || len(u.Path) > 1 && (u.Path[1] == '/' || u.Path[1] == '\\') {
		return ""
	}
	return path
}
