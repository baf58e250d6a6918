package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"mooring/handlers/session"
	"mooring/models/portal"
	"mooring/views/gallery"
	"mooring/views/link"
)

// gallery opens the rooms where every state of every page can be seen. They let anybody be anybody, so
// they are there only where the whole world is invented.
func (s *Site) gallery(site *echo.Group) {
	if !s.inDemo {
		return
	}
	site.GET("/gallery", s.showGallery)
	site.GET("/gallery/states.json", s.listStates)
	site.GET("/gallery/go/:state", s.enterState)
	site.GET("/gallery/example/:state", s.showExample)
}

// showGallery lists the states and the kit.
func (s *Site) showGallery(c echo.Context) error { return s.show(c, gallery.Index()) }

// listStates lists the states for programs that look at them.
func (s *Site) listStates(c echo.Context) error {
	var all []stateWire
	for _, state := range gallery.All() {
		all = append(all, wireState(state))
	}
	return c.JSONPretty(http.StatusOK, all, "  ")
}

// enterState signs in whoever a state belongs to, sets the theme, and leads to the page.
func (s *Site) enterState(c echo.Context) error {
	state, ok := gallery.Find(c.Param("state"))
	if !ok {
		return echo.ErrNotFound
	}
	if err := s.become(c, state.As.Email); err != nil {
		return err
	}
	session.HoldTheme(c.Response(), c.QueryParam("theme"))
	return c.Redirect(http.StatusSeeOther, state.URL())
}

// become makes the visitor one of the demo's people, or nobody.
func (s *Site) become(c echo.Context, email string) (err error) {
	r := c.Request()
	if email == visitor(c).Email {
		return nil
	}
	token := s.cookies.Token(r)
	if email == "" {
		token, err = "", s.portal.SignOut(r.Context(), token, requestID(c))
	} else {
		token, _, err = s.portal.EnterDemo(r.Context(), portal.Arrival{
			Email: email, Address: c.RealIP(), Browser: r.UserAgent(), RequestID: requestID(c), OldToken: token,
		})
	}
	if err != nil {
		return err
	}
	return s.cookies.Hold(r, c.Response(), token)
}

// showExample draws a state that no address of the portal leads to, as if its form had been refused.
func (s *Site) showExample(c echo.Context) error {
	state, ok := gallery.Find(c.Param("state"))
	if !ok || state.Draw == nil {
		return echo.ErrNotFound
	}
	c.Set("section", section(state.Path))
	return s.showAs(c, state.Status(), state.Draw())
}

// stateWire is a state as programs read it.
type stateWire struct {
	ID        string   `json:"id"`
	Go        string   `json:"go"`
	URL       string   `json:"url"`
	Persona   string   `json:"persona"`
	Status    int      `json:"status"`
	Title     string   `json:"title"`
	H1        string   `json:"h1"`
	Ready     string   `json:"ready"`
	TestIDs   []string `json:"testids"`
	Viewports []string `json:"viewports"`
	Themes    []string `json:"themes"`
}

func wireState(s gallery.State) stateWire {
	hooks := s.Hooks
	if hooks == nil {
		hooks = []string{}
	}
	return stateWire{
		ID: s.ID, Go: link.GalleryGo(s.ID), URL: s.URL(), Persona: s.As.Key, Status: s.Status(), Title: s.Title(), H1: s.H1,
		Ready: "html[data-ready], body[data-state]", TestIDs: hooks,
		Viewports: []string{"1280x800", "768x1024", "390x844"}, Themes: []string{"light", "dark"},
	}
}
