// Package agents is the door for the software on devices: it turns the requests of the agent protocol into verbs of the portal and their answers into JSON. README.md beside this file is the
// contract. Nothing here knows people: no session, no cookie, no page.
package agents

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"mooring/models/portal"
)

// Prefix is where the protocol lives.
const Prefix = "/agents/v1/"

const (
	// maxMessage is the most that one agent has to say at once, maxBatch what a relay has.
	maxMessage  = 16 << 10
	maxBatch    = 1 << 20
	requestLife = 10 * time.Second
)

// Options are what the door is made of.
type Options struct {
	Portal  *portal.Portal
	Address func(*http.Request) string // from where a request came
	Real    func() time.Time
	Log     *slog.Logger
}

type door struct {
	portal  *portal.Portal
	log     *slog.Logger
	address func(*http.Request) string
	real    func() time.Time
	quay    quay
}

// Handler serves everything under Prefix; the paths of its requests include it. It takes the request's
// id from the X-Request-Id that is already on the response.
func Handler(o Options) http.Handler {
	d := &door{portal: o.Portal, log: o.Log, address: o.Address, real: o.Real, quay: quay{from: map[string]int{}}}
	mux := http.NewServeMux()
	mux.Handle(Prefix+"enrol", d.serve(maxMessage, d.enrol))
	mux.Handle(Prefix+"check-in", d.serve(maxMessage, d.unlessFull(d.checkIn)))
	mux.Handle(Prefix+"check-ins", d.inPlace(d.serve(maxBatch, d.unlessFull(d.checkInAll))))
	mux.Handle("/", d.serve(maxMessage, func(*http.Request, string) (any, error) { return nil, errNoSuchAddress }))
	return mux
}

// serve runs one request: armour, deadline, answer or problem.
func (d *door) serve(most int64, answer func(r *http.Request, requestID string) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		armour(w.Header())
		ctx, cancel := context.WithTimeout(r.Context(), requestLife)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, most)

		requestID := w.Header().Get("X-Request-Id")
		if r.ContentLength > most {
			d.refuse(w, errTooLarge, requestID)
			return
		}
		said, err := answer(r, requestID)
		if err != nil {
			d.refuse(w, err, requestID)
			return
		}
		d.write(w, http.StatusOK, "application/json", said)
	})
}

// unlessFull turns a check-in away before anything of it is read, when so many wait that it could not be
// taken.
func (d *door) unlessFull(answer func(*http.Request, string) (any, error)) func(*http.Request, string) (any, error) {
	return func(r *http.Request, requestID string) (any, error) {
		if err := d.portal.TakesCheckIns(); err != nil {
			return nil, err
		}
		return answer(r, requestID)
	}
}

// armour sets the headers of every answer; what the pages' own headers say is replaced.
func armour(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Del("Vary")
}
