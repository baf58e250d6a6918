package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/accounts"
	"mooring/views/format"
	"mooring/views/link"
)

// showSeats shows how the seats of an account are used; with a choice, what releasing the chosen ones
// would do.
func (s *Site) showSeats(c echo.Context) error {
	if c.QueryParam("release") != "" {
		return s.reviewRelease(c)
	}
	desk, err := s.portal.OpenSeats(c.Request().Context(), actor(c), c.Param("account"))
	return s.showUnless(c, err, accounts.Seats(accounts.SeatsPage{SeatsDesk: desk, Who: actor(c), In: zone(c)}))
}

func (s *Site) reviewRelease(c echo.Context) error {
	wish := readRelease(c.QueryParams())
	desk, err := s.portal.ProposeRelease(c.Request().Context(), actor(c), c.Param("account"), wish)
	if p, ok := models.ProblemIn(err); ok && desk.Held.Account.ID != "" {
		return s.showAgain(c, p, accounts.Seats(accounts.SeatsPage{SeatsDesk: desk, Who: actor(c), In: zone(c), Wish: wish, Refused: p}))
	}
	return s.showUnless(c, err, accounts.Seats(accounts.SeatsPage{SeatsDesk: desk, Who: actor(c), In: zone(c), Wish: wish, Reviews: true}))
}

// releaseSeats takes seats back, or shows the form again.
func (s *Site) releaseSeats(c echo.Context) error {
	wish := readRelease(c.Request().PostForm)
	n, desk, err := s.portal.ReleaseAgents(c.Request().Context(), actor(c), c.Param("account"), wish)
	if p, ok := models.ProblemIn(err); ok && desk.Held.Account.ID != "" {
		return s.showAgain(c, p, accounts.Seats(accounts.SeatsPage{SeatsDesk: desk, Who: actor(c), In: zone(c), Wish: wish, Reviews: true, Refused: p}))
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

func readRelease(v url.Values) models.ReleaseWish {
	return models.ReleaseWish{
		Agents: v["agent"], AllIdle: v.Get("release") == "all", IdleAll: number(v.Get("idle")),
		Note: strings.TrimSpace(v.Get("note")), FormKey: v.Get("_form"),
	}
}
