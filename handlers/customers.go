package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"mooring/models/portal"
	"mooring/views/customers"
	"mooring/views/link"
)

// showHome leads to where the work is.
func (s *Site) showHome(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, link.Customers())
}

// listCustomers shows one page of the customers.
func (s *Site) listCustomers(c echo.Context) error {
	page, err := s.portal.ListCustomers(c.Request().Context(), actor(c), portal.Place{After: c.QueryParam("after"), Before: c.QueryParam("before")})
	if err != nil {
		return err
	}
	return s.show(c, customers.List(page))
}

// showCustomer shows one customer and its accounts.
func (s *Site) showCustomer(c echo.Context) error {
	file, err := s.portal.OpenCustomer(c.Request().Context(), actor(c), c.Param("customer"))
	if err != nil {
		return err
	}
	return s.show(c, customers.Show(customers.ShowPage{CustomerFile: file, Who: actor(c), In: zone(c)}))
}
