package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mooring/handlers/browser"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

func TestAnAdminEditsAPlanAndSeesWhoIsAffected(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		maya := signIn(t, site, demo.Maya)
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.Sees("€105.00")

		sofia := signIn(t, site, demo.Sofia)
		sofia.Follows("Plans")
		sofia.Follows("Endpoint Standard")
		sofia.FollowsTestID("edit-plan")
		affected := sofia.Text("affected")
		for _, said := range []string{"Version 2", "stay as they are", "2 resellers may sell it", "New assignments use version 3"} {
			if !strings.Contains(affected, said) {
				t.Errorf("the panel does not say %q: %s", said, affected)
			}
		}
		sofia.Fills("Price per seat and month", "2,50")
		sofia.Chooses("Warn")
		sofia.Presses("Save as version 3")
		sofia.Sees("Plan saved. What is assigned keeps the version it has")
		if got := sofia.Text("plan-price"); got != "€2.50" {
			t.Errorf("the price is %q", got)
		}
		if got := sofia.Text("version-3"); !strings.Contains(got, "0 accounts") || !strings.Contains(got, "€2.50") {
			t.Errorf("version 3: %q", got)
		}
		sofia.Back()
		sofia.Presses("Save as version 3")
		sofia.SeesStatus(http.StatusOK)
		if sofia.Has("version-4") {
			t.Error("the back button made another version")
		}

		maya.Opens(link.Account(demo.BramleyAccount))
		maya.Sees("€105.00")
	})
}

func TestAnEditFromAnOldPageComesBackWithItsInput(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	first := signIn(t, site, demo.Sofia)
	first.Opens(link.EditPlan(demo.Standard))
	second := signIn(t, site, demo.Sofia)
	second.Opens(link.EditPlan(demo.Standard))
	second.Fills("Price per seat and month", "2.20")
	second.Presses("Save as version 3")
	first.Fills("Price per seat and month", "2.30")
	first.Presses("Save as version 3")
	first.SeesStatus(http.StatusConflict)
	if !first.Has("facts-changed") || first.Value("Price per seat and month") != "2.30" {
		t.Error("the form does not come back as it was sent")
	}
	first.Presses("Save as version 4")
	if got := first.Text("plan-price"); got != "€2.30" {
		t.Errorf("the price is %q", got)
	}
}

func TestBadPlansAreNamedFieldByFieldAndKept(t *testing.T) {
	w := portaltest.New(t)
	sofia := signIn(t, siteOn(w), demo.Sofia)
	for _, c := range []struct{ label, typed, says string }{
		{"Price per seat and month", "3.4567", "A price has two decimals"},
		{"Price per seat and month", "-3.40", "A price cannot be below zero"},
		{"Price per seat and month", "123456789012", "Enter a price of at most"},
		{"Term in months", "0", "Enter a term of 1 to 66 months."},
		{"Term in months", "67", "Enter a term of 1 to 66 months."},
		{"Name", "", "Enter a name"},
		{"Days of grace after the end", "many", "Enter 0 to 365 days."},
	} {
		sofia.Opens(link.EditPlan(demo.Standard))
		sofia.Fills(c.label, c.typed)
		sofia.Presses("Save as version 3")
		sofia.SeesStatus(http.StatusUnprocessableEntity)
		sofia.Sees(c.says)
		if got := sofia.Value(c.label); got != c.typed {
			t.Errorf("%s: typed %q, comes back as %q", c.label, c.typed, got)
		}
		leads, _ := sofia.TestID("error-summary").Find("a").Attr("href")
		if sofia.Document().Find(leads).Length() != 1 {
			t.Errorf("the summary leads to %q, which is not there", leads)
		}
	}
	sofia.Opens(link.EditPlan(demo.Standard))
	sofia.Presses("Save as version 3")
	sofia.Sees("Nothing would change. Version 2 says exactly this.")
}

func TestAResellersAdminClonesAPlanAndRetiresIt(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := signIn(t, siteOn(w), demo.Ines)
		ines.Opens(link.Plan(demo.Standard))
		ines.Sees("Made by Northgate Distribution")
		if ines.Has("edit-plan") || ines.Has("retire-plan") {
			t.Error("the distributor's plan offers to be changed")
		}
		ines.FollowsTestID("clone-plan")
		if got := ines.Value("Name"); got != "Copy of Endpoint Standard" {
			t.Errorf("the name starts as %q", got)
		}
		if ines.Has("grants") {
			t.Error("a reseller grants")
		}
		ines.Fills("Name", "Halden Standard + Care")
		ines.Fills("Price per seat and month", "4")
		twin := ines.Clone()
		ines.Presses("Add to the catalogue")
		ines.Sees("The plan is in the catalogue.")
		twin.Presses("Add to the catalogue")
		if ines.At() != "/plans/halden-standard-care" || twin.At() != ines.At() {
			t.Errorf("two clicks lead to %s and %s", ines.At(), twin.At())
		}
		ines.FollowsTestID("retire-plan")
		ines.Sees("None has this plan")
		ines.Presses("Retire the plan")
		ines.Sees("Retired, no longer sold")
		ines.FollowsTestID("restore-plan")
		ines.Presses("Bring the plan back")
		ines.Sees("The plan is on sale again.")
		w.Sound(t)
	})
}

func TestTheDistributorGrantsByTicking(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	sofia := signIn(t, site, demo.Sofia)
	sofia.Opens(link.EditPlan(demo.Elite))
	if sofia.Chosen("Halden Partners") || !sofia.Chosen("Tidewater IT") {
		t.Error("the ticks are not the grants")
	}
	sofia.Chooses("Halden Partners")
	sofia.Clears("Tidewater IT")
	sofia.Presses("Save as version 2")
	sofia.Sees("Plan saved")
	if sofia.Has("version-2") {
		t.Error("granting made a version")
	}
	for id, says := range map[string]string{demo.Ines: "On sale", demo.Noor: "Not granted to you"} {
		p := visit(t, site, id, link.Plans())
		if got := p.Text("plan-row-" + demo.Elite); !strings.Contains(got, says) {
			t.Errorf("%s reads %q", id, got)
		}
	}
}

func TestTheCatalogueSaysWhatIsSellable(t *testing.T) {
	w := portaltest.New(t)
	p := visit(t, siteOn(w), demo.Maya, link.Plans())
	for key, says := range map[string]string{
		demo.Standard: "On sale", demo.Basic: "Retired, no longer sold", demo.Lite: "Locked, not sold for now", demo.Elite: "Not granted to you",
	} {
		if got := p.Text("plan-row-" + key); !strings.Contains(got, says) {
			t.Errorf("%s reads %q", key, got)
		}
	}
	if p.Has("new-plan") {
		t.Error("a licence manager is offered a new plan")
	}
}

// planAddresses are every address of the catalogue that names a plan.
var planAddresses = []struct{ method, path string }{
	{http.MethodGet, ""},
	{http.MethodGet, "/edit"},
	{http.MethodPost, "/edit"},
	{http.MethodGet, "/retire"},
	{http.MethodPost, "/retire"},
	{http.MethodGet, "/restore"},
	{http.MethodPost, "/restore"},
}

func TestAResellersOwnPlanIsNotThereForStrangers(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		ines := signIn(t, site, demo.Ines)
		ines.Opens(link.ClonePlan(demo.Standard))
		ines.Fills("Name", "Secret Offer")
		ines.Presses("Add to the catalogue")
		ines.Sees("The plan is in the catalogue.")
		for _, id := range []string{demo.Noor, demo.Callum, demo.Rufus, demo.Ada, demo.Edda, demo.Helen} {
			stranger := signIn(t, site, id)
			for _, a := range planAddresses {
				ask(stranger, w, a.method, link.Plan("secret-offer")+a.path)
				theirs, body := stranger.Status(), variable.ReplaceAllString(strings.ReplaceAll(stranger.Body(), "secret-offer", ""), "")
				ask(stranger, w, a.method, link.Plan("nothing-here")+a.path)
				if theirs != http.StatusNotFound && theirs != http.StatusForbidden {
					t.Errorf("%s: %s %s answers %d", id, a.method, a.path, theirs)
				}
				if stranger.Status() != theirs || variable.ReplaceAllString(strings.ReplaceAll(stranger.Body(), "nothing-here", ""), "") != body {
					t.Errorf("%s: %s %s tells another's plan from one that is not there", id, a.method, a.path)
				}
			}
			stranger.Opens(link.ClonePlan("secret-offer"))
			if stranger.Status() != http.StatusNotFound && stranger.Status() != http.StatusForbidden {
				t.Errorf("%s clones it: %d", id, stranger.Status())
			}
			stranger.Opens(link.Plans())
			stranger.DoesNotSee("Secret Offer")
		}
	})
}

func TestACraftedFormDoesNotChangeTheDistributorsPlan(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		for _, id := range []string{demo.Ines, demo.Maya, demo.Helen} {
			p := signIn(t, site, id)
			for _, a := range planAddresses {
				if a.method == http.MethodPost {
					ask(p, w, a.method, link.Plan(demo.Standard)+a.path)
					if p.Status() != http.StatusForbidden {
						t.Errorf("%s: POST %s answers %d", id, a.path, p.Status())
					}
				}
			}
		}
		sofia := visit(t, site, demo.Sofia, link.Plan(demo.Standard))
		if sofia.Has("version-3") || !sofia.Has("retire-plan") {
			t.Error("the plan changed")
		}
	})
}

func TestContactsDoNotSeePlansAndSupportSeesNoPrices(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	helen := signIn(t, site, demo.Helen)
	for _, path := range []string{link.Plans(), link.NewPlan(), link.Plan(demo.Standard), link.EditPlan(demo.Standard)} {
		helen.Opens(path)
		if helen.Status() != http.StatusForbidden {
			t.Errorf("%s answers %d", path, helen.Status())
		}
	}
	priya := visit(t, site, demo.Priya, link.Plans())
	priya.Sees("Endpoint Standard")
	priya.DoesNotSee("€")
	priya.Opens(link.Plan(demo.Standard))
	priya.Sees("Versions")
	priya.DoesNotSee("€")
	priya.Opens(link.NewPlan())
	priya.SeesStatus(http.StatusForbidden)
}

func TestPlansAreForPeopleWhoAreSignedInAndFormsOfThisPortal(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	nobody, sofia := browser.New(t, site), signIn(t, site, demo.Sofia)
	for _, a := range append(planAddresses, struct{ method, path string }{http.MethodPost, "/../new"}) {
		path := link.Plan(demo.Standard) + a.path
		if a.path == "/../new" {
			path = link.NewPlan()
		}
		if a.method == http.MethodGet {
			nobody.Opens(path)
			if nobody.H1() != "Sign in" {
				t.Errorf("%s shows %q", path, nobody.H1())
			}
			continue
		}
		sofia.Posts(path, url.Values{"version": {"2"}, "name": {"x"}})
		if sofia.Status() != http.StatusConflict {
			t.Errorf("%s without a form key: %d", path, sofia.Status())
		}
	}
}
