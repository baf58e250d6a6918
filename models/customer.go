package models

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Customer is a company that uses a product.
type Customer struct {
	ID          string // C-…
	RootID      string
	PartnerID   string // the partner that looks after it
	OwnerID     string // the member of staff who does, or empty
	Name        string
	Address     string
	City        string
	Region      string
	PostalCode  string
	Country     string // ISO 3166-1 alpha-2, upper case, or empty
	TimeZone    string // IANA; end dates are local dates here
	Currency    string // ISO 4217
	ExternalRef string // the partner's own key for it, unique per partner, or empty
	Note        string
	CreatedAt   time.Time
	ArchivedAt  *time.Time
	Version     int
}

// Location is the customer's time zone; UTC where the stored name is unknown.
func (c Customer) Location() *time.Location { return location(c.TimeZone) }

// Contact is a person at a customer. With a UserID the contact can sign in.
type Contact struct {
	ID         string // K-…
	RootID     string
	PartnerID  string
	CustomerID string
	UserID     *string
	Name       string
	Email      string
	CreatedAt  time.Time
}

// PlainName is a company's name as it is compared: lower case, without punctuation and legal form,
// single spaces. Two customers with the same plain name are likely the same company.
func PlainName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		// Marks carry the vowels of many scripts: without them different names look the same.
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	for n := legalForm(words); n > 0; n = legalForm(words) {
		words = words[:len(words)-n]
	}
	return strings.Join(words, " ")
}

// legalForm counts the last words that are a legal form, written as one or letter by letter like S.A. or
// A/S. Something of the name is left in any case.
func legalForm(words []string) int {
	for n := 1; n < len(words) && n <= 4; n++ {
		last := words[len(words)-n:]
		letter := utf8.RuneCountInString(last[0]) == 1
		if (n == 1 || letter) && legalForms[strings.Join(last, "")] {
			return n
		}
		if !letter {
			break
		}
	}
	return 0
}

var legalForms = map[string]bool{
	"ab": true, "ag": true, "as": true, "aps": true, "bv": true, "co": true, "corp": true, "gmbh": true,
	"inc": true, "kg": true, "limited": true, "llc": true, "llp": true, "ltd": true, "nv": true, "oy": true,
	"plc": true, "sa": true, "sarl": true, "sas": true, "spa": true, "srl": true,
}

// Limits of a customer's fields, in characters.
const (
	MaxCompanyName = 128
	MaxAddress     = 128
	MaxCity        = 64
	MaxRegion      = 64
	MaxPostalCode  = 10
	MaxNote        = 500
	MaxExternalRef = 64
	MaxContactName = 101
	MaxEmail       = 128
)
