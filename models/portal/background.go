package portal

import (
	"context"
	"sync"
)

// background is work that goes on when the visit that began it has ended.
type background struct {
	ctx    context.Context
	cancel context.CancelFunc
	mu     sync.Mutex
	ending bool
	all    sync.WaitGroup
}

func newBackground() *background {
	ctx, cancel := context.WithCancel(context.Background())
	return &background{ctx: ctx, cancel: cancel}
}

// run begins work with the values of the visit and a context that ends with the portal. The channel says
// how it ended.
func (b *background) run(visit context.Context, work func(context.Context) error) <-chan error {
	done := make(chan error, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ending {
		done <- ErrClosing
		return done
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(visit))
	stop := context.AfterFunc(b.ctx, cancel)
	b.all.Go(func() {
		defer cancel()
		defer stop()
		done <- work(ctx)
	})
	return done
}

// close tells the work to end and waits for it.
func (b *background) close() {
	b.mu.Lock()
	b.ending = true
	b.mu.Unlock()
	b.cancel()
	b.all.Wait()
}
