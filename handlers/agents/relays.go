package agents

import (
	"net/http"
	"sync"
	"time"
)

const (
	// relaysAtOnce is how many batches are read and answered at once, which bounds what they take of the
	// memory, and relaysOfOne how many of them may come from one address.
	relaysAtOnce = 64
	relaysOfOne  = 16
)

// quay is where the batches of relays lie while they are read and answered.
type quay struct {
	mu   sync.Mutex
	all  int
	from map[string]int
}

// enter lets a batch in if there is a place for it. Whoever was let in leaves.
func (q *quay) enter(address string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all >= relaysAtOnce || q.from[address] >= relaysOfOne {
		return false
	}
	q.all++
	q.from[address]++
	return true
}

func (q *quay) leave(address string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.all--
	if q.from[address]--; q.from[address] == 0 {
		delete(q.from, address)
	}
}

// inPlace lets a batch be read only while it has a place, which it loses to others if it comes too slowly.
func (d *door) inPlace(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		address := d.address(r)
		if !d.quay.enter(address) {
			armour(w.Header())
			d.refuse(w, errCrowded, w.Header().Get("X-Request-Id"))
			return
		}
		defer d.quay.leave(address)
		if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(requestLife)); err != nil {
			d.log.Debug("a batch of check-ins has no deadline of its own", "error", err)
		}
		next.ServeHTTP(w, r)
	})
}
