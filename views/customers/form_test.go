package customers

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func formOf(t *testing.T, change func(*FormPage)) *goquery.Document {
	t.Helper()
	file := pagetest.File(demo.Bramley)
	p := FormPage{CustomerDesk: models.CustomerDesk{
		Partner: models.Partner{ID: demo.Halden, Name: "Halden Partners"}, Owners: []models.StaffUser{{ID: demo.Maya, Name: "Maya Kowalski"}},
		Customer: file.Customer, Contacts: file.Contacts, Wish: models.WishFor(file.Customer, file.Contacts),
	}}
	change(&p)
	return pagetest.Draw(t, pagetest.Halden(), Form(p))
}

func TestTheFormOfACustomerHoldsItsFacts(t *testing.T) {
	doc := formOf(t, func(*FormPage) {})
	pagetest.Has(t, doc, true,
		`body[data-page="customer.edit"][data-state=default]`, `[data-testid=edit-customer-form] input[name=version]`,
		`#country option[value=GB][selected]`, `#currency option[value=EUR][selected]`, `#owner option[value=U-1101][selected]`,
		`#name[value="Bramley Dental Group"]`, `#time-zone[value="Europe/London"]`, `#contact-1-email[value="helen@bramley.example"]`,
		`input[name=contact-1-id]`, `#contact-1-remove`, `#contact-2-name[value=""]`,
	)
	if said := pagetest.Said(doc); !strings.Contains(said, "They sign in to the portal.") {
		t.Error("nothing says that this contact signs in")
	}
}

func TestTheFirstButtonIsTheOneThatEnterPresses(t *testing.T) {
	doc := formOf(t, func(p *FormPage) {
		p.Likely = []models.Likeness{{Customer: pagetest.File("C-1001").Customer, Why: []string{"the same name and city"}}}
		p.Refused = &models.Problem{Kind: models.Invalid}
	})
	if got := doc.Find("form[data-testid=edit-customer-form] button").First().AttrOr("data-testid", ""); got != "submit-customer" {
		t.Errorf("Enter presses %q", got)
	}
	pagetest.Has(t, doc, true, `body[data-state=duplicates]`, `[data-testid=duplicates] input[name=anyway][value="C-1001"]`, `[data-testid=duplicate-C-1001] a[href="/customers/C-1001"]`)
}

func TestAFormThatIsFullTakesNoFurtherContact(t *testing.T) {
	doc := formOf(t, func(p *FormPage) {
		p.Wish.FormKey = "sent"
		p.Wish.Contacts = make([]models.ContactWish, models.MaxContacts)
	})
	pagetest.Has(t, doc, false, `[data-testid=add-contact]`)
	pagetest.Has(t, doc, true, `#contact-50-name`)
}

func TestWhatIsStoredOtherwiseIsSaidInWords(t *testing.T) {
	doc := formOf(t, func(p *FormPage) {
		p.Refused = &models.Problem{Kind: models.Conflict, Message: "Somebody changed this customer."}
		p.Stored = []models.CustomerDifference{{Field: "country", Stored: "PL"}, {Field: "owner", Stored: demo.Maya}, {Field: "note"}}
	})
	pagetest.Has(t, doc, true, `body[data-state=changed]`)
	if got := pagetest.Text(t, doc, "[data-testid=stored-now]"); got != "Country: Poland Owner: Maya Kowalski Note: nothing" {
		t.Errorf("%q", got)
	}
}

func TestACustomersNoteIsForTheStaff(t *testing.T) {
	pagetest.Has(t, shown(t, demo.Bramley), true, `[data-testid=customer-note]`)
	page := ShowPage{CustomerFile: pagetest.File(demo.Bramley), Who: pagetest.Actor(demo.Helen), In: pagetest.Warsaw()}
	doc := pagetest.Draw(t, pagetest.Halden(), Show(page))
	pagetest.Has(t, doc, false, `[data-testid=customer-note]`, `[data-testid=edit-customer]`, `[data-testid=assign-plan]`, `[data-testid=archive-customer]`)
}
