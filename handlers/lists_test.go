package handlers_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/views/link"
)

func TestAListIsNarrowedDownAndWidenedAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Accounts())
		maya.FollowsTestID("view-suspended")
		maya.Sees("O’Malley & Daughters Solicitors")
		maya.DoesNotSee("Bramley Dental Group")
		maya.FollowsTestID("view-all")
		maya.Fills("Company, account or email", "HELEN@bram")
		maya.Presses("Apply")
		if !maya.Has("row-A-20418") || maya.Text("list-count") != "2 accounts" {
			t.Errorf("found %s at %s", maya.Text("list-count"), maya.At())
		}
		maya.FollowsTestID("clear-filters")
		if maya.At() != "/accounts" {
			t.Errorf("cleared at %s", maya.At())
		}
		maya.Follows("Next")
		maya.Follows("Previous")
		if !maya.Has("row-A-20418") {
			t.Error("the first page is not where it was")
		}
		maya.Follows("Bramley Dental Group, A-20418")
		if maya.Text("account-id") == "" {
			t.Error("a row does not lead to its account")
		}
	})
}

func TestAListComesAsAFileWithAllItsPages(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		evil := models.Customer{
			ID: "C-9001", RootID: demo.Northgate, PartnerID: demo.Halden, Name: `=HYPERLINK("http://x")`, City: "@here", TimeZone: "UTC", Currency: "EUR",
			CreatedAt: w.Clock(), Version: 1,
		}
		err := w.Store.Do(t.Context(), ines, w.Clock(), func(tx *store.Tx) error {
			return tx.AddCustomer(evil, nil, models.Event{RootID: evil.RootID, PartnerID: evil.PartnerID, CustomerID: evil.ID, Kind: models.CustomerCreated})
		})
		if err != nil {
			t.Fatal(err)
		}
		maya := signIn(t, siteOn(w), demo.Maya)
		for path, want := range map[string]int{
			"/customers.csv": 70, "/customers.csv?q=bramley&after=x": 1, "/customers.csv?view=archived": 1, "/accounts.csv?view=suspended": 1,
			"/accounts.csv?q=nothing+like+this": 0, "/accounts.csv?state=cancelled": 2,
		} {
			maya.Opens(path)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(maya.Body(), "\ufeff"))).ReadAll()
			if err != nil || len(rows)-1 != want {
				t.Errorf("%s: %d rows, want %d, %v", path, len(rows)-1, want, err)
			}
			if got := maya.Header().Get("Content-Disposition"); !strings.Contains(got, `-2026-03-12.csv"`) {
				t.Errorf("%s: %s", path, got)
			}
			for _, line := range strings.Split(strings.TrimRight(maya.Body(), "\r\n"), "\r\n") {
				if line = strings.TrimPrefix(line, "\ufeff"); !strings.HasPrefix(line, `"`) || !strings.HasSuffix(line, `"`) || strings.Contains(line, `"=`) || strings.Contains(line, `"@`) {
					t.Errorf("%s: a cell that could run: %s", path, line)
				}
			}
		}
	})
}

func TestNobodyTakesAFileWithoutMayingToRead(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	helen := signIn(t, site, demo.Helen)
	helen.Opens("/accounts.csv")
	if body := helen.Body(); !strings.Contains(body, "A-20418") || strings.Count(body, "\r\n") != 3 {
		t.Errorf("a contact takes %q", body)
	}
	noor := signIn(t, site, demo.Noor)
	noor.Opens("/accounts.csv?q=bramley")
	if strings.Contains(noor.Body(), "A-20418") {
		t.Error("a stranger takes Halden's accounts")
	}
	p := visit(t, site, "", "/accounts.csv")
	if p.H1() != "Sign in" {
		t.Errorf("somebody unknown sees %q", p.H1())
	}
}
