package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/models/portal"
	"mooring/views/problems"
)

// statuses say what a problem is on the web.
var statuses = map[models.ProblemKind]int{
	models.NotFound: http.StatusNotFound, models.Forbidden: http.StatusForbidden, models.Invalid: http.StatusUnprocessableEntity,
	models.Conflict: http.StatusConflict, models.Throttled: http.StatusTooManyRequests,
}

// fail answers with the page of an error. What is the portal's own fault is logged and never quoted.
func (s *Site) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	status, problem := s.judge(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) { // else the visitor left
		s.log.Error("request failed", "error", err, "request", requestID(c), "actor", actor(c).ID, "path", pathOf(c))
	}
	if problem.RetryAfter > 0 {
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(problem.RetryAfter))
	}
	page := problems.Page(problems.Trouble{Status: status, Problem: problem, RequestID: requestID(c), SignedIn: signedIn(c), Back: c.Request().URL.EscapedPath()})
	if err := s.showAs(c, status, page); err != nil {
		s.log.Error("error page failed", "error", err, "request", requestID(c))
		_ = c.String(http.StatusInternalServerError, "Something failed on our side. Reference: "+requestID(c))
	}
}

func (s *Site) judge(err error) (int, models.Problem) {
	if p, ok := models.ProblemIn(err); ok {
		return statuses[p.Kind], *p
	}
	if portal.Busy(err) {
		return http.StatusTooManyRequests, models.Problem{Kind: models.Throttled, RetryAfter: 2}
	}
	if portal.Unreachable(err) {
		return http.StatusServiceUnavailable, models.Problem{RetryAfter: 5}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge, models.Problem{}
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code < http.StatusInternalServerError {
		return he.Code, models.Problem{}
	}
	return http.StatusInternalServerError, models.Problem{}
}
