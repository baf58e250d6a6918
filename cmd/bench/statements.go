package main

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"
)

// framing is what does not count: sessions, the bounds of transactions and settings.
var (
	logged  = regexp.MustCompile(`(?:execute [^:]*|statement): (.*)`)
	framing = regexp.MustCompile(`(?i)^\s*(begin|commit|rollback|set|show|reset|discard|deallocate|select 1$|--)|\bsessions\b`)
)

// statements lets PostgreSQL log what one request makes it do, and counts. It gives the size of the
// answer too.
func (b *bench) statements(ctx context.Context, s subject) (count, size int, err error) {
	if s.portal.once {
		return 0, 0, nil
	}
	request := s.portal.requests[0]
	if size, err = once(ctx, s.on.addr, request); err != nil {
		return 0, 0, err
	}
	if err := b.execute(ctx, alter([]string{"log_statement = 'all'"})...); err != nil {
		return 0, 0, err
	}
	time.Sleep(200 * time.Millisecond)
	before, err := os.ReadFile(b.log)
	if err != nil {
		return 0, 0, err
	}
	if _, err = once(ctx, s.on.addr, request); err != nil {
		return 0, 0, err
	}
	time.Sleep(200 * time.Millisecond)
	after, err := os.ReadFile(b.log)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range logged.FindAllSubmatch(after[len(before):], -1) {
		if !framing.Match(m[1]) {
			count++
		}
	}
	return count, size, b.execute(ctx, alter([]string{"log_statement = 'none'"})...)
}

// once sends a request and gives the size of the page.
func once(ctx context.Context, addr string, request []byte) (int, error) {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(request)))
	if err != nil {
		return 0, err
	}
	r.RequestURI, r.URL.Scheme, r.URL.Host = "", "http", addr
	r.Header.Set("Accept-Encoding", strings.Join(r.Header["Accept-Encoding"], ""))
	answer, err := direct.Do(r.WithContext(ctx))
	if err != nil {
		return 0, err
	}
	defer func() { _ = answer.Body.Close() }()
	var page bytes.Buffer
	n, err := page.ReadFrom(answer.Body)
	return int(n), err
}
