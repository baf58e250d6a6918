package handlers

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/orphans"
)

// newMerge shows what making one agent of two of a device would do, or why it cannot be.
func (s *Site) newMerge(c echo.Context) error {
	desk, err := s.portal.ProposeMerge(c.Request().Context(), actor(c), c.Param("agent"), readMerge(c.QueryParams()))
	return s.showUnless(c, err, orphans.Merge(orphans.MergePage{MergeDesk: desk, AgentID: c.Param("agent"), In: zone(c)}))
}

// createMerge merges them.
func (s *Site) createMerge(c echo.Context) error {
	kept, desk, err := s.portal.MergeAgents(c.Request().Context(), actor(c), c.Param("agent"), readMerge(c.Request().PostForm))
	if p, ok := models.ProblemIn(err); ok && desk.Older.ID != "" {
		return s.showAgain(c, p, orphans.Merge(orphans.MergePage{MergeDesk: desk, AgentID: c.Param("agent"), In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Agent(kept), "The device has one agent again.")
}

func readMerge(v url.Values) models.MergeWish {
	return models.MergeWish{OtherID: v.Get("other"), Note: v.Get("note"), Both: v.Get("both") != "", Facts: v.Get("facts"), FormKey: v.Get("_form")}
}
