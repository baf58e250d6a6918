package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	agentReleased = "agent-released"
	accountClosed = "account-closed"
)

// refused is an answer that is not yes.
type refused struct {
	status int
	code   string
	detail string
	after  time.Duration // when to come again, if the portal said so
}

func (r *refused) Error() string { return fmt.Sprintf("%d %s: %s", r.status, r.code, r.detail) }

// passes says whether the same message may be taken later without anybody doing something.
func (r *refused) passes() bool {
	return r.status == http.StatusTooManyRequests || r.status >= http.StatusInternalServerError
}

// refusalOf is the portal's no in err, or an empty one when it is something else.
func refusalOf(err error) (r *refused, said bool) {
	if errors.As(err, &r) {
		return r, true
	}
	return &refused{}, false
}

func refusalIn(got *http.Response, body []byte) error {
	var p struct{ Code, Detail string }
	if json.Unmarshal(body, &p) != nil {
		p.Code = http.StatusText(got.StatusCode)
	}
	return &refused{got.StatusCode, p.Code, p.Detail, retryAfter(got.Header.Get("Retry-After"))}
}

// retryAfter reads seconds, and the date that something between here and the portal may have set.
func retryAfter(text string) time.Duration {
	if n, err := strconv.Atoi(text); err == nil {
		return patient(n)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(at), 0), time.Hour)
	}
	return 0
}

// patient bounds how long a portal can have an agent wait.
func patient(n int) time.Duration { return seconds(min(max(n, 0), 3600)) }

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
