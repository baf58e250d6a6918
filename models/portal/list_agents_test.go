package portal_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

func agentIDs(rows []models.AgentRow) []string {
	ids := []string{}
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

// everyAgent are all the agents that a question leads to, page by page, and back again.
func everyAgent(t *testing.T, w *portaltest.World, who string, q models.ListQuestion) []models.AgentRow {
	t.Helper()
	var all []models.AgentRow
	for pages := 0; ; pages++ {
		page, err := w.ListAgents(ctx, w.Actor(t, who), q)
		if err != nil || pages > 100 {
			t.Fatalf("%+v: %d pages, %v", q, pages, err)
		}
		if q.After != "" {
			back, err := w.ListAgents(ctx, w.Actor(t, who), func() models.ListQuestion { b := q; b.After, b.Before = "", page.Previous; return b }())
			if want := agentIDs(all[len(all)-len(back.Rows):]); err != nil || !gocmp.Equal(want, agentIDs(back.Rows)) {
				t.Fatalf("%+v: back from page %d: %v, %v", q, pages, agentIDs(back.Rows), err)
			}
		}
		all = append(all, page.Rows...)
		if q.After = page.Next; page.Next == "" {
			return all
		}
	}
}

// haldensAgents are the agents of Halden's customers that fit, by name or as they are ordered.
func haldensAgents(fits func(models.SeenAgent) bool, order func(a, b models.SeenAgent) int) []string {
	w := demo.At(demo.Now)
	seen := map[string]*time.Time{}
	for _, s := range w.Sightings {
		seen[s.AgentID] = &s.SeenAt
	}
	var all []models.SeenAgent
	for _, g := range w.Agents {
		if a := (models.SeenAgent{Agent: g, SeenAt: seen[g.ID]}); g.PartnerID == demo.Halden && g.ReleasedAt == nil && fits(a) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b models.SeenAgent) int { return cmp.Or(order(a, b), cmp.Compare(a.ID, b.ID)) })
	ids := []string{}
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	return ids
}

func byDevice(a, b models.SeenAgent) int {
	return cmp.Compare(store.SortKey(a.DeviceName), store.SortKey(b.DeviceName))
}

func bySeen(a, b models.SeenAgent) int {
	at := func(a models.SeenAgent) time.Time {
		if a.SeenAt == nil {
			return time.Time{}
		}
		return *a.SeenAt
	}
	return at(a).Compare(at(b))
}

func TestAgentsAreListedNarrowedAndSorted(t *testing.T) {
	anyone := func(models.SeenAgent) bool { return true }
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		present := func(p models.Presence) func(models.SeenAgent) bool {
			return func(a models.SeenAgent) bool { return a.Presence(demo.Now) == p }
		}
		for _, c := range []struct {
			q     models.ListQuestion
			fits  func(models.SeenAgent) bool
			order func(a, b models.SeenAgent) int
		}{
			{models.ListQuestion{Presence: models.Online, Customer: "C-1042"}, func(a models.SeenAgent) bool { return a.CustomerID == "C-1042" && present(models.Online)(a) }, byDevice},
			{models.ListQuestion{Presence: models.Offline}, present(models.Offline), byDevice},
			{models.ListQuestion{Presence: models.Quiet, Sort: models.BySeen}, present(models.Quiet), bySeen},
			{models.ListQuestion{Presence: models.NeverSeen}, present(models.NeverSeen), byDevice},
			{models.ListQuestion{Presence: models.Moving}, func(a models.SeenAgent) bool { return a.AccountID == demo.LeavingAccount }, byDevice},
			{models.ListQuestion{Sort: models.ByEnrolled, Customer: "C-1042"}, func(a models.SeenAgent) bool { return a.CustomerID == "C-1042" }, func(a, b models.SeenAgent) int { return a.EnrolledAt.Compare(b.EnrolledAt) }},
			{models.ListQuestion{Search: "SERVERS  2022", Presence: models.Quiet}, func(a models.SeenAgent) bool {
				return a.GroupName == "Servers" && strings.Contains(a.OS, "2022") && present(models.Quiet)(a)
			}, byDevice},
			{models.ListQuestion{Search: "macos 15", Sort: "-seen"}, func(a models.SeenAgent) bool { return strings.HasPrefix(a.OS, "macOS 15") }, func(a, b models.SeenAgent) int { return -cmp.Or(bySeen(a, b), cmp.Compare(a.ID, b.ID)) }},
			{models.ListQuestion{Search: "13.4.9"}, func(a models.SeenAgent) bool { return a.AppVersion == "13.4.9" }, byDevice},
			{models.ListQuestion{Search: "sr"}, func(a models.SeenAgent) bool { return strings.HasPrefix(a.DeviceName, "SR") }, byDevice},
			{models.ListQuestion{Sort: models.BySeen, Presence: models.Offline}, present(models.Offline), bySeen},
			{models.ListQuestion{Sort: "nonsense", Presence: "nonsense", Customer: "C-9999"}, anyone, byDevice},
		} {
			want := haldensAgents(c.fits, c.order)
			if diff := gocmp.Diff(want, agentIDs(everyAgent(t, w, demo.Maya, c.q))); diff != "" {
				t.Errorf("%+v: %s", c.q, diff)
			}
			page, err := w.ListAgents(ctx, w.Actor(t, demo.Maya), c.q)
			if err != nil || page.Count != len(want) && page.Count <= models.CountBound || page.Beyond {
				t.Errorf("%+v: counted %d of %d, %v", c.q, page.Count, len(want), err)
			}
			var file []models.AgentRow
			err = w.ExportAgents(ctx, w.Actor(t, demo.Maya), "", c.q, func(rows []models.AgentRow) error { file = append(file, rows...); return nil })
			if diff := gocmp.Diff(want, agentIDs(file)); err != nil || diff != "" {
				t.Errorf("the file of %+v: %v %s", c.q, err, diff)
			}
		}
	})
}

// walked are all agents of a listing, part by part.
func walked(t *testing.T, v *store.View, q store.AgentListing) (ids []string) {
	t.Helper()
	n, err := v.CountAgentLines(q)
	if err != nil {
		t.Fatal(err)
	}
	for at := (store.Key{}); ; {
		rows, end, err := v.AgentLines(q, at, n)
		if err != nil || len(ids) > 10_000 {
			t.Fatalf("%+v: %v", q, err)
		}
		if len(rows) > q.Limit {
			t.Fatalf("%d rows", len(rows))
		}
		ids = append(ids, agentIDs(rows)...)
		switch {
		case len(rows) == q.Limit:
			at = store.AgentKey(q.Sort, rows[len(rows)-1])
		case end.ID != "":
			at = end
		default:
			return ids
		}
	}
}

func TestAWalkThroughManyAgentsFindsWhatLookingAtAllFinds(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		contact := w.Actor(t, demo.Helen)
		contact.CustomerIDs = append(contact.CustomerIDs, "C-1043", "C-1044")
		for _, who := range []models.Actor{w.Actor(t, demo.Maya), w.Actor(t, demo.Sofia), contact} {
			err := w.Store.Look(ctx, who, w.Clock(), func(v *store.View) error {
				for _, q := range []models.ListQuestion{
					{Presence: models.Quiet},
					{Presence: models.NeverSeen, Sort: "-enrolled"},
					{Presence: models.Online, Sort: "-name", Search: "mac"},
					{Search: "srv-0"},
					{Search: "mobile"},
					{Sort: models.ByEnrolled},
					{Search: "ma", Presence: models.Offline},
				} {
					q.Sort = cmp.Or(q.Sort, models.ByName)
					for _, account := range []string{"", demo.BramleyAccount} {
						all := store.AgentListing{ListQuestion: q, AccountID: account, Limit: 5000, Few: 10_000, Stride: 10_000, Gather: 10_000}
						want := walked(t, v, all)
						for _, s := range []store.AgentListing{{Limit: 90, Few: 300, Stride: 300, Gather: 310}, {Limit: 200, Few: 400, Stride: 400, Gather: 10_000}, {Limit: 3, Few: 2, Stride: 2, Gather: 0}, {Limit: 5, Few: 2, Gather: 0}} {
							if account == "" && s.Few == 2 || account != "" && s.Few == 300 {
								continue
							}
							s.ListQuestion, s.AccountID = q, account
							if diff := gocmp.Diff(want, walked(t, v, s)); diff != "" {
								t.Errorf("%s, %+v: %s", who.Reach, s, diff)
							}
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestADeviceIsFoundInAnyScript(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for i, c := range []struct{ name, search string }{
			{"Empfang Süd", "empfang sud"}, {"Empfang Süd", "SÜD"}, {"受付端末", "端末"}, {"Приёмная", "приемн"}, {"مكتب", "مكتب"}, {"100%_a", "%_a"}, {`o"r`, `o"r`},
		} {
			key := keyOf(t, demo.BramleyAccount)
			done, err := w.EnrolAgent(ctx, models.Enrolment{Key: key, DeviceID: fmt.Sprint("script-", i), DeviceName: c.name, OS: "Plan 9", AppVersion: "1", GroupName: "G"}, "r")
			if err != nil {
				t.Fatal(err)
			}
			page, err := w.ListAgents(ctx, w.Actor(t, demo.Maya), models.ListQuestion{Search: c.search})
			if err != nil || !slices.Contains(agentIDs(page.Rows), done.AgentID) {
				t.Errorf("%q does not find %q: %v, %v", c.search, c.name, agentIDs(page.Rows), err)
			}
		}
		w.Sound(t)
	})
}

func TestAContactSeesTheAgentsOfTheirOwnCompany(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		all := everyAgent(t, w, demo.Helen, models.ListQuestion{})
		if len(all) < 42 {
			t.Errorf("%d agents", len(all))
		}
		for _, r := range all {
			if r.CustomerID != demo.Bramley || r.Customer != "Bramley Dental Group" {
				t.Errorf("%s of %s", r.ID, r.Customer)
			}
		}
		page, err := w.ListAccountAgents(ctx, w.Actor(t, demo.Helen), demo.BramleyAccount, models.ListQuestion{Presence: models.Quiet})
		if err != nil || page.Count != 4 || page.Health != (models.AgentCounts{Total: 42, Online: 37, Quiet: 4, Never: 1}) || page.Owner.ID != demo.Bramley {
			t.Errorf("%+v, %v", page, err)
		}
		if _, err := w.ListAccountAgents(ctx, w.Actor(t, demo.Helen), demo.LargeAccount, models.ListQuestion{}); !models.IsProblem(err, models.NotFound) {
			t.Errorf("another company's account: %v", err)
		}
		if page, err := w.ListAgents(ctx, w.Actor(t, demo.Noor), models.ListQuestion{Customer: demo.Bramley}); err != nil || page.Asked.Customer != "" || page.Customer != "" {
			t.Errorf("a stranger narrows down to Halden's customer: %+v, %v", page.Asked, err)
		}
	})
}

func TestASearchThatFindsTooManyOpensWhereNamesBeginWithIt(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		err := w.Store.Look(ctx, w.Actor(t, demo.Maya), w.Clock(), func(v *store.View) error {
			for _, sort := range []models.Sort{models.ByName, "-name"} {
				q := store.AgentListing{ListQuestion: models.ListQuestion{Search: "srv-", Sort: sort}, Limit: 10_000, Few: 10_000, Stride: 10_000, Gather: 10_000}
				want := walked(t, v, q)
				q.Limit, q.Few, q.Stride = 20, 30, 30
				rows, at, end, err := v.AgentLinesNamed(q)
				if err != nil || at.ID == "" || end.ID != "" || !gocmp.Equal(want[:20], agentIDs(rows)) {
					t.Errorf("%s: from %+v to %+v: %v, %v", sort, at, end, agentIDs(rows), err)
				}
				q.Search = "mobile"
				if rows, _, _, err := v.AgentLinesNamed(q); err != nil || len(rows) > 0 {
					t.Errorf("%s: no name begins with a group: %v, %v", sort, agentIDs(rows), err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
