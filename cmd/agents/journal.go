package main

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// The file is the whole ledger as one JSON value, and behind it a line for every change since: a device
// and how it stands now. Of several lines the last one counts, and a line that was not finished was never
// relied on.

// line is one change.
type line struct {
	DeviceID string `json:"device_id"`
	standing
}

// round is one writing of changes, for all who wait for it.
type round struct {
	over bool
	err  error
}

// put changes how a device stands, and returns when that is on disk.
func (l *ledger) put(d *device, now standing) error {
	text, err := json.Marshal(line{d.DeviceID, now})
	if err != nil {
		return err
	}
	l.mu.Lock()
	was := d.standing
	d.standing = now
	l.pending = append(append(l.pending, text...), '\n')
	mine := l.round
	l.mu.Unlock()

	l.writing.Lock()
	if !mine.over { // the first of a round writes for all
		l.write()
	}
	l.writing.Unlock()
	if mine.err != nil {
		l.note(d, was)
	}
	return mine.err
}

// write adds the pending lines to the file, or writes it whole when it has grown.
func (l *ledger) write() {
	if l.out == nil || l.size > max(4*l.whole, 1<<20) {
		l.writeWhole()
		return
	}
	l.mu.Lock()
	lines, r := l.take()
	l.mu.Unlock()
	n, err := l.out.Write(lines)
	if err == nil {
		err = l.out.Sync()
	}
	if err != nil {
		l.putDown() // its end may be half a line now
	}
	l.size += n
	r.over, r.err = true, err
}

// take begins the next round. The lock is held.
func (l *ledger) take() ([]byte, *round) {
	lines, r := l.pending, l.round
	l.pending, l.round = nil, &round{}
	return lines, r
}

// save writes the file whole.
func (l *ledger) save() error {
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.writeWhole()
}

// writeWhole puts a new file in the place of the old one, so that there is always a whole one. What is
// pending is in it.
func (l *ledger) writeWhole() error {
	l.mu.Lock()
	text, err := json.Marshal(l)
	_, r := l.take()
	l.mu.Unlock()
	l.putDown()
	if err == nil {
		l.out, err = replace(l.file, append(text, '\n'))
	}
	l.size, l.whole = 0, len(text)
	r.over, r.err = true, err
	return err
}

func (l *ledger) putDown() {
	if l.out != nil {
		_ = l.out.Close()
		l.out = nil
	}
}

// replace writes a file anew and leaves it open for more. Tokens are in it, so nobody else may read it.
func replace(name string, text []byte) (*os.File, error) {
	next := name + ".next"
	if err := os.Remove(next); err != nil && !os.IsNotExist(err) { // left by a fleet that was killed
		return nil, err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if again := f.Close(); err == nil {
		err = again
	}
	if err == nil {
		err = os.Rename(next, name)
	}
	if err != nil {
		_ = os.Remove(next)
		return nil, err
	}
	syncFolder(filepath.Dir(name))
	return os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0o600)
}

// syncFolder makes a new name last. Where folders cannot be synced there is nothing better to do.
func syncFolder(name string) {
	if folder, err := os.Open(name); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}
