package handlers

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/sheet"
	"mooring/views/imports"
	"mooring/views/link"
)

// maxUpload is how much a form with a file may bring: the largest file, and so much more that one a
// little too large can be refused beside its field.
const maxUpload = models.MaxUploadBytes + 3<<20

const fileTooLarge = "The file is larger than 5 MB. Divide it."

// takesFile reports whether the request is the one form that brings a file.
func takesFile(c echo.Context) bool {
	return c.Request().Method == http.MethodPost && c.Path() == link.ImportCustomers()
}

// bodyOf is how much a request may bring.
func bodyOf(c echo.Context) int64 {
	if takesFile(c) {
		return maxUpload
	}
	return maxBody
}

// parseForm reads a form into PostForm. Only the one that brings a file may come in parts; it is read
// into memory.
func parseForm(c echo.Context) error {
	r := c.Request()
	parse := r.ParseForm
	if takesFile(c) {
		parse = func() error { return r.ParseMultipartForm(maxUpload) }
	}
	err := parse()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	if tooLarge := (*http.MaxBytesError)(nil); err != nil && !errors.As(err, &tooLarge) {
		return echo.ErrBadRequest
	}
	return err
}

// unparsed answers a form that could not be read. A file that is far too large is refused beside its
// field; the form's key was not read, and nothing is done.
func (s *Site) unparsed(c echo.Context, err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); !takesFile(c) || !signedIn(c) || !errors.As(err, &tooLarge) {
		return err
	}
	desk, err := s.portal.BeginUpload(c.Request().Context(), actor(c))
	if err != nil {
		return err
	}
	desk.Problem = &models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{{Field: "file", Message: fileTooLarge}}}
	return s.showAs(c, http.StatusRequestEntityTooLarge, imports.New(imports.NewPage{UploadDesk: desk}))
}

// readUpload takes the file out of the form and looks at it as a whole.
func readUpload(c echo.Context) models.UploadWish {
	r := c.Request()
	wish := models.UploadWish{PartnerID: r.PostForm.Get("partner"), FormKey: r.PostForm.Get("_form")}
	if r.MultipartForm == nil || len(r.MultipartForm.File["file"]) == 0 {
		wish.Wrong.Add("file", "Choose a file.")
		return wish
	}
	part := r.MultipartForm.File["file"][0]
	wish.FileName = fileName(part.Filename)
	content, err := contentOf(part)
	if err == nil {
		wish.Content, err = content, sheet.CheckUpload(content)
	}
	if err != nil {
		wish.Wrong.Add("file", err.Error())
	}
	return wish
}

func contentOf(part *multipart.FileHeader) ([]byte, error) {
	if part.Size > models.MaxUploadBytes {
		return nil, &models.Problem{Kind: models.Invalid, Message: fileTooLarge}
	}
	file, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// fileName is the name of a file without its folders and without what could not be printed.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if name = cut(name, models.MaxFileName); name == "" || name == "." || name == "/" {
		return "customers.csv"
	}
	return name
}
