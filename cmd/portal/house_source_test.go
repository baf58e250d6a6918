package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestTheClockIsReadAtTheEdgeOnly(t *testing.T) { report(t, clockReads(os.DirFS(root))) }

func TestNoStoreCallSlipsPastTheWall(t *testing.T) { report(t, slips(os.DirFS(root))) }

func TestTemplatesSayNothingTheContentPolicyForbids(t *testing.T) {
	report(t, templateSins(os.DirFS(root)))
}

func TestEveryPackageOpensWithAParagraph(t *testing.T) { report(t, speechless(os.DirFS(root))) }

var clock = []string{"Now", "Since", "Until"}

// mayMeasure are the files that may ask how long something took, and why.
var mayMeasure = map[string]string{
	"models/store/gorm.go": "gorm hands its log the moment a statement began, by its own clock",
}

// clockReads finds where the time of day is asked outside cmd, tests and test helpers. Waiting (timers,
// contexts with deadlines) is not asking: it decides nothing about plans.
func clockReads(tree fs.FS) (complaints []string) {
	eachGoFile(tree, func(name string, file *ast.File, at func(token.Pos) int) {
		if matches("cmd/...", path.Dir(name)) || forTests(name) || ast.IsGenerated(file) {
			return
		}
		known := importName(file, "time")
		_, measures := mayMeasure[name]
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && known != "" && slices.Contains(clock, s.Sel.Name) {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == known && !(measures && s.Sel.Name == "Since") {
					complaints = append(complaints, fmt.Sprintf("%s:%d names time.%s; the clock is handed in, once, at the edge, so that one piece of work has one instant and a demo can stop time", name, at(s.Pos()), s.Sel.Name))
				}
			}
			return true
		})
	})
	return complaints
}

// slippery are the gorm calls that the wall around tenants cannot hold, or that write without saying why.
var slippery = []string{
	"AllowGlobalUpdate", "Exec", "FirstOrCreate", "FirstOrInit", "Joins", "OnConflict", "Preload", "Raw", "Save", "Session", "Table", "Unscoped",
}

// ground are the files that build the wall, the dialects and the helpers for raw statements, and the one
// that pours a made-up installation in.
var ground = []string{
	"fill_postgres.go", "gather.go", "gorm.go", "migrate.go", "migrate_postgres.go", "postgres.go", "sql.go", "sqlite.go", "sqlite_dialect.go", "store.go", "tx.go",
	"wall.go", "wall_rows.go", "wall_slips.go", "wipe.go",
}

func slips(tree fs.FS) (complaints []string) {
	eachGoFile(tree, func(name string, file *ast.File, at func(token.Pos) int) {
		if path.Dir(name) != "models/store" || forTests(name) || slices.Contains(ground, path.Base(name)) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if called := slipperyName(n); slices.Contains(slippery, called) {
				complaints = append(complaints, fmt.Sprintf("%s:%d uses %s, which can slip past the wall between tenants; raw statements go through the helper in sql.go with its {{wall}} mark", name, at(n.Pos()), called))
			}
			return true
		})
	})
	return complaints
}

// slipperyName is what n calls, or which of gorm's clauses and settings it writes down.
func slipperyName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if s, ok := n.Fun.(*ast.SelectorExpr); ok {
			return s.Sel.Name
		}
	case *ast.CompositeLit:
		if s, ok := n.Type.(*ast.SelectorExpr); ok {
			return s.Sel.Name
		}
	case *ast.KeyValueExpr:
		if k, ok := n.Key.(*ast.Ident); ok && k.Name == "AllowGlobalUpdate" {
			return k.Name
		}
	}
	return ""
}

// sins are what a template may not say, and why.
var sins = []struct{ pattern, why string }{
	{`\sstyle\s*=`, "the content policy blocks style attributes; ask the kit for a variant"},
	{`(?i)<style\b`, "the content policy blocks inline styles; they belong in static/css"},
	{`(?m)^css\s+\w+\s*\(`, "templ's css blocks print style elements, which the content policy blocks"},
	{`(?m)^script\s+\w+\s*\(`, "templ's script blocks print inline scripts, which the content policy blocks"},
	{`\son[a-z]+\??\s*=\s*["'{]`, "the content policy blocks inline handlers; behaviours live in static/js"},
	{`\bhx-on\b`, "hx-on needs eval, which the content policy blocks"},
	{`\bjavascript:`, "the content policy blocks script addresses"},
	{`\btempl\.(Raw|JSFuncCall|JSUnsafeFuncCall|OnceHandle)\b`, "what goes past templ's escaping is one mistake away from script injection"},
	{`\btempl\.Safe(URL|CSS|CSSProperty|Script)\b|\btempl\.SafeScript`, "templ checks addresses that are plain strings; one that is called safe it does not"},
}

// forgiven are the exceptions: a file, what it says, and why it may.
var forgiven = []struct{ file, says, why string }{
	{"views/ui/icon.templ", "templ.Raw", "icons are files of ours, embedded, and named by constants"},
}

func isForgiven(file, says string) bool {
	for _, f := range forgiven {
		if f.file == file && strings.Contains(says, f.says) {
			return true
		}
	}
	return false
}

var (
	scriptTag   = regexp.MustCompile(`(?is)<script\b(.*?)>`)
	lineComment = regexp.MustCompile(`(?m)^\s*//.*$`)
)

func templateSins(tree fs.FS) (complaints []string) {
	eachFile(tree, ".templ", func(name string, content []byte) {
		text := lineComment.ReplaceAllString(string(content), "")
		for _, sin := range sins {
			for _, at := range regexp.MustCompile(sin.pattern).FindAllStringIndex(text, -1) {
				if says := strings.TrimSpace(text[at[0]:at[1]]); !isForgiven(name, says) {
					complaints = append(complaints, fmt.Sprintf("%s:%d says %q: %s", name, lineOf(text, at[0]+1), says, sin.why))
				}
			}
		}
		for _, at := range scriptTag.FindAllStringSubmatchIndex(text, -1) {
			if !strings.Contains(text[at[2]:at[3]], "src=") {
				complaints = append(complaints, fmt.Sprintf("%s:%d holds an inline script, which the content policy blocks; behaviours live in static/js", name, lineOf(text, at[0])))
			}
		}
	})
	return complaints
}

// speechless finds packages without a paragraph that says what lives there.
func speechless(tree fs.FS) (complaints []string) {
	spoken := map[string]bool{}
	eachGoFile(tree, func(name string, file *ast.File, _ func(token.Pos) int) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		spoken[path.Dir(name)] = spoken[path.Dir(name)] || file.Doc != nil && !ast.IsGenerated(file)
	})
	for dir, said := range spoken {
		if !said {
			complaints = append(complaints, dir+" has no package comment; every package opens with a paragraph on what lives here and what does not")
		}
	}
	return complaints
}

// forTests says whether a file is a test or belongs to a package that only tests use.
func forTests(name string) bool {
	dir := path.Dir(name)
	return strings.HasSuffix(name, "_test.go") || strings.HasSuffix(dir, "test") || matches("handlers/browser/...", dir)
}

// importName is what file calls a package, or "" if it does not import it.
func importName(file *ast.File, pkg string) string {
	for _, i := range file.Imports {
		if strings.Trim(i.Path.Value, `"`) != pkg {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return path.Base(pkg)
	}
	return ""
}

func eachGoFile(tree fs.FS, look func(name string, file *ast.File, at func(token.Pos) int)) {
	eachFile(tree, ".go", func(name string, content []byte) {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return // the compiler says it better
		}
		look(name, file, func(p token.Pos) int { return set.Position(p).Line })
	})
}

// eachFile shows every file of the tree with this ending, other than in hidden folders.
func eachFile(tree fs.FS, ending string, look func(name string, content []byte)) {
	_ = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // somebody else's temporary file that has just gone
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != "." {
			return fs.SkipDir
		}
		if d.Type().IsRegular() && strings.HasSuffix(name, ending) {
			if content, err := fs.ReadFile(tree, name); err == nil {
				look(name, content)
			}
		}
		return nil
	})
}

func lineOf(text string, offset int) int { return 1 + strings.Count(text[:offset], "\n") }
