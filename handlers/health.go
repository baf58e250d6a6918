package handlers

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// livez says that the process answers. It asks nobody.
func (s *Site) livez(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says that the database answers too.
func (s *Site) readyz(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 500*time.Millisecond)
	defer cancel()
	if err := s.portal.Ping(ctx); err != nil {
		return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
	}
	return c.String(http.StatusOK, "ok\n")
}

// maxReports bounds what anybody can make the log grow by; the count starts anew with the portal.
const maxReports = 100

// reported takes a browser's report of something that the content policy refused.
func (s *Site) reported(c echo.Context) error {
	body, err := io.ReadAll(io.LimitReader(c.Request().Body, 1<<10))
	if err == nil && s.reports.Add(1) <= maxReports {
		s.log.Warn("content policy", "report", string(body), "request", requestID(c))
	}
	return c.NoContent(http.StatusNoContent)
}

// logged writes one line a request.
func (s *Site) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := s.real()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		r := c.Request()
		s.log.Info("request", "method", r.Method, "path", pathOf(c), "status", c.Response().Status, "bytes", c.Response().Size,
			"ms", s.real().Sub(began).Milliseconds(), "request", requestID(c), "actor", actor(c).ID, "address", c.RealIP())
		return nil
	}
}

// pathOf is what is logged of an address. One-time links are secrets until they are spent.
func pathOf(c echo.Context) string {
	if c.Param("token") != "" {
		return c.Path()
	}
	return c.Request().URL.Path
}

// panicked logs a handler that broke, with its stack.
func (s *Site) panicked(c echo.Context, err error, stack []byte) error {
	s.log.Error("panic", "error", err, "stack", string(stack), "request", requestID(c))
	return err
}
