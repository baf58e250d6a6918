package models_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"mooring/models"
)

func TestEveryReasonIsReached(t *testing.T) {
	reached := map[models.Reason]bool{}
	for _, row := range rows {
		reached[models.RuleOnReassignment(situationWith(row.change)).Reason] = true
	}

	named := reasonsIn(t, "ruling.go")

	for name, reason := range named {
		if !reached[reason] {
			t.Errorf("nothing is ruled on %s (%q)", name, reason)
		}
	}
	if len(named) != len(reached) {
		t.Errorf("%d reasons are named, %d are reached", len(named), len(reached))
	}
}

// reasonsIn reads the constants of type Reason in a file of this package.
func reasonsIn(t *testing.T, file string) map[string]models.Reason {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]models.Reason{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(v.Names[0].Name, "Because") {
			return true
		}
		words, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		reasons[v.Names[0].Name] = models.Reason(words)
		return true
	})
	return reasons
}

func TestEveryRulingSaysSomething(t *testing.T) {
	for _, row := range rows {
		r := models.RuleOnReassignment(situationWith(row.change))
		if r.Advisory.Headline == "" || r.Advisory.Text+r.Advisory.Why == "" {
			t.Errorf("%s: %+v", row.when, r.Advisory)
		}
		for _, said := range []string{r.Advisory.Headline, r.Advisory.Text, r.Advisory.Better, r.Advisory.Why, r.Advisory.Who} {
			if strings.Contains(said, "%!") || strings.Contains(said, "  ") {
				t.Errorf("%s: %q", row.when, said)
			}
		}
	}
}
