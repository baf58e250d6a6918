package store

import (
	"slices"

	"mooring/models"
)

// catalogueRow is an offer with its maker and the number of accounts that have it.
type catalogueRow struct {
	Offer    offerRow `gorm:"embedded"`
	Maker    string
	Accounts int
}

// liveSubscription is a subscription that an account has today, whatever its state.
const liveSubscription = `(s.cancelled_at IS NULL OR s.cancelled_at > ?)`

// The accounts are counted version by version, because the index that finds them for one partner as well
// as for a whole tree begins with the version.
var catalogueColumns = `SELECT ` + offerColumns + `, coalesce((SELECT m.name FROM partners m WHERE m.id = n.partner_id), '') AS maker,
	(SELECT CAST(coalesce(sum((SELECT count(*) FROM (SELECT 1 FROM subscriptions s WHERE {{wall s}} AND s.root_id = w.root_id
		AND s.plan_id = w.plan_id AND s.plan_number = w.number AND ` + liveSubscription + ` LIMIT 1001) AS bounded)), 0) AS bigint)
		FROM plan_versions w WHERE w.plan_id = n.id) AS accounts`

// CatalogueAfter lists the plans within reach in the order of their keys, from a key on, as they stand
// for one partner.
func (v *View) CatalogueAfter(key, partnerID string) ([]models.CatalogueRow, error) {
	return v.catalogue(`AND n.key > ? ORDER BY n.key LIMIT 51`, partnerID, key)
}

// CatalogueBefore lists the plans that come before a key, the nearest first.
func (v *View) CatalogueBefore(key, partnerID string) ([]models.CatalogueRow, error) {
	return v.catalogue(`AND n.key < ? ORDER BY n.key DESC LIMIT 51`, partnerID, key)
}

// InCatalogue finds one plan by its key, as it stands for one partner.
func (v *View) InCatalogue(key, partnerID string) (models.CatalogueRow, error) {
	found, err := v.catalogue(`AND n.key = ? LIMIT 2`, partnerID, key)
	if err != nil {
		return models.CatalogueRow{}, err
	}
	if len(found) == 0 {
		return models.CatalogueRow{}, models.Absent()
	}
	return found[0], nil
}

func (v *View) catalogue(where, partnerID string, args ...any) ([]models.CatalogueRow, error) {
	var rows []catalogueRow
	err := v.rows(&rows, catalogueColumns+offerFrom+where, append([]any{v.Now, partnerID, partnerID}, args...)...)
	found := make([]models.CatalogueRow, len(rows))
	for i, r := range rows {
		found[i] = models.CatalogueRow{Offer: models.Offer(r.Offer), Maker: r.Maker, Accounts: r.Accounts}
	}
	return found, err
}

type versionRow struct {
	Terms     models.PlanTerms `gorm:"embedded;embeddedPrefix:t_"`
	Accounts  int
	Resellers int
}

var versionsOf = `SELECT ` + columns("t", models.PlanTerms{}) + `,
	(SELECT count(*) FROM (SELECT 1 FROM subscriptions s WHERE {{wall s}} AND s.root_id = t.root_id AND s.plan_id = t.plan_id
		AND s.plan_number = t.number AND ` + liveSubscription + ` LIMIT 1001) AS bounded) AS accounts,
	(SELECT count(*) FROM (SELECT 1 FROM plan_grants g WHERE {{wall.catalogue g}} AND g.plan_id = t.plan_id LIMIT 1001) AS granted) AS resellers
	FROM plan_versions t WHERE {{wall.catalogue t}} AND t.plan_id = ? ORDER BY t.number DESC LIMIT 50`

// VersionsOf lists the versions of a plan, the newest first, with the accounts within reach that have
// each, and counts the resellers that the plan is granted to: all in one statement.
func (v *View) VersionsOf(planID string) (versions []models.PlanVersion, resellers int, err error) {
	var rows []versionRow
	err = v.rows(&rows, versionsOf, v.Now, planID)
	for _, r := range rows {
		versions, resellers = append(versions, models.PlanVersion{Terms: r.Terms, Accounts: r.Accounts}), r.Resellers
	}
	return versions, resellers, err
}

// Products lists the products within reach by name; at most two hundred.
func (v *View) Products() ([]models.Product, error) {
	var found []models.Product
	err := v.db.Order("name, id").Limit(200).Find(&found).Error
	return found, err
}

// Grantees lists the resellers under the actor's distributor by name, each with whether a plan is
// granted to it; at most a thousand. An empty plan id is a plan that does not exist yet.
func (v *View) Grantees(planID string) ([]models.Grantee, error) {
	var found []models.Grantee
	err := v.rows(&found, `SELECT p.id, p.name, (CASE WHEN EXISTS (
			SELECT 1 FROM plan_grants g WHERE g.plan_id = ? AND g.partner_id = p.id) THEN TRUE ELSE FALSE END) AS granted
		FROM partners p WHERE {{wall.partners p}} AND p.kind = 'reseller' ORDER BY p.name, p.id LIMIT 1000`, planID)
	slices.SortStableFunc(found, func(a, b models.Grantee) int { return slices.Compare([]rune(SortKey(a.Name)), []rune(SortKey(b.Name))) })
	return found, err
}

// LastEvent is the end of a partner's history.
func (v *View) LastEvent(partnerID string) (models.Event, error) {
	var e models.Event
	err := v.db.Where("partner_id = ?", partnerID).Order("seq DESC").Take(&e).Error
	return e, absent(err)
}
