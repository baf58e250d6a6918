package demo

import (
	"fmt"
	"sync"
	"time"
)

// Clock stands still at Now.
func Clock() time.Time { return Now }

// IDs makes ids in the order in which they are asked for, so that a demo that is walked in the same way
// looks the same.
type IDs struct {
	mu   sync.Mutex
	next map[string]int
}

// NewIDs begins where the ids of the world end.
func NewIDs() *IDs { return &IDs{next: map[string]int{}} }

// firstFree is far behind the ids of the world.
const firstFree = 70_001

// New makes the next id of a kind.
func (d *IDs) New(prefix string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next[prefix]++
	return fmt.Sprintf("%s-%d", prefix, firstFree-1+d.next[prefix])
}

// Successor is the id that the demo holds for a reassign of an account; the next free one for an
// account that has none.
func (d *IDs) Successor(accountID string) string {
	if id, ok := NewAccountID(accountID); ok {
		return id
	}
	return d.New("A")
}
