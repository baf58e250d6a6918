package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheScriptNamesAPictureForEachSizeAndTheme(t *testing.T) {
	pictures, err := parseScript("# why\n\nsign-in 1280x800 390x844 dark # as it is\nplan.reassign.advisory 768x1024 full\n")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range pictures {
		names = append(names, p.name())
	}
	want := "sign-in--1280x800--light sign-in--390x844--light sign-in--1280x800--dark plan.reassign.advisory--768x1024--light--full"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAScriptThatCannotBeMeantIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		"sign-in":                             "has no size",
		"sign-in dark":                        "has no size",
		"sign-in 1280":                        "neither a size",
		"sign-in 1280x800 1280x800":           "there already",
		"sign-in 1280x800\nsign-in 1280x800x": "line 2",
	} {
		if _, err := parseScript(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want something of %q", text, err, says)
		}
	}
}

func TestTheScriptOfThePortalCanBeRead(t *testing.T) {
	pictures, err := parseScript(script)
	if err != nil || len(pictures) < 40 {
		t.Errorf("%d pictures: %v", len(pictures), err)
	}
	for _, p := range pictures {
		if !hasWidth(p.size) {
			t.Errorf("%s: nothing is looked at in a window of this size", p.name())
		}
	}
}

func hasWidth(s size) bool {
	for _, w := range widths {
		if w == s {
			return true
		}
	}
	return false
}

// drawing is a picture of one grey with a square of another.
func drawing(t *testing.T, width int, square uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, 40))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	for y := 10; y < 20; y++ {
		for x := 10; x < 20; x++ {
			img.SetGray(x, y, color.Gray{Y: square})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesDifferWhenSomebodyWouldSeeIt(t *testing.T) {
	for _, c := range []struct {
		when          string
		was, is       []byte
		says          string
		hasDifference bool
	}{
		{"they are the same", drawing(t, 40, 0), drawing(t, 40, 0), "", false},
		{"nobody would see it", drawing(t, 40, 200), drawing(t, 40, 203), "", false},
		{"a square is black", drawing(t, 40, 200), drawing(t, 40, 0), "100 pixels differ", true},
		{"the page is longer", drawing(t, 40, 0), drawing(t, 50, 0), "it is 50x40 large, accepted was 40x40", false},
	} {
		says, diff, err := compare(c.was, c.is)
		if err != nil || says != c.says || (len(diff) > 0) != c.hasDifference {
			t.Errorf("%s: %q with %d bytes of difference, %v; want %q", c.when, says, len(diff), err, c.says)
		}
	}
	if _, _, err := compare([]byte("no picture"), drawing(t, 40, 0)); err == nil {
		t.Error("what is no picture was compared")
	}
}

// gaugeOn is a gauge with one accepted picture, of the state "a".
func gaugeOn(t *testing.T, s settings, taken string) *gauge {
	t.Helper()
	s.accepted, s.failures = t.TempDir(), filepath.Join(t.TempDir(), "failures")
	for name, content := range map[string][]byte{versionFile: []byte(taken + "\n"), "a--1280x800--light.png": drawing(t, 40, 0)} {
		if err := os.WriteFile(filepath.Join(s.accepted, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &gauge{settings: s, version: "Chrome/156.0.1", taken: taken}
}

var ofA = picture{state: "a", size: widths[0], theme: "light"}

func TestAPictureIsJudgedByTheAcceptedOne(t *testing.T) {
	for _, c := range []struct {
		when                    string
		taken                   string
		of                      picture
		actual                  []byte
		passed, failed, skipped int
	}{
		{"it looks the same", "Chrome/156.0.9", ofA, drawing(t, 40, 0), 1, 0, 0},
		{"it looks different", "Chrome/156.0.9", ofA, drawing(t, 40, 100), 0, 1, 0},
		{"it looks different in another browser", "Chrome/155.0.9", ofA, drawing(t, 40, 100), 0, 0, 1},
		{"it looks the same in another browser", "Chrome/155.0.9", ofA, drawing(t, 40, 0), 1, 0, 0},
		{"nobody accepted it", "Chrome/156.0.9", picture{state: "b", size: widths[0], theme: "dark"}, drawing(t, 40, 0), 0, 1, 0},
	} {
		g := gaugeOn(t, settings{}, c.taken)
		if err := g.judge(c.of, c.actual); err != nil {
			t.Fatal(err)
		}
		if g.passed != c.passed || len(g.findings) != c.failed || g.skipped != c.skipped {
			t.Errorf("%s: %d passed, %d failed, %d skipped", c.when, g.passed, len(g.findings), g.skipped)
		}
	}
}

func TestAcceptingKeepsThePictureAndTheBrowser(t *testing.T) {
	g := gaugeOn(t, settings{accept: true}, "Chrome/155.0.9")
	if err := g.judge(ofA, drawing(t, 40, 100)); err != nil {
		t.Fatal(err)
	}
	if good, err := g.finish(&bytes.Buffer{}, time.Second); err != nil || !good {
		t.Fatal(good, err)
	}
	for name, want := range map[string]string{"a--1280x800--light.png": string(drawing(t, 40, 100)), versionFile: "Chrome/156.0.1\n"} {
		if got, err := os.ReadFile(filepath.Join(g.accepted, name)); err != nil || string(got) != want {
			t.Errorf("%s was not kept: %v", name, err)
		}
	}
}

func TestSomePicturesOfAnotherBrowserAreNotAccepted(t *testing.T) {
	g := gaugeOn(t, settings{accept: true, globs: []string{"a"}}, "Chrome/155.0.9")
	if _, err := newGauge(g.settings, g.version, nil); err == nil {
		t.Error("pictures of two browsers would stand beside each other")
	}
}

func TestPicturesAndStatesMustBelongTogether(t *testing.T) {
	g := gaugeOn(t, settings{}, "Chrome/156.0.9")
	asked := []picture{{state: "b", size: widths[0], theme: "light"}}
	g.plan([]state{{ID: "c", Themes: []string{"light", "dark"}}}, asked)
	if err := g.tidy(asked); err != nil {
		t.Fatal(err)
	}
	if len(g.visits) != 2 || len(g.findings) != 2 || g.findings[0].What != "b--1280x800--light" || g.findings[1].What != "a--1280x800--light.png" {
		t.Errorf("%d visits, findings %v", len(g.visits), g.findings)
	}
	g.accept = true
	if err := g.tidy(asked); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(g.accepted, "a--1280x800--light.png")); !os.IsNotExist(err) {
		t.Errorf("the picture that nobody asks for is still there: %v", err)
	}
}

func TestAFailingRunShowsThreePicturesSideBySide(t *testing.T) {
	g := gaugeOn(t, settings{}, "Chrome/156.0.9")
	if err := g.judge(ofA, drawing(t, 40, 100)); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	good, err := g.finish(&said, time.Second)
	if err != nil || good {
		t.Fatal(good, err)
	}
	file := filepath.Join(g.failures, "index.html")
	page, err := os.ReadFile(file)
	if err != nil || strings.Count(string(page), "data:image/png;base64,") != 3 || !strings.Contains(string(page), "Chrome/156.0.1") {
		t.Errorf("the report does not show three pictures and the browser: %v", err)
	}
	if !strings.Contains(said.String(), file) || !strings.HasSuffix(said.String(), "0 passed, 1 failed, 0 skipped\n") {
		t.Errorf("it says:\n%s", said.String())
	}
}

func TestGlobsChooseStates(t *testing.T) {
	s := settings{globs: []string{"plan.*", "error.404"}}
	for id, want := range map[string]bool{"plan.modify.plain": true, "error.404": true, "error.409": false, "sign-in": false} {
		if s.wanted(id) != want {
			t.Errorf("%s: %v", id, !want)
		}
	}
	if !(settings{}).wanted("anything") {
		t.Error("without a glob all are wanted")
	}
}
