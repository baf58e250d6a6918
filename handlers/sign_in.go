package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/portal"
	"mooring/views/link"
	"mooring/views/signin"
)

// newSession asks who is there.
func (s *Site) newSession(c echo.Context) error {
	if signedIn(c) {
		return s.done(c, link.Home(), "")
	}
	return s.show(c, signin.SignIn(signin.SignInPage{Next: ownPath(c.QueryParam("next"))}))
}

// createSession lets somebody in, and on to where they wanted to go.
func (s *Site) createSession(c echo.Context) error {
	r := c.Request()
	page := signin.SignInPage{Email: r.PostForm.Get("email"), Next: ownPath(r.PostForm.Get("next"))}
	token, _, err := s.portal.SignIn(r.Context(), portal.Arrival{
		Email: page.Email, Password: r.PostForm.Get("password"), Address: c.RealIP(), Browser: strings.ToValidUTF8(r.UserAgent(), ""),
		RequestID: requestID(c), OldToken: s.cookies.Token(r),
	})
	if p, ok := models.ProblemIn(err); ok {
		page.Problem = p.Message
		return s.showAs(c, statuses[p.Kind], signin.SignIn(page))
	}
	if err != nil {
		return err
	}
	if err := s.cookies.Hold(r, c.Response(), token); err != nil {
		return err
	}
	if page.Next == "" {
		page.Next = link.Home()
	}
	return c.Redirect(http.StatusSeeOther, page.Next)
}

// endSession lets somebody out and has the browser forget what it saw.
func (s *Site) endSession(c echo.Context) error {
	r := c.Request()
	if err := s.portal.SignOut(r.Context(), s.cookies.Token(r), requestID(c)); err != nil {
		return err
	}
	if err := s.cookies.Hold(r, c.Response(), ""); err != nil {
		return err
	}
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return c.Redirect(http.StatusSeeOther, link.SignIn())
}

// newPassword opens a one-time link.
func (s *Site) newPassword(c echo.Context) error {
	name, err := s.portal.OpenWelcome(c.Request().Context(), c.Param("token"), requestID(c))
	if err != nil {
		return err
	}
	return s.show(c, signin.Welcome(signin.WelcomePage{Name: name, Action: c.Request().URL.EscapedPath()}))
}

// createPassword spends a one-time link for a password.
func (s *Site) createPassword(c echo.Context) error {
	r := c.Request()
	name, err := s.portal.Welcome(r.Context(), c.Param("token"), r.PostForm.Get("password"), requestID(c))
	if p, ok := models.ProblemIn(err); ok && p.Kind == models.Invalid {
		return s.showAgain(c, p, signin.Welcome(signin.WelcomePage{Name: name, Action: r.URL.EscapedPath(), Problem: p}))
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.SignIn())
}
