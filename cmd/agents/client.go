package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

const (
	answerWithin = 15 * time.Second
	maxAnswer    = 64 << 10
)

// client speaks the agent protocol.
type client struct {
	portal, key string
	http        *http.Client
}

func newClient(portal, key string, concurrency int) *client {
	return &client{portal: portal, key: key, http: &http.Client{
		Timeout:       answerWithin,
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: concurrency, IdleConnTimeout: 90 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

type enrolment struct {
	Key        string `json:"key"`
	DeviceID   string `json:"device_id"`
	DeviceName string `json:"device_name"`
	Group      string `json:"group"`
	OS         string `json:"os"`
	Version    string `json:"version"`
}

type enrolled struct {
	AgentID      string `json:"agent_id"`
	AccountID    string `json:"account_id"`
	Token        string `json:"token"`
	EverySeconds int    `json:"every_seconds"`
}

type checkIn struct {
	Sequence int64  `json:"sequence"`
	Version  string `json:"version"`
}

type checkedIn struct {
	AccountID    string `json:"account_id"`
	EverySeconds int    `json:"every_seconds"`
}

func (c *client) enrol(ctx context.Context, d *device) (done enrolled, err error) {
	err = c.post(ctx, "enrol", "", enrolment{c.key, d.DeviceID, d.Name, d.Group, d.OS, d.Version}, &done)
	if err == nil && done.Token == "" {
		err = fmt.Errorf("the portal gave no token")
	}
	return done, err
}

func (c *client) checkIn(ctx context.Context, token string, sequence int64, version string) (done checkedIn, err error) {
	err = c.post(ctx, "check-in", token, checkIn{sequence, version}, &done)
	return done, err
}

func (c *client) post(ctx context.Context, what, token string, message, answer any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.portal+"/agents/v1/"+what, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	got, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer got.Body.Close()
	said, err := io.ReadAll(io.LimitReader(got.Body, maxAnswer))
	if err != nil {
		return err
	}
	if got.StatusCode != http.StatusOK {
		return refusalIn(got, said)
	}
	return json.Unmarshal(said, answer)
}

// refused is an answer that is not yes.
type refused struct {
	status int
	code   string
	detail string
	after  time.Duration // when to come again, if the portal said so
}

func (r *refused) Error() string { return fmt.Sprintf("%d %s: %s", r.status, r.code, r.detail) }

func refusalIn(got *http.Response, body []byte) error {
	var p struct{ Code, Detail string }
	if json.Unmarshal(body, &p) != nil {
		p.Code = http.StatusText(got.StatusCode)
	}
	r := &refused{status: got.StatusCode, code: p.Code, detail: p.Detail}
	if n, err := strconv.Atoi(got.Header.Get("Retry-After")); err == nil && n > 0 {
		r.after = min(seconds(n), time.Hour)
	}
	return r
}
