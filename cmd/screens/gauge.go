package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A gauge holds what a run has to look at and what it found.
type gauge struct {
	settings
	version  string // of the browser
	taken    string // the version that the accepted pictures were taken with
	visits   []visit
	mu       sync.Mutex
	findings []finding
	passed   int
	skipped  int
}

// A visit is a state in one theme, with the pictures to take of it.
type visit struct {
	state    state
	theme    string
	pictures []picture
}

// A finding is something that is not as it should be.
type finding struct {
	What     string
	Problems []string
	Accepted []byte
	Actual   []byte
	Diff     []byte
}

// widths are the windows in which nothing may stick out.
var widths = []size{{1280, 800}, {768, 1024}, {390, 844}}

const versionFile = "browser.txt"

func newGauge(s settings, version string, states []state) (*gauge, error) {
	g := &gauge{settings: s, version: version}
	recorded, err := os.ReadFile(filepath.Join(s.accepted, versionFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	g.taken = firstLine(string(recorded))
	if s.accept && len(s.globs) > 0 && g.taken != "" && g.otherBrowser() {
		return nil, fmt.Errorf("the accepted pictures were taken with %s, this is %s: accept all of them or none", g.taken, version)
	}
	pictures, err := parseScript(script)
	if err != nil {
		return nil, fmt.Errorf("pictures.txt: %w", err)
	}
	g.plan(states, pictures)
	return g, g.tidy(pictures)
}

// plan puts together what to look at. A picture of a state that is no more is a finding.
func (g *gauge) plan(states []state, pictures []picture) {
	known := map[string]bool{}
	for _, s := range states {
		known[s.ID] = true
		for _, theme := range s.Themes {
			v := visit{state: s, theme: theme}
			for _, p := range pictures {
				if p.state == s.ID && p.theme == theme {
					v.pictures = append(v.pictures, p)
				}
			}
			if g.wanted(s.ID) {
				g.visits = append(g.visits, v)
			}
		}
	}
	for _, p := range pictures {
		if !known[p.state] {
			g.found(finding{What: p.name(), Problems: []string{"pictures.txt names a state that the gallery does not have"}})
		}
	}
}

// tidy finds accepted pictures that no line asks for; accepting everything removes them.
func (g *gauge) tidy(pictures []picture) error {
	asked := map[string]bool{}
	for _, p := range pictures {
		asked[p.name()+".png"] = true
	}
	files, err := filepath.Glob(filepath.Join(g.accepted, "*.png"))
	if err != nil || len(g.globs) > 0 {
		return err
	}
	for _, f := range files {
		if asked[filepath.Base(f)] {
			continue
		}
		if !g.accept {
			g.found(finding{What: filepath.Base(f), Problems: []string{"no line of pictures.txt asks for this picture any more"}})
		} else if err := os.Remove(f); err != nil {
			return err
		}
	}
	return nil
}

// otherBrowser reports whether pictures drawn now need not equal the accepted ones.
func (g *gauge) otherBrowser() bool { return major(g.taken) != major(g.version) }

func (g *gauge) found(f finding) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.findings = append(g.findings, f)
}

func (g *gauge) fine() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.passed++
}

func (g *gauge) skip() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.skipped++
}
