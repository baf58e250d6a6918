// Package frame carries what every page needs and no page decides: who is signed in, where the menu
// leads, the script nonce, the form key. It travels in the context, which is the only use of context in
// views. It is a room of its own so that both the layout and the kit can reach it.
package frame

import "context"

// Frame is what stands around a page.
type Frame struct {
	Portal   string  // the partner's name, shown as the brand and in titles
	Who      *Person // nil when nobody is signed in
	Section  string  // the key of the menu item the page belongs to
	Nav      []NavGroup
	Search   bool   // show the search box; only once there is a search page
	Nonce    string // of the scripts of this response
	Notice   string // what was just done, said once after a redirect
	TimeZone string // shown in the footer: "Europe/Warsaw"
	Theme    string // "light", "dark" or "" for what the browser prefers
	Dir      string // "ltr" unless said otherwise
	Lang     string // "en" unless said otherwise
	Refresh  int    // seconds after which a page without scripts loads itself again; 0 for never

	// FormKey makes the key of a form that is sent to this address. It proves where the form came from,
	// and makes a second sending of the same form harmless.
	FormKey func(action string) string
}

// Person is whoever is signed in.
type Person struct {
	Name     string
	Initials string
	Role     string // in words: "Licence manager"
	Partner  string // the company they work for
}

// NavGroup is a part of the menu. Head is empty for the first group.
type NavGroup struct {
	Head  string
	Foot  bool // stands at the bottom
	Items []NavItem
}

// NavItem leads to a page that exists and that the person may open.
type NavItem struct {
	Key   string // compared with Frame.Section
	Label string
	Icon  string
	Href  string
	Count string // how many wait there; empty for none
}

type key struct{}

// With puts the frame into the context that pages are drawn with.
func With(ctx context.Context, f Frame) context.Context { return context.WithValue(ctx, key{}, f) }

// From is the frame of the page being drawn; the zero Frame when there is none.
func From(ctx context.Context) Frame {
	f, _ := ctx.Value(key{}).(Frame)
	return f
}

// Key is the key of a form sent to this address, or nothing when the frame makes none.
func (f Frame) Key(action string) string {
	if f.FormKey == nil {
		return ""
	}
	return f.FormKey(action)
}

// Direction is the direction the page is read in.
func (f Frame) Direction() string { return or(f.Dir, "ltr") }

// Language is the language the page is written in.
func (f Frame) Language() string { return or(f.Lang, "en") }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
