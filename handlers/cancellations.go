package handlers

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
)

// newCancellation shows what cancelling a plan would do, now or at the end of its term.
func (s *Site) newCancellation(c echo.Context) error {
	return s.proposeTurn(c, when(c.QueryParams()))
}

// createCancellation cancels it.
func (s *Site) createCancellation(c echo.Context) error {
	form := c.Request().PostForm
	if form.Get("preview") != "" {
		for _, once := range []string{"_form", "preview", "version", "confirm"} {
			form.Del(once)
		}
		return s.done(c, link.Cancellation(c.Param("account"))+"?"+form.Encode(), "")
	}
	words := "Plan cancelled. It can be taken back for 72 hours."
	if when(form) == models.CancelAtEnd {
		words = "The plan ends with its term. Until then, Modify plan lets it renew again."
	}
	return s.takeTurn(c, readTurn(c, when(form)), s.portal.CancelPlan, words)
}

// newRestoration shows what taking a cancellation back would do.
func (s *Site) newRestoration(c echo.Context) error { return s.proposeTurn(c, models.Restore) }

// createRestoration takes it back.
func (s *Site) createRestoration(c echo.Context) error {
	return s.takeTurn(c, readTurn(c, models.Restore), s.portal.RestorePlan, "Cancellation taken back. The plan goes on with the same end.")
}

// when is the choice between now and the end of the term. Nothing chosen is the milder one.
func when(v url.Values) models.Turn {
	if v.Get("when") == "now" {
		return models.CancelNow
	}
	return models.CancelAtEnd
}
