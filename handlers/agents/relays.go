package agents

import (
	"net/http"
	"net/netip"
	"sync"
)

const (
	// relaysAtOnce is how many batches are read and answered at once, which bounds what they take of the
	// memory, and relaysOfOne how many of them may come from one address.
	relaysAtOnce = 128
	relaysOfOne  = 8
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
		address := network(d.address(r))
		if !d.quay.enter(address) {
			armour(w.Header())
			d.refuse(w, errCrowded, w.Header().Get("X-Request-Id"))
			return
		}
		defer d.quay.leave(address)
		d.hurry(w, r)
		next.ServeHTTP(w, r)
	})
}

// hurry gives a batch less time to come, and its answer to be fetched, than pages have. The server sets its own
// limits again for the next request of the connection, if it has any.
func (d *door) hurry(w http.ResponseWriter, r *http.Request) {
	server, ok := r.Context().Value(http.ServerContextKey).(*http.Server)
	if !ok || server.ReadTimeout == 0 || server.WriteTimeout == 0 {
		return
	}
	rc, now := http.NewResponseController(w), d.real()
	_ = rc.SetReadDeadline(now.Add(requestLife))
	_ = rc.SetWriteDeadline(now.Add(2 * requestLife))
}

// network is what one sender may well have whole: an address, or the first half of an IPv6 address.
func network(address string) string {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Is6() && !ip.Is4In6() {
		return netip.PrefixFrom(ip, 64).Masked().String()
	}
	return address
}
