package pagetest

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var accept = flag.Bool("accept", false, "accept the HTML as it is now, in place of the golden files")

// Goldens holds pages or parts of pages, by name, to the files of a folder: each is as it was accepted,
// and no file is left of something that is no more. The flag -accept rewrites the folder.
func Goldens(t *testing.T, folder string, drawn map[string]string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(folder, "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range left {
		if _, still := drawn[strings.TrimSuffix(filepath.Base(file), ".html")]; still {
			continue
		}
		if !*accept {
			t.Errorf("%s belongs to nothing any more (make golden removes it)", file)
		} else if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
	for name, html := range drawn {
		golden(t, filepath.Join(folder, name+".html"), still(html))
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *accept {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
			t.Error(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.Errorf("%s is missing: look at what is drawn, then accept it with make golden", file)
	case err != nil:
		t.Error(err)
	default:
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s is drawn differently (-accepted +now); make golden accepts it:\n%s", file, diff)
		}
	}
}

// moving are the parts of a page that differ from one visit to the next, or with every change of a
// style or a script.
var moving = []struct {
	found *regexp.Regexp
	put   string
}{
	{regexp.MustCompile(`(name="_form" value=")[^"]*`), "${1}key"},
	{regexp.MustCompile(`(nonce=")[^"]*`), "${1}nonce"},
	{regexp.MustCompile(`-[0-9a-f]{8,}(\.[a-z0-9]+")`), "$1"},
}

// still is the HTML without what moves, a line for each tag, so that differences are small.
func still(html string) string {
	for _, m := range moving {
		html = m.found.ReplaceAllString(html, m.put)
	}
	return strings.ReplaceAll(strings.TrimSpace(html), "><", ">\n<") + "\n"
}
