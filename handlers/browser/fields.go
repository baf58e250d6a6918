package browser

import (
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

const (
	typed  = "textarea, input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image])"
	ticked = "input[type=checkbox], input[type=radio]"
)

// An upload is a file that somebody chose.
type upload struct {
	name    string
	content []byte
}

// Fills types value into the field with this label, instead of what was there.
func (p *Person) Fills(label, value string) {
	p.t.Helper()
	f := p.field(typed, "field to type into", label)
	if _, fixed := f.Attr("readonly"); fixed {
		p.fail("the field %q is read-only", label)
	}
	if f.Is("textarea") {
		f.SetText(value)
		return
	}
	f.SetAttr("value", value)
}

// Value is what stands in the field with this label, or the words of the option that is selected.
func (p *Person) Value(label string) string {
	p.t.Helper()
	f := p.anyField(typed+", select", "field", label)
	switch {
	case f.Is("textarea"):
		return f.Text()
	case f.Is("select"):
		return visibleOption(chosen(f).First())
	}
	return f.AttrOr("value", "")
}

// Chooses ticks the box or picks the radio button with this label.
func (p *Person) Chooses(label string) {
	p.t.Helper()
	f := p.field(ticked, "box or radio button", label)
	if f.AttrOr("type", "") == "radio" {
		form := node(p.formOf(f))
		p.here.doc.Find("input[type=radio]" + attr("name", f.AttrOr("name", ""))).Each(func(_ int, other *goquery.Selection) {
			if of := p.formOf(other); of.Length() > 0 && node(of) == form {
				other.RemoveAttr("checked")
			}
		})
	}
	f.SetAttr("checked", "")
}

// Clears takes the tick out of the box with this label.
func (p *Person) Clears(label string) {
	p.t.Helper()
	p.field("input[type=checkbox]", "box", label).RemoveAttr("checked")
}

// Chosen says whether the box or radio button with this label is ticked.
func (p *Person) Chosen(label string) bool {
	p.t.Helper()
	return p.anyField(ticked, "box or radio button", label).Is("[checked]")
}

// Selects picks the option with these words, or this value, from the list with this label. Where
// several may be selected it adds to them.
func (p *Person) Selects(label, option string) {
	p.t.Helper()
	f := p.field("select", "list", label)
	var options []named
	f.Find("option").Each(func(_ int, o *goquery.Selection) {
		options = append(options, named{o, []string{visibleOption(o), o.AttrOr("value", "")}})
	})
	found := called(options, option)
	if len(found) != 1 {
		p.fail("%d options of %q are called %q; there are: %s", len(found), label, option, list(namesOf(options)))
	}
	if off(found[0].Selection) {
		p.fail("the option %q of %q is disabled", option, label)
	}
	if _, several := f.Attr("multiple"); !several {
		f.Find("option").RemoveAttr("selected")
	}
	found[0].SetAttr("selected", "")
}

// Attaches chooses a file for the field with this label.
func (p *Person) Attaches(label, filename string, content []byte) {
	p.t.Helper()
	f := p.field("input[type=file]", "field for a file", label)
	p.here.files[node(f)] = upload{filename, content}
}

// field finds the one field with this label that can be changed.
func (p *Person) field(css, what, label string) *goquery.Selection {
	p.t.Helper()
	f := p.anyField(css, what, label)
	if off(f) {
		p.fail("the %s %q is disabled", what, label)
	}
	if p.formOf(f).Length() == 0 {
		p.fail("the %s %q stands outside any form", what, label)
	}
	return f
}

func (p *Person) anyField(css, what, label string) *goquery.Selection {
	p.t.Helper()
	all := p.collect(css, p.labels)
	found := called(all, label)
	if len(found) == 0 {
		p.fail("there is no %s labelled %q; there are: %s", what, label, list(namesOf(all)))
	}
	if len(found) > 1 {
		p.fail("%d fields are labelled %q: %s", len(found), label, list(namesOf(found)))
	}
	return found[0].Selection
}

// formOf is the form a field or button belongs to: the one it names, else the one it stands in.
func (p *Person) formOf(s *goquery.Selection) *goquery.Selection {
	if id, ok := s.Attr("form"); ok {
		return p.here.doc.Find("form" + attr("id", id)).First()
	}
	return s.Closest("form")
}

// off says whether a field, button or option is disabled, by itself or by what it stands in.
func off(s *goquery.Selection) bool {
	if _, itself := s.Attr("disabled"); itself {
		return true
	}
	if s.Is("option") {
		return s.Closest("optgroup[disabled], select[disabled]").Length() > 0
	}
	around := s.ParentsFiltered("fieldset[disabled]")
	return around.FilterFunction(func(_ int, set *goquery.Selection) bool {
		legend := set.ChildrenFiltered("legend").First()
		return legend.Length() == 0 || !contains(node(legend), node(s))
	}).Length() > 0
}

func contains(outer, inner *html.Node) bool {
	for n := inner; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// chosen are the selected options of a list; a list for one shows its first if none is.
func chosen(list *goquery.Selection) *goquery.Selection {
	picked := list.Find("option[selected]")
	if _, several := list.Attr("multiple"); several {
		return picked
	}
	if picked.Length() > 0 {
		return picked.Last()
	}
	return list.Find("option").FilterFunction(func(_ int, o *goquery.Selection) bool { return !off(o) }).First()
}

func visibleOption(o *goquery.Selection) string {
	if label := o.AttrOr("label", ""); label != "" {
		return label
	}
	return normal(o.Text())
}
