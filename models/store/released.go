package store

import (
	"strconv"
	"strings"
	"time"

	"mooring/models"
)

// releasedFrom is who took the seat of a row back: it was left at the instant of the event that says so.
func releasedFrom(row, left string) string {
	return `coalesce((SELECT e.actor_name FROM events e WHERE e.partner_id = ` + row + `.partner_id AND e.account_id = ` + row + `.account_id
		AND e.kind = 'agents.released' AND e.at = ` + row + `.` + left + ` ORDER BY e.seq DESC LIMIT 1), '') AS released_by`
}

var releasedLineColumns = ` SELECT ` + bareColumns("g", models.Agent{}) + `, w.seen_at, c.name AS customer, ` + releasedFrom("g", "released_at") + `
	FROM page JOIN agents g ON g.id = page.id JOIN customers c ON c.partner_id = g.partner_id AND c.id = g.customer_id
	LEFT JOIN sightings w ON w.agent_id = g.id`

// CountSeats counts the agents that hold a seat and those that were released, each up to the bound of lists
// and one more, in one statement.
func (v *View) CountSeats(account string) (seated, released int, err error) {
	q := AgentListing{AccountID: account}
	held, args := v.pieces(q, "agent_lines", "agent_lines_name", "", "1", " ORDER BY l.sort_key, l.agent_id"+boundOfLists)
	gone, more := v.pieces(q, "agents", "agents_released", " AND l.released_at IS NOT NULL", "1", " ORDER BY l.released_at, l.id"+boundOfLists)
	var n []int
	err = v.rows(&n, `SELECT n FROM (SELECT 0 AS kind, count(*) AS n FROM (`+held+boundOfLists+`) AS h
		UNION ALL SELECT 1 AS kind, count(*) AS n FROM (`+gone+boundOfLists+`) AS r) AS both_kinds ORDER BY kind`, append(args, more...)...)
	if len(n) == 2 {
		seated, released = n[0], n[1]
	}
	return seated, released, err
}

// CountReleased counts the released agents of a customer in the same way.
func (v *View) CountReleased(q AgentListing) (int, error) {
	gone, args := v.pieces(q, "agents", "agents_released", " AND l.released_at IS NOT NULL", "1", boundOfLists)
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM (`+gone+boundOfLists+`) AS r`, args...)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}

// ReleasedAgents reads a part of the released agents from a place on, the last ones first; what comes before a
// place is read backwards.
func (v *View) ReleasedAgents(q AgentListing, at Key) (rows []models.AgentRow, err error) {
	way, beyond := " DESC", " < "
	if q.Before != "" {
		way, beyond = "", " > "
	}
	condition, from := " AND l.released_at IS NOT NULL", []any(nil)
	if at.ID != "" {
		condition += " AND (l.released_at, l.id)" + beyond + "(?, ?)"
		from = []any{at.value(models.ByEnrolled), at.ID}
	}
	limit := " LIMIT " + strconv.Itoa(q.Limit)
	page, args := v.pieces(q, "agents", "agents_released", condition, "l.id, l.released_at", " ORDER BY l.released_at"+way+", l.id"+way+limit, from...)
	err = v.rows(&rows, `WITH page AS MATERIALIZED (`+page+` ORDER BY released_at`+way+`, id`+way+limit+`)`+
		releasedLineColumns+` ORDER BY page.released_at`+way+`, page.id`+way, args...)
	return rows, err
}

// ReleasedKey is the place of a released agent in their list.
func ReleasedKey(r models.AgentRow) Key {
	return Key{Sort: r.ReleasedAt.UTC().Format(time.RFC3339Nano), ID: r.ID}
}

// pieces read a table of agents in as many pieces as one index holds in a row, each to its end.
func (v *View) pieces(q AgentListing, table, index, condition, columns, end string, args ...any) (sql string, all []any) {
	var pieces []string
	for i, p := range v.parts(q) {
		w := &where{}
		p.narrow(w)
		by := ""
		if v.dialect == sqliteDialect && (v.Who.Reach != models.ReachAll || p.condition != "") {
			by = " INDEXED BY " + index + p.suffix
		}
		pieces = append(pieces, `SELECT * FROM (SELECT `+columns+` FROM `+table+` l`+by+` WHERE {{wall l}}`+w.sql.String()+condition+end+`) AS s`+strconv.Itoa(i))
		all = append(append(all, w.args...), args...)
	}
	return strings.Join(pieces, " UNION ALL "), all
}
