package handlers

import (
	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/customers"
	"mooring/views/link"
)

// newArchive asks before a customer is put away.
func (s *Site) newArchive(c echo.Context) error {
	desk, err := s.portal.ProposeArchive(c.Request().Context(), actor(c), c.Param("customer"))
	return s.showUnless(c, err, customers.Archive(customers.ArchivePage{ArchiveDesk: desk}))
}

// createArchive puts a customer away, or shows which accounts stand in the way.
func (s *Site) createArchive(c echo.Context) error {
	desk, err := s.portal.ArchiveCustomer(c.Request().Context(), actor(c), c.Param("customer"))
	if p, ok := models.ProblemIn(err); ok && len(desk.Open) > 0 {
		return s.showAgain(c, p, customers.Archive(customers.ArchivePage{ArchiveDesk: desk}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Customer(c.Param("customer")), "Customer archived.")
}

// endArchive brings a customer back.
func (s *Site) endArchive(c echo.Context) error {
	if err := s.portal.RestoreCustomer(c.Request().Context(), actor(c), c.Param("customer")); err != nil {
		return err
	}
	return s.done(c, link.Customer(c.Param("customer")), "The customer is back.")
}
