//go:build unix && !solaris && !aix

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// lockFolder keeps other processes from preparing a database in the same folder. The lock is on the
// folder because closing any handle of the database file itself could drop SQLite's own locks.
func lockFolder(ctx context.Context, folder string) (unlock func(), err error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = f.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			_ = f.Close()
			return nil, fmt.Errorf("locking %s: %w", folder, err)
		}
		if !pause(ctx, 20*time.Millisecond) {
			_ = f.Close()
			return nil, ctx.Err()
		}
	}
}
