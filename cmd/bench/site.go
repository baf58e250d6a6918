package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"mooring/models/demo"
)

// site is a portal on one database, with somebody signed in.
type site struct {
	accounts  int
	database  string
	addr      string
	portal    *process
	filled    time.Duration
	cold      time.Duration
	idle      float64 // MiB
	cookie    string
	partner   string
	ids       []string // of accounts with ten agents
	customers []string
	deep      place // far down the list
}

// place is where in the list a page begins.
type place struct{ sort, id string }

func (p place) key() string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.sort + "\n" + p.id))
}

var (
	formKey = regexp.MustCompile(`name="_form" value="([^"]+)"`)
	direct  = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
)

// signIn lets the licence manager of the largest reseller in.
func (s *site) signIn(ctx context.Context) error {
	page, _, err := s.fetch(ctx, http.MethodGet, "/sign-in", nil)
	if err != nil {
		return err
	}
	key := formKey.FindStringSubmatch(page)
	if key == nil {
		return errors.New("the sign-in page has no form")
	}
	_, answer, err := s.fetch(ctx, http.MethodPost, "/sign-in", url.Values{"_form": {key[1]}, "email": {demo.CrowdEmail(1)}, "password": {demo.Password}})
	if err != nil {
		return err
	}
	for _, c := range answer.Cookies() {
		if strings.HasSuffix(c.Name, "session") {
			s.cookie = c.Name + "=" + c.Value
		}
	}
	if s.cookie == "" {
		return fmt.Errorf("nobody was signed in: %s", answer.Status)
	}
	return nil
}

// survey finds accounts with ten agents, and a place far down the list.
func (s *site) survey(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	if err := conn.QueryRow(ctx, "SELECT partner_id FROM users WHERE email = $1", demo.CrowdEmail(1)).Scan(&s.partner); err != nil {
		return err
	}
	rows, err := conn.Query(ctx, `SELECT a.id, a.customer_id FROM accounts a JOIN subscriptions s ON s.account_id = a.id
		WHERE a.partner_id = $1 AND a.agents_version = 10 AND s.cancelled_at IS NULL AND s.suspended_at IS NULL
		AND s.ends_at > now() + interval '61 days' ORDER BY md5(a.id) LIMIT 2000`, s.partner)
	if err != nil {
		return err
	}
	var account, customer string
	if _, err := pgx.ForEachRow(rows, []any{&account, &customer}, func() error {
		s.ids, s.customers = append(s.ids, account), append(s.customers, customer)
		return nil
	}); err != nil {
		return err
	}
	return conn.QueryRow(ctx, `SELECT sort_key, id FROM customers WHERE partner_id = $1 ORDER BY sort_key, id
		OFFSET (SELECT count(*) * 9 / 10 FROM customers WHERE partner_id = $1) LIMIT 1`, s.partner).Scan(&s.deep.sort, &s.deep.id)
}

func (s *site) fetch(ctx context.Context, method, path string, form url.Values) (string, *http.Response, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://"+s.addr+path, body)
	if err != nil {
		return "", nil, err
	}
	r.Header.Set("Cookie", s.cookie)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := direct.Do(r)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	return string(text), answer, err
}

// get is a request as it crosses the wire.
func (s *site) get(path string, headers ...string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: bench\r\nCookie: " + s.cookie + "\r\n" + strings.Join(append(headers, ""), "\r\n") + "\r\n")
}

func (s *site) post(path string, form url.Values) []byte {
	body := form.Encode()
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: bench\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		path, s.cookie, len(body), body)
}
