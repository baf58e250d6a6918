package accounts

import (
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func listPage(asked models.ListQuestion) ListPage {
	p := ListPage{models.AccountsPage{ListFrame: models.ListFrame{AsOf: demo.Now, Asked: asked, Count: 1, Views: models.AccountViews()}}}
	p.Views[0].Count = 1
	p.Plans = []models.Choice{{Value: "endpoint-standard", Label: "Endpoint Standard"}}
	o := pagetest.Overview(demo.BramleyAccount)
	p.Rows = []models.AccountRow{{
		ID: o.Account.ID, CustomerID: o.Customer.ID, Customer: o.Customer.Name, Owner: o.Owner, InUse: 42, Subscription: o.Subscription, Terms: o.Terms,
	}}
	return p
}

func TestTheListShowsAccountsWithTheirCompany(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), List(listPage(models.ListQuestion{Sort: models.ByName})))
	pagetest.Has(t, doc, true,
		`body[data-page=accounts][data-state=default]`, `[data-testid=accounts-table] [data-testid=row-A-20418] th a[href="/accounts/A-20418"]`,
		`[data-testid=view-ends-soon][href="/accounts?view=ends-soon"]`, `[data-testid=filters][hx-target="#list"][hx-push-url=true]`, `#list [data-testid=pager]`,
	)
	if got := pagetest.Text(t, doc, "[data-testid=row-A-20418]"); got != "Bramley Dental Group, A-20418 A-20418 Endpoint Standard Active 42 of 50 30 Nov 2026 Maya Kowalski" {
		t.Errorf("%q", got)
	}
	pagetest.Has(t, doc, false, "#list [data-testid=filters]")
}

func TestEveryLinkOfAListKeepsWhatWasAsked(t *testing.T) {
	p := listPage(models.ListQuestion{View: models.ViewGrace, Search: "a&b", Plan: "endpoint-standard", State: models.EndingSoon, Sort: "-ends", After: "here"})
	p.Next, p.Previous = "n", "p"
	doc := pagetest.Draw(t, pagetest.Halden(), List(p))
	const rest = "plan=endpoint-standard&q=a%26b&sort=-ends&state=ending-soon&view=grace"
	pagetest.Has(t, doc, true,
		`a[rel=next][href="/accounts?after=n&`+rest+`"]`, `a[rel=prev][href="/accounts?before=p&`+rest+`"]`,
		`[data-testid=download-csv][href="/accounts.csv?`+rest+`"]`,
		`th[aria-sort=descending] a[href="/accounts?plan=endpoint-standard&q=a%26b&sort=ends&state=ending-soon&view=grace"]`,
		`.chip a[aria-label="Remove Ends soon"][href="/accounts?plan=endpoint-standard&q=a%26b&sort=-ends&view=grace"]`,
		`[data-testid=clear-filters][href="/accounts?sort=-ends&view=grace"]`,
		`[data-testid=filters] input[type=hidden][name=view][value=grace]`, `[data-testid=filters] input[type=hidden][name=sort][value="-ends"]`,
		`[data-testid=filter-state] option[selected][value=ending-soon]`,
	)
}

func TestWithoutAnyAccountTheListSaysWhereTheyComeFrom(t *testing.T) {
	p := ListPage{models.AccountsPage{ListFrame: models.ListFrame{Views: models.AccountViews()}}}
	doc := pagetest.Draw(t, pagetest.Halden(), List(p))
	pagetest.Has(t, doc, true, `body[data-state=empty]`, `[data-testid=empty-state] a[href="/customers"]`)
	pagetest.Has(t, doc, false, `[data-testid=filters]`)
}
