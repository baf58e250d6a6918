package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/customers"
	"mooring/views/link"
)

// newCustomer shows the form for a new customer.
func (s *Site) newCustomer(c echo.Context) error {
	desk, err := s.portal.ProposeCustomer(c.Request().Context(), actor(c), models.CustomerWish{PartnerID: c.QueryParam("partner")})
	return s.showUnless(c, err, customers.Form(customers.FormPage{CustomerDesk: desk}))
}

// createCustomer adds a customer, or shows what stands in the way. Asked for another contact it only
// shows the form with room for one more.
func (s *Site) createCustomer(c echo.Context) error {
	wish := readCustomer(c.Request().PostForm)
	if adds(c) {
		desk, err := s.portal.ProposeCustomer(c.Request().Context(), actor(c), withAnother(wish))
		return s.showUnless(c, err, customers.Form(customers.FormPage{CustomerDesk: desk}))
	}
	id, desk, err := s.portal.CreateCustomer(c.Request().Context(), actor(c), wish)
	if p, ok := models.ProblemIn(err); ok && p == desk.Problem {
		return s.showAgain(c, p, customers.Form(customers.FormPage{CustomerDesk: desk, Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Customer(id), "Customer added.")
}

// editCustomer shows the form for a customer who is there.
func (s *Site) editCustomer(c echo.Context) error {
	desk, err := s.portal.OpenCustomerForm(c.Request().Context(), actor(c), c.Param("customer"), models.CustomerWish{})
	return s.showUnless(c, err, customers.Form(customers.FormPage{CustomerDesk: desk}))
}

// saveCustomer changes a customer, or shows what stands in the way.
func (s *Site) saveCustomer(c echo.Context) error {
	wish := readCustomer(c.Request().PostForm)
	if adds(c) {
		desk, err := s.portal.OpenCustomerForm(c.Request().Context(), actor(c), c.Param("customer"), withAnother(wish))
		return s.showUnless(c, err, customers.Form(customers.FormPage{CustomerDesk: desk}))
	}
	desk, err := s.portal.EditCustomer(c.Request().Context(), actor(c), c.Param("customer"), wish)
	if p, ok := models.ProblemIn(err); ok && p == desk.Problem {
		return s.showAgain(c, p, customers.Form(customers.FormPage{CustomerDesk: desk, Refused: p}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Customer(c.Param("customer")), "Customer saved.")
}

// adds reports whether the form asks for room for another contact.
func adds(c echo.Context) bool { return c.Request().PostForm.Get("add") != "" }

func withAnother(wish models.CustomerWish) models.CustomerWish {
	if len(wish.Contacts) < models.MaxContacts {
		wish.Contacts = append(wish.Contacts, models.ContactWish{})
	}
	return wish
}

func readCustomer(v url.Values) models.CustomerWish {
	return models.CustomerWish{
		PartnerID: v.Get("partner"), Name: v.Get("name"), Address: v.Get("address"), City: v.Get("city"), Region: v.Get("region"),
		PostalCode: v.Get("postal-code"), Country: v.Get("country"), TimeZone: v.Get("time-zone"), Currency: v.Get("currency"),
		ExternalRef: v.Get("external-ref"), OwnerID: v.Get("owner"), Note: v.Get("note"), Contacts: readContacts(v),
		Anyway:  slices.DeleteFunc(strings.Split(v.Get("anyway"), ","), func(id string) bool { return id == "" }),
		Version: number(v.Get("version")), FormKey: v.Get("_form"),
	}
}

func readContacts(v url.Values) []models.ContactWish {
	rows := make([]models.ContactWish, max(0, min(number(v.Get("contacts")), models.MaxContacts)))
	for i := range rows {
		row := "contact-" + strconv.Itoa(i+1) + "-"
		rows[i] = models.ContactWish{ID: v.Get(row + "id"), Name: v.Get(row + "name"), Email: v.Get(row + "email"), Remove: v.Get(row+"remove") != ""}
	}
	return rows
}
