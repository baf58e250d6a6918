//go:build unix

package main

import (
	"fmt"
	"os"
	"syscall"
)

// lock keeps a second fleet from the file. The system lifts it when the process ends, however it ends.
func lock(state string) (unlock func(), err error) {
	f, err := os.OpenFile(state+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("another fleet is at work with %s", state)
	}
	return func() { _ = f.Close() }, nil
}
