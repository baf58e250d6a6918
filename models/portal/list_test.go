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
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// listed are the ids of the accounts on the first page that a question leads to.
func listed(t *testing.T, w *portaltest.World, who string, q models.ListQuestion) []string {
	t.Helper()
	page, err := w.ListAccounts(ctx, w.Actor(t, who), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return accountIDs(page.Rows)
}

func accountIDs(rows []models.AccountRow) []string {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

// every are all the accounts that a question leads to, page by page.
func every(t *testing.T, w *portaltest.World, who string, q models.ListQuestion) []models.AccountRow {
	t.Helper()
	var all []models.AccountRow
	for pages := 0; ; pages++ {
		page, err := w.ListAccounts(ctx, w.Actor(t, who), q)
		if err != nil || pages > 100 {
			t.Fatalf("%+v: %d pages, %v", q, pages, err)
		}
		all = append(all, page.Rows...)
		if q.After = page.Next; page.Next == "" {
			return all
		}
	}
}

func TestListsAreNarrowedByWhatStatesAre(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, later := range []time.Duration{0, -400 * 24 * time.Hour, -3 * time.Hour, 24 * time.Hour, 19 * 24 * time.Hour, 60 * 24 * time.Hour, 200 * 24 * time.Hour, 700 * 24 * time.Hour} {
			w.Pass(later)
			got := map[string]models.State{}
			for _, s := range models.States() {
				for _, r := range every(t, w, demo.Maya, models.ListQuestion{State: s}) {
					if before, twice := got[r.ID]; twice {
						t.Errorf("%s is %s and %s", r.ID, before, s)
					}
					got[r.ID] = s
				}
			}
			if diff := cmp.Diff(statesOf(t, w), got); diff != "" {
				t.Errorf("%s later (rule, list):\n%s", later, diff)
			}
			w.Pass(-later)
		}
	})
}

// statesOf asks the rule for the state of every account of Halden's.
func statesOf(t *testing.T, w *portaltest.World) map[string]models.State {
	t.Helper()
	states := map[string]models.State{}
	view(t, w, func(v *store.View) error {
		for _, a := range demo.At(demo.Now).Accounts {
			if a.PartnerID != demo.Halden {
				continue
			}
			held, err := v.Held(a.ID)
			if err != nil {
				return err
			}
			states[a.ID] = held.Subscription.State(held.Terms, w.Clock())
		}
		return nil
	})
	return states
}

func TestTheRowsOfAListSayWhatTheAccountsAre(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		rows := every(t, w, demo.Maya, models.ListQuestion{})
		states := statesOf(t, w)
		if len(rows) != len(states) {
			t.Errorf("%d rows, %d accounts", len(rows), len(states))
		}
		for _, r := range rows {
			if r.State(w.Clock()) != states[r.ID] {
				t.Errorf("%s is %s, its row says %s", r.ID, states[r.ID], r.State(w.Clock()))
			}
			view(t, w, func(v *store.View) error {
				held, err := v.AccountsOf(r.CustomerID)
				h := held[slices.IndexFunc(held, func(h models.HeldPlan) bool { return h.Account.ID == r.ID })]
				want := []any{h.Agents, h.Subscription.Seats, h.Subscription.EndsOn, h.Terms.Name}
				if diff := cmp.Diff(want, []any{r.InUse, r.Subscription.Seats, r.Subscription.EndsOn, r.Terms.Name}); diff != "" {
					t.Errorf("%s: %s", r.ID, diff)
				}
				return err
			})
		}
	})
}

func TestTheViewsOfTheAccountsHoldWhatTheySay(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		rows := every(t, w, demo.Maya, models.ListQuestion{})
		holds := map[string]func(models.AccountRow, models.State) bool{
			"":                   func(models.AccountRow, models.State) bool { return true },
			models.ViewEndsSoon:  func(_ models.AccountRow, s models.State) bool { return s == models.EndingSoon },
			models.ViewOverSeats: func(r models.AccountRow, s models.State) bool { return r.InUse > r.Subscription.Seats },
			models.ViewGrace:     func(_ models.AccountRow, s models.State) bool { return s == models.Grace || s == models.Locked },
			models.ViewSuspended: func(_ models.AccountRow, s models.State) bool { return s == models.Suspended },
			models.ViewReplaced:  func(r models.AccountRow, _ models.State) bool { return r.ReplacedByID != nil && r.InUse > 0 },
			models.ViewNotActivated: func(_ models.AccountRow, s models.State) bool {
				return s == models.Scheduled || strings.HasPrefix(string(s), "awaiting")
			},
		}
		for _, v := range models.AccountViews() {
			var want []string
			for _, r := range rows {
				if holds[v.Key](r, r.State(w.Clock())) {
					want = append(want, r.ID)
				}
			}
			page, err := w.ListAccounts(ctx, w.Actor(t, demo.Maya), models.ListQuestion{View: v.Key})
			if err != nil {
				t.Fatal(err)
			}
			got := accountIDs(every(t, w, demo.Maya, models.ListQuestion{View: v.Key}))
			if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 || page.Count != len(want) {
				t.Errorf("%s: %d counted\n%s", v.Label, page.Count, diff)
			}
			for _, counted := range page.Views {
				if counted.Key == v.Key && counted.Count != len(want) {
					t.Errorf("%s counts %d of %d", v.Label, counted.Count, len(want))
				}
			}
		}
	})
}

// searches are what is typed and the customers that it finds, in any database.
var searches = []struct {
	typed string
	found []string
}{
	{"Åkerlund", []string{"C-1001"}},
	{"akerlund", []string{"C-1001"}},
	{"ÅKERL", []string{"C-1001"}},
	{"kerlun", []string{"C-1001"}},
	{"grosse strasse", []string{"C-1052"}},
	{"GROẞE", []string{"C-1052"}},
	{"Große Straße", []string{"C-1052"}},
	{"isik", []string{"C-1053"}},
	{"Işık Diş", []string{"C-1053"}},
	{"IŞIK", []string{"C-1053"}},
	{"DİŞ KLİNİĞİ", []string{"C-1053"}},
	{"北村精", []string{"C-1008"}},
	{"精密工業", []string{"C-1008"}},
	{"北村", []string{"C-1008"}},
	{"北", []string{"C-1008"}},
	{"精密", []string{"C-1008"}},
	{"大阪", []string{"C-1008"}},
	{"الشروق", []string{"C-1010"}},
	{"مخبز", []string{"C-1010"}},
	{"O'Malley", []string{"C-1011"}},
	{"o’malley", []string{"C-1011"}},
	{"omalley", []string{"C-1011"}}, // by the email address
	{"d'angelo", []string{"C-1055"}},
	{"Lighthouse Keepers, Chandlers and Harbour Pilots of the North", []string{demo.LongName}},
	{"worshipful pilots", []string{demo.LongName}},
	{"pilots worshipful", []string{demo.LongName}},
	{"ILOTS OF THE NORT", []string{demo.LongName}},
	{"A-20418", []string{demo.Bramley}},
	{"a-2041", []string{demo.Bramley}},
	{"20418", []string{demo.Bramley}},
	{"helen@bramley.example", []string{demo.Bramley}},
	{"HELEN@BRAM", []string{demo.Bramley}},
	{"EDU-17", []string{"C-1016"}},
	{"łódź", []string{"C-1047"}},
	{"lodz", []string{"C-1047"}},
	{"1st", []string{"C-1056"}},
	{"vale ti", []string{"C-1057"}},
	{"za", nil},
	{"%%%", nil},
	{"___", nil},
	{`"or" OR "1"`, nil},
	{"* NOT zinnia", nil},
	{"' OR 1=1 --", nil},
	{"nothing like this", nil},
}

func TestSearchFindsAnyPartInAnyScript(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, c := range searches {
			page, err := w.ListCustomers(ctx, w.Actor(t, demo.Maya), models.ListQuestion{Search: c.typed})
			if err != nil {
				t.Fatalf("%q: %v", c.typed, err)
			}
			var got []string
			for _, r := range page.Rows {
				got = append(got, r.ID)
			}
			if diff := cmp.Diff(c.found, got); diff != "" || page.Count != len(c.found) {
				t.Errorf("%q: %s", c.typed, diff)
			}
		}
	})
}

func TestSearchFindsAccountsByTheirOwnID(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for typed, want := range map[string][]string{
			"A-20418": {"A-20418"}, "a-20419": {"A-20419"}, "bramley": {"A-20418", "A-20419"}, "helen@": {"A-20418", "A-20419"},
			"b": {"C"},
		} {
			got := listed(t, w, demo.Maya, models.ListQuestion{Search: typed})
			if want[0] == "C" { // a single letter: what names begin with
				if len(got) == 0 || len(got) > 10 || !slices.Contains(got, "A-20418") {
					t.Errorf("%q: %v", typed, got)
				}
				continue
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q: %s", typed, diff)
			}
		}
		if got := listed(t, w, demo.Noor, models.ListQuestion{Search: "A-20418"}); len(got) > 0 {
			t.Errorf("a stranger finds %v", got)
		}
		if got := listed(t, w, demo.Helen, models.ListQuestion{}); !slices.Equal(got, []string{"A-20418", "A-20419"}) {
			t.Errorf("a contact sees %v", got)
		}
		if got := listed(t, w, demo.Helen, models.ListQuestion{Search: "zinnia"}); len(got) > 0 {
			t.Errorf("a contact finds %v", got)
		}
		if got := listed(t, w, demo.Sofia, models.ListQuestion{Search: "A-20418"}); !slices.Equal(got, []string{"A-20418"}) {
			t.Errorf("the distributor finds %v", got)
		}
	})
}

func TestEverySortHasTheSameOrderOnBothDatabases(t *testing.T) {
	orders := map[string][]string{}
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, by := range []models.Sort{models.ByName, models.ByEnd, models.ByCreated} {
			for _, s := range []models.Sort{by, by.Reversed()} {
				rows := every(t, w, demo.Maya, models.ListQuestion{Sort: s})
				for i := 1; i < len(rows); i++ {
					a, b := rows[i-1], rows[i]
					if s.Backwards() {
						a, b = b, a
					}
					if !before(by, a, b) {
						t.Errorf("%s: %s stands before %s", s, a.Customer, b.Customer)
					}
				}
				ids := accountIDs(rows)
				if other := orders[string(s)]; other != nil && !slices.Equal(other, ids) {
					t.Errorf("%s: %s", s, cmp.Diff(other, ids))
				}
				orders[string(s)] = ids
			}
		}
	})
	for by, ids := range orders {
		if strings.HasPrefix(by, "-") {
			continue
		}
		slices.Reverse(ids)
		if diff := cmp.Diff(ids, orders["-"+by]); diff != "" {
			t.Errorf("%s and backwards: %s", by, diff)
		}
	}
}

func before(by models.Sort, a, b models.AccountRow) bool {
	c := strings.Compare(a.SortKey, b.SortKey)
	switch by {
	case models.ByCreated:
		c = a.CreatedAt.Compare(b.CreatedAt)
	case models.ByEnd:
		end := func(r models.AccountRow) time.Time {
			if r.Subscription.EndsAt == nil {
				return store.Never
			}
			return *r.Subscription.EndsAt
		}
		c = end(a).Compare(end(b))
	}
	return c < 0 || c == 0 && a.ID < b.ID
}

func TestPagingWhileRowsComeAndGoShowsNoneTwiceAndMissesNone(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		add := func(n int, name string) string {
			c := models.Customer{
				ID: fmt.Sprintf("C-9%03d", n), RootID: demo.Northgate, PartnerID: demo.Halden, Name: name, City: "Here", TimeZone: "UTC", Currency: "EUR",
				CreatedAt: w.Clock(), Version: 1,
			}
			err := w.Store.Do(ctx, ines, w.Clock(), func(tx *store.Tx) error {
				return tx.AddCustomer(c, nil, models.Event{RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, Kind: models.CustomerCreated})
			})
			if err != nil {
				t.Fatal(err)
			}
			return c.ID
		}
		archive := func(id string) {
			err := w.Store.Do(ctx, ines, w.Clock(), func(tx *store.Tx) error {
				c, err := tx.Customer(id)
				if err != nil {
					return err
				}
				at := w.Clock()
				c.ArchivedAt = &at
				return tx.SaveCustomer(c, models.Event{RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, Kind: models.CustomerArchived})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for n := range 130 {
			add(n, fmt.Sprintf("Paging %03d", n))
		}
		seen, order := map[string]int{}, []string(nil)
		q := models.ListQuestion{Search: "paging"}
		for pages := 0; ; pages++ {
			page, err := w.ListCustomers(ctx, ines, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				seen[r.ID]++
				order = append(order, r.ID)
			}
			if page.Next == "" {
				break
			}
			q.After = page.Next
			add(500+pages, fmt.Sprintf("Paging %03d a", pages)) // before what was seen last
			archive(page.Rows[0].ID)                            // seen and gone
			archive(page.Rows[len(page.Rows)-1].ID)             // the row that the next page follows
		}
		for n := range 130 {
			if id := fmt.Sprintf("C-9%03d", n); seen[id] != 1 {
				t.Errorf("%s was shown %d times", id, seen[id])
			}
		}
		if len(order) != 130 {
			t.Errorf("%d rows, want those that stood there from the beginning", len(order))
		}
		w.Sound(t)
	})
}

func TestTheLinesOfListsFollowEveryChange(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		err := w.Store.Do(ctx, ines, w.Clock(), func(tx *store.Tx) error {
			c, err := tx.Customer(demo.Bramley)
			if err != nil {
				return err
			}
			c.Name = "Østerbro Tænder"
			k := models.Contact{ID: "K-9000", RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, Name: "Jörg", Email: "jörg.weiß@tand.example", CreatedAt: w.Clock()}
			return tx.EditCustomer(store.CustomerEdit{Customer: c, Added: []models.Contact{k}}, models.Event{RootID: c.RootID, PartnerID: c.PartnerID, CustomerID: c.ID, Kind: models.CustomerChanged})
		})
		if err != nil {
			t.Fatal(err)
		}
		for typed, want := range map[string]int{"bramley dental": 0, "osterbro taend": 2, "jorg.weiss@": 2, "helen@bramley": 2} {
			if got := listed(t, w, demo.Maya, models.ListQuestion{Search: typed}); len(got) != want {
				t.Errorf("%q finds %v", typed, got)
			}
		}
		w.Sound(t)
	})
}

func TestWhatAnAddressNamesAndNobodyKnowsIsLeftOut(t *testing.T) {
	w := portaltest.New(t)
	maya := w.Actor(t, demo.Maya)
	all, err := w.ListAccounts(ctx, maya, models.ListQuestion{})
	if err != nil {
		t.Fatal(err)
	}
	odd := models.ListQuestion{View: "x", Plan: "x", State: "x", Owner: demo.Noor, Sort: "x", After: "x", Before: "x", Search: " \x00\t "}
	got, err := w.ListAccounts(ctx, maya, odd)
	if err != nil || got.Asked.Narrowed() || got.Asked.View != "" || got.Asked.Sort != models.ByName {
		t.Errorf("understood %+v, %v", got.Asked, err)
	}
	if diff := cmp.Diff(accountIDs(all.Rows), accountIDs(got.Rows)); diff != "" {
		t.Error(diff)
	}
	for _, place := range []string{"!!", "QQ", "QQo", "Cg", strings.Repeat("A", 5000)} {
		for _, s := range []models.Sort{models.ByName, models.ByEnd} {
			if page, err := w.ListAccounts(ctx, maya, models.ListQuestion{After: place, Sort: s}); err != nil || page.Count != all.Count {
				t.Errorf("after %q: %v", place[:2], err)
			}
		}
	}
}
