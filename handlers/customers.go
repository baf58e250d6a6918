package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"mooring/views/customers"
	"mooring/views/link"
)

// showHome leads to where the work is.
func (s *Site) showHome(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, link.Customers())
}

// showCustomer shows one customer and its accounts.
func (s *Site) showCustomer(c echo.Context) error {
	file, err := s.portal.OpenCustomer(c.Request().Context(), actor(c), c.Param("customer"))
	if err != nil {
		return err
	}
	return s.show(c, customers.Show(customers.ShowPage{CustomerFile: file, Who: actor(c), In: zone(c)}))
}
