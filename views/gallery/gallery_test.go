package gallery

import (
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"mooring/views/frame"
	"mooring/views/pagetest"
)

func TestExamplesAreDrawnAsAccepted(t *testing.T) {
	drawn := map[string]string{}
	for _, e := range Examples {
		drawn["kit-"+e.Slug()] = draw(t, frame.Frame{}, e.Of)
	}
	for _, s := range States {
		f := pagetest.Halden()
		if s.As == Nobody {
			f = pagetest.Nobody()
		}
		if s.Draw != nil {
			drawn[s.ID] = draw(t, f, s.Draw())
		}
	}
	pagetest.Goldens(t, "testdata", drawn)
}

func draw(t *testing.T, f frame.Frame, c templ.Component) string {
	t.Helper()
	f.FormKey = func(string) string { return "key" }
	var b strings.Builder
	if err := c.Render(frame.With(t.Context(), f), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryStateHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All() {
		if seen[s.ID] || s.H1 == "" || s.Path == "" || s.As.Key == "" {
			t.Errorf("%s: there twice, or without a heading, an address or a reader", s.ID)
		}
		seen[s.ID] = true
		if found, ok := Find(s.ID); !ok || found.ID != s.ID {
			t.Errorf("%s is not found", s.ID)
		}
	}
	if _, ok := Find("no-such-state"); ok || len(seen) < 70 {
		t.Errorf("%d states", len(seen))
	}
}

func TestATitleSaysWhatThePageIsAbout(t *testing.T) {
	for _, c := range []struct {
		state State
		want  string
	}{
		{State{As: Reseller, H1: "Customers"}, "Customers – Halden Partners"},
		{State{As: Reseller, H1: "Warning: It would", About: "Bramley", Wrong: true}, "Error: It would – Bramley – Halden Partners"},
		{State{As: Nobody, H1: "Mooring"}, "Mooring"},
	} {
		if got := c.state.Title(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestEveryExampleStandsOnOnePage(t *testing.T) {
	var shown []string
	for _, s := range kitStates() {
		for _, e := range Examples {
			if partOf(e).name != "" && s.ID == "kit."+slug(partOf(e).name) {
				shown = append(shown, e.Name)
			}
		}
	}
	slices.Sort(shown)
	if len(shown) != len(Examples) || len(slices.Compact(shown)) != len(Examples) {
		t.Errorf("%d examples, shown are %v", len(Examples), shown)
	}
}
