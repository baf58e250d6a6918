package demo

import (
	"slices"

	"mooring/models"
)

// Keys of the plans that Northgate sells, as they stand in addresses.
const (
	Trial        = "endpoint-trial"
	Standard     = "endpoint-standard" // two versions: the first at €2.00, the second at €2.10
	Advanced     = "endpoint-advanced"
	AdvancedMail = "endpoint-advanced-mail"
	AdvancedUS   = "endpoint-advanced-us" // in another data center
	Basic        = "endpoint-basic"       // retired
	Lite         = "endpoint-lite"        // locked
	Elite        = "endpoint-elite"       // granted to Tidewater, not to Halden
	Fixed        = "endpoint-fixed"       // its policy refuses to reassign
	Dated        = "endpoint-dated"       // activates on a date
	Instant      = "endpoint-now"         // activates at once
	MailStandard = "mail-filter-standard"
	VaultPlan    = "server-vault" // on-premise, by code
)

// Ids of the products.
const (
	Endpoint      = "R-1001"
	MailFilter    = "R-1002"
	ServerVault   = "R-1003"
	SableEndpoint = "R-2001"
)

// Grant lets a partner sell a plan of its distributor.
type Grant = models.PlanGrant

func products() []models.Product {
	made := at("2023-01-16 10:00")
	return []models.Product{
		{ID: Endpoint, RootID: Northgate, PartnerID: Northgate, Family: "endpoint", Name: "Endpoint", Kind: models.SaaS, CreatedAt: made},
		{ID: MailFilter, RootID: Northgate, PartnerID: Northgate, Family: "mail-filter", Name: "Mail Filter", Kind: models.SaaS, CreatedAt: made},
		{ID: ServerVault, RootID: Northgate, PartnerID: Northgate, Family: "server-vault", Name: "Server Vault", Kind: models.OnPremise, CreatedAt: made},
		{ID: SableEndpoint, RootID: Sable, PartnerID: Sable, Family: "endpoint", Name: "Endpoint", Kind: models.SaaS, CreatedAt: made},
	}
}

// draft is a plan with its version on sale, before its blanks are filled.
type draft struct {
	id, root, product string
	key               string
	terms             models.PlanTerms
	policy            func(*models.Policy)
	earlier           int64 // the price of an earlier version, if there was one
	retired, locked   string
}

// plans fills the blanks of the drafts: whatever a draft leaves out is as in Endpoint Standard.
func plans() (all []models.Plan, terms []models.PlanTerms) {
	for _, d := range drafts() {
		p := models.Plan{
			ID: d.id, RootID: d.root, PartnerID: d.root, ProductID: d.product, Key: d.key,
			Current: 1, Version: 1, CreatedAt: at("2023-02-06 10:00"),
			RetiredAt: maybe(d.retired), LockedAt: maybe(d.locked),
		}
		if p.RetiredAt != nil || p.LockedAt != nil {
			p.Version++
		}
		t := d.filled()
		if d.earlier > 0 {
			old := t
			old.PriceMinor = d.earlier
			terms = append(terms, old)
			p.Current, p.Version = 2, 2
			t.Number, t.CreatedAt = 2, at("2025-01-20 11:00")
		}
		all, terms = append(all, p), append(terms, t)
	}
	return all, terms
}

func (d draft) filled() models.PlanTerms {
	t := d.terms
	t.PlanID, t.Number, t.RootID, t.PartnerID = d.id, 1, d.root, d.root
	t.Currency, t.Renews, t.CreatedAt = "EUR", !t.Trial, at("2023-02-06 10:00")
	t.Features, t.Policy = slices.Clone(t.Features), models.DefaultPolicy(t.Trial)
	if d.policy != nil {
		d.policy(&t.Policy)
	}
	if t.Unit == "" {
		t.Unit = "device"
	}
	if t.DataCenter == "" {
		t.DataCenter = "EU, Frankfurt"
	}
	if t.Activation == "" {
		t.Activation = models.FirstSignIn
	}
	if t.TermMonths == 0 {
		t.TermMonths = 12
	}
	return t
}

// grants gives Halden everything but Elite, Tidewater a few plans, and Kestrel what Sable has.
func grants(all []models.Plan) []Grant {
	tidewater := map[string]bool{Standard: true, Advanced: true, Elite: true, MailStandard: true}
	var out []Grant
	for _, p := range all {
		switch {
		case p.RootID == Sable:
			out = append(out, Grant{PlanID: p.ID, RootID: Sable, PartnerID: Kestrel})
			continue
		case p.Key != Elite:
			out = append(out, Grant{PlanID: p.ID, RootID: Northgate, PartnerID: Halden})
		}
		if tidewater[p.Key] {
			out = append(out, Grant{PlanID: p.ID, RootID: Northgate, PartnerID: Tidewater})
		}
	}
	return out
}
