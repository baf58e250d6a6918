package models_test

import (
	"testing"
	"time"

	"mooring/models"
)

func TestThePlainNameOfACompany(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Bramley Dental Group", "bramley dental group"},
		{"  BRAMLEY   Dental\tGroup ", "bramley dental group"},
		{"Quarry & Sons", "quarry sons"},
		{"O’Malley & Daughters, Ltd.", "o malley daughters"},
		{"O'Malley & Daughters Limited", "o malley daughters"},
		{"Müller GmbH & Co. KG", "müller"},
		{"Nordlys A/S", "nordlys"},
		{"Vela S.A.", "vela"},
		{"Vela SA", "vela"},
		{"Vela S.p.A.", "vela"},
		{"Vela S.à r.l.", "vela s à r l"}, // not a form we know
		{"Tulp B.V.", "tulp"},
		{"Pine, Inc", "pine"},
		{"Pine L.L.C.", "pine"},
		{"Ltd", "ltd"}, // something of the name is left
		{"S.A.", "s a"},
		{"AG Verlag", "ag verlag"}, // only at the end
		{"Plan B", "plan b"},
		{"Studio 54", "studio 54"},
		{"株式会社さくら", "株式会社さくら"},
		{"さくら、株式会社", "さくら 株式会社"},
		{"شركة النور", "شركة النور"},
		{"بيت، النور", "بيت النور"},
		{"ΔΕΛΤΑ", "δελτα"},
		{"...", ""},
		{"", ""},
	} {
		if got := models.PlainName(c.name); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNamesThatDifferInVowelsOnlyAreTwoCompanies(t *testing.T) {
	for _, pair := range [][2]string{{"काका", "कीकी"}, {"ร้านดี", "ร้านดุ"}, {"கா", "கி"}} {
		if a, b := models.PlainName(pair[0]), models.PlainName(pair[1]); a == b {
			t.Errorf("%s and %s are both %q", pair[0], pair[1], a)
		}
	}
}

func TestAnUnknownTimeZoneIsUTC(t *testing.T) {
	if got := (models.Customer{TimeZone: "No/Where"}).Location(); got != time.UTC {
		t.Errorf("it is %s", got)
	}
	if got := (models.Customer{TimeZone: "Asia/Tokyo"}).Location().String(); got != "Asia/Tokyo" {
		t.Errorf("Tokyo is %s", got)
	}
}
