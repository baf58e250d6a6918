package customers

import (
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func rows() []models.CustomerRow {
	archived := demo.Now.Add(-24 * time.Hour)
	return []models.CustomerRow{
		{ID: "C-1042", Name: "Bramley Dental Group", City: "London", Owner: "Maya Kowalski", ExternalRef: "88123", Accounts: 2},
		{ID: "C-1031", Name: "Kingfisher Cafés", City: "Bath", ArchivedAt: &archived},
	}
}

// page is a page of customers of which there are so many in all.
func page(count int, rows ...models.CustomerRow) models.CustomersPage {
	p := models.CustomersPage{ListFrame: models.ListFrame{Count: count, Views: models.CustomerViews(), Asked: models.ListQuestion{Sort: models.ByName}}, Rows: rows}
	p.Views[0].Count = count
	return p
}

func TestTheListLeadsToCustomers(t *testing.T) {
	p := page(62, rows()...)
	p.Next = "a+b/c"
	doc := pagetest.Draw(t, pagetest.Halden(), List(p))
	pagetest.Has(t, doc, true,
		`body[data-page=customers][data-state=default]`,
		`table[data-testid=customers-table] tr[data-testid=row-C-1042] th a[href="/customers/C-1042"]`,
		`[data-testid=pager] a[rel=next][href="/customers?after=a%2Bb%2Fc"]`,
		`th[aria-sort=ascending] a[href="/customers?sort=-name"]`,
		`[data-testid=view-all][aria-current=page]`,
		`[data-testid=view-archived][href="/customers?view=archived"]`,
		`[data-testid=download-csv][href="/customers.csv"]`,
	)
	pagetest.Has(t, doc, false, `[data-testid=pager] a[rel=prev]`, `[data-testid=empty-state]`, `.chip`)
	for selector, want := range map[string]string{
		"[data-testid=list-count]":   "62 customers",
		"[data-testid=row-C-1042]":   "Bramley Dental Group London 2 Maya Kowalski 88123",
		"[data-testid=row-C-1031]":   "Kingfisher Cafés Bath Archived 0 None None",
		"[data-testid=pager] > span": "2 of 62 customers",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

func TestTheListCountsToItsBound(t *testing.T) {
	for count, want := range map[int]string{1: "1 customer", 999: "999 customers", 1000: "1,000 customers", 1001: "1,000+ customers"} {
		p := page(count, rows()...)
		p.Previous = "k"
		doc := pagetest.Draw(t, pagetest.Halden(), List(p))
		if got := pagetest.Text(t, doc, "[data-testid=list-count]"); got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
		pagetest.Has(t, doc, true, `[data-testid=pager] a[rel=prev][href="/customers?before=k"]`)
	}
}

func TestAnEmptyListSaysHowCustomersComeIn(t *testing.T) {
	p := page(0)
	p.Imports = true
	doc := pagetest.Draw(t, pagetest.Halden(), List(p))
	pagetest.Has(t, doc, true, `body[data-state=empty]`, `[data-testid=empty-state] a[href="/imports/new"]`)
	pagetest.Has(t, doc, false, `[data-testid=customers-table]`, `[data-testid=pager]`, `[data-testid=filters]`)

	doc = pagetest.Draw(t, pagetest.Halden(), List(page(0)))
	pagetest.Has(t, doc, false, `a[href="/imports/new"]`)
	pagetest.Has(t, doc, true, `[data-testid=empty-state] a[href="/"]`)
}

func TestWhereNothingFitsTheFiltersStayAndCanBeCleared(t *testing.T) {
	p := page(0)
	p.Views[0].Count = 62
	p.Asked.Search, p.Asked.Owner = "no such", demo.Maya
	p.Owners = []models.Choice{{Value: demo.Maya, Label: "Maya Kowalski"}}
	doc := pagetest.Draw(t, pagetest.Halden(), List(p))
	pagetest.Has(t, doc, true,
		`body[data-state=no-match]`, `[data-testid=filters] input[name=q][value="no such"]`, `[data-testid=filter-owner] option[selected][value="`+demo.Maya+`"]`,
		`[data-testid=empty-state] a[href="/customers"]`, `[data-testid=clear-filters][href="/customers"]`,
		`.chip a[href="/customers?q=no+such"][aria-label="Remove Owner: Maya Kowalski"]`,
	)
}

func TestAPageAfterTheEndLeadsBack(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), List(page(62)))
	pagetest.Has(t, doc, true, `[data-testid=empty-state] a[href="/customers"]`)
	if got := pagetest.Text(t, doc, "[data-testid=empty-state] h2"); got != "Nothing comes after this" {
		t.Errorf("%q", got)
	}
}
