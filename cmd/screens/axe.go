package main

import (
	_ "embed"
	"fmt"
	"strings"
)

// axeSource is axe-core, see axe/LICENSE. It goes into the page through the browser's own tools and not
// through the page, so that the content policy stays as it is.
//
//go:embed axe/axe.min.js
var axeSource string

// A violation is something that keeps some people from using a page.
type violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Where  []string `json:"where"`
}

func (v violation) String() string {
	return fmt.Sprintf("axe %s (%s): %s: %s", v.ID, v.Impact, v.Help, strings.Join(v.Where, " | "))
}

const axeRun = `axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag",
	values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } })
	.then(r => r.violations.map(v => ({ id: v.id, impact: v.impact ?? "", help: v.help,
		where: v.nodes.slice(0, 5).map(n => n.target.join(" ") + ": " + [...n.any, ...n.all, ...n.none].map(c =>
			[c.message, ...c.relatedNodes.map(r => r.target.join(" "))].join(" ~ ")).join("; ")) })))`

// axe looks for what keeps people from using the page at hand.
func (t *tab) axe() (found []violation, err error) {
	if err := t.eval("(() => { if (!window.axe) { "+axeSource+" } return true })()", nil); err != nil {
		return nil, fmt.Errorf("bringing in axe-core: %w", err)
	}
	if err := t.eval(axeRun, &found); err != nil {
		return nil, fmt.Errorf("running axe-core: %w", err)
	}
	return found, nil
}
