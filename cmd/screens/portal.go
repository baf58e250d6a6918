package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// A portal is the demo, running in a process of its own.
type portal struct {
	origin string
	folder string
	cmd    *exec.Cmd
	said   bytes.Buffer
}

// startPortal runs the demo on a free port and waits until it answers. Without a binary it builds one.
func startPortal(ctx context.Context, binary string) (*portal, error) {
	folder, err := os.MkdirTemp("", "mooring-screens-")
	if err != nil {
		return nil, err
	}
	p := &portal{folder: folder}
	if err := p.start(ctx, binary); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *portal) start(ctx context.Context, binary string) error {
	if binary == "" {
		binary = filepath.Join(p.folder, "portal")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/portal").CombinedOutput(); err != nil {
			return fmt.Errorf("building the portal: %w\n%s", err, out)
		}
	}
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	p.origin = "http://" + addr
	p.cmd = exec.CommandContext(ctx, binary, "demo")
	p.cmd.Env = append(os.Environ(), "ADDR="+addr, "PUBLIC_URL="+p.origin, "DATABASE_URL=")
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = 10 * time.Second
	if err := p.cmd.Start(); err != nil {
		return fmt.Errorf("starting the portal: %w", err)
	}
	return p.ready(ctx)
}

func (p *portal) ready(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.origin+"/readyz", nil)
		if err != nil {
			return err
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the portal did not get ready: %w\n%s", ctx.Err(), p.said.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stop ends the demo and takes its folder away.
func (p *portal) stop() {
	if p.cmd != nil && p.cmd.Process != nil {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		_ = p.cmd.Wait()
	}
	_ = os.RemoveAll(p.folder)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// A state is a page in one state, as the portal's gallery tells it.
type state struct {
	ID        string   `json:"id"`
	Go        string   `json:"go"`
	URL       string   `json:"url"`
	Status    int64    `json:"status"`
	Ready     string   `json:"ready"`
	Viewports []string `json:"viewports"`
	Themes    []string `json:"themes"`
}

func readStates(ctx context.Context, origin string) (states []state, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, origin+"/gallery/states.json", nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the gallery answers %s", res.Status)
	}
	return states, json.NewDecoder(res.Body).Decode(&states)
}
