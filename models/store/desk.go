package store

import (
	"fmt"
	"strings"

	"mooring/models"
)

// boundOfLists ends a statement that only counts.
var boundOfLists = fmt.Sprintf(" LIMIT %d", models.CountBound+1)

// Figures adds up what is within reach, up to bounds, in one statement.
func (v *View) Figures() (models.Figures, error) {
	var found []models.Figures
	sum := func(what, as string) string { return "CAST(coalesce(sum(" + what + "), 0) AS bigint) AS " + as }
	w := &where{}
	w.at("SELECT l.in_use, CASE WHEN "+uncancelled+" AND l.grace_until > :now THEN l.seats ELSE 0 END AS sold", v.Now, PolicyDays{})
	err := v.rows(&found, `SELECT
		(SELECT count(*) FROM (SELECT 1 FROM customers c WHERE {{wall.customers c}} AND c.archived_at IS NULL`+boundOfLists+`) AS c) AS customers,
		(SELECT count(*) FROM (SELECT 1 FROM account_lines l WHERE {{wall l}}`+boundOfLists+`) AS a) AS accounts,
		s.summed, s.agents, s.seats, s.in_use FROM (
		SELECT count(*) AS summed, `+sum("o.in_use", "agents")+`, `+sum("o.sold", "seats")+`, `+sum("CASE WHEN o.sold > 0 THEN o.in_use ELSE 0 END", "in_use")+`
		FROM (`+strings.TrimPrefix(w.sql.String(), " AND ")+` FROM account_lines l WHERE {{wall l}} AND l.closed_at IS NULL
			LIMIT `+fmt.Sprint(models.SumBound+1)+`) AS o) AS s`, w.args...)
	if len(found) == 0 {
		return models.Figures{}, err
	}
	return found[0], err
}

// waitingKinds are the views of the accounts that want somebody, and which accounts come first.
var waitingKinds = []struct{ view, first string }{
	{models.ViewGrace, "l.ends_at"},
	{models.ViewOverSeats, "l.in_use - l.seats DESC"},
	{models.ViewEndsSoon, "l.ends_at"},
}

// Waiting counts the accounts that want somebody, by the conditions of the saved views, and names the
// first few of each, in one statement.
func (v *View) Waiting() ([]models.Waiting, error) {
	days, err := v.policyDays()
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Kind, N, Seats, InUse       int
		Place                       *int // only to sort by
		AccountID, Customer, EndsOn string
	}
	var parts []string
	var args []any
	for i, k := range waitingKinds {
		w := &where{}
		w.at(accountViews[k.view], v.Now, days)
		parts = append(parts, fmt.Sprintf(`SELECT %d AS kind, n.n, f.place, coalesce(f.account_id, '') AS account_id, coalesce(f.customer, '') AS customer,
			coalesce(f.ends_on, '') AS ends_on, coalesce(f.seats, 0) AS seats, coalesce(f.in_use, 0) AS in_use
			FROM (SELECT count(*) AS n FROM (SELECT 1 FROM account_lines l WHERE {{wall l}}%s%s) AS b) AS n
			LEFT JOIN (SELECT row_number() OVER (ORDER BY %s, l.account_id) AS place, l.account_id, c.name AS customer, l.ends_on, l.seats, l.in_use
				FROM account_lines l JOIN customers c ON c.partner_id = l.partner_id AND c.id = l.customer_id
				WHERE {{wall l}}%s ORDER BY %s, l.account_id LIMIT 3) AS f ON 1 = 1`,
			i, w.sql.String(), boundOfLists, k.first, w.sql.String(), k.first))
		args = append(append(args, w.args...), w.args...)
	}
	if err := v.rows(&rows, strings.Join(parts, " UNION ALL ")+" ORDER BY kind, place", args...); err != nil {
		return nil, err
	}
	var found []models.Waiting
	for _, r := range rows {
		if r.N == 0 {
			continue
		}
		if view := waitingKinds[r.Kind].view; len(found) == 0 || found[len(found)-1].View != view {
			found = append(found, models.Waiting{View: view, Count: r.N})
		}
		last := &found[len(found)-1]
		last.First = append(last.First, models.WaitingAccount{
			ID: r.AccountID, Customer: r.Customer, Seats: r.Seats, InUse: r.InUse, EndsOn: models.Date(r.EndsOn),
		})
	}
	return found, nil
}

// policyDays are the longest times that any plan's policy speaks of.
func (v *View) policyDays() (PolicyDays, error) {
	var days []PolicyDays
	err := v.rows(&days, `SELECT coalesce(max(t.soon_days), 0) AS soon, coalesce(max(t.grace_days + t.locked_days), 0) AS after
		FROM plan_versions t WHERE {{wall.catalogue t}}`)
	if len(days) == 0 {
		return PolicyDays{}, err
	}
	return days[0], err
}

// agentsLookedAt is how many agents are looked at for quiet ones. Nothing says which agents are quiet but
// their last check-in, and an index on that would be written with every one.
const agentsLookedAt = 10_000

// QuietAccounts names the open accounts with the most quiet agents, a few, among so many agents as are
// looked at.
func (v *View) QuietAccounts() ([]models.QuietAccount, error) {
	var found []models.QuietAccount
	err := v.rows(&found, `SELECT l.account_id AS id, c.name AS customer, q.quiet, l.in_use AS agents FROM (
			SELECT g.account_id, count(*) AS quiet FROM (
				SELECT g.id, g.account_id FROM agents g WHERE {{wall g}} AND g.released_at IS NULL LIMIT `+fmt.Sprint(agentsLookedAt)+`) AS g
			JOIN sightings w ON w.agent_id = g.id WHERE w.seen_at <= ? GROUP BY g.account_id) AS q
		JOIN account_lines l ON l.account_id = q.account_id
		JOIN customers c ON c.partner_id = l.partner_id AND c.id = l.customer_id
		WHERE {{wall l}} AND l.closed_at IS NULL
		ORDER BY q.quiet DESC, l.account_id LIMIT 3`, v.Now.Add(-models.QuietAfter))
	return found, err
}

// LatestShown is how many events the dashboard reads.
const LatestShown = 10

// LatestHistory lists the last events within reach, the newest first.
func (v *View) LatestHistory() ([]models.Event, error) {
	var found []models.Event
	db := v.db.Limit(LatestShown)
	switch v.Who.Reach {
	case models.ReachRoot, models.ReachAll:
		db = db.Order("id DESC") // numbers of several partners have no order
	case models.ReachCustomers:
		db = db.Where("customer_id <> ''").Order("seq DESC")
	default:
		db = db.Order("seq DESC")
	}
	err := db.Find(&found).Error
	return found, err
}
