package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/orphans"
)

// newRetirementOfAccount shows what retiring an empty account would do, or why it cannot be.
func (s *Site) newRetirementOfAccount(c echo.Context) error {
	desk, err := s.portal.ProposeRetirement(c.Request().Context(), actor(c), c.Param("account"), models.UndoWish{})
	return s.showUnless(c, err, orphans.Retire(orphans.RetirePage{RetireDesk: desk, Who: actor(c), In: zone(c)}))
}

// createRetirementOfAccount retires it.
func (s *Site) createRetirementOfAccount(c echo.Context) error {
	desk, err := s.portal.RetireAccount(c.Request().Context(), actor(c), c.Param("account"), readUndo(c))
	if p, ok := models.ProblemIn(err); ok && desk.New.Account.ID != "" {
		return s.showAgain(c, p, orphans.Retire(orphans.RetirePage{RetireDesk: desk, Who: actor(c), In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Orphans(models.EmptySecond), "The empty account is retired.")
}
