package handlers

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/subscriptions"
)

// newModification shows what an account has and what a change would do.
func (s *Site) newModification(c echo.Context) error {
	wish := readModification(c.QueryParams())
	desk, err := s.portal.ProposeModification(c.Request().Context(), actor(c), c.Param("account"), wish)
	if err != nil {
		return err
	}
	return s.show(c, subscriptions.Modify(subscriptions.ModifyPage{ModificationDesk: desk, Typed: typed(c.QueryParams())}))
}

// createModification changes what is assigned, or shows what stands in the way.
func (s *Site) createModification(c echo.Context) error {
	form := c.Request().PostForm
	if form.Get("preview") != "" {
		form.Del("_form")
		form.Del("preview")
		form.Set("note", cut(form.Get("note"), models.MaxNote))
		return s.done(c, link.ModifyPlan(c.Param("account"))+"?"+form.Encode(), "")
	}
	wish := readModification(form)
	desk, err := s.portal.ModifyPlan(c.Request().Context(), actor(c), c.Param("account"), wish)
	if p, ok := models.ProblemIn(err); ok && desk.Account.ID != "" {
		return s.showAgain(c, p, subscriptions.Modify(subscriptions.ModifyPage{ModificationDesk: desk, Typed: typed(form), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Account(c.Param("account")), "Plan modified. The account and its agents are the same.")
}

func readModification(v url.Values) models.Modification {
	return models.Modification{
		PlanKey: v.Get("plan"), Seats: number(v.Get("seats")), Term: models.Term(v.Get("term")), EndsOn: day(v.Get("ends-on")),
		Renews: v.Get("renews") != "", Note: cut(strings.TrimSpace(v.Get("note")), models.MaxNote), AcceptOver: v.Get("accept-over") != "",
		Version: number(v.Get("version")), PlanNumber: number(v.Get("number-" + v.Get("plan"))), FormKey: v.Get("_form"),
	}
}

// typed is what stood in the fields, as it was typed.
func typed(v url.Values) subscriptions.Typed {
	return subscriptions.Typed{Seats: v.Get("seats"), EndsOn: v.Get("ends-on")}
}

// grouped is a whole number with its thousands apart, as people write it: 1 000, 1,000, 1.000, 1’000.
var grouped = regexp.MustCompile(`^\d{1,3}([ \x{00a0}\x{202f},.'’]\d{3})+$`)

// number reads a whole number. What is not one is -1, which no rule lets through; nothing is 0.
func number(s string) int {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0
	}
	if grouped.MatchString(s) {
		s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", "", ".", "", "'", "", "’", "").Replace(s)
	}
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return -1
	}
	return int(n)
}

func day(s string) models.Date {
	d, err := models.ParseDate(strings.TrimSpace(s))
	if err != nil {
		return ""
	}
	return d
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
