package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/enrolment"
	"mooring/views/link"
)

// showEnrolment shows what a new agent of an account needs.
func (s *Site) showEnrolment(c echo.Context) error {
	desk, err := s.portal.OpenEnrolment(c.Request().Context(), actor(c), c.Param("account"))
	if err != nil {
		return err
	}
	return s.show(c, enrolment.Show(enrolment.ShowPage{EnrolmentDesk: desk, Builds: s.builds.List(), Portal: s.publicURL, Who: actor(c), In: zone(c)}))
}

// showKey shows the key of an account to whoever asks, on the page where they asked.
func (s *Site) showKey(c echo.Context) error {
	if _, err := s.portal.ShowKey(c.Request().Context(), actor(c), c.Param("account")); err != nil {
		return err
	}
	return s.done(c, enrolment.From(c.Request().PostForm.Get("from")).Page(c.Param("account")), "")
}

// newRotation shows what another key would mean.
func (s *Site) newRotation(c echo.Context) error {
	desk, err := s.portal.ProposeRotation(c.Request().Context(), actor(c), c.Param("account"), readRotation(c.QueryParams()))
	return s.showUnless(c, err, enrolment.Rotate(enrolment.RotatePage{EnrolmentDesk: desk, In: zone(c)}))
}

// createRotation gives the account another key, or shows what stands in the way.
func (s *Site) createRotation(c echo.Context) error {
	form := c.Request().PostForm
	if form.Get("preview") != "" {
		return s.done(c, link.RotateKey(c.Param("account"))+"?"+url.Values{"overlap": {form.Get("overlap")}}.Encode(), "")
	}
	desk, err := s.portal.RotateKey(c.Request().Context(), actor(c), c.Param("account"), readRotation(form))
	if p, ok := models.ProblemIn(err); ok && desk.Account.ID != "" {
		return s.showAgain(c, p, enrolment.Rotate(enrolment.RotatePage{EnrolmentDesk: desk, In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Enrolment(c.Param("account")), "The key was rotated. New installs need the new one.")
}

// createKeyEnd ends a key that was rotated.
func (s *Site) createKeyEnd(c echo.Context) error {
	if err := s.portal.EndKey(c.Request().Context(), actor(c), c.Param("account"), c.Request().PostForm.Get("key")); err != nil {
		return err
	}
	return s.done(c, link.Enrolment(c.Param("account")), "The older key has ended.")
}

func readRotation(v url.Values) models.RotationWish {
	return models.RotationWish{Overlap: models.Overlap(v.Get("overlap")), KeyID: v.Get("key"), FormKey: v.Get("_form")}
}

// buildLife is how long a device may take to download the agents' software.
const buildLife = 15 * time.Minute

// sendBuild sends a file of the agents' software to a device. Devices do not sign in.
func (s *Site) sendBuild(c echo.Context) error {
	f, err := s.builds.Open(c.Param("file"))
	if err != nil {
		return echo.ErrNotFound
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	// A server that cannot give more time gives what it has.
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(s.real().Add(buildLife))
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, echo.MIMEOctetStream)
	head.Set(echo.HeaderContentDisposition, fmt.Sprintf("attachment; filename=%q", c.Param("file")))
	http.ServeContent(c.Response(), c.Request(), c.Param("file"), info.ModTime(), f)
	return nil
}
