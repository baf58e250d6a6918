package browser

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

const unread = " head script style template datalist option "

const inline = " a abbr b bdi bdo cite code data del dfn em i ins kbd label mark output q s samp small span strong sub sup time u var wbr "

// visibleText is what can be read in s, with the white space of a page that is read aloud: one
// space between words and between blocks, none inside a word that is marked up.
func visibleText(s *goquery.Selection) string {
	var b strings.Builder
	for _, n := range s.Nodes {
		write(&b, n)
		b.WriteByte(' ')
	}
	return normal(b.String())
}

func write(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	apart := false
	if n.Type == html.ElementNode {
		if is(unread, n.Data) || has(n, "hidden") {
			return
		}
		if apart = !is(inline, n.Data); apart {
			b.WriteByte(' ')
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		write(b, c)
	}
	if apart {
		b.WriteByte(' ')
	}
}

func is(words, word string) bool { return strings.Contains(words, " "+word+" ") }

func normal(s string) string { return strings.Join(strings.Fields(s), " ") }

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func attr(name, value string) string {
	return "[" + name + `="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"]`
}

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
