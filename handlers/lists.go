package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/sheet"
	"mooring/views/accounts"
	"mooring/views/customers"
	"mooring/views/link"
)

// exportLife is how long a file may take to be fetched.
const exportLife = 10 * time.Minute

// listAccounts shows one page of the accounts.
func (s *Site) listAccounts(c echo.Context) error {
	page, err := s.portal.ListAccounts(c.Request().Context(), actor(c), link.Asked(c.QueryParams()))
	if err != nil {
		return err
	}
	return s.show(c, accounts.List(accounts.ListPage{AccountsPage: page}))
}

// listCustomers shows one page of the customers.
func (s *Site) listCustomers(c echo.Context) error {
	page, err := s.portal.ListCustomers(c.Request().Context(), actor(c), link.Asked(c.QueryParams()))
	if err != nil {
		return err
	}
	return s.show(c, customers.List(page))
}

// exportAccounts sends the accounts of a list as a file.
func (s *Site) exportAccounts(c echo.Context) error {
	var file *sheet.AccountsFile
	return s.stream(c, "accounts", func(ctx context.Context, begin func()) error {
		return s.portal.ExportAccounts(ctx, actor(c), link.Asked(c.QueryParams()), func(rows []models.AccountRow) error {
			if file == nil {
				begin()
				file = sheet.NewAccountsFile(c.Response())
			}
			return file.Add(rows, s.portal.Now())
		})
	})
}

// exportCustomers sends the customers of a list as a file.
func (s *Site) exportCustomers(c echo.Context) error {
	var file *sheet.CustomersFile
	return s.stream(c, "customers", func(ctx context.Context, begin func()) error {
		return s.portal.ExportCustomers(ctx, actor(c), link.Asked(c.QueryParams()), func(rows []models.CustomerRow) error {
			if file == nil {
				begin()
				file = sheet.NewCustomersFile(c.Response())
			}
			return file.Add(rows)
		})
	})
}

// stream answers with a file that is written while it is read. A page's short life would cut a long
// one off; when something fails after its beginning the connection is torn, so that nobody takes a
// part for the whole.
func (s *Site) stream(c echo.Context, name string, write func(ctx context.Context, begin func()) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), exportLife)
	defer cancel()
	name += "-" + string(models.DateOf(s.portal.Now(), zone(c))) + ".csv"
	err := write(ctx, func() {
		_ = http.NewResponseController(c.Response()).SetWriteDeadline(s.real().Add(exportLife))
		h := c.Response().Header()
		h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
		h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
		c.Response().WriteHeader(http.StatusOK)
	})
	if err != nil && c.Response().Committed {
		s.log.Error("a file was torn off", "error", err, "request", requestID(c), "actor", actor(c).ID, "path", c.Request().URL.Path)
		panic(http.ErrAbortHandler)
	}
	return err
}
