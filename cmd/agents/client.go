package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	answerWithin = 15 * time.Second
	maxAnswer    = 64 << 10
	maxAnswers   = 4 << 20 // to a batch
)

// client speaks the agent protocol.
type client struct {
	portal, key string
	http        *http.Client
}

func newClient(portal, key string, concurrency int) *client {
	return &client{portal: portal, key: key, http: &http.Client{
		Timeout: answerWithin,
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: concurrency, IdleConnTimeout: 90 * time.Second,
			DisableCompression: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (c *client) enrol(ctx context.Context, d *device) (done enrolled, err error) {
	err = c.post(ctx, "enrol", "", maxAnswer, enrolment{c.key, d.DeviceID, d.Name, d.Group, d.OS, d.Version}, &done)
	if err == nil && (done.Token == "" || done.AgentID == "") {
		err = errors.New("the portal gave no token or no agent")
	}
	return done, err
}

func (c *client) checkIn(ctx context.Context, m message) (done checkedIn, err error) {
	err = c.post(ctx, "check-in", m.Token, maxAnswer, m.checkIn, &done)
	return done, err
}

// checkIns sends a batch. There is an answer for each message, or an error for all.
func (c *client) checkIns(ctx context.Context, batch []message) ([]answer, error) {
	var done checkedInAll
	err := c.post(ctx, "check-ins", "", maxAnswers, checkIns{batch}, &done)
	if err == nil && len(done.Answers) != len(batch) {
		err = fmt.Errorf("%d check-ins had %d answers", len(batch), len(done.Answers))
	}
	return done.Answers, err
}

func (c *client) post(ctx context.Context, what, token string, limit int64, message, answer any) error {
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
	said, err := io.ReadAll(io.LimitReader(got.Body, limit))
	if err != nil {
		return err
	}
	if got.StatusCode != http.StatusOK {
		return refusalIn(got, said)
	}
	return json.Unmarshal(said, answer)
}
