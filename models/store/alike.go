package store

import (
	"slices"
	"strings"

	"mooring/models"
)

// CustomersAlike finds a partner's customers, archived ones too, who have this plain name, this external
// reference, or a contact at one of the mail domains; a hundred of each at most.
func (v *View) CustomersAlike(partnerID, plain, ref string, domains []string) ([]models.Customer, error) {
	found, err := v.alike(partnerID, `c.plain_name = ?`, plain)
	if err != nil {
		return nil, err
	}
	if ref != "" {
		same, err := v.alike(partnerID, `c.external_ref = ?`, ref)
		if err != nil {
			return nil, err
		}
		found = append(found, same...)
	}
	for _, d := range domains {
		there, err := v.alike(partnerID, `EXISTS (SELECT 1 FROM contacts k WHERE {{wall k}} AND k.partner_id = c.partner_id
			AND k.customer_id = c.id AND lower(k.email) LIKE ? ESCAPE '!')`, "%@"+literal.Replace(d))
		if err != nil {
			return nil, err
		}
		found = append(found, there...)
	}
	slices.SortFunc(found, func(a, b models.Customer) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(found, func(a, b models.Customer) bool { return a.ID == b.ID }), nil
}

// literal is a text inside a pattern of LIKE that means itself.
var literal = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func (v *View) alike(partnerID, condition, value string) ([]models.Customer, error) {
	var found []models.Customer
	err := v.rows(&found, `SELECT `+bareColumns("c", models.Customer{})+` FROM customers c
		WHERE {{wall.customers c}} AND c.partner_id = ? AND `+condition+` LIMIT 100`, partnerID, value)
	return found, err
}
