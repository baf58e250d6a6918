package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"mooring/models"
)

const (
	tries     = 4
	firstWait = 10 * time.Millisecond
)

// retry runs once again while it fails for a reason that passes, and waits a little longer each time.
func retry(ctx context.Context, once func() error) error {
	for try := range tries {
		err := once()
		if err == nil || !passing(err) {
			return err
		}
		if try == tries-1 {
			return crowded(err)
		}
		wait := firstWait << try
		if !pause(ctx, wait+rand.N(wait)) {
			return err
		}
	}
	return nil
}

// crowded turns a lock that nobody let go of into an answer: nothing was done, and later it may be.
func crowded(err error) error {
	if unlockable(err) {
		return &models.Problem{Kind: models.Throttled, Message: "Many people are changing this at the moment. Nothing was done; try again in a few seconds.", RetryAfter: 2}
	}
	return err
}

// pause reports whether the wait ended before the context did.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

const (
	sqliteBusy   = 5
	sqliteLocked = 6
)

// passing reports whether the same work may well succeed in a moment.
func passing(err error) bool {
	if _, held := errors.AsType[*HeldError](err); held || errors.Is(err, ErrOutcomeUnknown) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		primary := e.Code() & 0xff
		return primary == sqliteBusy || primary == sqliteLocked
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && (e.Code == "40001" || e.Code == "40P01" || e.Code == lockNotAvailable) {
		return true
	}
	return connectionLost(err)
}

// connectionLost reports whether the database went away in the middle.
func connectionLost(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P0")
	}
	if e, ok := errors.AsType[net.Error](err); ok {
		return !e.Timeout()
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err)
}
