package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

type counts struct{ passed, failed, skipped int }

// A tally reads the events of go test.
type tally struct {
	counts
	out      io.Writer
	packages map[string]*room
	broken   bool // something went wrong that no test shows
}

// A room is a package being tested.
type room struct {
	counts
	said    map[string]*strings.Builder // by test; "" for the package itself
	parents map[string]bool             // tests that have tests in them
	blamed  map[string]bool             // tests with a failure inside
	running map[string]bool
}

// An event is a line of go test -json; see go doc test2json.
type event struct {
	Action, Package, Test, Output, ImportPath, FailedBuild string
	Elapsed                                                float64
}

func newTally(out io.Writer) *tally { return &tally{out: out, packages: map[string]*room{}} }

func (t *tally) read(r io.Reader) {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		var e event
		switch {
		case strings.TrimSpace(line) == "":
		case json.Unmarshal([]byte(line), &e) != nil:
			fmt.Fprint(t.out, line)
		default:
			t.see(e)
		}
		if err != nil {
			return
		}
	}
}

func (t *tally) see(e event) {
	switch e.Action {
	case "build-output":
		fmt.Fprint(t.out, e.Output)
		return
	case "build-fail":
		t.broken = true
		return
	}
	p := t.room(e.Package)
	if e.Test == "" && (e.Action == "pass" || e.Action == "fail" || e.Action == "skip") {
		t.close(p, e)
		return
	}
	switch e.Action {
	case "run":
		p.running[e.Test] = true
		for parent := e.Test; ; p.parents[parent] = true {
			i := strings.LastIndexByte(parent, '/')
			if i < 0 {
				break
			}
			parent = parent[:i]
		}
	case "output":
		p.hear(e.Test, e.Output)
	case "pass", "fail", "skip":
		t.ended(p, e)
	}
}

func (t *tally) room(name string) *room {
	if t.packages[name] == nil {
		t.packages[name] = &room{
			said: map[string]*strings.Builder{}, parents: map[string]bool{},
			blamed: map[string]bool{}, running: map[string]bool{},
		}
	}
	return t.packages[name]
}

// ended counts a test. One that only holds others counts when it failed by itself.
func (t *tally) ended(p *room, e event) {
	delete(p.running, e.Test)
	said := p.take(e.Test)
	holds := p.parents[e.Test]
	switch {
	case e.Action == "fail":
		fmt.Fprintf(t.out, "FAIL %s %s\n%s", e.Package, e.Test, said)
		if !p.blamed[e.Test] {
			p.failed++
		}
		for i := strings.LastIndexByte(e.Test, '/'); i >= 0; i = strings.LastIndexByte(e.Test[:i], '/') {
			p.blamed[e.Test[:i]] = true
		}
	case holds:
	case e.Action == "skip":
		p.skipped++
		fmt.Fprintf(t.out, "skip %s %s\n%s", e.Package, e.Test, said)
	default:
		p.passed++
	}
}

// close tells how a package ended.
func (t *tally) close(p *room, e event) {
	said := p.take("")
	for test := range p.running { // a panic or a timeout ended them
		t.ended(p, event{Action: "fail", Package: e.Package, Test: test})
	}
	if e.Action == "fail" && p.failed == 0 {
		p.failed = 1
		fmt.Fprintf(t.out, "FAIL %s\n%s", e.Package, said)
	}
	if p.counts != (counts{}) {
		word := "ok  "
		if p.failed > 0 {
			word = "FAIL"
		}
		fmt.Fprintf(t.out, "%s %-40s %4d passed %3d failed %3d skipped %7.1fs\n", word, e.Package, p.passed, p.failed, p.skipped, e.Elapsed)
	}
	t.passed, t.failed, t.skipped = t.passed+p.passed, t.failed+p.failed, t.skipped+p.skipped
	delete(t.packages, e.Package)
}

// finish takes in how go test itself ended: it may have died before it could say so.
func (t *tally) finish(err error) {
	for name, p := range t.packages {
		t.close(p, event{Action: "fail", Package: name})
	}
	if (err != nil || t.broken) && t.failed == 0 {
		t.failed = 1
		fmt.Fprintf(t.out, "FAIL go test: %v\n", err)
	}
}

func (t *tally) add(what string, c counts) {
	word := "ok  "
	if c.failed > 0 {
		word = "FAIL"
	}
	fmt.Fprintf(t.out, "%s %s\n", word, what)
	t.passed, t.failed, t.skipped = t.passed+c.passed, t.failed+c.failed, t.skipped+c.skipped
}

func (t *tally) last() {
	if t.passed+t.failed+t.skipped == 0 {
		fmt.Fprintln(t.out, "FAIL no test ran")
	}
	fmt.Fprintf(t.out, "%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
}

func (t *tally) good() bool { return t.failed == 0 && t.passed > 0 }

func (p *room) hear(test, words string) {
	if p.said[test] == nil {
		p.said[test] = &strings.Builder{}
	}
	p.said[test].WriteString(words)
}

// take returns and forgets what a test said, without the lines that only frame it.
func (p *room) take(test string) string {
	b := p.said[test]
	if b == nil {
		return ""
	}
	delete(p.said, test)
	var kept strings.Builder
	for line := range strings.Lines(b.String()) {
		if !strings.HasPrefix(strings.TrimSpace(line), "=== ") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}
