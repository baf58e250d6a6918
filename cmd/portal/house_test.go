package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The rules of the house, as tests. This file holds who may import whom; house_source_test.go what Go
// and templates may say; house_tree_test.go what must stand where. Every rule is a function from what
// it looks at to complaints, and house_rules_test.go shows that each can fail.

const (
	module = "mooring"
	root   = "../.."
)

// mayNotReach says what must not be reachable from where, however indirectly.
var mayNotReach = []struct{ why, from, to string }{
	{"rules run without a database", "models", "gorm.io/gorm"},
	{"rules run without a database", "models", "database/sql"},
	{"rules know no web", "models", "net/http"},
	{"a demo world is plain values", "models/demo", "gorm.io/gorm"},
	{"views ask nobody", "views/...", "models/portal"},
	{"views ask nobody", "views/...", "models/store/..."},
	{"views know no database", "views/...", "gorm.io/gorm"},
	{"views do not know who shows them", "views/...", "handlers/..."},
	{"views do not know who shows them", "views/...", "github.com/labstack/echo/v4"},
	{"what the portal does, it does without a browser", "models/...", "github.com/labstack/echo/v4"},
	{"what ships carries no test machinery", "cmd/portal", "handlers/browser/..."},
	{"what ships carries no test machinery", "cmd/portal", "models/portal/portaltest"},
	{"what ships carries no test machinery", "cmd/portal", "views/pagetest"},
	{"what ships carries no test machinery", "cmd/portal", "models/store/storetest"},
	{"what ships carries no test machinery", "cmd/portal", "models/store/pgtest"},
}

// mayUse says which rooms of ours a room may import directly.
var mayUse = []struct {
	why, from string
	rooms     []string
}{
	{"the binary wires everything", "cmd/portal", []string{"..."}},
	{"it starts the binary and looks at it", "cmd/screens", nil},
	{"it starts the binary, measures it beside a floor of its own, makes the tokens that made-up agents have, and counts what is stored", "cmd/bench/...", []string{"cmd/bench/...", "models", "models/demo", "models/portal", "models/store", "models/store/pgtest"}},
	{"a fleet of agents knows the protocol, not the portal", "cmd/agents", []string{"models", "models/demo"}},

	{"a handler reads, asks the portal and shows", "handlers", []string{"handlers/agents", "handlers/builds", "handlers/session", "models", "models/portal", "models/sheet", "static", "views/..."}},
	{"the doors use verbs, never rows", "handlers/...", []string{"handlers/session", "models", "models/portal", "models/sheet"}},
	{"a person knows nothing but pages", "handlers/browser/...", []string{"handlers/browser/..."}},

	{"rules stand alone", "models", nil},
	{"side rooms know the nouns only", "models/...", []string{"models"}},
	{"verbs use nouns and rows", "models/portal", []string{"models", "models/store", "models/store/invariants"}},
	{"tests of verbs need a world and a database", "models/portal/portaltest", []string{"models", "models/demo", "models/portal", "models/store/..."}},
	{"rows know the nouns only", "models/store/...", []string{"models", "models/store/..."}},
	{"tests of rows may need a world", "models/store/storetest", []string{"models", "models/demo", "models/store/..."}},
	{"a job calls a verb", "models/jobs", []string{"models", "models/portal"}},

	{"a page is made of values and the kit", "views/...", []string{"models", "static", "views/..."}},
	{"an address needs the nouns at most", "views/link", []string{"models"}},
	{"how things are written needs the nouns at most", "views/format", []string{"models"}},
	{"the gallery shows the demo world", "views/gallery", []string{"models", "models/demo", "static", "views/..."}},
	{"tests of pages show the demo world", "views/pagetest", []string{"models", "models/demo", "views/..."}},

	{"files are files", "static", nil},
}

// onlyThere says which rooms alone may use something directly.
var onlyThere = []struct {
	why, what string
	rooms     []string
}{
	{"every wall between tenants stands in one place", "gorm.io/...", []string{"models/store/..."}},
	{"every wall between tenants stands in one place; the floor of the benchmark has none", "github.com/jackc/pgx/...", []string{"models/store/...", "cmd/bench/..."}},
	{"every wall between tenants stands in one place", "modernc.org/sqlite", []string{"models/store/..."}},
	{"the schema changes in one place", "github.com/pressly/goose/...", []string{"models/store/..."}},
	{"echo's next major version is a local change", "github.com/labstack/echo/...", []string{"handlers/..."}},
	{"one room knows the cookie", "github.com/gorilla/sessions", []string{"handlers/session"}},
	{"one room knows the queue", "github.com/riverqueue/...", []string{"models/jobs"}},
	{"one room sends mail", "net/smtp", []string{"models/mail"}},
	{"handlers click; tests of views may read what they draw", "github.com/PuerkitoBio/goquery", []string{"handlers/browser/...", "views/..."}},
	{"one room drives Chromium in tests", "github.com/chromedp/...", []string{"handlers/browser/...", "cmd/screens"}},
}

// A room is one package, as go list tells it.
type room struct {
	ImportPath                               string
	Standard                                 bool
	Imports, TestImports, XTestImports, Deps []string
}

func TestRoomsImportOnlyWhatTheHouseAllows(t *testing.T) {
	rooms := listRooms(t)
	if len(rooms) < 2 {
		t.Fatalf("go list knows %d packages of ours", len(rooms))
	}

	for _, r := range rooms {
		report(t, reaching(r))
		report(t, using(r))
		report(t, trespassing(r))
		report(t, leaning(r))
	}
}

func listRooms(t *testing.T) (rooms []room) {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-json=ImportPath,Standard,Imports,TestImports,XTestImports,Deps", "./...")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var r room
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return rooms
		} else if err != nil {
			t.Fatal(err)
		}
		rooms = append(rooms, r)
	}
}

func report(t *testing.T, complaints []string) {
	t.Helper()
	for _, c := range complaints {
		t.Error(c)
	}
}

func reaching(r room) (complaints []string) {
	for _, rule := range mayNotReach {
		if !matches(rule.from, ours(r.ImportPath)) {
			continue
		}
		for _, dep := range r.Deps {
			if matches(rule.to, ours(dep)) {
				complaints = append(complaints, ours(r.ImportPath)+" reaches "+ours(dep)+"; it may not, because "+rule.why)
			}
		}
	}
	return complaints
}

func using(r room) (complaints []string) {
	row := rowFor(ours(r.ImportPath))
	if row < 0 {
		return []string{ours(r.ImportPath) + " has no row in mayUse: say what it may use, and why"}
	}
	for _, used := range r.Imports {
		if strings.HasPrefix(used, module+"/") && !matchesAny(mayUse[row].rooms, ours(used)) {
			complaints = append(complaints, ours(r.ImportPath)+" uses "+ours(used)+"; it may not, because "+mayUse[row].why)
		}
	}
	return complaints
}

// rowFor is the row of mayUse that speaks of a room: the one of its name, else the closest above it.
func rowFor(path string) int {
	row, closest := -1, 0
	for i, rule := range mayUse {
		near := len(rule.from)
		if rule.from == path {
			near += len(path) + len("/...")
		}
		if matches(rule.from, path) && near > closest {
			row, closest = i, near
		}
	}
	return row
}

func trespassing(r room) (complaints []string) {
	for _, used := range slices.Concat(r.Imports, r.TestImports, r.XTestImports) {
		for _, rule := range onlyThere {
			if matches(rule.what, used) && !matchesAny(rule.rooms, ours(r.ImportPath)) {
				complaints = append(complaints, ours(r.ImportPath)+" uses "+used+"; only "+strings.Join(rule.rooms, " and ")+" may, because "+rule.why)
			}
		}
	}
	return complaints
}

// leaning holds the nouns to the standard library.
func leaning(r room) (complaints []string) {
	if ours(r.ImportPath) != "models" {
		return nil
	}
	for _, used := range r.Imports {
		if first, _, _ := strings.Cut(used, "/"); strings.Contains(first, ".") {
			complaints = append(complaints, "models uses "+used+"; the nouns and rules use the standard library only, so that they outlive every library")
		}
	}
	return complaints
}

// ours is a package of this module without the module's name; others stay as they are.
func ours(path string) string { return strings.TrimPrefix(path, module+"/") }

// matches says whether a path is what pattern says; "a/..." is a and everything below it.
func matches(pattern, path string) bool {
	if pattern == "..." {
		return true
	}
	if above, all := strings.CutSuffix(pattern, "/..."); all {
		return path == above || strings.HasPrefix(path, above+"/")
	}
	return pattern == path
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}
