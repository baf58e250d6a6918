package home

import (
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func page(d models.Desk, who string) DeskPage {
	d.AsOf = demo.Now
	return DeskPage{Desk: d, Who: pagetest.Actor(who), In: pagetest.Warsaw()}
}

func full() models.Desk {
	return models.Desk{
		Figures: models.Figures{Customers: 62, Accounts: 1001, Summed: 900, Agents: 540, Seats: 600, InUse: 510},
		Waiting: []models.Waiting{
			{View: models.ViewOverSeats, Count: 1, First: []models.WaitingAccount{{ID: "A-1", Customer: "Tamar", Seats: 250, InUse: 264}}},
			{View: models.ViewEndsSoon, Count: 1001, First: []models.WaitingAccount{
				{ID: "A-2", Customer: "Quay", EndsOn: "2026-03-16"}, {ID: "A-3", Customer: "Birch", EndsOn: "2026-04-01"}, {ID: "A-4", Customer: "Fern", EndsOn: "2026-04-02"},
			}},
		},
		Orphans: []models.OrphanCount{{Kind: models.LeftBehind, Count: 1}},
		Left:    []models.Orphan{{AccountID: "A-5", Customer: "Sandpiper", Agents: 1}},
		Quiet:   []models.QuietAccount{{ID: "A-20418", Customer: "Bramley", Quiet: 3, Agents: 42}},
	}
}

func TestEveryLineOfTheWorklistLeadsToItsRows(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), Desk(page(full(), demo.Maya)))
	pagetest.Has(t, doc, true,
		`body[data-page=dashboard][data-state=default]`,
		`[data-testid=waiting-over-seats] .what a[href="/accounts?view=over-seats"]`,
		`[data-testid=waiting-ends-soon] a.btn[href="/accounts?view=ends-soon"]`,
		`[data-testid=quiet-A-20418] .what a[href="/accounts/A-20418"]`,
		`[data-testid=waiting-left-behind] a.btn[href="/agents/orphans?kind=left-behind"]`,
	)
	for selector, want := range map[string]string{
		"[data-testid=waiting-over-seats] .what":  "Tamar is 14 seats over A-1, 264 of 250 seats",
		"[data-testid=waiting-ends-soon] .what":   "1,000+ plans end soon Quay (16 Mar), Birch (1 Apr), Fern (2 Apr) and 998 more",
		"[data-testid=waiting-left-behind] .what": "Sandpiper has a new account, and agents still report to the old one A-5, 1 agent",
		"[data-testid=quiet-A-20418] .what":       "3 agents are quiet at Bramley A-20418, 3 of 42 agents have not reported for a week",
		"[data-testid=kpi-customers]":             "62",
		"[data-testid=kpi-accounts]":              "1,000+",
		"[data-testid=kpi-seats]":                 "510 of 600",
	} {
		if got := strings.ReplaceAll(pagetest.Text(t, doc, selector), "overA", "over A"); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

func TestAccountsLeftBehindAreCountedAsTheRadarDoes(t *testing.T) {
	d := full()
	d.Orphans[0].Count = 5
	d.Left = []models.Orphan{{AccountID: "A-5", Customer: "Sandpiper", Agents: 1}, {AccountID: "A-6", Customer: "Fern", Agents: 1001}, {AccountID: "A-7", Customer: "Birch", Agents: 7}}
	doc := pagetest.Draw(t, pagetest.Halden(), Desk(page(d, demo.Maya)))
	want := "5 replaced accounts with agents that still report Sandpiper (1 agent), Fern (1,000+ agents), Birch (7 agents) and 2 more"
	if got := pagetest.Text(t, doc, "[data-testid=waiting-left-behind] .what"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestASumThatStoppedSaysSo(t *testing.T) {
	d := full()
	d.Figures.Summed = models.SumBound + 1
	doc := pagetest.Draw(t, pagetest.Halden(), Desk(page(d, demo.Maya)))
	if got := pagetest.Text(t, doc, "[data-testid=kpi-seats]"); got != "510+ of 600+" {
		t.Errorf("%q", got)
	}
}

func TestADeskWithNothingWaitingSaysSo(t *testing.T) {
	d := full()
	d.Waiting, d.Quiet, d.Left = nil, nil, nil
	doc := pagetest.Draw(t, pagetest.Halden(), Desk(page(d, demo.Maya)))
	pagetest.Has(t, doc, true, `[data-testid=empty-state]`, `[data-testid=kpis]`)
	pagetest.Has(t, doc, false, `[data-testid=worklist]`, `[data-testid=import-customers]`)
}

func TestTheFirstRunLeadsToTheImportWhoMayImport(t *testing.T) {
	for who, may := range map[string]bool{demo.Ines: true, demo.Tom: true, demo.Maya: false} {
		doc := pagetest.Draw(t, pagetest.Halden(), Desk(page(models.Desk{}, who)))
		pagetest.Has(t, doc, true, `body[data-state=empty]`, `[data-testid=empty-state]`, `[data-testid=first-steps]`)
		pagetest.Has(t, doc, false, `[data-testid=kpis]`)
		pagetest.Has(t, doc, may, `[data-testid=empty-state] a[href="/imports/new"]`)
	}
}

func TestAContactSeesTheirAccounts(t *testing.T) {
	f := pagetest.File(demo.Bramley)
	f.AsOf = demo.Now
	who := pagetest.Actor(demo.Helen)
	doc := pagetest.Draw(t, pagetest.Halden(), Desk(DeskPage{Desk: models.Desk{AsOf: demo.Now, Own: []models.CustomerFile{f}, History: f.History}, Who: who, In: pagetest.Warsaw()}))
	pagetest.Has(t, doc, true, `[data-testid=accounts-of-C-1042] tr[data-testid=row-A-20418] a[href="/accounts/A-20418"]`, `[data-testid=timeline]`)
	pagetest.Has(t, doc, false, `[data-testid=kpis]`, `[data-testid=worklist]`)
}

func TestAccountsThatFellSilentComeFirstWithTheirWayBack(t *testing.T) {
	watch := func(account, customer string) models.Watch {
		w := models.Watch{Change: models.Event{AccountID: account, Kind: models.PlanModified, Detail: models.Detail{Before: 12}}, Customer: customer, Seen: 5, Expected: 11, Drop: 55}
		w.Held = pagetest.Overview(demo.SilentAccount).Held()
		return w
	}
	d := full()
	d.Silent = []models.Watch{watch("A-1", "Tamar"), watch("A-2", "Quay"), watch("A-3", "Birch"), watch("A-4", "Fern"), watch("A-5", "Moss")}
	doc := pagetest.Draw(t, pagetest.Halden(), Desk(page(d, demo.Maya)))
	pagetest.Has(t, doc, true,
		`[data-testid=worklist] li:first-child[data-testid=fell-silent-A-1] .what a[href="/accounts/A-1"]`,
		`[data-testid=fell-silent-A-1] a.btn[data-testid=modify-back-A-1][href^="/accounts/A-1/plan?"][href*="seats=12"]`,
		`[data-testid=fell-silent-A-3] a.btn[href="/accounts/A-3"]`,
		`[data-testid=fell-silent-others] a.btn[href="/watch"]`,
	)
	pagetest.Has(t, doc, false, `[data-testid=fell-silent-A-4]`)
	for selector, want := range map[string]string{
		"[data-testid=fell-silent-A-1] .what":    "Agents fell silent at Tamar after a change A-1, 5 agents an hour instead of 11",
		"[data-testid=fell-silent-others] .what": "Agents fell silent at 2 other accounts after a change",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}

	d.Silent = d.Silent[:1]
	doc = pagetest.Draw(t, pagetest.Halden(), Desk(page(d, demo.Priya)))
	pagetest.Has(t, doc, true, `[data-testid=fell-silent-A-1] a.btn[href="/accounts/A-1"]`)
	pagetest.Has(t, doc, false, `[data-testid=modify-back-A-1]`, `[data-testid=fell-silent-others]`)
}
