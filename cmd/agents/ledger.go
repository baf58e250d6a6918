package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// device is one agent as the file keeps it.
type device struct {
	DeviceID string `json:"device_id"`
	Name     string `json:"name"`
	Group    string `json:"group"`
	OS       string `json:"os"`
	Version  string `json:"version"`
	AgentID  string `json:"agent_id,omitempty"`
	Token    string `json:"token,omitempty"`
	// Reserved is a sequence that no check-in has passed, so that a fleet that was killed never
	// counts backwards.
	Reserved int64 `json:"reserved"`

	sequence int64
}

// ledger is the state of a fleet and the file that holds it.
type ledger struct {
	Portal string    `json:"portal"`
	Key    string    `json:"key"`
	Agents []*device `json:"agents"`

	working []*device // those that report now; the file may hold more
	file    string
	mu      sync.Mutex
	dirty   bool
}

// openLedger reads the file, or begins one, and has it hold as many devices as the fleet needs before
// any of them says a word.
func openLedger(o options) (*ledger, error) {
	l := &ledger{Portal: o.portal, Key: o.key, file: o.state}
	if err := l.read(); err != nil {
		return nil, err
	}
	switch {
	case l.Key == "":
		return nil, errors.New("-key is missing: the enrolment key stands on the account's page")
	case l.Portal != o.portal || o.key != "" && l.Key != o.key:
		return nil, fmt.Errorf("%s belongs to another portal or account; name another file with -state", o.state)
	}
	for i := len(l.Agents); i < o.n; i++ {
		l.Agents = append(l.Agents, newDevice(i, o.prefix, o.groups))
	}
	l.working = l.Agents[:o.n]
	return l, l.save()
}

// read takes over what an earlier fleet left, if there was one.
func (l *ledger) read() error {
	text, err := os.ReadFile(l.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, l); err != nil {
		return fmt.Errorf("%s is not the state of a fleet: %w", l.file, err)
	}
	for _, d := range l.Agents {
		if d == nil || d.DeviceID == "" {
			return fmt.Errorf("%s is not the state of a fleet: a device without an id", l.file)
		}
		d.sequence = d.Reserved
	}
	return nil
}
