package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/views/home"
)

// showHome shows what needs attention today.
func (s *Site) showHome(c echo.Context) error {
	desk, err := s.portal.OpenDesk(c.Request().Context(), actor(c))
	if err != nil {
		return err
	}
	return s.show(c, home.Desk(home.DeskPage{Desk: desk, Who: actor(c), In: zone(c)}))
}
