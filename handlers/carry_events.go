package handlers

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/models"
	"mooring/views/carries"
)

const (
	followEvery = 2 * time.Second
	// followLife is how long a stream lives; the browser then asks for another one, and is recognised anew.
	followLife = 3 * time.Minute
	// sayAtLeast is how long a stream keeps quiet at most: a line that nobody hears keeps it open, and finds
	// out who has left.
	sayAtLeast = 15 * time.Second
	// sayWithin is how long one message may take to be fetched.
	sayWithin = 10 * time.Second
	// maxFollowing is how many streams one user may have.
	maxFollowing = 4
)

// followCarry tells how far a carry has come, as server-sent events, until nobody is waited for. A browser
// that was away asks again by itself; there is nothing to catch up on, because every event is the whole.
func (s *Site) followCarry(c echo.Context) error {
	ctx, cancel := s.following.life(connection(c))
	defer cancel()
	of, n, err := s.portal.CountCarry(ctx, actor(c), c.Param("carry"))
	if err != nil {
		return err
	}
	leave, err := s.following.enter(actor(c).ID)
	if err != nil {
		return err
	}
	defer leave()
	t := s.tell(c)
	ticker := time.NewTicker(s.followEvery)
	defer ticker.Stop()
	for err == nil {
		if err = t.numbers(ctx, of, n, zone(c)); err != nil || n.Done() {
			break
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		of, n, err = s.portal.CountCarry(ctx, actor(c), of.ID)
	}
	return nil // the stream has begun: nobody reads an apology there any more
}

// teller sends events.
type teller struct {
	out   http.ResponseWriter
	rc    *http.ResponseController
	now   func() time.Time
	last  string    // what was said last
	since time.Time // when anything was
}

// tell begins a stream. The time that the server gives to a page is not meant for it: reading has no end,
// and each message has a time of its own.
func (s *Site) tell(c echo.Context) *teller {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // proxies shall pass on what is there
	t := &teller{out: c.Response(), rc: http.NewResponseController(c.Response()), now: s.real}
	_ = t.rc.SetReadDeadline(time.Time{})
	c.Response().WriteHeader(http.StatusOK)
	return t
}

// numbers says where a carry stands, if that is news, and that it is over when nobody is waited for.
func (t *teller) numbers(ctx context.Context, of models.Carry, n models.CarryCounts, in *time.Location) error {
	var b bytes.Buffer
	if err := carries.Numbers(of, n, in).Render(ctx, &b); err != nil {
		return err
	}
	switch said := b.String(); {
	case said != t.last:
		t.last = said
		if err := t.say("event: numbers\ndata: " + strings.ReplaceAll(said, "\n", "\ndata: ") + "\n\n"); err != nil {
			return err
		}
	case t.now().Sub(t.since) >= sayAtLeast:
		if err := t.say(": nothing new\n\n"); err != nil {
			return err
		}
	}
	if n.Done() {
		return t.say("event: done\ndata: done\n\n")
	}
	return nil
}

func (t *teller) say(words string) error {
	t.since = t.now()
	_ = t.rc.SetWriteDeadline(t.since.Add(sayWithin))
	if _, err := t.out.Write([]byte(words)); err != nil {
		return err
	}
	return t.rc.Flush()
}

// following knows the streams that are open: how many each user has, and how to end them all.
type following struct {
	mu     sync.Mutex
	of     map[string]int
	ending context.Context
	end    context.CancelFunc
}

func newFollowing() *following {
	f := &following{of: map[string]int{}}
	f.ending, f.end = context.WithCancel(context.Background())
	return f
}

// enter lets a user have one more stream, until leave.
func (f *following) enter(user string) (leave func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of[user] >= maxFollowing {
		return nil, &models.Problem{Kind: models.Throttled, RetryAfter: int(followLife / time.Second)}
	}
	f.of[user]++
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.of[user]--; f.of[user] == 0 {
			delete(f.of, user)
		}
	}, nil
}

// life is how long a stream on a connection lives: not longer than its reader and than the portal.
func (f *following) life(conn context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(conn, followLife)
	stop := context.AfterFunc(f.ending, cancel)
	return ctx, func() { stop(); cancel() }
}

// EndStreams ends what would keep a server that shuts down waiting.
func (s *Site) EndStreams() { s.following.end() }
