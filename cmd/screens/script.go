package main

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

//go:embed pictures.txt
var script string

// A picture is one view of one state.
type picture struct {
	state string
	size  size
	theme string
	full  bool // the whole page, however long
}

type size struct{ width, height int }

func (s size) String() string { return strconv.Itoa(s.width) + "x" + strconv.Itoa(s.height) }

// name is the picture's file, without its ending.
func (p picture) name() string {
	name := p.state + "--" + p.size.String() + "--" + p.theme
	if p.full {
		name += "--full"
	}
	return name
}

var sizeWord = regexp.MustCompile(`^(\d{3,4})x(\d{3,4})$`)

// parseScript reads which pictures there are. A line names a state and the sizes of the window; "dark"
// adds a dark picture at the first of them, and "full" takes the whole page each time.
func parseScript(text string) (pictures []picture, err error) {
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		of, err := parseLine(words)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		for _, p := range of {
			if seen[p.name()] {
				return nil, fmt.Errorf("line %d: %s is there already", i+1, p.name())
			}
			seen[p.name()] = true
		}
		pictures = append(pictures, of...)
	}
	return pictures, nil
}

func parseLine(words []string) (pictures []picture, err error) {
	var dark, full bool
	for _, w := range words[1:] {
		switch {
		case w == "dark":
			dark = true
		case w == "full":
			full = true
		default:
			s, err := parseSize(w)
			if err != nil {
				return nil, err
			}
			pictures = append(pictures, picture{state: words[0], size: s, theme: "light"})
		}
	}
	if len(pictures) == 0 {
		return nil, fmt.Errorf("%s has no size", words[0])
	}
	if dark {
		pictures = append(pictures, picture{state: words[0], size: pictures[0].size, theme: "dark"})
	}
	for i := range pictures {
		pictures[i].full = full
	}
	return pictures, nil
}

func parseSize(word string) (s size, err error) {
	m := sizeWord.FindStringSubmatch(word)
	if m == nil {
		return s, fmt.Errorf("%q is neither a size like 1280x800 nor dark nor full", word)
	}
	if s.width, err = strconv.Atoi(m[1]); err != nil {
		return s, err
	}
	s.height, err = strconv.Atoi(m[2])
	return s, err
}
