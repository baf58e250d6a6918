package main

import (
	"math/rand/v2"
	"time"
)

// mood is how one agent misbehaves. It follows from the seed and the agent's place in the fleet.
type mood struct {
	habits
	rng   *rand.Rand
	lies  bool
	gone  bool      // offline
	until time.Time // then it is the other way round
}

func newMood(h habits, i int) *mood {
	m := &mood{habits: h, rng: rand.New(rand.NewPCG(h.seed, uint64(i)))}
	m.lies = m.chance(h.clockLies)
	return m
}

func (m *mood) chance(s share) bool { return s > 0 && m.rng.Float64() < float64(s) }

// away is how long the agent is still offline.
func (m *mood) away(now time.Time) time.Duration {
	if m.offline == 0 {
		return 0
	}
	if m.until.IsZero() { // in the midst of whatever it is
		m.gone = m.chance(m.offline)
		m.until = now.Add(time.Duration(m.rng.Float64() * float64(m.stretch())))
	}
	for !m.until.After(now) {
		m.gone = !m.gone
		m.until = m.until.Add(m.stretch())
	}
	if !m.gone {
		return 0
	}
	return m.until.Sub(now)
}

// stretch is how long it is offline this time, or online: so long that the shares come out.
func (m *mood) stretch() time.Duration {
	mean := float64(max(m.offlineFor, time.Millisecond))
	if !m.gone {
		mean *= (1 - float64(m.offline)) / float64(m.offline)
	}
	return time.Duration(mean * (0.5 + m.rng.Float64()))
}

// mostLie is how far a wrong clock is off at most.
const mostLie = 5 * 24 * time.Hour

// clock is the agent's own time, and another lie each time if it lies.
func (m *mood) clock(now time.Time) string {
	if m.noClock {
		return ""
	}
	if m.lies {
		now = now.Add(time.Duration((2*m.rng.Float64() - 1) * float64(mostLie)))
	}
	return now.Format(time.RFC3339)
}
