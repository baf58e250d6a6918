package models

import (
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Complaints are all that is wrong with the wish by itself, by the fields of the form: the time zone is
// "time-zone", the second contact's email "contact-2-email".
func (w CustomerWish) Complaints() Complaints {
	var wrong Complaints
	w.checkTexts(&wrong)
	w.checkChoices(&wrong)
	w.checkContacts(&wrong)
	return wrong
}

func (w CustomerWish) checkTexts(wrong *Complaints) {
	for _, f := range []struct {
		field, what, text string
		most              int
		lines             bool
		asks              string // if it may not be empty
	}{
		{"name", "company name", w.Name, MaxCompanyName, false, "Enter the company name."},
		{"address", "address", w.Address, MaxAddress, true, ""},
		{"city", "city", w.City, MaxCity, false, "Enter the city."},
		{"region", "region", w.Region, MaxRegion, false, ""},
		{"postal-code", "postal code", w.PostalCode, MaxPostalCode, false, ""},
		{"external-ref", "reference", w.ExternalRef, MaxExternalRef, false, ""},
		{"note", "note", w.Note, MaxNote, true, ""},
	} {
		fault := textFault(f.what, f.text, f.most, f.lines)
		if f.asks != "" && PlainName(f.text) == "" {
			fault = f.asks
		}
		if fault != "" {
			wrong.Add(f.field, fault)
		}
	}
}

// textFault says what is wrong with a text that may have so many characters, and perhaps several lines;
// or nothing.
func textFault(what, text string, most int, lines bool) string {
	odd := func(c rune) bool { return unicode.IsControl(c) && !(lines && strings.ContainsRune("\r\n\t", c)) }
	switch {
	case utf8.RuneCountInString(text) > most:
		return fmt.Sprintf("The %s has more than %d characters.", what, most)
	case strings.ContainsFunc(text, odd):
		return fmt.Sprintf("The %s holds a line break or another control character.", what)
	case !utf8.ValidString(text):
		return fmt.Sprintf("The %s holds something that is not text.", what)
	}
	return ""
}

func (w CustomerWish) checkChoices(wrong *Complaints) {
	if !KnownCountry(w.Country) {
		wrong.Add("country", "Choose a country.")
	}
	if w.TimeZone == "" {
		wrong.Add("time-zone", "Enter a time zone such as Europe/Berlin.")
	} else if !knownZone(w.TimeZone) {
		wrong.Add("time-zone", fmt.Sprintf("%q is not a time zone such as Europe/Berlin.", w.TimeZone))
	}
	if !slices.Contains(currencies, w.Currency) {
		wrong.Add("currency", "Choose a currency.")
	}
}

func (w CustomerWish) checkContacts(wrong *Complaints) {
	lines := map[string]int{}
	for i, k := range w.Contacts {
		field := "contact-" + strconv.Itoa(i+1)
		if k.Gone() {
			continue
		}
		switch fault := textFault("contact’s name", k.Name, MaxContactName, false); {
		case k.Name == "":
			wrong.Add(field+"-name", "Enter the contact’s name.")
		case fault != "":
			wrong.Add(field+"-name", fault)
		}
		switch {
		case k.Email == "":
			wrong.Add(field+"-email", "Enter the contact’s email address.")
		case !emailAddress(k.Email):
			wrong.Add(field+"-email", "Enter an email address like name@company.example.")
		case lines[k.Email] > 0:
			wrong.Add(field+"-email", fmt.Sprintf("Contact %d has the same email address.", lines[k.Email]))
		default:
			lines[k.Email] = i + 1
		}
	}
	if len(w.Contacts) > MaxContacts {
		wrong.Add("contact-1-name", fmt.Sprintf("A customer has at most %d contacts.", MaxContacts))
	}
}

// emailAddress reports whether a text is an email address and nothing else.
func emailAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && a.Name == "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= MaxEmail
}
