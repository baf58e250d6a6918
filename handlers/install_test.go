//go:build unix

package handlers_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"mooring/handlers"
	"mooring/handlers/browser"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// buildsForHere is a folder in which every build is one for the machine of the test, so that the lines
// for other systems can be pasted here, as far as the shell goes.
func buildsForHere(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	first := filepath.Join(folder, "agents-linux-amd64")
	if out, err := exec.Command("go", "build", "-o", first, "mooring/cmd/agents").CombinedOutput(); err != nil {
		t.Fatalf("building the agents: %v\n%s", err, out)
	}
	for _, other := range []string{"agents-linux-arm64", "agents-darwin-arm64"} {
		if err := os.Link(first, filepath.Join(folder, other)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// listening is a site that devices can reach.
func listening(t *testing.T, w *portaltest.World, builds string) (site http.Handler, server *httptest.Server) {
	t.Helper()
	server = httptest.NewUnstartedServer(nil)
	site = handlers.New(handlers.Options{
		Portal: w.Portal, Keys: w.Keys, Real: time.Now, PublicURL: "http://" + server.Listener.Addr().String(), Builds: builds,
	}).Handler()
	server.Config.Handler = site
	server.Start()
	t.Cleanup(server.Close)
	return site, server
}

// pasted is a line in a terminal, in a folder of its own.
type pasted struct {
	*exec.Cmd
	said bytes.Buffer
	done chan error
}

func paste(t *testing.T, line string) *pasted {
	t.Helper()
	p := &pasted{Cmd: exec.Command("sh", "-c", line), done: make(chan error, 1)}
	p.Dir, p.Stdout, p.Stderr = t.TempDir(), &p.said, &p.said
	p.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.Wait() }()
	t.Cleanup(func() { _ = syscall.Kill(-p.Process.Pid, syscall.SIGKILL) })
	return p
}

// interrupt is what Ctrl-C does.
func (p *pasted) interrupt() { _ = syscall.Kill(-p.Process.Pid, syscall.SIGINT) }

func needs(t *testing.T, commands ...string) {
	t.Helper()
	for _, c := range commands {
		if _, err := exec.LookPath(c); err != nil {
			t.Skipf("SKIPPED, NOT TESTED: there is no %s here", c)
		}
	}
}

// linesFor leads Maya to the lines that install agents on an account.
func linesFor(t *testing.T, site http.Handler, account string) *browser.Person {
	t.Helper()
	maya := signIn(t, site, demo.Maya)
	maya.Opens(link.Account(account))
	maya.FollowsTestID("install-agents")
	maya.PressesTestID("show-key")
	maya.Sees("Paste the line into a terminal")
	return maya
}

func TestThePastedLineEnrolsOneAgent(t *testing.T) {
	builds := buildsForHere(t)
	for _, c := range []struct {
		line  string
		needs []string
	}{
		{"install-linux-amd64", []string{"curl", "sha256sum"}},
		{"install-linux-arm64", []string{"curl", "sha256sum"}},
		{"install-darwin-arm64", []string{"curl", "shasum"}},
	} {
		t.Run(c.line, func(t *testing.T) {
			needs(t, c.needs...)
			w := portaltest.New(t)
			site, _ := listening(t, w, builds)
			maya := linesFor(t, site, demo.NoAgents)
			p := paste(t, maya.TestID(c.line).Text())
			for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
				maya.Opens(link.Account(demo.NoAgents))
				if maya.Text("agent-count") == "1" {
					break
				}
				if time.Now().After(deadline) {
					p.interrupt()
					<-p.done
					t.Fatalf("no agent joined:\n%s", p.said.String())
				}
			}
			p.interrupt()
			<-p.done
			if !strings.Contains(p.said.String(), ": OK") {
				t.Errorf("the hash was not checked:\n%s", p.said.String())
			}
			w.Sound(t)
		})
	}
}

func TestAFileThatIsNotTheOneOnThePageIsNotStarted(t *testing.T) {
	needs(t, "curl", "sha256sum")
	builds := t.TempDir()
	file := filepath.Join(builds, "agents-linux-amd64")
	write := func(content string) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("#!/bin/sh\necho started\n")
	w := portaltest.New(t)
	site, _ := listening(t, w, builds)
	maya := linesFor(t, site, demo.NoAgents)
	line := maya.TestID("install-linux-amd64").Text()

	p := paste(t, line)
	if err := <-p.done; err != nil || !strings.Contains(p.said.String(), "started") {
		t.Errorf("the file of the page: %v\n%s", err, p.said.String())
	}
	write("#!/bin/sh\necho started, and it is another one\n")
	p = paste(t, line)
	if err := <-p.done; err == nil || strings.Contains(p.said.String(), "started") {
		t.Errorf("another file: %v\n%s", err, p.said.String())
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	p = paste(t, line)
	if err := <-p.done; err == nil {
		t.Errorf("no file: %s", p.said.String())
	}
	maya.Reloads()
	if !maya.Has("build-linux-amd64") || !strings.HasPrefix(maya.TestID("install-linux-amd64").Text(), "./agents-linux-amd64 ") {
		t.Error("without the file the page does not say how to build it")
	}
}
