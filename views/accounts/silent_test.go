package accounts

import (
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

// fellSilent is a page whose agents report less since a change.
func fellSilent(account, who string, change models.Event) ShowPage {
	page := pageOf(account, who)
	change.AccountID, change.At = account, demo.Now.Add(-10*time.Hour)
	page.Watch = &models.Watch{Change: change, Since: demo.Now.Add(-9 * time.Hour), Seen: 20, Expected: 40, Drop: 50, Held: page.Held(), Today: models.DateOf(demo.Now, page.Customer.Location())}
	return page
}

func TestTheWayBackFitsTheChange(t *testing.T) {
	yes := true
	bramley := "/accounts/A-20418/plan?"
	for _, c := range []struct {
		when, account, who string
		change             models.Event
		button, leads      string
	}{
		{
			"more seats", demo.BramleyAccount, demo.Maya,
			models.Event{Kind: models.PlanModified, Detail: models.Detail{Seats: 50, Before: 45}},
			"modify-back", bramley + "renews=yes&seats=45&term=keep&version=4",
		},
		{
			"another end", demo.BramleyAccount, demo.Maya,
			models.Event{Kind: models.PlanModified, Detail: models.Detail{EndedOn: "2026-06-30"}},
			"modify-back", bramley + "ends-on=2026-06-30&renews=yes&seats=50&term=until&version=4",
		},
		{
			"an end that is over", demo.BramleyAccount, demo.Maya,
			models.Event{Kind: models.PlanModified, Detail: models.Detail{EndedOn: "2026-01-31"}},
			"modify-back", bramley + "renews=yes&seats=50&term=keep&version=4",
		},
		{
			"it renews", demo.BramleyAccount, demo.Maya,
			models.Event{Kind: models.PlanModified, Detail: models.Detail{Renews: &yes}},
			"modify-back", bramley + "seats=50&term=keep&version=4",
		},
		{"support may not modify", demo.BramleyAccount, demo.Priya, models.Event{Kind: models.PlanModified}, "modify-back", ""},
		{
			"reassigned two days ago", demo.LeavingAccount, demo.Maya,
			models.Event{Kind: models.AccountReplaced, Detail: models.Detail{Other: demo.ArrivingAccount}},
			"undo-silent", "/accounts/A-20791/undo",
		},
		{"reassigned too long ago", demo.ReplacedAccount, demo.Maya, models.Event{Kind: models.AccountReplaced, Detail: models.Detail{Other: demo.SuccessorAccount}}, "undo-silent", ""},
		{
			"a carry", demo.LeavingAccount, demo.Maya,
			models.Event{Kind: models.CarryBegun, Detail: models.Detail{Other: demo.ArrivingAccount, Carry: demo.CarryUnderWay}},
			"silent-carry", "/carries/CR-6001",
		},
	} {
		t.Run(c.when, func(t *testing.T) {
			page := fellSilent(c.account, c.who, c.change)
			doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
			pagetest.Has(t, doc, true, `[data-testid=fell-silent][data-tone=warn]`)
			if got := doc.Find("[data-testid="+c.button+"]").AttrOr("href", ""); got != c.leads {
				t.Errorf("leads to %q, want %q", got, c.leads)
			}
			list := WatchPage{WatchDesk: models.WatchDesk{AsOf: demo.Now, Watches: []models.Watch{*page.Watch}}, Who: page.Who, In: page.In}
			doc = pagetest.Draw(t, pagetest.Halden(), Watch(list))
			if got := doc.Find("[data-testid=watch-"+c.account+"] [data-testid="+c.button+"-"+c.account+"]").AttrOr("href", ""); got != c.leads {
				t.Errorf("the list leads to %q, want %q", got, c.leads)
			}
		})
	}
}

func TestAPageSaysHowMuchFewerAgentsReport(t *testing.T) {
	page := fellSilent(demo.LeavingAccount, demo.Maya, models.Event{Kind: models.CarryBegun, Detail: models.Detail{Other: demo.ArrivingAccount, Carry: demo.CarryUnderWay, Agents: 48, To: true}})
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	for selector, want := range map[string]string{
		"[data-testid=fell-silent] h2": "50% fewer check-ins since agents are carried over",
		"[data-testid=fell-silent] p:nth-of-type(1)": "20 agents report in an hour since 12 Mar 2026, 00:41, on average; it was 40 in the same hours of the week before. " +
			"Both accounts are counted together.",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}
