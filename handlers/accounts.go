package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/views/accounts"
)

// showAccount shows one account: what it has, and how its agents are.
func (s *Site) showAccount(c echo.Context) error {
	overview, err := s.portal.OpenAccount(c.Request().Context(), actor(c), c.Param("account"))
	if err != nil {
		return err
	}
	return s.show(c, accounts.Show(accounts.ShowPage{AccountOverview: overview, Who: actor(c), In: zone(c)}))
}
