package models

import "time"

// PartnerKind says where in the tree a partner stands.
type PartnerKind string

const (
	Distributor PartnerKind = "distributor"
	Reseller    PartnerKind = "reseller"
)

// Partner is a company in the tree: a distributor at the top, resellers under it.
type Partner struct {
	ID       string // P-…
	RootID   string // the distributor at the top; a distributor's own id
	ParentID *string
	Kind     PartnerKind
	Name     string
	// TimeZone (IANA) and Currency (ISO 4217) are what its new customers start with.
	TimeZone  string
	Currency  string
	CreatedAt time.Time
}

// Location is the partner's time zone; UTC where the stored name is unknown.
func (p Partner) Location() *time.Location { return location(p.TimeZone) }

// User is a person who signs in: partner staff, or a contact of one of the partner's customers.
type User struct {
	ID           string // U-…
	RootID       string
	PartnerID    string
	Name         string
	Email        string // lower case, unique in the installation
	Role         Role
	PasswordHash string
	CreatedAt    time.Time
	DisabledAt   *time.Time
}
