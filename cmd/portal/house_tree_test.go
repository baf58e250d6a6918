package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestTheTopLevelIsFixed(t *testing.T) { report(t, strays(os.DirFS(root))) }

func TestMigrationsAreNumberedAlikeForBothDatabases(t *testing.T) {
	report(t, migrations(os.DirFS(root)))
}

func TestAComponentIsThreeThingsWithOneName(t *testing.T) { report(t, components(os.DirFS(root))) }

func TestNoFileNamesAPlaceOnSomebodysMachine(t *testing.T) { report(t, places(os.DirFS(root))) }

var (
	top = []string{"LICENSE", "Makefile", "README.md", "cmd", "go.mod", "go.sum", "handlers", "models", "static", "views"}
	// What running and building leave behind is not part of the project; .gitignore names it too.
	leftBehind = regexp.MustCompile(`^bin$|\.(db|db-wal|db-shm|db-journal|key|test|out|prof|pprof)$`)
)

func strays(tree fs.FS) (complaints []string) {
	entries, err := fs.ReadDir(tree, ".")
	if err != nil {
		return []string{err.Error()}
	}
	for _, e := range entries {
		if name := e.Name(); !slices.Contains(top, name) && !strings.HasPrefix(name, ".") && !leftBehind.MatchString(name) {
			complaints = append(complaints, name+" stands at the top level, which is fixed: a newcomer finds everything in five folders")
		}
	}
	return complaints
}

var migrationName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)

func migrations(tree fs.FS) (complaints []string) {
	const dir = "models/store/migrations/"
	if _, err := fs.Stat(tree, strings.TrimSuffix(dir, "/")); err != nil {
		return nil
	}
	names := map[string][]string{}
	for _, dialect := range []string{"postgres", "sqlite"} {
		files, err := fs.ReadDir(tree, dir+dialect)
		if err != nil {
			complaints = append(complaints, dir+dialect+" is missing; every migration exists for both databases")
		}
		for _, f := range files {
			if path.Ext(f.Name()) != ".sql" {
				continue
			}
			names[dialect] = append(names[dialect], f.Name())
			want := fmt.Sprintf("%04d", len(names[dialect]))
			if m := migrationName.FindStringSubmatch(f.Name()); m == nil || m[1] != want {
				complaints = append(complaints, fmt.Sprintf("%s%s/%s should be %s_some_words.sql; numbers have no gaps, so that two changes cannot both be next", dir, dialect, f.Name(), want))
			}
		}
	}
	if !slices.Equal(names["postgres"], names["sqlite"]) {
		complaints = append(complaints, fmt.Sprintf("migrations differ between the databases, so one would lack a change: postgres has %v, sqlite %v", names["postgres"], names["sqlite"]))
	}
	return complaints
}

// unstyled are the components of the kit that are made of others and need no CSS of their own.
var unstyled = []string{}

var templFunc = regexp.MustCompile(`(?m)^templ ([A-Z]\w*)\(`)

func components(tree fs.FS) (complaints []string) {
	files, err := fs.Glob(tree, "views/ui/*.templ")
	if err != nil {
		return []string{err.Error()}
	}
	shown, hasGallery := galleryText(tree)
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".templ")
		css := "static/css/components/" + strings.ReplaceAll(name, "_", "-") + ".css"
		_, err := fs.Stat(tree, css)
		switch styled := err == nil; {
		case !styled && !slices.Contains(unstyled, name):
			complaints = append(complaints, file+" has no "+css+"; a component is a template, a CSS file and an example of one name, so that each is found from the others")
		case styled && slices.Contains(unstyled, name):
			complaints = append(complaints, file+" has CSS now; take it off the list of components without")
		}
		content, err := fs.ReadFile(tree, file)
		if err != nil || !hasGallery {
			continue
		}
		for _, m := range templFunc.FindAllSubmatch(content, -1) {
			if !regexp.MustCompile(`\bui\.` + string(m[1]) + `\b`).Match(shown) {
				complaints = append(complaints, fmt.Sprintf("ui.%s (%s) has no example in views/gallery, which is where it is built, documented and photographed", m[1], file))
			}
		}
	}
	return complaints
}

// galleryText is what people wrote in views/gallery, and whether there is one.
func galleryText(tree fs.FS) (text []byte, exists bool) {
	if _, err := fs.Stat(tree, "views/gallery"); err != nil {
		return nil, false
	}
	collect := func(name string, content []byte) {
		if strings.HasPrefix(name, "views/gallery/") && !strings.HasSuffix(name, "_templ.go") {
			text = append(text, content...)
		}
	}
	eachFile(tree, ".go", collect)
	eachFile(tree, ".templ", collect)
	return text, true
}

// A machine's folders; written in two parts so that this file passes its own rule.
var machine = regexp.MustCompile(`(^|[^\w.])/` + `(work|root|Users)/`)

func places(tree fs.FS) (complaints []string) {
	eachFile(tree, "", func(name string, content []byte) {
		if bytes.IndexByte(content, 0) >= 0 || strings.HasPrefix(name, "static/vendor/") {
			return
		}
		for i, line := range strings.Split(string(content), "\n") {
			if m := machine.FindString(line); m != "" {
				complaints = append(complaints, fmt.Sprintf("%s:%d names %s, a place on one machine; nothing here points outside the project", name, i+1, strings.TrimSpace(m)))
			}
		}
	})
	return complaints
}
