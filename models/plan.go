package models

import (
	"slices"
	"time"
)

// Activation is how a subscription to a plan begins.
type Activation string

const (
	// FirstSignIn activates by itself when the customer first signs in. The term counts from then.
	FirstSignIn Activation = "first sign-in"
	// OnDate activates at the start of a day, in the customer's time zone. The term counts from it.
	OnDate Activation = "on a date"
	// AtOnce activates when the plan is assigned.
	AtOnce Activation = "at once"
	// ByCode waits for an activation code.
	ByCode Activation = "by code"
)

// Plan is a template in the catalogue. What it offers is in its versions; the plan itself says which
// version is on sale, and whether it still is.
type Plan struct {
	ID        string // N-…
	RootID    string
	PartnerID string // who made it and may edit it
	ProductID string
	Key       string // its place in addresses, such as "endpoint-advanced"
	Current   int    // the number of the version on sale
	CreatedAt time.Time
	RetiredAt *time.Time // no longer sold; what is assigned goes on
	LockedAt  *time.Time // cannot be assigned or changed until somebody unlocks it
	Version   int
}

// PlanTerms is one version of a plan. It never changes: an edited plan has a further version, and
// what is assigned keeps the version it was assigned with.
type PlanTerms struct {
	PlanID     string
	Number     int
	RootID     string
	PartnerID  string
	Name       string
	Edition    string // the short name beside others of its family, such as "Advanced"
	Summary    string
	Features   []string `gorm:"serializer:json"`
	Trial      bool
	Unit       string // what a seat is: "device" or "mailbox"
	DataCenter string
	Activation Activation
	PriceMinor int64 // per seat and month
	Currency   string
	TermMonths int
	Renews     bool
	Policy     Policy `gorm:"serializer:json"`
	CreatedAt  time.Time
}

// TableName is where plan terms are kept.
func (PlanTerms) TableName() string { return "plan_versions" }

// Price is what one seat costs a month.
func (t PlanTerms) Price() Money { return Money{t.PriceMinor, t.Currency} }

// Monthly is what so many seats cost a month.
func (t PlanTerms) Monthly(seats int) Money { return t.Price().Times(int64(seats)) }

// Without lists what these terms have and the others lack.
func (t PlanTerms) Without(o PlanTerms) []string {
	var lost []string
	for _, f := range t.Features {
		if !slices.Contains(o.Features, f) {
			lost = append(lost, f)
		}
	}
	return lost
}

// Offer is a plan as somebody finds it in the catalogue: the version on sale, its product, and
// whether it may be sold by the partner in question.
type Offer struct {
	Plan    Plan
	Terms   PlanTerms
	Product Product
	Granted bool
}

// Sellable reports whether the plan can be assigned today.
func (o Offer) Sellable() bool {
	return o.Granted && o.Plan.RetiredAt == nil && o.Plan.LockedAt == nil
}
