// Package floor is the least that a page can cost: net/http and pgx, the rows that a page of the
// portal shows, HTML by hand into a buffer. It knows no session, no wall, no history to chain and no
// layout, and is measured against, never used.
package floor

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

type server struct {
	pool    *pgxpool.Pool
	buffers sync.Pool
}

// Serve answers on an address until the context ends.
func Serve(ctx context.Context, addr, database string) error {
	config, err := pgxpool.ParseConfig(database)
	if err != nil {
		return err
	}
	config.MaxConns = 20 // as many as the portal has
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	s := &server{pool: pool, buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /customers", s.page(s.customers))
	mux.HandleFunc("GET /accounts/{id}", s.page(s.account))
	mux.HandleFunc("POST /accounts/{id}/plan", s.modify)
	lines, err := Lines(ctx, database)
	if err != nil {
		return err
	}
	defer lines.Close()
	mux.HandleFunc("POST /agents/v1/check-in", newAgentsDoor(lines).checkIn)
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	web := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = web.Close()
	}()
	return web.Serve(listener)
}

// page draws into a buffer of the pool and sends it whole.
func (s *server) page(draw func(*http.Request, *bytes.Buffer) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b := s.buffers.Get().(*bytes.Buffer)
		defer s.buffers.Put(b)
		b.Reset()
		b.WriteString("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Floor</title></head><body>")
		if err := draw(r, b); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		b.WriteString("</body></html>")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(b.Bytes())
	}
}

// cells writes a table row of texts.
func cells(b *bytes.Buffer, texts ...string) {
	b.WriteString("<tr>")
	for _, t := range texts {
		b.WriteString("<td>")
		b.WriteString(html.EscapeString(t))
		b.WriteString("</td>")
	}
	b.WriteString("</tr>\n")
}

func moment(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return t.Format("2 January 2006, 15:04")
}

func words(b *bytes.Buffer, format string, args ...any) { fmt.Fprintf(b, format, args...) }
