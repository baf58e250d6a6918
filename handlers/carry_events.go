package handlers

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/carries"
)

const (
	followEvery = 2 * time.Second
	// followLife is how long a stream lives; the browser then asks for another one.
	followLife = 3 * time.Minute
	// sayAtLeast is how long a stream keeps quiet at most: a line that nobody hears keeps it open, and finds
	// out who has left.
	sayAtLeast = 15 * time.Second
	// sayWithin is how long one message may take to be fetched.
	sayWithin = 10 * time.Second
)

// followCarry tells how far a carry has come, as server-sent events, until nobody is waited for or the
// visitor may not see it any more. A browser that was away asks again by itself; there is nothing to catch up
// on, because every event is the whole of its part of the page.
func (s *Site) followCarry(c echo.Context) error {
	leave, err := s.following.enter(actor(c).ID)
	if err != nil {
		return err
	}
	defer leave()
	ctx, cancel := s.following.life(connection(c))
	defer cancel()
	shared, drop := s.following.picture(c.Param("carry"))
	defer drop()
	page, err := s.seeCarry(ctx, c, shared)
	if err != nil {
		return err
	}
	t := s.tell(c)
	ticker := time.NewTicker(s.followEvery)
	defer ticker.Stop()
	for err == nil {
		if err = t.progress(ctx, page); err != nil || page.Counts.Done() {
			return nil // the stream has begun: nobody reads an apology there any more
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		page, err = s.seeCarry(ctx, c, shared)
	}
	if _, ok := models.ProblemIn(err); ok {
		_ = t.done() // loading the page anew says why
	}
	return nil
}

// seeCarry recognises a visitor anew, and sees the carry as others see it who follow it.
func (s *Site) seeCarry(ctx context.Context, c echo.Context, shared *picture) (page carries.ShowPage, err error) {
	v, err := s.portal.StillIn(ctx, s.cookies.Token(c.Request()), requestID(c))
	if err != nil {
		return page, err
	}
	of, err := s.portal.FindCarry(ctx, v.Actor, c.Param("carry"))
	if err != nil {
		return page, err
	}
	page.Who, page.In = v.Actor, v.Partner.Location()
	page.CarryProgress, err = shared.see(ctx, of, func() (models.CarryProgress, error) { return s.portal.OpenCarry(ctx, v.Actor, of.ID) })
	return page, err
}

// teller sends events.
type teller struct {
	out   http.ResponseWriter
	rc    *http.ResponseController
	now   func() time.Time
	last  map[string]string // what was said last of each part of the page
	since time.Time         // when anything was
}

// tell begins a stream. The time that the server gives to a page is not meant for it: reading has no end,
// and each message has a time of its own.
func (s *Site) tell(c echo.Context) *teller {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // proxies shall pass on what is there
	t := &teller{out: c.Response(), rc: http.NewResponseController(c.Response()), now: s.real, last: map[string]string{}}
	_ = t.rc.SetReadDeadline(time.Time{})
	c.Response().WriteHeader(http.StatusOK)
	return t
}

// progress says what is news of a carry, all of it at once, and that it is over when nobody is waited for.
func (t *teller) progress(ctx context.Context, page carries.ShowPage) error {
	var news strings.Builder
	for _, part := range page.Live() {
		var b bytes.Buffer
		if err := part.Body.Render(ctx, &b); err != nil {
			return err
		}
		if said := b.String(); said != t.last[part.ID] {
			t.last[part.ID] = said
			news.WriteString("event: " + part.ID + "\ndata: " + strings.ReplaceAll(said, "\n", "\ndata: ") + "\n\n")
		}
	}
	if news.Len() == 0 && t.now().Sub(t.since) >= sayAtLeast {
		news.WriteString(": nothing new\n\n")
	}
	if news.Len() > 0 {
		if err := t.say(news.String()); err != nil {
			return err
		}
	}
	if page.Counts.Done() {
		return t.done()
	}
	return nil
}

// done has the browser load the page anew.
func (t *teller) done() error { return t.say("event: done\ndata: done\n\n") }

func (t *teller) say(words string) error {
	t.since = t.now()
	_ = t.rc.SetWriteDeadline(t.since.Add(sayWithin))
	if _, err := t.out.Write([]byte(words)); err != nil {
		return err
	}
	return t.rc.Flush()
}
