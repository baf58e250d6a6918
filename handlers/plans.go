package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/portal"
	"mooring/views/format"
	"mooring/views/link"
	"mooring/views/plans"
)

// listPlans shows one page of the catalogue.
func (s *Site) listPlans(c echo.Context) error {
	page, err := s.portal.ListPlans(c.Request().Context(), actor(c), portal.Place{After: c.QueryParam("after"), Before: c.QueryParam("before")})
	if err != nil {
		return err
	}
	return s.show(c, plans.List(plans.ListPage{CataloguePage: page, Who: actor(c)}))
}

// showPlan shows one plan with its versions.
func (s *Site) showPlan(c echo.Context) error {
	file, err := s.portal.OpenPlan(c.Request().Context(), actor(c), c.Param("plan"))
	if err != nil {
		return err
	}
	return s.show(c, plans.Show(plans.ShowPage{PlanFile: file, Who: actor(c), In: zone(c)}))
}

// newPlan asks for a new plan, blank or as another one is.
func (s *Site) newPlan(c echo.Context) error {
	desk, err := s.portal.DraftPlan(c.Request().Context(), actor(c), c.QueryParam("clone"))
	if err != nil {
		return err
	}
	return s.show(c, plans.Form(plans.FormPage{PlanDesk: desk}))
}

// createPlan adds a plan to the catalogue, or shows what stands in the way.
func (s *Site) createPlan(c echo.Context) error {
	key, desk, err := s.portal.CreatePlan(c.Request().Context(), actor(c), readPlan(c.Request().PostForm))
	if desk.Problem != nil {
		return s.showAgain(c, desk.Problem, plans.Form(plans.FormPage{PlanDesk: desk, Refused: desk.Problem}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Plan(key), "The plan is in the catalogue.")
}

// newEdit asks what a plan should offer from now on.
func (s *Site) newEdit(c echo.Context) error {
	desk, err := s.portal.ProposeEdit(c.Request().Context(), actor(c), c.Param("plan"))
	if err != nil {
		return err
	}
	return s.show(c, plans.Form(plans.FormPage{PlanDesk: desk}))
}

// createEdit makes a further version of a plan, or shows what stands in the way.
func (s *Site) createEdit(c echo.Context) error {
	desk, err := s.portal.EditPlan(c.Request().Context(), actor(c), c.Param("plan"), readPlan(c.Request().PostForm))
	if desk.Problem != nil {
		return s.showAgain(c, desk.Problem, plans.Form(plans.FormPage{PlanDesk: desk, Refused: desk.Problem}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Plan(c.Param("plan")), "Plan saved. What is assigned keeps the version it has"+keptBy(desk)+".")
}

// keptBy is how many accounts that concerns, where it is known.
func keptBy(desk models.PlanDesk) string {
	if desk.Accounts == 0 || desk.Accounts > models.CountBound {
		return ""
	}
	return ": " + format.Count(desk.Accounts, "account", "accounts")
}

// newRetirement asks before a plan is taken off sale.
func (s *Site) newRetirement(c echo.Context) error { return s.askAboutSale(c, false) }

// newReturn asks before a plan is brought back.
func (s *Site) newReturn(c echo.Context) error { return s.askAboutSale(c, true) }

func (s *Site) askAboutSale(c echo.Context, back bool) error {
	desk, err := s.portal.OpenRetirement(c.Request().Context(), actor(c), c.Param("plan"))
	if err != nil {
		return err
	}
	return s.show(c, plans.Retire(plans.RetirePage{PlanDesk: desk, Back: back}))
}

// createRetirement takes a plan off sale.
func (s *Site) createRetirement(c echo.Context) error {
	form := c.Request().PostForm
	err := s.portal.RetirePlan(c.Request().Context(), actor(c), c.Param("plan"), number(form.Get("version")), form.Get("_form"))
	if err != nil {
		return err
	}
	return s.done(c, link.Plan(c.Param("plan")), "Plan retired. What is assigned goes on.")
}

// createReturn puts a plan on sale again.
func (s *Site) createReturn(c echo.Context) error {
	form := c.Request().PostForm
	err := s.portal.BringBackPlan(c.Request().Context(), actor(c), c.Param("plan"), number(form.Get("version")), form.Get("_form"))
	if err != nil {
		return err
	}
	return s.done(c, link.Plan(c.Param("plan")), "The plan is on sale again.")
}

func readPlan(v url.Values) models.PlanWish {
	return models.PlanWish{
		ProductID: v.Get("product"), Trial: v.Get("trial") != "",
		Name: v.Get("name"), Edition: v.Get("edition"), Summary: v.Get("summary"), Features: v.Get("features"),
		Unit: v.Get("unit"), DataCenter: v.Get("data-center"), Activation: models.Activation(v.Get("activation")),
		Price: strings.TrimSpace(v.Get("price")), Currency: v.Get("currency"), Term: v.Get("term"), Renews: v.Get("renews") != "",
		ModifyOnly: v.Get("modify-only") != "", RefuseOverUse: v.Get("over") == "refuse", TypedIDFrom: v.Get("typed-id"),
		EndingSoon: v.Get("ending-soon"), Grace: v.Get("grace"), Locked: v.Get("locked"),
		Had: v["had"], Resellers: v["reseller"], Everybody: v.Get("everybody") != "",
		Version: number(v.Get("version")), FormKey: v.Get("_form"),
	}
}
