package models_test

import (
	"slices"
	"strings"
	"testing"

	"mooring/models"
)

func whole() models.CustomerWish {
	return models.CustomerWish{
		Name: "Harbour Bakery Ltd", City: "Gdynia", Country: "PL", TimeZone: "Europe/Warsaw", Currency: "EUR",
		Contacts: []models.ContactWish{{Name: "Ola Port", Email: "ola@harbourbakery.example"}},
	}
}

func TestWhatIsWrongWithACustomerIsNamedBesideItsField(t *testing.T) {
	long := strings.Repeat("名", 129)
	for _, c := range []struct {
		when  string
		spoil func(*models.CustomerWish)
		field string
	}{
		{"nothing is wrong", func(*models.CustomerWish) {}, ""},
		{"no name", func(w *models.CustomerWish) { w.Name = "" }, "name"},
		{"a name of signs only", func(w *models.CustomerWish) { w.Name = " – / " }, "name"},
		{"a name of 129 characters", func(w *models.CustomerWish) { w.Name = long }, "name"},
		{"a name of 128 characters", func(w *models.CustomerWish) { w.Name = long[:3*128] }, ""},
		{"a name from right to left", func(w *models.CustomerWish) { w.Name = "مخبز الشروق" }, ""},
		{"a name with a NUL", func(w *models.CustomerWish) { w.Name = "Harbour\x00" }, "name"},
		{"a name that is no text", func(w *models.CustomerWish) { w.Name = "Harbour \xff" }, "name"},
		{"no city", func(w *models.CustomerWish) { w.City = "" }, "city"},
		{"a city in two lines", func(w *models.CustomerWish) { w.City = "New\nYork" }, "city"},
		{"an address in two lines", func(w *models.CustomerWish) { w.Address = "Quay 1\nBack yard" }, ""},
		{"a postal code of 11 characters", func(w *models.CustomerWish) { w.PostalCode = "12345678901" }, "postal-code"},
		{"a country that is none", func(w *models.CustomerWish) { w.Country = "XX" }, "country"},
		{"no time zone", func(w *models.CustomerWish) { w.TimeZone = "" }, "time-zone"},
		{"a time zone that is none", func(w *models.CustomerWish) { w.TimeZone = "Europe/Atlantis" }, "time-zone"},
		{"the machine's own time zone", func(w *models.CustomerWish) { w.TimeZone = "Local" }, "time-zone"},
		{"a currency without decimals", func(w *models.CustomerWish) { w.Currency = "JPY" }, "currency"},
		{"a long reference", func(w *models.CustomerWish) { w.ExternalRef = strings.Repeat("9", 65) }, "external-ref"},
		{"a long note", func(w *models.CustomerWish) { w.Note = strings.Repeat("n", 501) }, "note"},
		{"a contact without an email", func(w *models.CustomerWish) { w.Contacts[0].Email = "" }, "contact-1-email"},
		{"a contact without a name", func(w *models.CustomerWish) { w.Contacts[0].Name = "" }, "contact-1-name"},
		{"an empty row", func(w *models.CustomerWish) { w.Contacts[0] = models.ContactWish{} }, ""},
		{"nobody at all", func(w *models.CustomerWish) { w.Contacts = nil }, ""},
		{"an email that is none", func(w *models.CustomerWish) { w.Contacts[0].Email = "ola@" }, "contact-1-email"},
		{"an email with a name", func(w *models.CustomerWish) { w.Contacts[0].Email = "Ola <ola@x.example>" }, "contact-1-email"},
		{"an email with a tag", func(w *models.CustomerWish) { w.Contacts[0].Email = "ola+portal@x.example" }, ""},
		{"one email twice", func(w *models.CustomerWish) { w.Contacts = append(w.Contacts, w.Contacts[0]) }, "contact-2-email"},
		{"a bad contact that goes", func(w *models.CustomerWish) { w.Contacts[0] = models.ContactWish{ID: "K-1", Name: "Ola", Remove: true} }, ""},
	} {
		t.Run(c.when, func(t *testing.T) {
			w := whole()
			c.spoil(&w)
			wrong := w.Complaints()
			switch {
			case c.field == "" && len(wrong) > 0:
				t.Errorf("complains of %v", wrong)
			case c.field != "" && (len(wrong) != 1 || wrong[0].Field != c.field):
				t.Errorf("complains of %v, want one about %s", wrong, c.field)
			}
		})
	}
}

func TestAWishIsTidiedBeforeItIsJudged(t *testing.T) {
	w := whole()
	w.Name, w.Country, w.TimeZone, w.Note = "  Harbour ", " pl", "europe/warsaw", "one\r\ntwo"
	w.Contacts[0].Email = " Ola@HarbourBakery.Example "
	got := w.Tidied()
	if got.Name != "Harbour" || got.Country != "PL" || got.TimeZone != "Europe/Warsaw" || got.Note != "one\ntwo" || got.Contacts[0].Email != "ola@harbourbakery.example" {
		t.Errorf("%+v", got)
	}
	if w.Contacts[0].Email == got.Contacts[0].Email {
		t.Error("the wish itself was changed")
	}
}

func TestAWishSaysWhereItDiffers(t *testing.T) {
	c := models.Customer{ID: "C-1", Name: "Harbour Bakery", City: "Gdynia", Country: "PL", TimeZone: "Europe/Warsaw", Currency: "EUR", Note: "call first"}
	w := models.WishFor(c, nil)
	if _, differ := w.Applied(c); len(differ) != 0 {
		t.Errorf("a customer as it is differs in %v", differ)
	}
	w.City, w.Note = "Sopot", ""
	got, differ := w.Applied(c)
	want := []models.CustomerDifference{{Field: "city", Stored: "Gdynia"}, {Field: "note", Stored: "call first"}}
	if got.City != "Sopot" || got.Note != "" || !slices.Equal(differ, want) {
		t.Errorf("%+v differs in %v", got, differ)
	}
}

func TestEveryListedTimeZoneIsKnown(t *testing.T) {
	w := whole()
	if n := len(models.TimeZones()); n < 300 {
		t.Fatalf("only %d time zones", n)
	}
	for _, name := range models.TimeZones() {
		if w.TimeZone = name; len(w.Complaints()) > 0 {
			t.Errorf("%s: %v", name, w.Complaints())
		}
	}
}

func TestCountriesHaveNamesAndStandInTheirOrder(t *testing.T) {
	all := models.Countries()
	if len(all) != 249 || all[0].Name != "Afghanistan" || models.CountryName("AX") != "Åland Islands" || models.CountryName("XX") != "" {
		t.Errorf("%d countries from %v", len(all), all[0])
	}
	for _, c := range all {
		if len(c.Code) != 2 || c.Name == "" || !models.KnownCountry(c.Code) {
			t.Errorf("%+v", c)
		}
	}
}
