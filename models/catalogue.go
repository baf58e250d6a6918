package models

import "time"

// Standing says whether a plan can be assigned by the partner in question, and if it cannot, why not.
type Standing string

const (
	OnSale     Standing = "on sale"
	OffSale    Standing = "retired"
	OnHold     Standing = "locked"
	NotGranted Standing = "not granted"
)

// Standing of the offer. What holds for everybody is said before what holds for this partner.
func (o Offer) Standing() Standing {
	switch {
	case o.Plan.RetiredAt != nil:
		return OffSale
	case o.Plan.LockedAt != nil:
		return OnHold
	case !o.Granted:
		return NotGranted
	}
	return OnSale
}

// EditableBy reports whether the actor may change this plan: only admins of the partner that made it.
func (p Plan) EditableBy(who Actor) bool { return who.May(EditPlans) && p.PartnerID == who.PartnerID }

// Shared reports whether the plan is a distributor's, who grants it to resellers. A reseller's own plan
// is sold by nobody else.
func (p Plan) Shared() bool { return p.PartnerID == p.RootID }

// CatalogueRow is one line of the catalogue.
type CatalogueRow struct {
	Offer
	Maker    string // the partner that made the plan, by name
	Accounts int    // within reach that have it, in any version, up to CountBound
}

// CataloguePage is one page of the catalogue in the order of the keys, and the keys of its neighbours;
// empty at an end.
type CataloguePage struct {
	Rows     []CatalogueRow
	Previous string
	Next     string
}

// PlanVersion is one version of a plan with the accounts within reach that have it, up to CountBound.
type PlanVersion struct {
	Terms    PlanTerms
	Accounts int
}

// PlanFile is what the page of a plan shows: the plan, its versions, and whom a change of it concerns.
type PlanFile struct {
	AsOf time.Time
	CatalogueRow
	Versions  []PlanVersion // the newest first, up to VersionsShown
	Resellers int           // that the plan is granted to, up to CountBound; of a distributor's own plan
}

// VersionsShown is how many versions of a plan its page lists.
const VersionsShown = 50

// Grantee is a reseller with whether a plan is granted to it.
type Grantee struct {
	ID      string
	Name    string
	Granted bool
}

// PlanDesk is what the form of a plan shows. Of a new plan the offer is zero.
type PlanDesk struct {
	PlanFile
	Products []Product // to choose from, for a new plan
	Grantees []Grantee // for whoever grants; empty for a reseller
	Wish     PlanWish
	Problem  *Problem
	CloneOf  string // the name of the plan that a new one starts from
}

// New reports whether the form is about a plan that does not exist yet.
func (d PlanDesk) New() bool { return d.Plan.ID == "" }
