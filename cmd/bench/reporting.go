package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// reporting is one load of check-ins.
type reporting struct {
	to          *process
	connections int
	relay       int           // agents in a request; 0 for single check-ins
	lasting     time.Duration // how long
	perSecond   int           // how many requests a second, all connections together; 0 for as many as go
}

// reported is what came of it.
type reported struct {
	outcome
	agents             int
	refused, failed    int
	refusedP50, refP99 time.Duration
	own                time.Duration // CPU of this program
}

func (r reported) agentsPerSecond() float64 { return float64(r.agents) / r.took.Seconds() }

func (r reported) perAgent(d time.Duration) time.Duration { return d / time.Duration(max(1, r.agents)) }

// reportAgents lets agents check in over keep-alive connections. It shares the cores with what it measures, so
// it does as little as it can.
func (b *bench) reportAgents(ctx context.Context, f *fleet, load reporting) (reported, error) {
	ctx, cancel := context.WithTimeout(ctx, load.lasting)
	defer cancel()
	all := make([]*line, load.connections)
	for c, s := range f.shares(load.connections) {
		all[c] = &line{share: s, load: load}
	}
	cpu, database, own := spent(load.to.cmd.Process.Pid), spentBelow(b.postgres), spent(selfPID)
	began := time.Now()
	var wait sync.WaitGroup
	var failure atomic.Pointer[error]
	for c, l := range all {
		wait.Go(func() {
			if load.perSecond > 0 { // not all at one moment
				time.Sleep(time.Duration(c) * time.Second / time.Duration(load.perSecond))
			}
			if err := l.run(ctx); err != nil && ctx.Err() == nil {
				failure.Store(&err)
			}
		})
	}
	wait.Wait()
	done := reported{outcome: outcome{connections: load.connections, took: time.Since(began)}, own: spent(selfPID) - own}
	done.cpu, done.database = spent(load.to.cmd.Process.Pid)-cpu, spentBelow(b.postgres)-database
	var waits, refusals []time.Duration
	for _, l := range all {
		waits, refusals = append(waits, l.waits...), append(refusals, l.refusals...)
		done.agents, done.failed = done.agents+l.agents, done.failed+l.failed
	}
	done.requests, done.refused = len(waits), len(refusals)
	done.p50, done.p99 = quantiles(waits)
	done.refusedP50, done.refP99 = quantiles(refusals)
	if err := failure.Load(); err != nil {
		return done, *err
	}
	return done, nil
}

func quantiles(waits []time.Duration) (p50, p99 time.Duration) {
	if len(waits) == 0 {
		return 0, 0
	}
	slices.Sort(waits)
	return waits[len(waits)/2], waits[len(waits)*99/100]
}

// line is one connection.
type line struct {
	share           *share
	load            reporting
	conn            net.Conn
	in              *bufio.Reader
	message         []byte
	agents, failed  int
	waits, refusals []time.Duration
}

func (l *line) run(ctx context.Context) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.load.to.addr)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	l.conn, l.in = conn, bufio.NewReaderSize(conn, 8<<10)
	next := time.Now()
	for ctx.Err() == nil {
		if l.load.perSecond > 0 {
			next = next.Add(time.Duration(l.load.connections) * time.Second / time.Duration(l.load.perSecond))
			time.Sleep(time.Until(next))
		}
		if err := l.once(); err != nil {
			return err
		}
	}
	return nil
}

// once sends one message and notes what was acknowledged.
func (l *line) once() error {
	agents, sequences := l.compose()
	began := time.Now()
	if _, err := l.conn.Write(l.message); err != nil {
		return err
	}
	status, body, err := l.answer()
	if err != nil {
		return err
	}
	took := time.Since(began)
	switch {
	case status == 429 || status == 503:
		l.refusals = append(l.refusals, took)
		time.Sleep(100 * time.Millisecond) // a real agent waits longer
		return nil
	case status != 200:
		return fmt.Errorf("%d: %.200s", status, body)
	}
	l.waits = append(l.waits, took)
	if l.share.fleet.madeUp {
		l.agents += len(agents)
		return nil
	}
	if l.load.relay > 0 {
		if n := bytes.Count(body, []byte(`"every_seconds"`)); n != len(agents) {
			l.failed += len(agents) - n
			return fmt.Errorf("%d of %d agents of a relay were heard: %.300s", n, len(agents), body)
		}
	}
	l.agents += len(agents)
	for i, agent := range agents {
		l.share.fleet.acked[agent] = sequences[i]
	}
	return nil
}

const headers = "Host: bench\r\nContent-Type: application/json\r\n"

// compose writes the next message.
func (l *line) compose() (agents []int, sequences []int64) {
	b := l.message[:0]
	if l.load.relay == 0 {
		agent, sequence := l.share.next()
		body := strconv.AppendInt([]byte(`{"sequence":`), sequence, 10)
		b = append(b, "POST /agents/v1/check-in HTTP/1.1\r\n"+headers+"Authorization: Bearer "...)
		b = append(b, l.share.fleet.tokens[agent]...)
		b = fmt.Appendf(b, "\r\nContent-Length: %d\r\n\r\n%s}", len(body)+1, body)
		l.message = b
		return []int{agent}, []int64{sequence}
	}
	body := []byte(`{"agents":[`)
	for i := range l.load.relay {
		agent, sequence := l.share.next()
		if i > 0 {
			body = append(body, ',')
		}
		body = append(append(append(body, `{"token":"`...), l.share.fleet.tokens[agent]...), `","sequence":`...)
		body = append(strconv.AppendInt(body, sequence, 10), '}')
		agents, sequences = append(agents, agent), append(sequences, sequence)
	}
	body = append(body, "]}"...)
	b = fmt.Appendf(b, "POST /agents/v1/check-ins HTTP/1.1\r\n"+headers+"Content-Length: %d\r\n\r\n", len(body))
	l.message = append(b, body...)
	return agents, sequences
}

// answer reads one answer, by its length or in chunks.
func (l *line) answer() (status int, body []byte, err error) {
	status, length, err := l.head()
	switch {
	case err != nil:
	case length < 0:
		body, err = l.chunks()
	default:
		body = make([]byte, length)
		_, err = io.ReadFull(l.in, body)
	}
	return status, body, err
}

// head reads the status and how long the answer is; -1 if it comes in chunks.
func (l *line) head() (status, length int, err error) {
	first, err := l.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(first) < 12 {
		return 0, 0, errors.New("not an answer")
	}
	if status, err = strconv.Atoi(string(first[9:12])); err != nil {
		return 0, 0, err
	}
	for length = -1; ; {
		h, err := l.in.ReadSlice('\n')
		if err != nil || len(h) <= 2 {
			return status, length, err
		}
		if value, ok := bytes.CutPrefix(h, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, 0, err
			}
		}
	}
}

func (l *line) chunks() (body []byte, err error) {
	for {
		size, err := l.in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(strings.TrimSpace(size), 16, 64)
		if err != nil {
			return nil, err
		}
		chunk := make([]byte, n+2)
		if _, err := io.ReadFull(l.in, chunk); err != nil {
			return nil, err
		}
		if n == 0 {
			return body, nil
		}
		body = append(body, chunk[:n]...)
	}
}
