package models

import (
	"slices"
	"strings"
)

// CustomerWish is what somebody wants a customer to be: a new one, or one that is there with other facts.
type CustomerWish struct {
	PartnerID   string // of a new customer; empty is the actor's own partner
	Name        string
	Address     string
	City        string
	Region      string
	PostalCode  string
	Country     string // upper case
	TimeZone    string
	Currency    string // upper case
	ExternalRef string
	OwnerID     string // of the partner's staff, or empty
	Note        string
	Contacts    []ContactWish
	// Anyway names the likely duplicates that were shown and are none.
	Anyway  []string
	Version int // that the form was drawn from; 0 for a new customer
	FormKey string
}

// ContactWish is one contact as it should be. Without an ID it is a further one.
type ContactWish struct {
	ID     string
	Name   string
	Email  string // lower case
	Remove bool
}

// Blank reports whether nothing was said about the contact.
func (k ContactWish) Blank() bool { return k.Name == "" && k.Email == "" }

// Gone reports whether there should be no such contact.
func (k ContactWish) Gone() bool { return k.Remove || k.Blank() }

// MaxContacts bounds the contacts of one customer that a form takes.
const MaxContacts = 50

// Currencies lists what a customer may pay in, the usual ones first. Each has two decimals.
func Currencies() []string { return slices.Clone(currencies) }

var currencies = strings.Fields("EUR GBP USD CHF PLN CZK SEK NOK DKK HUF RON AUD BRL CAD INR MXN NZD SGD TRY ZAR")

// StaffUser is a member of a partner's staff, as far as others choose them.
type StaffUser struct {
	ID   string
	Name string
}

// OwnerRoles are the roles of those who may look after a customer: whoever may assign plans.
func OwnerRoles() []Role { return RolesFor(AssignPlans) }

// WishFor is the wish that changes nothing: a customer as it is.
func WishFor(c Customer, contacts []Contact) CustomerWish {
	w := CustomerWish{
		PartnerID: c.PartnerID, Name: c.Name, Address: c.Address, City: c.City, Region: c.Region, PostalCode: c.PostalCode,
		Country: c.Country, TimeZone: c.TimeZone, Currency: c.Currency, ExternalRef: c.ExternalRef, OwnerID: c.OwnerID,
		Note: c.Note, Version: c.Version,
	}
	for _, k := range contacts {
		w.Contacts = append(w.Contacts, ContactWish{ID: k.ID, Name: k.Name, Email: k.Email})
	}
	return w
}

// Tidied is the wish as it is stored: without blanks around its texts.
func (w CustomerWish) Tidied() CustomerWish {
	for _, text := range []*string{&w.Name, &w.Address, &w.City, &w.Region, &w.PostalCode, &w.Country, &w.TimeZone, &w.Currency, &w.ExternalRef, &w.Note} {
		*text = strings.TrimSpace(strings.ReplaceAll(*text, "\r\n", "\n"))
	}
	w.Country, w.Currency = strings.ToUpper(w.Country), strings.ToUpper(w.Currency)
	w.TimeZone = zoneNamed(w.TimeZone)
	w.Contacts = slices.Clone(w.Contacts)
	for i := range w.Contacts {
		k := &w.Contacts[i]
		k.Name, k.Email = strings.TrimSpace(k.Name), strings.ToLower(strings.TrimSpace(k.Email))
	}
	return w
}

// Applied is a customer with everything that is wished, and where the two differ. Contacts are rows of
// their own.
func (w CustomerWish) Applied(c Customer) (Customer, []CustomerDifference) {
	var differ []CustomerDifference
	for _, f := range []struct {
		name, wish string
		field      *string
	}{
		{"name", w.Name, &c.Name},
		{"address", w.Address, &c.Address},
		{"city", w.City, &c.City},
		{"region", w.Region, &c.Region},
		{"postal code", w.PostalCode, &c.PostalCode},
		{"country", w.Country, &c.Country},
		{"time zone", w.TimeZone, &c.TimeZone},
		{"currency", w.Currency, &c.Currency},
		{"reference", w.ExternalRef, &c.ExternalRef},
		{"owner", w.OwnerID, &c.OwnerID},
		{"note", w.Note, &c.Note},
	} {
		if f.wish != *f.field {
			differ = append(differ, CustomerDifference{Field: f.name, Stored: *f.field})
			*f.field = f.wish
		}
	}
	return c, differ
}

// CustomerDifference is a field that a wish would change, with what is stored.
type CustomerDifference struct {
	Field  string
	Stored string
}
