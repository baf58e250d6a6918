package handlers

import (
	"context"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/sheet"
	"mooring/views/carries"
	"mooring/views/link"
)

// newCarry shows what carrying agents over would do, before anyone does it.
func (s *Site) newCarry(c echo.Context) error { return s.proposeCarry(c, c.QueryParams()) }

// createCarry begins it, or shows what stands in the way. A preview is drawn here: the agents that were
// ticked may be too many for an address.
func (s *Site) createCarry(c echo.Context) error {
	form := c.Request().PostForm
	if form.Get("preview") != "" {
		return s.proposeCarry(c, form)
	}
	id, desk, err := s.portal.CarryAgents(c.Request().Context(), actor(c), c.Param("account"), readCarry(form))
	if p, ok := models.ProblemIn(err); ok && desk.From.Account.ID != "" {
		return s.showAgain(c, p, carries.New(carries.NewPage{CarryDesk: desk, Who: actor(c), In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Carry(id), "")
}

func (s *Site) proposeCarry(c echo.Context, v url.Values) error {
	desk, err := s.portal.ProposeCarry(c.Request().Context(), actor(c), c.Param("account"), readCarry(v))
	return s.showUnless(c, err, carries.New(carries.NewPage{CarryDesk: desk, Who: actor(c), In: zone(c)}))
}

func readCarry(v url.Values) models.CarryWish {
	return models.CarryWish{
		ToAccountID: v.Get("to"), Pick: models.CarryPick(v.Get("pick")), Group: v.Get("group"), Agents: v["agent"],
		AgentsVersion: number(v.Get("agents-version")), Shown: models.CarryShownFrom(v.Get("shown")), FormKey: v.Get("_form"),
	}
}

// showCarry shows how far a carry has come.
func (s *Site) showCarry(c echo.Context) error {
	progress, err := s.portal.OpenCarry(c.Request().Context(), actor(c), c.Param("carry"))
	if err == nil && !progress.Counts.Done() {
		c.Set("refresh", carries.LoadAnewEvery)
	}
	return s.showUnless(c, err, carries.Show(carries.ShowPage{CarryProgress: progress, Who: actor(c), In: zone(c)}))
}

// listMissing shows one page of the agents that have not moved.
func (s *Site) listMissing(c echo.Context) error {
	page, err := s.portal.ListMissing(c.Request().Context(), actor(c), c.Param("carry"), c.QueryParam("after"))
	return s.showUnless(c, err, carries.Missing(carries.MissingPage{MissingPage: page, In: zone(c)}))
}

// exportMissing sends all of them as a file.
func (s *Site) exportMissing(c echo.Context) error {
	var file *sheet.MissingFile
	return s.stream(c, "missing-"+c.Param("carry"), func(ctx context.Context, begin func()) error {
		return s.portal.EachMissing(ctx, actor(c), c.Param("carry"), func(of models.Carry, some []models.MissingAgent, now time.Time) error {
			if file == nil {
				begin()
				file = sheet.NewMissingFile(c.Response())
			}
			return file.Add(of, some, now)
		})
	})
}

// newCallOff shows what calling a carry off would do.
func (s *Site) newCallOff(c echo.Context) error {
	progress, err := s.portal.ProposeCallOff(c.Request().Context(), actor(c), c.Param("carry"))
	return s.showUnless(c, err, carries.CallOff(carries.CallOffPage{CarryProgress: progress, In: zone(c)}))
}

// createCallOff calls it off.
func (s *Site) createCallOff(c echo.Context) error {
	return s.turnCarry(c, s.portal.CancelCarry, "Called off. Agents that have not moved stay where they are.")
}

// retryCarry gives the agents that have not moved more time.
func (s *Site) retryCarry(c echo.Context) error {
	return s.turnCarry(c, s.portal.RetryCarry, "They are told again, for another 14 days.")
}

type carryTurn func(ctx context.Context, who models.Actor, id string, version int) error

// turnCarry changes a carry and shows it, or shows it as it is now with why it was not changed.
func (s *Site) turnCarry(c echo.Context, turn carryTurn, words string) error {
	ctx, id := c.Request().Context(), c.Param("carry")
	err := turn(ctx, actor(c), id, number(c.Request().PostForm.Get("version")))
	if p, ok := models.ProblemIn(err); ok && p.Kind == models.Conflict {
		progress, err := s.portal.OpenCarry(ctx, actor(c), id)
		if err != nil {
			return err
		}
		return s.showAgain(c, p, carries.Show(carries.ShowPage{CarryProgress: progress, Who: actor(c), In: zone(c), Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Carry(id), words)
}
