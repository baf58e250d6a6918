// Package session keeps the cookie, the form key and the notice: what a browser holds between two
// visits. Who a visitor is, the portal says; this package knows no database.
package session

import (
	"errors"
	"net/http"

	"github.com/gorilla/sessions"
)

const tokenValue = "token"

// Cookies is a gorilla session store whose sessions hold one thing: the token of a session that the
// portal keeps. Nothing else is trusted to the browser.
type Cookies struct {
	// Secure is for portals reached by https: the cookie is then bound to the host.
	Secure bool
}

// Name of the cookie.
func (c Cookies) Name() string {
	if c.Secure {
		return "__Host-session"
	}
	return "session"
}

// Get finds the session of a request, once.
func (c Cookies) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(c, name)
}

// New reads the session of a request from its cookie.
func (c Cookies) New(r *http.Request, name string) (*sessions.Session, error) {
	s := sessions.NewSession(c, name)
	s.IsNew = true
	s.Options = &sessions.Options{Path: "/", Secure: c.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if cookie, err := r.Cookie(name); err == nil && len(cookie.Value) <= 128 {
		s.Values[tokenValue] = cookie.Value
		s.IsNew = false
	}
	return s, nil
}

// Save writes the session's token into the cookie, or removes the cookie if there is none.
func (c Cookies) Save(_ *http.Request, w http.ResponseWriter, s *sessions.Session) error {
	token, _ := s.Values[tokenValue].(string)
	if s.Options == nil {
		return errors.New("session: a session without options")
	}
	if token == "" {
		s.Options.MaxAge = -1
	}
	http.SetCookie(w, sessions.NewCookie(s.Name(), token, s.Options))
	return nil
}

// Token is what the browser holds; empty for nobody.
func (c Cookies) Token(r *http.Request) string {
	s, err := c.Get(r, c.Name())
	if err != nil {
		return ""
	}
	token, _ := s.Values[tokenValue].(string)
	return token
}

// Hold gives the browser a token; an empty one takes it away.
func (c Cookies) Hold(r *http.Request, w http.ResponseWriter, token string) error {
	s, err := c.Get(r, c.Name())
	if err != nil {
		return err
	}
	s.Values[tokenValue] = token
	return s.Save(r, w)
}
