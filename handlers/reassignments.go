package handlers

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/subscriptions"
)

// chooseReassignment shows what reassigning this account would mean, above the choice of a plan.
func (s *Site) chooseReassignment(c echo.Context) error {
	wish := readReassignment(c, c.QueryParams())
	if plan := c.QueryParam("plan"); plan != "" {
		return s.done(c, link.ReassignToWith(c.Param("account"), plan, wish.Seats), "")
	}
	desk, err := s.portal.ChooseReassignment(c.Request().Context(), actor(c), c.Param("account"), wish)
	if err != nil {
		return err
	}
	return s.show(c, subscriptions.Choose(subscriptions.ReassignPage{ReassignmentDesk: desk, In: zone(c)}))
}

// newReassignment shows what assigning another plan would do, before anyone does it.
func (s *Site) newReassignment(c echo.Context) error {
	desk, err := s.portal.ProposeReassignment(c.Request().Context(), actor(c), c.Param("account"), readReassignment(c, c.QueryParams()))
	if err != nil {
		return err
	}
	return s.show(c, subscriptions.Reassign(subscriptions.ReassignPage{ReassignmentDesk: desk, In: zone(c)}))
}

// createReassignment assigns the plan, or shows what nobody agreed to.
func (s *Site) createReassignment(c echo.Context) error {
	wish := readReassignment(c, c.Request().PostForm)
	result, desk, err := s.portal.ReassignPlan(c.Request().Context(), actor(c), c.Param("account"), wish)
	if p, ok := models.ProblemIn(err); ok && desk.Account.ID != "" {
		return s.showAgain(c, p, subscriptions.Reassign(subscriptions.ReassignPage{ReassignmentDesk: desk, Refused: p, In: zone(c)}))
	}
	if err != nil {
		return err
	}
	if result == c.Param("account") {
		return s.done(c, link.Account(result), "Plan replaced. The account is the same.")
	}
	return s.done(c, link.AccountCreated(result), "")
}

func readReassignment(c echo.Context, v url.Values) models.Reassignment {
	return models.Reassignment{
		PlanKey: c.Param("plan"), Seats: number(v.Get("seats")), ProposalID: v.Get("proposal"), Digest: v.Get("facts"),
		Why: v.Get("reason"), Note: v.Get("note"), TypedID: cut(v.Get("confirm"), 100), FormKey: v.Get("_form"),
	}
}

// showReassigned shows what a reassign did: the new account beside the old one.
func (s *Site) showReassigned(c echo.Context) error {
	done, err := s.portal.OpenReassigned(c.Request().Context(), actor(c), c.Param("account"))
	if err != nil {
		return err
	}
	return s.show(c, subscriptions.Created(subscriptions.CreatedPage{Reassigned: done, Who: actor(c), In: zone(c)}))
}
