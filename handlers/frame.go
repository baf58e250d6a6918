package handlers

import (
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"mooring/handlers/session"
	"mooring/models"
	"mooring/views/format"
	"mooring/views/frame"
	"mooring/views/link"
)

// frame is what stands around a page for this visitor.
func (s *Site) frame(c echo.Context) frame.Frame {
	v := visitor(c)
	f := frame.Frame{
		Portal: v.Partner.Name, TimeZone: v.Partner.TimeZone, Nonce: nonce(c), Section: sectionOf(c),
		FormKey: func(action string) string { return s.forms.Make(v.SessionID, action) },
	}
	if f.Portal == "" {
		f.Portal = "Mooring"
	}
	f.Refresh, _ = c.Get("refresh").(int)
	if s.inDemo {
		f.Theme = session.Theme(c.Request())
	}
	if signedIn(c) {
		f.Notice = s.notices.Take(c.Response(), c.Request())
		f.Who = &frame.Person{Name: v.Actor.Name, Initials: format.Initials(v.Actor.Name), Role: sentence(string(v.Actor.Role)), Partner: v.Partner.Name}
		f.Nav = menu(v.Actor)
	}
	return f
}

// menu holds the pages that exist and that this actor's role may open.
func menu(who models.Actor) []frame.NavGroup {
	var main, selling []frame.NavItem
	add := func(to *[]frame.NavItem, needs models.Permission, key, label, icon, href string) {
		if who.May(needs) {
			*to = append(*to, frame.NavItem{Key: key, Label: label, Icon: icon, Href: href})
		}
	}
	add(&main, models.SeeCustomers, "", "Dashboard", "house", link.Home())
	add(&main, models.SeeCustomers, "customers", "Customers", "building", link.Customers())
	add(&main, models.SeeCustomers, "accounts", "Accounts", "package", link.Accounts())
	add(&main, models.SeeCustomers, "agents", "Agents", "monitor-smartphone", link.Agents())
	add(&selling, models.SeePlans, "plans", "Plans", "layers", link.Plans())
	add(&selling, models.ImportCustomers, "imports", "Bulk import", "upload", link.ImportCustomers())
	groups := []frame.NavGroup{{Items: main}}
	if len(selling) > 0 {
		groups = append(groups, frame.NavGroup{Head: "Selling", Items: selling})
	}
	return groups
}

// sectionOf is the menu item of the page at hand, which may be drawn in place of another one.
func sectionOf(c echo.Context) string {
	if s, ok := c.Get("section").(string); ok {
		return s
	}
	return section(c.Request().URL.Path)
}

// section is the menu item that an address belongs to.
func section(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if first == "carries" {
		return "accounts"
	}
	return first
}

func sentence(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
