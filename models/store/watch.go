package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"mooring/models"
)

// watchedAtOnce is how many changes are looked at, the last ones.
const watchedAtOnce = 500

// The kinds stand in the statement itself, as they do in the indexes.
var selectWatched = selectEvents + `AND e.kind IN ('` + strings.Join(kindNames(models.WatchedKinds), "', '") + `') AND e.at > ? AND e.at < ? `

func kindNames(kinds []models.EventKind) (names []string) {
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return names
}

// Changes lists the changes within reach that are watched now, the newest first; the last few hundred.
func (v *View) Changes() ([]models.Event, error) {
	after, before := models.WatchedBetween(v.Now)
	var found []models.Event
	err := v.rows(&found, selectWatched+`AND e.account_id <> '' ORDER BY e.at DESC, e.id DESC LIMIT `+fmt.Sprint(watchedAtOnce), after, before)
	return found, err
}

var changesOf = selectWatched + `AND e.partner_id = ? AND e.account_id = ? ORDER BY e.at DESC, e.id DESC LIMIT 1`

// ChangesOf gives the last one of an account, if there is one.
func (v *View) ChangesOf(a models.Account) ([]models.Event, error) {
	after, before := models.WatchedBetween(v.Now)
	var found []models.Event
	err := v.gather(ask{into: &found, sql: changesOf, args: []any{after, before, a.PartnerID, a.ID}})
	return found, err
}

// watchQuestion is one account that a change touched: its hours from the first whole one after the
// change, and its agents since a week before it.
type watchQuestion struct {
	Place   int    `json:"place"`
	Account string `json:"account"`
	Plan    string `json:"plan"`
	Since   int64  `json:"since"`
	Week    string `json:"week"`
}

// The limit is the length of the list: PostgreSQL takes it for a hundred otherwise, and reads whole tables
// for it.
const (
	watchList       = `(SELECT value ->> 'place' AS place, value ->> 'account' AS account, value ->> 'plan' AS plan, value ->> 'since' AS since, value ->> 'week' AS week FROM json_each(?) LIMIT ?) AS q`
	watchListOfJSON = `(SELECT r.* FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r (place bigint, account text, plan text, since bigint, week timestamptz) LIMIT ?) AS q`

	selectWatchFacts = `SELECT q.place, l.in_use AS now,
	coalesce((SELECT c.name FROM customers c WHERE {{wall.customers c}} AND c.partner_id = l.partner_id AND c.id = l.customer_id), '') AS customer,
	coalesce((SELECT p.key FROM plans p JOIN plan_versions t ON t.plan_id = p.id WHERE {{wall.catalogue p}} AND t.name = q.plan
		AND p.product_id = (SELECT a.product_id FROM accounts a WHERE a.id = l.account_id) ORDER BY p.key LIMIT 1), '') AS plan_before,
	(SELECT count(*) FROM memberships m WHERE {{wall m}} AND m.partner_id = l.partner_id AND m.account_id = l.account_id AND m.joined_at > q.week) AS arrived,
	(SELECT count(*) FROM memberships m WHERE {{wall m}} AND m.partner_id = l.partner_id AND m.account_id = l.account_id AND m.left_at > q.week) AS departed,
	(SELECT CAST(coalesce(sum(h.agents), 0) AS bigint) FROM account_hours h WHERE h.account_id = l.account_id AND h.hour >= q.since AND h.hour < ?) AS seen,
	(SELECT CAST(coalesce(sum(h.agents), 0) AS bigint) FROM account_hours h WHERE h.account_id = l.account_id AND h.hour >= q.since - 168 AND h.hour < ?) AS before
	FROM {{list}}
	JOIN account_lines l ON l.account_id = q.account
	WHERE {{wall l}} ORDER BY q.place`
)

var (
	watchFactsSQLite   = strings.Replace(selectWatchFacts, "{{list}}", watchList, 1)
	watchFactsPostgres = strings.Replace(selectWatchFacts, "{{list}}", watchListOfJSON, 1)
)

// WatchFacts finds what changes are judged by, one for each, from whole hours up to now.
func (v *View) WatchFacts(changes ...models.Event) ([]models.WatchFacts, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	var questions []watchQuestion
	for i, e := range changes {
		for _, id := range e.Touches() {
			questions = append(questions, watchQuestion{i, id, e.Detail.PlanBefore, models.WatchFrom(e.At), e.At.AddDate(0, 0, -7).UTC().Format(sqliteTime)})
		}
	}
	list, err := json.Marshal(questions)
	if err != nil {
		return nil, err
	}
	sql := watchFactsSQLite
	if v.dialect == postgresDialect {
		sql = watchFactsPostgres
	}
	var found []struct {
		models.WatchFacts
		Place, Arrived, Departed int
	}
	until := models.HourOf(v.Now)
	if err := v.gather(ask{into: &found, sql: sql, args: []any{until, until - 168, string(list), len(questions)}}); err != nil {
		return nil, err
	}
	facts := make([]models.WatchFacts, len(changes))
	for _, r := range found {
		f := &facts[r.Place]
		if f.Customer == "" {
			f.Customer, f.PlanBefore = r.Customer, r.PlanBefore
		}
		f.Now += r.Now
		f.Then += r.Now - r.Arrived + r.Departed
		f.Seen += r.Seen
		f.Before += r.Before
	}
	return facts, nil
}
