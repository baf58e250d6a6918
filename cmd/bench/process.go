package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that this run started.
type process struct {
	addr string
	cmd  *exec.Cmd
}

// start runs a program and returns when it answers on /readyz.
func start(ctx context.Context, addr, log string, env []string, program string, args ...string) (*process, error) {
	said, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = said.Close() }()
	p := &process{addr: addr, cmd: exec.Command(program, args...)}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, said, said
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for range 10_000 {
		if answer, err := http.Get("http://" + addr + "/readyz"); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return p, nil
			}
		}
		if ctx.Err() != nil {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	p.stop()
	tail, _ := os.ReadFile(log)
	return nil, fmt.Errorf("%s does not answer: %s", program, tail)
}

// stop ends the process and waits for it.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// resident is the memory of the process in MiB.
func (p *process) resident() float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}

// tick is the unit in which the kernel tells CPU time.
const tick = 10 * time.Millisecond

// spent is the CPU time of a process since it began.
func spent(pid int) time.Duration {
	own, _, _ := times(pid)
	return own
}

// spentBelow is the CPU time of a process, of its children that ended, and of those that live.
func spentBelow(pid int) time.Duration {
	own, ended, _ := times(pid)
	all := own + ended
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		child, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		if own, _, parent := times(child); parent == pid {
			all += own
		}
	}
	return all
}

// times reads what the kernel says of a process: its CPU time, that of children it waited for, its parent.
func times(pid int) (own, ended time.Duration, parent int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, 0
	}
	// The name stands in parentheses and may hold anything.
	_, rest, _ := strings.Cut(string(text[strings.LastIndexByte(string(text), ')'):]), " ")
	f := strings.Fields(rest)
	if len(f) < 15 {
		return 0, 0, 0
	}
	number := func(i int) time.Duration {
		n, _ := strconv.ParseInt(f[i], 10, 64)
		return time.Duration(n)
	}
	return (number(11) + number(12)) * tick, (number(13) + number(14)) * tick, int(number(1))
}
