package static

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// sheets are the names of the style files in the order they are joined. Only the first one's place
// matters: it declares the layers, and after that the layers decide.
func sheets() []string { return below("css") }

// joinedScripts are our own scripts in one, in the order of their names. The last one says that the page is
// ready.
func joinedScripts() []byte {
	var all []byte
	for _, name := range below("js") {
		all = append(all, mustRead(name)...)
	}
	return all
}

// below are the names of the files in a folder, in order.
func below(folder string) []string {
	var names []string
	err := fs.WalkDir(files, folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		panic("static: " + err.Error())
	}
	slices.Sort(names)
	return names
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	indent  = regexp.MustCompile(`\n\s*`)
)

// joinedSheet is all style files in one, without comments and indentation.
func joinedSheet() string {
	var b strings.Builder
	for _, name := range sheets() {
		b.WriteString(indent.ReplaceAllString(comment.ReplaceAllString(string(mustRead(name)), ""), "\n"))
	}
	return strings.TrimSpace(b.String()) + "\n"
}
