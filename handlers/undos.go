package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/format"
	"mooring/views/link"
	"mooring/views/subscriptions"
)

// newUndo shows what undoing a reassign would do, or why it cannot be.
func (s *Site) newUndo(c echo.Context) error {
	desk, err := s.portal.ProposeUndo(c.Request().Context(), actor(c), c.Param("account"), models.UndoWish{})
	return s.showUnless(c, err, subscriptions.Undo(subscriptions.UndoPage{UndoDesk: desk, Who: actor(c), In: zone(c)}))
}

// createUndo undoes it.
func (s *Site) createUndo(c echo.Context) error {
	desk, err := s.portal.UndoReassign(c.Request().Context(), actor(c), c.Param("account"), readUndo(c))
	if p, ok := models.ProblemIn(err); ok && desk.Old.Account.ID != "" {
		return s.showAgain(c, p, subscriptions.Undo(subscriptions.UndoPage{UndoDesk: desk, Who: actor(c), In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	words := "Reassign undone. The account is as it was before."
	if n := desk.Carried; n > 0 {
		words = "Reassign undone. " + format.Count(n, "agent comes", "agents come") + " back, each at its next check-in."
	}
	return s.done(c, link.Account(c.Param("account")), words)
}

func readUndo(c echo.Context) models.UndoWish {
	form := c.Request().PostForm
	return models.UndoWish{
		Why: form.Get("reason"), Note: cut(strings.TrimSpace(form.Get("note")), models.MaxNote), Facts: form.Get("facts"), FormKey: form.Get("_form"),
	}
}
