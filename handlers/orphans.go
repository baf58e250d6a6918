package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/orphans"
)

// listOrphans shows one page of the orphan radar.
func (s *Site) listOrphans(c echo.Context) error {
	page, err := s.portal.ListOrphans(c.Request().Context(), actor(c), models.OrphanKindOf(c.QueryParam("kind")), c.QueryParam("after"))
	return s.showUnless(c, err, orphans.List(orphans.ListPage{OrphansPage: page, Who: actor(c), In: zone(c)}))
}
