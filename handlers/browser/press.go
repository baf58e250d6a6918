package browser

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

const (
	formKind = "application/x-www-form-urlencoded"
	buttons  = "button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]"
)

// Presses submits the form of the button with these words as it stands, hidden fields included.
func (p *Person) Presses(button string) {
	p.t.Helper()
	p.visit(p.submission(p.button(button)))
}

// PressesTestID presses the button with this data-testid.
func (p *Person) PressesTestID(id string) {
	p.t.Helper()
	p.visit(p.submission(p.TestID(id)))
}

// PressesTwice is a double click: the form is sent twice, the second time before the first answer
// was looked at, and what is shown is the answer to the second.
func (p *Person) PressesTwice(button string) {
	p.t.Helper()
	w := p.submission(p.button(button))
	p.send(w)
	p.visit(w)
}

func (p *Person) button(words string) *goquery.Selection {
	p.t.Helper()
	all := p.collect(buttons, p.words)
	found := called(all, words)
	if len(found) == 0 {
		p.fail("there is no button %q that submits a form; there are: %s", words, list(namesOf(all)))
	}
	if len(found) > 1 {
		p.fail("%d buttons are called %q; use Within to say which", len(found), words)
	}
	return found[0].Selection
}

// A pair is one entry of a form; file is nil for anything but files.
type pair struct {
	name, value string
	file        *upload
}

func (p *Person) submission(button *goquery.Selection) wish {
	p.t.Helper()
	if !button.Is(buttons) {
		p.fail("%s is no button that submits", goquery.NodeName(button))
	}
	if off(button) {
		p.fail("the button %q is disabled", visibleText(button))
	}
	form := p.formOf(button)
	if form.Length() == 0 {
		p.fail("the button %q belongs to no form", visibleText(button))
	}
	to, err := p.here.url.Parse(either(button, "formaction", form, "action"))
	if err != nil {
		p.fail("the form leads to no address: %v", err)
	}
	w := wish{method: strings.ToUpper(either(button, "formmethod", form, "method")), to: to, from: p.here}
	pairs := p.pairs(form, button)
	if w.method != http.MethodPost {
		plain := *to
		plain.RawQuery = encode(pairs)
		w.method, w.to = http.MethodGet, &plain
		return w
	}
	w.kind, w.body = formKind, []byte(encode(pairs))
	if either(button, "formenctype", form, "enctype") == "multipart/form-data" {
		w.kind, w.body = parts(pairs)
	}
	return w
}

func either(button *goquery.Selection, own string, form *goquery.Selection, general string) string {
	if v, ok := button.Attr(own); ok {
		return v
	}
	return form.AttrOr(general, "")
}

// pairs are the entries a browser would send: in the order of the page, nothing disabled, boxes
// only when ticked, and of the buttons only the one pressed.
func (p *Person) pairs(form, button *goquery.Selection) (all []pair) {
	p.here.doc.Find("input, select, textarea, button").Each(func(_ int, s *goquery.Selection) {
		of := p.formOf(s)
		name := s.AttrOr("name", "")
		if of.Length() == 0 || node(of) != node(form) || name == "" || off(s) || s.Closest("template, datalist").Length() > 0 {
			return
		}
		all = append(all, p.entry(s, name, node(s) == node(button))...)
	})
	return all
}

func (p *Person) entry(s *goquery.Selection, name string, pressed bool) (entries []pair) {
	kind := strings.ToLower(s.AttrOr("type", ""))
	switch {
	case s.Is("select"):
		chosen(s).Each(func(_ int, o *goquery.Selection) {
			if !off(o) {
				entries = append(entries, pair{name: name, value: o.AttrOr("value", normal(o.Text()))})
			}
		})
		return entries
	case s.Is("textarea"):
		lines := strings.ReplaceAll(s.Text(), "\r\n", "\n")
		return []pair{{name: name, value: strings.ReplaceAll(lines, "\n", "\r\n")}}
	case s.Is("button") || kind == "submit":
		if pressed {
			return []pair{{name: name, value: s.AttrOr("value", "")}}
		}
		return nil
	case kind == "image" || kind == "button" || kind == "reset":
		return nil
	case kind == "checkbox" || kind == "radio":
		if s.Is("[checked]") {
			return []pair{{name: name, value: s.AttrOr("value", "on")}}
		}
		return nil
	case kind == "file":
		file := p.here.files[node(s)]
		return []pair{{name: name, value: file.name, file: &file}}
	}
	return []pair{{name: name, value: s.AttrOr("value", "")}}
}

func encode(pairs []pair) string {
	var b strings.Builder
	for i, e := range pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(e.name) + "=" + url.QueryEscape(e.value))
	}
	return b.String()
}

func parts(pairs []pair) (kind string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, e := range pairs {
		h := textproto.MIMEHeader{}
		content := []byte(e.value)
		if e.file == nil {
			h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q`, e.name))
		} else {
			h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename=%q`, e.name, e.file.name))
			h.Set("Content-Type", http.DetectContentType(e.file.content))
			content = e.file.content
		}
		// Writing to memory does not fail.
		part, _ := w.CreatePart(h)
		_, _ = part.Write(content)
	}
	_ = w.Close()
	return w.FormDataContentType(), b.Bytes()
}
