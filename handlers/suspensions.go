package handlers

import (
	"context"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/subscriptions"
)

// newSuspension shows what suspending a plan would do.
func (s *Site) newSuspension(c echo.Context) error { return s.proposeTurn(c, models.Suspend) }

// createSuspension suspends it.
func (s *Site) createSuspension(c echo.Context) error {
	return s.takeTurn(c, readTurn(c, models.Suspend), s.portal.SuspendPlan, "Plan suspended. Agents go on reporting and get no updates.")
}

// newResumption shows what resuming a plan would do.
func (s *Site) newResumption(c echo.Context) error { return s.proposeTurn(c, models.Resume) }

// createResumption resumes it.
func (s *Site) createResumption(c echo.Context) error {
	return s.takeTurn(c, readTurn(c, models.Resume), s.portal.ResumePlan, "Plan resumed.")
}

// proposeTurn shows what a turn would do, or what stands in its way.
func (s *Site) proposeTurn(c echo.Context, turn models.Turn) error {
	wish := wishOf(c.QueryParams(), turn)
	desk, err := s.portal.ProposeTurn(c.Request().Context(), actor(c), c.Param("account"), wish)
	if err != nil {
		return err
	}
	return s.show(c, subscriptions.Turn(subscriptions.TurnPage{TurnDesk: desk, Who: actor(c), In: zone(c)}))
}

type turning func(context.Context, models.Actor, string, models.TurnWish) (models.TurnDesk, error)

// takeTurn does what a form asks for and says so on the account's page, or shows the form again.
func (s *Site) takeTurn(c echo.Context, wish models.TurnWish, take turning, words string) error {
	desk, err := take(c.Request().Context(), actor(c), c.Param("account"), wish)
	if p, ok := models.ProblemIn(err); ok && desk.Account.ID != "" {
		return s.showAgain(c, p, subscriptions.Turn(subscriptions.TurnPage{TurnDesk: desk, Who: actor(c), In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Account(c.Param("account")), words)
}

func readTurn(c echo.Context, turn models.Turn) models.TurnWish {
	return wishOf(c.Request().PostForm, turn)
}

func wishOf(v url.Values, turn models.Turn) models.TurnWish {
	return models.TurnWish{
		Turn: turn, Why: v.Get("reason"), Note: cut(strings.TrimSpace(v.Get("note")), models.MaxNote), TypedID: v.Get("confirm"),
		Version: number(v.Get("version")), FormKey: v.Get("_form"),
	}
}
