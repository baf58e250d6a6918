package main

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// device is one agent as the file keeps it: what it is, and how it stands with the portal.
type device struct {
	DeviceID string `json:"device_id"`
	Name     string `json:"name"`
	Group    string `json:"group"`
	OS       string `json:"os"`
	Version  string `json:"version"`
	standing

	sequence int64
}

// ledger is the state of a fleet and the file that holds it. An agent's standing is changed by that agent
// alone; the lock is for those who look at all of them.
type ledger struct {
	Portal string    `json:"portal"`
	Key    string    `json:"key"`
	Agents []*device `json:"agents"`

	working []*device // those that report now; the file may hold more
	file    string
	unlock  func()

	mu      sync.Mutex
	pending []byte // what the next round writes
	round   *round

	writing sync.Mutex
	out     *os.File // nil: write the whole file anew
	size    int      // of what was added since it was written whole
	whole   int      // its size then
}

// openLedger reads the file, or begins one, and has it hold as many devices as the fleet needs before
// any of them says a word.
func openLedger(o options) (*ledger, error) {
	unlock, err := lock(o.state)
	if err != nil {
		return nil, err
	}
	l := &ledger{Portal: o.portal, Key: o.key, file: o.state, round: &round{}, unlock: unlock}
	if err := l.begin(o); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *ledger) begin(o options) error {
	if err := l.read(); err != nil {
		return err
	}
	switch {
	case l.Key == "":
		return errors.New("-key is missing: the enrolment key stands on the account's page")
	case l.Portal != o.portal || o.key != "" && l.Key != o.key:
		return fmt.Errorf("%s belongs to another portal or account; name another file with -state", o.state)
	}
	for i := len(l.Agents); i < o.n; i++ {
		l.Agents = append(l.Agents, newDevice(i, o.prefix, o.groups))
	}
	l.working = l.Agents[:o.n]
	return l.save()
}

// settle writes the file whole as the fleet ends.
func (l *ledger) settle() error {
	defer l.close()
	l.mu.Lock()
	for _, d := range l.Agents {
		d.Reserved = max(d.sequence, d.Acknowledged)
	}
	l.mu.Unlock()
	return l.save()
}

func (l *ledger) close() {
	l.writing.Lock()
	defer l.writing.Unlock()
	l.putDown()
	if l.unlock != nil {
		l.unlock()
		l.unlock = nil
	}
}

func (l *ledger) look(d *device) standing {
	l.mu.Lock()
	defer l.mu.Unlock()
	return d.standing
}

// note changes what is remembered; the file learns of it with the agent's next put.
func (l *ledger) note(d *device, now standing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d.standing = now
}

// reserve is how many check-ins of an agent one line of the file is good for.
const reserve = 100

// next is the sequence of the next check-in. The file always holds one that is as high.
func (l *ledger) next(d *device) (int64, error) {
	now := l.look(d)
	if d.sequence == now.Reserved {
		now.Reserved = d.sequence + reserve
		if err := l.put(d, now); err != nil {
			return 0, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	d.sequence++
	return d.sequence, nil
}
