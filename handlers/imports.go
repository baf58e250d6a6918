package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/sheet"
	"mooring/views/imports"
	"mooring/views/link"
)

// newImport asks for a file of customers.
func (s *Site) newImport(c echo.Context) error {
	desk, err := s.portal.BeginUpload(c.Request().Context(), actor(c))
	if err != nil {
		return err
	}
	return s.show(c, imports.New(imports.NewPage{UploadDesk: desk}))
}

// createImport keeps the file, or says beside its field what is wrong with it.
func (s *Site) createImport(c echo.Context) error {
	id, desk, err := s.portal.SendFile(c.Request().Context(), actor(c), readUpload(c))
	if p, ok := models.ProblemIn(err); ok && desk.Problem != nil {
		return s.showAgain(c, p, imports.New(imports.NewPage{UploadDesk: desk}))
	}
	if err != nil {
		return err
	}
	return s.done(c, link.Import(id), "")
}

// showImport shows what a file would do, or did.
func (s *Site) showImport(c echo.Context) error {
	check, err := s.portal.CheckFile(c.Request().Context(), actor(c), c.Param("import"), sheet.ReadUpload)
	if err != nil {
		return err
	}
	return s.show(c, imports.Show(imports.ShowPage{ImportCheck: check}))
}

// doImport imports the file. A second click finds what the first one did.
func (s *Site) doImport(c echo.Context) error {
	id := c.Param("import")
	if err := s.portal.ImportFile(c.Request().Context(), actor(c), id, sheet.ReadUpload); err != nil {
		return err
	}
	return s.done(c, link.Import(id), "")
}

// refusedRows hands back the rows that were refused, to mend and send again.
func (s *Site) refusedRows(c echo.Context) error {
	check, err := s.portal.CheckFile(c.Request().Context(), actor(c), c.Param("import"), sheet.ReadUpload)
	if err != nil {
		return err
	}
	asFile(c, "refused-rows.csv")
	return sheet.WriteRefused(c.Response(), check.Upload.Content, check.Refused)
}

// importTemplate is a file with the columns of an import.
func (s *Site) importTemplate(c echo.Context) error {
	asFile(c, "customers-template.csv")
	return sheet.WriteTemplate(c.Response())
}

// asFile lets the browser save what follows instead of showing it.
func asFile(c echo.Context, name string) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	c.Response().WriteHeader(http.StatusOK)
}
