package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

const (
	// reserve is how many check-ins of every agent one writing of the file is good for.
	reserve = 100
	// keepEvery bounds how much is forgotten when the fleet is killed: tokens of this long, and a
	// device without its token enrols again as the agent that it is.
	keepEvery = 250 * time.Millisecond
)

func (l *ledger) token(d *device) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return d.Token
}

func (l *ledger) enrolled(d *device, done enrolled) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d.AgentID, d.Token, l.dirty = done.AgentID, done.Token, true
}

func (l *ledger) forget(d *device) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d.Token, l.dirty = "", true
}

// next is the sequence of the next check-in. The file always holds one that is as high.
func (l *ledger) next(d *device) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d.sequence++
	if d.sequence <= d.Reserved {
		return d.sequence, nil
	}
	for _, other := range l.Agents {
		other.Reserved = max(other.Reserved, other.sequence+reserve)
	}
	return d.sequence, l.save()
}

// keep writes what has changed, every now and then, until the context ends.
func (l *ledger) keep(ctx context.Context, t *tally) {
	for pause(ctx, keepEvery) {
		l.mu.Lock()
		if l.dirty {
			if err := l.save(); err != nil {
				t.failed(err)
			}
		}
		l.mu.Unlock()
	}
}

// settle writes the file as the fleet ends.
func (l *ledger) settle() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.Agents {
		d.Reserved = d.sequence
	}
	return l.save()
}

// save writes a new file and puts it in the place of the old one, so that there is always a whole one.
// Tokens are in it, so nobody else may read it.
func (l *ledger) save() error {
	text, err := json.MarshalIndent(l, "", " ")
	if err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(l.file), filepath.Base(l.file)+".*.tmp")
	if err != nil {
		return err
	}
	_, err = next.Write(text)
	if err == nil {
		err = next.Sync()
	}
	if again := next.Close(); err == nil {
		err = again
	}
	if err == nil {
		err = os.Rename(next.Name(), l.file)
	}
	if err != nil {
		_ = os.Remove(next.Name())
		return err
	}
	l.dirty = false
	return nil
}
