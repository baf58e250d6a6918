package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// read takes over what an earlier fleet left, if there was one.
func (l *ledger) read() error {
	text, err := os.ReadFile(l.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	whole := json.NewDecoder(bytes.NewReader(text))
	if err := whole.Decode(l); err != nil {
		return fmt.Errorf("%s is not the state of a fleet: %w", l.file, err)
	}
	devices := make(map[string]*device, len(l.Agents))
	for _, d := range l.Agents {
		if d == nil || d.DeviceID == "" || devices[d.DeviceID] != nil {
			return fmt.Errorf("%s is not the state of a fleet: a device without an id of its own", l.file)
		}
		devices[d.DeviceID] = d
	}
	replay(devices, text[whole.InputOffset():])
	for _, d := range l.Agents {
		d.sequence = d.Reserved
	}
	return nil
}

// replay takes over the changes, up to one that was not finished: nobody waited for what follows it.
func replay(devices map[string]*device, text []byte) {
	for _, one := range bytes.SplitAfter(text, []byte("\n")) {
		if len(bytes.TrimSpace(one)) == 0 {
			continue
		}
		var said line
		if one[len(one)-1] != '\n' || json.Unmarshal(one, &said) != nil || devices[said.DeviceID] == nil {
			return
		}
		devices[said.DeviceID].standing = said.standing
	}
}
