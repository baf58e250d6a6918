package store

import "mooring/models"

type offerRow struct {
	Plan    models.Plan      `gorm:"embedded;embeddedPrefix:n_"`
	Terms   models.PlanTerms `gorm:"embedded;embeddedPrefix:t_"`
	Product models.Product   `gorm:"embedded;embeddedPrefix:p_"`
	Granted bool
}

var offerColumns = columns("n", models.Plan{}) + ", " + columns("t", models.PlanTerms{}) + ", " + columns("p", models.Product{})

const offerFrom = `, (CASE WHEN n.partner_id = ? OR EXISTS (
		SELECT 1 FROM plan_grants g WHERE g.plan_id = n.id AND g.partner_id = ?) THEN TRUE ELSE FALSE END) AS granted
	FROM plans n
	JOIN plan_versions t ON t.plan_id = n.id AND t.number = n.current
	JOIN products p ON p.id = n.product_id
	WHERE {{wall.catalogue n}} `

// OffersIn lists the plans of one product family, the cheapest first, as they stand for one partner.
func (v *View) OffersIn(family, partnerID string) ([]models.Offer, error) {
	return v.offers(`AND p.family = ? ORDER BY t.trial DESC, t.price_minor, n.key LIMIT 200`, partnerID, family)
}

// Offers lists every plan within reach by product and price, as it stands for one partner.
func (v *View) Offers(partnerID string) ([]models.Offer, error) {
	return v.offers(`ORDER BY p.name, t.trial DESC, t.price_minor, n.key LIMIT 500`, partnerID)
}

func (v *View) offers(where, partnerID string, args ...any) ([]models.Offer, error) {
	var rows []offerRow
	err := v.rows(&rows, `SELECT `+offerColumns+offerFrom+where, append([]any{partnerID, partnerID}, args...)...)
	offers := make([]models.Offer, len(rows))
	for i, r := range rows {
		offers[i] = models.Offer(r)
	}
	return offers, err
}
