package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/views/customers"
)

// showCustomer shows one customer and its accounts.
func (s *Site) showCustomer(c echo.Context) error {
	file, err := s.portal.OpenCustomer(c.Request().Context(), actor(c), c.Param("customer"))
	if err != nil {
		return err
	}
	return s.show(c, customers.Show(customers.ShowPage{CustomerFile: file, Who: actor(c), In: zone(c)}))
}
