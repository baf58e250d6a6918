package models

import (
	"strings"
	"time"
)

// MaxImportRows is how many rows one import takes.
const MaxImportRows = 100_000

// Import says whose customers a file holds, and whether it is only tried.
type Import struct {
	PartnerID string // empty is the actor's own partner
	Dry       bool   // judges every row and changes nothing
}

// ImportRow is what one row of a file wishes: a customer, a contact and perhaps a first plan. An empty
// field is no wish: it leaves a customer who is there as they are.
type ImportRow struct {
	Line        int
	ExternalRef string
	Company     string
	Address     string
	City        string
	Region      string
	PostalCode  string
	Country     string
	FirstName   string
	LastName    string
	Email       string // lower case
	TimeZone    string
	Note        string
	// Assignment is nil without a plan. Its PlanKey is a plan's key or its exact name.
	Assignment *Assignment
	// Wrong is what could not be read at all; without a field it is about the row as a whole.
	Wrong Complaints
	// Cells are the row as it stands in the file, so that a refused one can be handed back.
	Cells []string
}

// ContactName is the contact's name as it is stored.
func (r ImportRow) ContactName() string { return strings.TrimSpace(r.FirstName + " " + r.LastName) }

// Begun is the customer that the row makes, not yet stored and without an id. What the file does not
// say is as usual for the partner.
func (r ImportRow) Begun(p Partner, now time.Time) Customer {
	c, _ := r.Applied(Customer{
		RootID: p.RootID, PartnerID: p.ID, TimeZone: p.TimeZone, Currency: p.Currency, CreatedAt: now, Version: 1,
	})
	if r.TimeZone != "" {
		c.TimeZone = r.TimeZone
	}
	return c
}

// Applied is a customer with what the row wishes, and the names of the fields that differ. The time zone
// stays: end dates that are already counted depend on it.
func (r ImportRow) Applied(c Customer) (Customer, []string) {
	var changed []string
	for _, f := range []struct {
		name, wish string
		field      *string
	}{
		{"name", r.Company, &c.Name},
		{"address", r.Address, &c.Address},
		{"city", r.City, &c.City},
		{"region", r.Region, &c.Region},
		{"postal code", r.PostalCode, &c.PostalCode},
		{"country", r.Country, &c.Country},
		{"reference", r.ExternalRef, &c.ExternalRef},
		{"note", r.Note, &c.Note},
	} {
		if f.wish != "" && f.wish != *f.field {
			*f.field = f.wish
			changed = append(changed, f.name)
		}
	}
	return c, changed
}

// RowOutcome is what became of a row, or would.
type RowOutcome string

const (
	RowCreated   RowOutcome = "created"
	RowChanged   RowOutcome = "changed"
	RowUnchanged RowOutcome = "unchanged"
	RowRefused   RowOutcome = "refused"
)

// RowVerdict is what the portal says of one row. A row is done as a whole or not at all.
type RowVerdict struct {
	Row     ImportRow
	Outcome RowOutcome
	// Why holds sentences: all that speaks against a refused row, or what to know about another.
	Why        []string
	CustomerID string // empty for a refused row, and for a new customer that was only tried
	AccountID  string // of the row's plan
	Opens      bool   // the row's plan opens an account
}

// ImportReport counts the verdicts of an import.
type ImportReport struct {
	Partner   string // by name
	Dry       bool
	Rows      int
	Created   int
	Changed   int
	Unchanged int
	Refused   int
	Accounts  int // opened
}

// Count adds one verdict.
func (r *ImportReport) Count(v RowVerdict) {
	r.Rows++
	switch v.Outcome {
	case RowCreated:
		r.Created++
	case RowChanged:
		r.Changed++
	case RowUnchanged:
		r.Unchanged++
	case RowRefused:
		r.Refused++
	}
	if v.Opens {
		r.Accounts++
	}
}
