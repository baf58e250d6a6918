package portal

import "sync"

// straysKept bounds the strays that a portal remembers; it then begins anew.
const straysKept = 50_000

// strays are tokens with a seal that are nobody's any more, by their hashes. They are treated like those that may
// have been made up: whoever enrols the same device again and again has as many of them as it likes.
type strays struct {
	mu     sync.Mutex
	hashes map[string]struct{}
}

func (s *strays) note(hash string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hashes == nil || len(s.hashes) >= straysKept {
		s.hashes = map[string]struct{}{}
	}
	s.hashes[hash] = struct{}{}
}

func (s *strays) has(hash string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.hashes[hash]
	return ok
}
