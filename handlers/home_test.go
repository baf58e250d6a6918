package handlers_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// leading is the number that a line of the worklist begins with; a line of one account names it instead.
var leading = regexp.MustCompile(`^[0-9]+ `)

func TestEveryNumberOfTheDashboardLeadsToSoManyRows(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		for _, id := range []string{demo.Maya, demo.Noor, demo.Sofia} {
			p := signIn(t, site, id)
			p.Opens(link.Home())
			lines := map[string]int{}
			for _, a := range p.Document().Find(`[data-testid^="waiting-"] .what a`).EachIter() {
				n := 1
				if first := leading.FindString(a.Text()); first != "" {
					n, _ = strconv.Atoi(strings.TrimSpace(first))
				}
				lines[a.AttrOr("href", "")] = n
			}
			if id == demo.Maya && len(lines) != 4 {
				t.Errorf("%d kinds wait for Maya", len(lines))
			}
			for figure, to := range map[string]string{"kpi-customers": link.Customers(), "kpi-accounts": link.Accounts()} {
				n, err := strconv.Atoi(p.Text(figure))
				if err != nil {
					t.Fatal(err)
				}
				lines[to] = n
			}
			for to, n := range lines {
				p.Opens(to)
				p.SeesStatus(http.StatusOK)
				hook := "list-count"
				if to == link.Orphans(models.LeftBehind) {
					hook = "pager"
				}
				if got := strings.Fields(p.Text(hook))[0]; got != strconv.Itoa(n) {
					t.Errorf("%s: the dashboard says %d of %s, the list says %s", id, n, to, got)
				}
			}
		}
	})
}

func TestTheDashboardComesFirstAndAContactSeesTheirOwn(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	maya := signIn(t, site, demo.Maya)
	if maya.At() != link.Home() || maya.H1() != "Dashboard" {
		t.Errorf("after signing in at %s", maya.At())
	}
	helen := signIn(t, site, demo.Helen)
	if helen.H1() != "Dashboard" || helen.Has("kpis") || !helen.Has("row-"+demo.BramleyAccount) {
		t.Errorf("Helen sees %q", helen.H1())
	}
	helen.DoesNotSee("Birch Clinic")
}
