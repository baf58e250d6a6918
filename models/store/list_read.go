package store

import (
	"strconv"
	"strings"

	"mooring/models"
)

// Choices are what lists can be narrowed down to, and how far the policies of the plans reach.
type Choices struct {
	Plans  []PlanChoice
	Owners []models.Choice
	Days   PolicyDays
}

// PlanChoice is a plan by its key in addresses.
type PlanChoice struct {
	models.Choice
	ID string
}

const maxChoices = "200"

// Choices reads them in one statement.
func (v *View) Choices() (Choices, error) {
	var rows []struct {
		Kind, ID, Value, Label string
		Soon, After            int
	}
	err := v.rows(&rows, `SELECT * FROM (SELECT 'plan' AS kind, p.id AS id, p.key AS value, t.name AS label, 0 AS soon, 0 AS after
			FROM plans p JOIN plan_versions t ON t.plan_id = p.id AND t.number = p.current
			WHERE {{wall.catalogue p}} ORDER BY t.name, p.id LIMIT `+maxChoices+`) AS plans
		UNION ALL SELECT * FROM (SELECT 'owner', u.id, u.id, u.name, 0, 0 FROM users u
			WHERE {{wall.owned u}} AND u.role <> 'contact' ORDER BY u.name, u.id LIMIT `+maxChoices+`) AS owners
		UNION ALL SELECT 'days', '', '', '', coalesce(max(t.soon_days), 0), coalesce(max(t.grace_days + t.locked_days), 0)
			FROM plan_versions t WHERE {{wall.catalogue t}}`)
	var c Choices
	for _, r := range rows {
		choice := models.Choice{Value: r.Value, Label: r.Label}
		switch r.Kind {
		case "plan":
			c.Plans = append(c.Plans, PlanChoice{choice, r.ID})
		case "owner":
			c.Owners = append(c.Owners, choice)
		default:
			c.Days = PolicyDays{Soon: r.Soon, After: r.After}
		}
	}
	return c, err
}

// CountAccounts counts the accounts of every view, and how many fit the question; all to the bound
// of lists and one more, in one statement.
func (v *View) CountAccounts(q Listing, views []models.ListView) (int, error) {
	return v.countLines(accountLines, q, views)
}

// CountCustomers does the same for the customers.
func (v *View) CountCustomers(q Listing, views []models.ListView) (int, error) {
	return v.countLines(customerLines, q, views)
}

func (v *View) countLines(l lines, q Listing, views []models.ListView) (fit int, err error) {
	sql, args := v.counting(l, q, views)
	var counts []struct{ I, N int }
	err = v.rows(&counts, sql, args...)
	for _, c := range counts {
		if c.I < len(views) {
			views[c.I].Count = c.N
		}
		if c.I == len(views) || !q.Narrowed() && views[c.I].Key == q.View {
			fit = c.N
		}
	}
	return fit, err
}

// counting makes the statement that counts the views, and behind them what fits.
func (v *View) counting(l lines, q Listing, views []models.ListView) (sql string, args []any) {
	var parts []string
	add := func(i int, from string, w *where) {
		parts = append(parts, `SELECT `+strconv.Itoa(i)+` AS i, count(*) AS n FROM (SELECT 1 FROM `+from+w.sql.String()+
			` LIMIT `+strconv.Itoa(models.CountBound+1)+`) AS v`+strconv.Itoa(i))
		args = append(args, w.args...)
	}
	for i, view := range views {
		whole := Listing{ListQuestion: models.ListQuestion{View: view.Key}, Days: q.Days}
		add(i, l.table+" l WHERE {{wall l}}", v.narrowed(l, whole))
	}
	if q.Narrowed() {
		w := v.narrowed(l, q)
		add(len(views), v.indexed(l, w, searchFor(q.Search)), w)
	}
	return strings.Join(parts, " UNION ALL "), args
}

// page makes the statement that finds the ids of one page. Few fitting rows are found first, each
// where an index leads to it, and sorted then; many are met soon on a walk along the order.
func (v *View) page(l lines, q Listing, at Key, fit int) (with, order string, args []any) {
	if !sortsBy(l, q.Sort) {
		q.Sort = models.ByName
	}
	column := "l." + l.sorts[q.Sort.By()]
	backwards := q.Sort.Backwards() != (q.Before != "")
	direction, beyond := "", " > "
	if backwards {
		direction, beyond = " DESC", " < "
	}
	key := "l." + l.key
	order = " ORDER BY " + column + direction + ", " + key + direction
	bound := order + " LIMIT " + strconv.Itoa(q.Limit) + ")"
	place := &where{}
	if at.ID != "" {
		place.and("("+column+", "+key+")"+beyond+"(?, ?)", at.value(q.Sort), at.ID)
	}
	w := v.narrowed(l, q)
	s := searchFor(q.Search)
	if fit > models.CountBound {
		v.plainly(w, s)
		w.and(strings.TrimPrefix(place.sql.String(), " AND "), place.args...)
		return `WITH page AS MATERIALIZED (SELECT l.id FROM ` + l.table + ` l` + v.alongside(l, q) + ` WHERE {{wall l}}` +
			w.sql.String() + bound, order, w.args
	}
	from := v.indexed(l, w, s)
	return `WITH found AS MATERIALIZED (SELECT l.id FROM ` + from + w.sql.String() + ` LIMIT ` + strconv.Itoa(models.CountBound+1) + `),
		page AS MATERIALIZED (SELECT l.id FROM found CROSS JOIN ` + l.table + ` l WHERE l.id = found.id` + place.sql.String() + bound,
		order, append(w.args, place.args...)
}

// alongside tells SQLite, which keeps no figures about its tables, to walk along the order.
func (v *View) alongside(l lines, q Listing) string {
	if v.dialect != sqliteDialect || l.table == customerLines.table && q.View == models.ViewArchived {
		return ""
	}
	index := " INDEXED BY " + l.table + indexNames[q.Sort.By()]
	switch v.Who.Reach {
	case models.ReachRoot:
		return index + "_root"
	case models.ReachPartner:
		return index
	}
	return ""
}
