// Package static holds what pages are dressed in: one stylesheet of many files, two small scripts, two
// fonts and the icons. Everything is embedded, and named after its content, so that a browser may keep
// it for ever. The package knows nothing of the rest of the portal.
package static

import (
	"embed"
	"sync"
)

//go:embed brand css fonts/*.woff2 icons/*.svg js vendor/htmx/*.js
var files embed.FS

// Prefix is where the files of this package are served.
const Prefix = "/static/"

// StylesheetURL is the address of the one stylesheet.
func StylesheetURL() string { return shelf().url["portal.css"] }

// ScriptURLs are the addresses of the scripts, in the order a page names them.
func ScriptURLs() []string { return []string{shelf().url["htmx.js"], shelf().url["portal.js"]} }

// FontURLs are the addresses of the fonts, the one of the body text first.
func FontURLs() []string {
	return []string{shelf().url["inter.woff2"], shelf().url["jetbrains-mono.woff2"]}
}

// FaviconURL is the address of the mark that browsers show on the tab.
func FaviconURL() string { return shelf().url["mark.svg"] }

// shelf is built once, at the first question.
var shelf = sync.OnceValue(build)
