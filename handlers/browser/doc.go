// Package browser drives an http.Handler in tests the way a person without scripts would: it finds
// links by their words, fields by their label and buttons by what is written on them, and submits
// the real form with its hidden fields. A field without a label cannot be filled in and a button
// outside a form cannot be pressed, so journeys test labels and forms on the way.
//
// It keeps cookies, follows redirects and sends the headers a browser sends. It does not do the
// browser's own validation (required, maxlength, pattern): the server must hold without it. It runs
// no scripts and draws nothing; handlers/browser/chromium does.
package browser
