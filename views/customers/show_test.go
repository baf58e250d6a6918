package customers

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mooring/models/demo"
	"mooring/views/pagetest"
)

func shown(t *testing.T, customer string) *goquery.Document {
	t.Helper()
	page := ShowPage{CustomerFile: pagetest.File(customer), Who: pagetest.Actor(demo.Maya), In: pagetest.Warsaw()}
	return pagetest.Draw(t, pagetest.Halden(), Show(page))
}

func TestACustomerShowsItsAccounts(t *testing.T) {
	doc := shown(t, demo.Bramley)
	pagetest.Has(t, doc, true,
		`body[data-page="customer.overview"][data-state=default]`,
		`[data-testid=accounts-of] tr[data-testid=row-A-20418] th a[href="/accounts/A-20418"]`,
		`[data-testid=accounts-of] tr[data-testid=row-A-20419]`,
		`[data-testid=contacts] a[href="mailto:helen@bramley.example"]`,
		`[data-testid=timeline] li`,
	)
	for selector, want := range map[string]string{
		"h1":                        "Bramley Dental Group",
		"title":                     "Bramley Dental Group – C-1042 – Halden Partners",
		"[data-testid=customer-id]": "C-1042",
		"[data-testid=row-A-20418]": "A-20418 Endpoint Standard Active 42 of 50 30 Nov 2026",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

func TestAReplacedAccountIsMarkedAndStaysInTheList(t *testing.T) {
	doc := shown(t, demo.SandpiperCustomer)
	old := pagetest.Text(t, doc, "[data-testid=row-"+demo.ReplacedAccount+"]")
	if !strings.Contains(old, "Replaced by "+demo.SuccessorAccount) || !strings.Contains(old, "40 of") {
		t.Errorf("%q", old)
	}
	pagetest.Has(t, doc, true, "[data-testid=row-"+demo.SuccessorAccount+"]")
}

func TestACustomerWithoutAnAccountSaysSo(t *testing.T) {
	doc := shown(t, demo.CustomerWithoutAccount)
	pagetest.Has(t, doc, true, `body[data-state=empty]`, `[data-testid=accounts-of] [data-testid=empty-state]`)
	pagetest.Has(t, doc, false, `[data-testid=accounts-table]`)
}

func TestAnArchivedCustomerSaysSo(t *testing.T) {
	doc := shown(t, demo.ArchivedCustomer)
	pagetest.Has(t, doc, true, `body[data-state=archived]`)
	if got := pagetest.Text(t, doc, "[data-testid=customer-archived] h2"); !strings.HasPrefix(got, "This customer was archived on ") {
		t.Errorf("%q", got)
	}
}

func TestEveryCustomerOfTheDemoHasAPage(t *testing.T) {
	for _, c := range demo.At(demo.Now).Customers {
		if got := pagetest.Text(t, shown(t, c.ID), "h1"); got != strings.Join(strings.Fields(c.Name), " ") {
			t.Errorf("%s: %q", c.ID, got)
		}
	}
}
