package main

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

//go:embed report.html
var reportText string

var reportPage = template.Must(template.New("report").Funcs(template.FuncMap{"picture": inline}).Parse(reportText))

// inline is a picture as part of a page, so that the report is one file.
func inline(png []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
}

// finish says how the run went, keeps the browser's version beside what was accepted, and writes the
// report of a run that failed. The last line is for programs.
func (g *gauge) finish(out io.Writer, took time.Duration) (good bool, err error) {
	slices.SortFunc(g.findings, func(a, b finding) int { return strings.Compare(a.What, b.What) })
	for _, f := range g.findings {
		fmt.Fprintf(out, "FAIL %s\n", f.What)
		for _, p := range f.Problems {
			fmt.Fprintf(out, "     %s\n", p)
		}
	}
	if g.accept && len(g.globs) == 0 {
		err = os.WriteFile(filepath.Join(g.accepted, versionFile), []byte(g.version+"\n"), 0o644)
	}
	if !g.accept && g.otherBrowser() {
		fmt.Fprintf(out, "The accepted pictures were taken with %s and this is %s: %d that look different are reported, not failed.\n", or(g.taken, "no browser"), g.version, g.skipped)
	}
	if len(g.findings) > 0 {
		file, wrong := g.report()
		err = errors.Join(err, wrong)
		fmt.Fprintf(out, "Accepted, actual and difference side by side, in %s: %s\n", g.version, file)
	} else {
		err = errors.Join(err, os.RemoveAll(g.failures))
	}
	fmt.Fprintf(out, "%d visits in %s with %s\n", len(g.visits), took.Round(time.Second), g.version)
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", g.passed, len(g.findings), g.skipped)
	return len(g.findings) == 0, err
}

// report writes what is wrong as one page and says where it is.
func (g *gauge) report() (file string, err error) {
	var b bytes.Buffer
	err = reportPage.Execute(&b, struct {
		Version, Taken string
		Findings       []finding
	}{g.version, or(g.taken, "no browser"), g.findings})
	if err != nil {
		return "", err
	}
	file = filepath.Join(g.failures, "index.html")
	return file, errors.Join(os.MkdirAll(g.failures, 0o755), os.WriteFile(file, b.Bytes(), 0o644))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(line)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
