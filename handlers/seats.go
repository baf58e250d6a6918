package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/accounts"
	"mooring/views/format"
	"mooring/views/link"
)

// showSeats shows how the seats of an account are used.
func (s *Site) showSeats(c echo.Context) error {
	desk, err := s.portal.OpenSeats(c.Request().Context(), actor(c), c.Param("account"))
	return s.showUnless(c, err, accounts.Seats(accounts.SeatsPage{SeatsDesk: desk, Who: actor(c), In: zone(c)}))
}

// releaseSeats takes seats back, or shows the form again.
func (s *Site) releaseSeats(c echo.Context) error {
	wish := readRelease(c)
	n, desk, err := s.portal.ReleaseAgents(c.Request().Context(), actor(c), c.Param("account"), wish)
	if p, ok := models.ProblemIn(err); ok && desk.Held.Account.ID != "" {
		return s.showAgain(c, p, accounts.Seats(accounts.SeatsPage{SeatsDesk: desk, Who: actor(c), In: zone(c), Wish: wish, Refused: p}))
	}
	if err != nil {
		return err
	}
	words := format.Count(n, "seat", "seats") + " released."
	if n == 0 { // the same form once more
		words = ""
	}
	return s.done(c, link.AccountSeats(c.Param("account")), words)
}

func readRelease(c echo.Context) models.ReleaseWish {
	form := c.Request().PostForm
	return models.ReleaseWish{
		Agents: form["agent"], AllIdle: form.Get("all") != "", IdleAll: number(form.Get("idle")), FormKey: form.Get("_form"),
	}
}
