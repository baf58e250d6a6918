package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/views/accounts"
)

// showWatch lists the accounts whose agents fell silent after a change.
func (s *Site) showWatch(c echo.Context) error {
	desk, err := s.portal.OpenWatch(c.Request().Context(), actor(c))
	return s.showUnless(c, err, accounts.Watch(accounts.WatchPage{WatchDesk: desk, Who: actor(c), In: zone(c)}))
}
