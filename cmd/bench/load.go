package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// ask is one thing to ask a server for, in rotation: the bytes of requests that are sent again and
// again, and the status that is expected.
type ask struct {
	requests [][]byte
	status   int
	once     bool // every request may be sent once only
}

// outcome is what one load did.
type outcome struct {
	requests, connections int
	took                  time.Duration
	p50, p99              time.Duration
	cpu                   time.Duration // of the server
	database              time.Duration // of PostgreSQL
}

func (o outcome) perRequest() time.Duration {
	return (o.cpu + o.database) / time.Duration(max(1, o.requests))
}

func (o outcome) perSecond() float64 { return float64(o.requests) / o.took.Seconds() }

// load sends a bounded number of requests over keep-alive connections.
func (b *bench) load(ctx context.Context, to *process, what ask, requests, connections int) (outcome, error) {
	if what.once {
		requests = min(requests, len(what.requests))
	}
	waits := make([][]time.Duration, connections)
	failures := make(chan error, connections)
	var next atomic.Int64
	cpu, database := spent(to.cmd.Process.Pid), spentBelow(b.postgres)
	began := time.Now()
	var all sync.WaitGroup
	for c := range connections {
		all.Go(func() {
			err := visit(ctx, to.addr, what.status, func() []byte {
				if i := int(next.Add(1)) - 1; i < requests {
					return what.requests[i%len(what.requests)]
				}
				return nil
			}, func(wait time.Duration) { waits[c] = append(waits[c], wait) })
			if err != nil {
				failures <- err
			}
		})
	}
	all.Wait()
	done := outcome{requests: requests, connections: connections, took: time.Since(began)}
	done.cpu, done.database = spent(to.cmd.Process.Pid)-cpu, spentBelow(b.postgres)-database
	select {
	case err := <-failures:
		return done, err
	default:
	}
	sorted := slices.Concat(waits...)
	slices.Sort(sorted)
	done.p50, done.p99 = sorted[len(sorted)/2], sorted[len(sorted)*99/100]
	return done, nil
}

// visit sends requests over one connection, one after the other.
func visit(ctx context.Context, addr string, status int, next func() []byte, told func(time.Duration)) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	in := bufio.NewReaderSize(conn, 64<<10)
	for request := next(); request != nil && ctx.Err() == nil; request = next() {
		began := time.Now()
		if _, err := conn.Write(request); err != nil {
			return err
		}
		answer, err := http.ReadResponse(in, nil)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			return err
		}
		if answer.StatusCode != status {
			return fmt.Errorf("%s instead of %d for %.80q", answer.Status, status, request)
		}
		told(time.Since(began))
	}
	return ctx.Err()
}
