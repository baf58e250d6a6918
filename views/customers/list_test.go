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

func TestTheListLeadsToCustomers(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), List(models.CustomersPage{Rows: rows(), Count: 62, Next: "a+b/c"}))
	pagetest.Has(t, doc, true,
		`body[data-page=customers][data-state=default]`,
		`table[data-testid=customers-table] tr[data-testid=row-C-1042] th a[href="/customers/C-1042"]`,
		`[data-testid=pager] a[rel=next][href="/customers?after=a%2Bb%2Fc"]`,
	)
	pagetest.Has(t, doc, false, `[data-testid=pager] a[rel=prev]`, `[data-testid=empty-state]`)
	for selector, want := range map[string]string{
		"[data-testid=customers-count]": "62 customers",
		"[data-testid=row-C-1042]":      "Bramley Dental Group London 2 Maya Kowalski 88123",
		"[data-testid=row-C-1031]":      "Kingfisher Cafés Bath Archived 0 – –",
		"[data-testid=pager] > span":    "2 of 62 customers",
	} {
		if got := pagetest.Text(t, doc, selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

func TestTheListCountsToItsBound(t *testing.T) {
	for count, want := range map[int]string{1: "1 customer", 999: "999 customers", 1000: "1,000 customers", 1001: "1,000+ customers"} {
		doc := pagetest.Draw(t, pagetest.Halden(), List(models.CustomersPage{Rows: rows(), Count: count, Previous: "k"}))
		if got := pagetest.Text(t, doc, "[data-testid=customers-count]"); got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
		pagetest.Has(t, doc, true, `[data-testid=pager] a[rel=prev][href="/customers?before=k"]`)
	}
}

func TestAnEmptyListSaysHowCustomersComeIn(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), List(models.CustomersPage{}))
	pagetest.Has(t, doc, true, `body[data-state=empty]`)
	pagetest.Has(t, doc, false, `[data-testid=customers-table]`, `[data-testid=pager]`)
	if got := pagetest.Text(t, doc, "[data-testid=empty-state] code"); got != "portal import customers.csv" {
		t.Errorf("%q", got)
	}
}

func TestAPageAfterTheEndLeadsBack(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), List(models.CustomersPage{Count: 62}))
	pagetest.Has(t, doc, true, `[data-testid=empty-state] a[href="/customers"]`)
	if got := pagetest.Text(t, doc, "[data-testid=empty-state] h2"); got != "Nobody comes after this" {
		t.Errorf("%q", got)
	}
}
