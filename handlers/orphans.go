package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/portal"
	"mooring/views/orphans"
)

// listOrphans shows one page of the orphan radar.
func (s *Site) listOrphans(c echo.Context) error {
	at := portal.Place{After: c.QueryParam("after"), Before: c.QueryParam("before")}
	page, err := s.portal.ListOrphans(c.Request().Context(), actor(c), models.OrphanKindOf(c.QueryParam("kind")), at)
	return s.showUnless(c, err, orphans.List(orphans.ListPage{OrphansPage: page, Who: actor(c), In: zone(c)}))
}
