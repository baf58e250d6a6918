package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/subscriptions"
)

// newAssignment shows the plans that a customer could get.
func (s *Site) newAssignment(c echo.Context) error {
	wish := readAssignment(c.QueryParams())
	desk, err := s.portal.ProposeAssignment(c.Request().Context(), actor(c), c.Param("customer"), wish)
	if err != nil {
		return err
	}
	return s.show(c, subscriptions.Assign(subscriptions.AssignPage{AssignmentDesk: desk, Who: actor(c), Typed: typedAssignment(c.QueryParams())}))
}

// createAssignment assigns a first plan, or shows why it would not be one.
func (s *Site) createAssignment(c echo.Context) error {
	form := c.Request().PostForm
	account, desk, err := s.portal.AssignPlan(c.Request().Context(), actor(c), c.Param("customer"), readAssignment(form))
	if p, ok := models.ProblemIn(err); ok && desk.Customer.ID != "" {
		return s.showAgain(c, p, subscriptions.Assign(subscriptions.AssignPage{AssignmentDesk: desk, Who: actor(c), Typed: typedAssignment(form), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Account(account), "Plan assigned. Account "+account+" was generated.")
}

// readAssignment takes a date as it was typed: whether it is one is a rule's business.
func readAssignment(v url.Values) models.Assignment {
	return models.Assignment{
		PlanKey: v.Get("plan"), Seats: number(v.Get("seats")), StartsOn: models.Date(strings.TrimSpace(v.Get("starts-on"))),
		Note: strings.TrimSpace(v.Get("note")), FormKey: v.Get("_form"),
	}
}

func typedAssignment(v url.Values) subscriptions.AssignTyped {
	return subscriptions.AssignTyped{Seats: v.Get("seats")}
}
