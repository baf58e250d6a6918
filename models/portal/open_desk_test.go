package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// byHand counts what waits in the demo world from its facts, without a query.
func byHand(t *testing.T, partner func(string) bool, now time.Time) map[string][]string {
	t.Helper()
	w := demo.At(demo.Now)
	found := map[string][]string{}
	for _, a := range w.Accounts {
		if !partner(a.PartnerID) {
			continue
		}
		s := w.Subscriptions[slices.IndexFunc(w.Subscriptions, func(s models.Subscription) bool { return s.AccountID == a.ID })]
		terms := w.Terms[slices.IndexFunc(w.Terms, func(v models.PlanTerms) bool { return v.PlanID == s.PlanID && v.Number == s.PlanNumber })]
		agents := 0
		for _, g := range w.Agents {
			if g.AccountID == a.ID && g.ReleasedAt == nil {
				agents++
			}
		}
		state := s.State(terms, now)
		for view, holds := range map[string]bool{
			models.ViewGrace:     state == models.Grace || state == models.Locked,
			models.ViewOverSeats: agents > s.Seats && a.ClosedAt == nil && state != models.Cancelled,
			models.ViewEndsSoon:  state == models.EndingSoon,
		} {
			if holds {
				found[view] = append(found[view], a.ID)
			}
		}
	}
	return found
}

func TestTheDeskCountsWhatTheFactsSay(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, c := range []struct {
			who     string
			partner func(string) bool
		}{
			{demo.Maya, func(id string) bool { return id == demo.Halden }},
			{demo.Noor, func(id string) bool { return id == demo.Tidewater }},
			{demo.Sofia, func(id string) bool { return id == demo.Halden || id == demo.Tidewater || id == demo.Northgate }},
		} {
			d, err := w.OpenDesk(ctx, w.Actor(t, c.who))
			if err != nil {
				t.Fatal(err)
			}
			want := byHand(t, c.partner, w.Clock())
			if c.who == demo.Maya && len(want) != 3 {
				t.Fatalf("the demo has only %d kinds of waiting accounts", len(want))
			}
			for _, k := range d.Waiting {
				ids := want[k.View]
				if k.Count != len(ids) || len(k.First) != min(3, k.Count) {
					t.Errorf("%s: %s has %d accounts and names %d, want %v", c.who, k.View, k.Count, len(k.First), ids)
				}
				for _, a := range k.First {
					if !slices.Contains(ids, a.ID) {
						t.Errorf("%s: %s is not in %s", c.who, a.ID, k.View)
					}
				}
				delete(want, k.View)
			}
			if len(want) > 0 {
				t.Errorf("%s: nothing is said of %v", c.who, want)
			}
		}
	})
}

func TestTheDeskSaysOfAccountsLeftBehindWhatTheRadarSays(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		agrees := func(who string, want ...string) {
			t.Helper()
			d, err := w.OpenDesk(ctx, w.Actor(t, who))
			if err != nil {
				t.Fatal(err)
			}
			page, err := w.ListOrphans(ctx, w.Actor(t, who), models.LeftBehind, portal.Place{})
			if err != nil {
				t.Fatal(err)
			}
			var named []string
			for _, o := range d.Left {
				named = append(named, o.AccountID)
			}
			if !slices.Equal(named, want) || d.LeftBehind() != len(want) || page.Count(models.LeftBehind) != len(want) || len(page.Rows) != len(want) {
				t.Errorf("%s: the desk counts %d and names %q, the radar counts %d, want %q", who, d.LeftBehind(), named, page.Count(models.LeftBehind), want)
			}
		}
		agrees(demo.Maya, demo.ReplacedAccount)
		agrees(demo.Noor)

		hush(t, w, demo.ReplacedAccount)
		agrees(demo.Maya)
	})
}

func TestTheDeskAddsUpWhatIsWithinReach(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		world := demo.At(demo.Now)
		var want models.Figures
		for _, c := range world.Customers {
			if c.PartnerID == demo.Halden && c.ArchivedAt == nil {
				want.Customers++
			}
		}
		open := map[string]bool{}
		for _, a := range world.Accounts {
			if a.PartnerID == demo.Halden {
				want.Accounts++
				if open[a.ID] = a.ClosedAt == nil; open[a.ID] {
					want.Summed++
				}
			}
		}
		for _, g := range world.Agents {
			if open[g.AccountID] && g.ReleasedAt == nil {
				want.Agents++
			}
		}
		d, err := w.OpenDesk(ctx, w.Actor(t, demo.Maya))
		if err != nil {
			t.Fatal(err)
		}
		got := d.Figures
		if got.Seats == 0 || got.InUse == 0 || got.InUse > got.Agents || got.More() {
			t.Errorf("%+v", got)
		}
		want.Seats, want.InUse = got.Seats, got.InUse
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		before := got.Seats
		if _, err := w.ImportCustomers(ctx, w.Actor(t, demo.Ines), models.Import{}, numbered(wished("New Mill", plan(demo.Instant, 7))), func(models.RowVerdict) error { return nil }); err != nil {
			t.Fatal(err)
		}
		d, err = w.OpenDesk(ctx, w.Actor(t, demo.Maya))
		if err != nil || d.Figures.Seats != before+7 || d.Figures.Customers != want.Customers+1 {
			t.Errorf("after an import: %+v, %v", d.Figures, err)
		}
	})
}

func TestTheDeskNamesAccountsWithQuietAgents(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		d, err := w.OpenDesk(ctx, w.Actor(t, demo.Maya))
		if err != nil || len(d.Quiet) == 0 {
			t.Fatalf("%+v, %v", d.Quiet, err)
		}
		for _, q := range d.Quiet {
			o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), q.ID)
			if err != nil || o.Agents.Quiet != q.Quiet || o.Agents.Total != q.Agents || o.Customer.Name != q.Customer {
				t.Errorf("%+v, and the account has %+v: %v", q, o.Agents, err)
			}
		}
	})
}

func TestTheDeskTellsTheLastEventsWithinReach(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, c := range []struct {
			who  string
			sees func(models.Event) bool
		}{
			{demo.Maya, func(e models.Event) bool { return e.PartnerID == demo.Halden }},
			{demo.Sofia, func(e models.Event) bool { return e.RootID == demo.Northgate }},
			{demo.Helen, func(e models.Event) bool { return e.CustomerID == demo.Bramley }},
		} {
			d, err := w.OpenDesk(ctx, w.Actor(t, c.who))
			if err != nil || len(d.History) < 9 || len(d.History) > 10 {
				t.Fatalf("%s: %d events, %v", c.who, len(d.History), err)
			}
			// What is told of a carry as one stands where its last batch was, and is no event of its own.
			all := slices.DeleteFunc(d.History, func(e models.Event) bool { return e.Detail.Total > 0 && c.sees(e) })
			for i, e := range all {
				if !c.sees(e) || i > 0 && c.who != demo.Sofia && e.Seq >= all[i-1].Seq {
					t.Errorf("%s: %+v", c.who, e)
				}
			}
		}
	})
}

func TestAContactHasTheirOwnCompanyOnTheDesk(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		d, err := w.OpenDesk(ctx, w.Actor(t, demo.Helen))
		if err != nil || len(d.Own) != 1 || d.Own[0].Customer.ID != demo.Bramley || len(d.Own[0].Accounts) == 0 {
			t.Errorf("%+v, %v", d.Own, err)
		}
		if d.Waiting != nil || d.Quiet != nil || d.Figures != (models.Figures{}) {
			t.Errorf("a contact is told of others: %+v", d)
		}
	})
}

func TestSomebodyWithoutCustomersHasAnEmptyDesk(t *testing.T) {
	w := portaltest.New(t)
	root := demo.Northgate
	fresh := models.Partner{ID: "P-9", RootID: root, ParentID: &root, Kind: models.Reseller, Name: "Fresh", TimeZone: "Europe/Warsaw", Currency: "EUR", CreatedAt: w.Clock()}
	if err := w.Store.Do(ctx, models.Operator(), w.Clock(), func(tx *store.Tx) error { return tx.AddPartner(fresh) }); err != nil {
		t.Fatal(err)
	}
	who := models.Actor{ID: "U-9", Role: models.RoleAdmin, Reach: models.ReachPartner, RootID: root, PartnerID: fresh.ID}
	if d, err := w.OpenDesk(ctx, who); err != nil || !d.Empty() || len(d.History) != 0 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestAStrangersDeskHoldsNothingOfOthers(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, id := range []string{demo.Noor, demo.Rufus, demo.Edda} {
			d, err := w.OpenDesk(ctx, w.Actor(t, id))
			if said := fmt.Sprintf("%+v", d); err != nil || strings.Contains(said, demo.BramleyAccount) || strings.Contains(said, "PartnerID:"+demo.Halden) {
				t.Errorf("%s: %v, %.300s", id, err, said)
			}
		}
	})
}
