package handlers

import (
	"context"
	"sync"
	"time"

	"mooring/models"
)

const (
	// followedByUser and followedInAll are how many streams there may be. Pages beyond load themselves anew.
	followedByUser = 8
	followedInAll  = 256
	// lookingShare is the part of its time that a carry may be looked at for its streams.
	lookingShare = 20
	// seenFor is how old what they see may become, however long looking takes.
	seenFor = 30 * time.Second
)

// following knows the streams that are open: how many each user has, what they see, and how to end them
// all.
type following struct {
	mu       sync.Mutex
	of       map[string]int
	all      int
	most     int
	pictures map[string]*picture
	now      func() time.Time
	every    time.Duration
	ending   context.Context
	end      context.CancelFunc
}

func newFollowing(o Options) *following {
	f := &following{of: map[string]int{}, pictures: map[string]*picture{}, most: o.FollowMost, every: o.FollowEvery, now: o.Real}
	f.ending, f.end = context.WithCancel(context.Background())
	return f
}

// enter lets a user have one more stream, until leave.
func (f *following) enter(user string) (leave func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of[user] >= followedByUser || f.all >= f.most {
		return nil, &models.Problem{Kind: models.Throttled, RetryAfter: int(followLife / time.Second)}
	}
	f.of[user]++
	f.all++
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.all--
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

// picture is a carry as its streams see it. It is the same for whoever may see the carry, so one of them looks
// for all.
type picture struct {
	streams int
	turn    chan struct{}
	now     func() time.Time
	every   time.Duration
	seen    models.CarryProgress
	at      time.Time
	took    time.Duration
}

// picture is what a stream shares with others of its carry, until drop.
func (f *following) picture(carry string) (shared *picture, drop func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.pictures[carry]
	if p == nil {
		p = &picture{turn: make(chan struct{}, 1), now: f.now, every: f.every}
		f.pictures[carry] = p
	}
	p.streams++
	return p, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if p.streams--; p.streams == 0 {
			delete(f.pictures, carry)
		}
	}
}

// see looks, unless somebody did a moment ago and nobody has changed the carry since. The longer it takes,
// the longer that moment is.
func (p *picture) see(ctx context.Context, of models.Carry, look func() (models.CarryProgress, error)) (models.CarryProgress, error) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return models.CarryProgress{}, ctx.Err()
	}
	began := p.now()
	if p.seen.Carry.Version == of.Version && began.Sub(p.at) < p.fresh() {
		return p.seen, nil
	}
	seen, err := look()
	if err != nil {
		return seen, err
	}
	p.seen, p.at = seen, p.now()
	p.took = p.at.Sub(began)
	return seen, nil
}

func (p *picture) fresh() time.Duration { return max(p.every*3/4, min(p.took*lookingShare, seenFor)) }

// EndStreams ends what would keep a server that shuts down waiting.
func (s *Site) EndStreams() { s.following.end() }
