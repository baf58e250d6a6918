package models_test

import (
	"strings"
	"testing"

	"mooring/models"
)

func TestWhatMakesACustomerALikelyDuplicate(t *testing.T) {
	wish := func(name, city, email, ref string) models.CustomerWish {
		w := models.CustomerWish{Name: name, City: city, ExternalRef: ref}
		if email != "" {
			w.Contacts = []models.ContactWish{{Name: "Somebody", Email: email}}
		}
		return w
	}
	there := models.Customer{ID: "C-1", Name: "O’Malley & Daughters Ltd.", City: "Galway", ExternalRef: "IE-7"}
	contacts := []models.Contact{{Email: "aoife@omalley.example"}, {Email: "old.office@gmail.com"}}
	for _, c := range []struct {
		when string
		wish models.CustomerWish
		want string
	}{
		{"nothing in common", wish("Penrose", "Leeds", "ivo@penrose.example", "GB-1"), ""},
		{"the name written otherwise", wish("o'malley and daughters", "Galway", "", ""), ""},
		{"the name without its legal form", wish("O’MALLEY & DAUGHTERS", "GALWAY", "", ""), "the same name and city"},
		{"the name in another city", wish("O’Malley & Daughters", "Cork", "", ""), ""},
		{"a contact at the same company", wish("OMD", "Cork", "sean@omalley.example", ""), "contacts at omalley.example"},
		{"a contact at a company inside the domain", wish("OMD", "Cork", "sean@mail.omalley.example", ""), ""},
		{"a contact at the same free mailer", wish("OMD", "Cork", "sean@gmail.com", ""), ""},
		{"the same reference", wish("OMD", "Cork", "", "ie-7"), "the same reference IE-7"},
		{"no reference is no likeness", wish("OMD", "Cork", "", ""), ""},
		{"all of it", wish("O’Malley & Daughters", "Galway", "sean@omalley.example", "IE-7"), "the same reference IE-7; the same name and city; contacts at omalley.example"},
	} {
		t.Run(c.when, func(t *testing.T) {
			if got := strings.Join(c.wish.Alike(there, contacts), "; "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestAContactThatGoesMakesNothingAlike(t *testing.T) {
	w := models.CustomerWish{Name: "OMD", City: "Cork", Contacts: []models.ContactWish{{ID: "K-1", Name: "Sean", Email: "sean@omalley.example", Remove: true}}}
	if got := w.MailDomains(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestOnlyWhatWasShownIsAgreedTo(t *testing.T) {
	likely := []models.Likeness{{Customer: models.Customer{ID: "C-1"}}, {Customer: models.Customer{ID: "C-2"}}}
	w := models.CustomerWish{Anyway: []string{"C-1"}}
	if got := w.Unshown(likely); len(got) != 1 || got[0].Customer.ID != "C-2" {
		t.Errorf("%v", got)
	}
}
