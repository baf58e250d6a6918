package agents

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"mooring/models"
	"mooring/models/portal"
)

// problem is an error as RFC 9457 tells it. Programs go by the code.
type problem struct {
	Type   string  `json:"type"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail,omitempty"`
	Code   string  `json:"code"`
	Fields []field `json:"fields,omitempty"`
	// RequestID finds the request in the portal's log.
	RequestID string `json:"request_id,omitempty"`

	retryAfter int
}

type field struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func (p *problem) Error() string { return p.Detail }

func refusal(status int, code, detail string) *problem {
	return &problem{Status: status, Code: code, Detail: detail}
}

var (
	errNoSuchAddress = refusal(http.StatusNotFound, "no-such-address", "The protocol has no such address.")
	errNotPosted     = refusal(http.StatusMethodNotAllowed, "method-not-allowed", "Messages are posted.")
	errNotJSON       = refusal(http.StatusUnsupportedMediaType, "not-json", "Send application/json in UTF-8, not compressed.")
	errTooLarge      = refusal(http.StatusRequestEntityTooLarge, "too-large", "A message has at most 16 KiB, a batch 1 MiB.")
	errCrowded       = &problem{Status: http.StatusTooManyRequests, Code: "too-many", Detail: "Too many batches are on their way from there.", retryAfter: 1}
	errRelayed       = refusal(http.StatusUnprocessableEntity, "invalid", "A batch has 1 to 1,000 agents.")
)

func malformed(detail string) *problem { return refusal(http.StatusBadRequest, "malformed", detail) }

// kinds say what a problem of the portal is here. What is not found is a key or a token, so the answer
// is that the caller is not known.
var kinds = map[models.ProblemKind]struct {
	status int
	code   string
}{
	models.NotFound:  {http.StatusUnauthorized, string(models.UnknownAgent)},
	models.Forbidden: {http.StatusForbidden, "forbidden"},
	models.Invalid:   {http.StatusUnprocessableEntity, "invalid"},
	models.Conflict:  {http.StatusConflict, "conflict"},
	models.Throttled: {http.StatusTooManyRequests, "too-many"},
}

// judge turns an error into the problem to tell. What is the portal's own fault is not quoted.
func judge(err error) problem {
	var own *problem
	if errors.As(err, &own) {
		return *own
	}
	found, ok := models.ProblemIn(err)
	switch {
	case ok:
		return told(err, found)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, portal.ErrClosing):
		return problem{Status: http.StatusServiceUnavailable, Code: "busy", Detail: "The portal is busy.", retryAfter: 5}
	}
	return problem{Status: http.StatusInternalServerError, Code: "failed", Detail: "Something failed on our side."}
}

func told(err error, found *models.Problem) problem {
	kind := kinds[found.Kind]
	p := problem{Status: kind.status, Code: kind.code, Detail: found.Message, retryAfter: found.RetryAfter}
	var refused *models.AgentRefusal
	if errors.As(err, &refused) {
		p.Code = string(refused.Code)
	}
	if found.Kind == models.Invalid {
		p.Detail = "Some fields need mending."
	}
	for _, f := range found.Fields {
		p.Fields = append(p.Fields, field(f))
	}
	return p
}

func (d *door) refuse(w http.ResponseWriter, err error, requestID string) {
	p := judge(err)
	p.Type, p.Title, p.RequestID = "about:blank", http.StatusText(p.Status), requestID
	if p.Status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) { // else the agent hung up
		d.log.Error("agent request failed", "error", err, "request", requestID)
	}
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	}
	if p.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	d.write(w, p.Status, "application/problem+json", p)
}

func (d *door) write(w http.ResponseWriter, status int, kind string, said any) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(said); err != nil {
		d.log.Debug("an agent did not wait for its answer", "error", err)
	}
}
