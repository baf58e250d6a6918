package models

import "time"

// ProductKind says where a product runs, which decides how it can become active.
type ProductKind string

const (
	// SaaS runs with the vendor and can activate itself.
	SaaS ProductKind = "saas"
	// OnPremise runs on the customer's own server and is never activated in the portal: the code is
	// entered in the product.
	OnPremise ProductKind = "on-premise"
)

// Product is what is licensed.
type Product struct {
	ID        string // R-…
	RootID    string
	PartnerID string
	Family    string // plans of one family can be changed into each other in place
	Name      string
	Kind      ProductKind
	CreatedAt time.Time
}
