package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"mooring/models"
)

const agentLineColumns = ` SELECT g.id, g.root_id, g.partner_id, g.customer_id, g.account_id, g.device_id, g.device_name, g.group_name, g.os,
	g.app_version, g.enrolled_at, l.sort_key, w.seen_at, c.name AS customer, coalesce(m.to_account_id, '') AS moves_to
	FROM page JOIN agent_lines l ON l.id = page.id JOIN agents g ON g.id = page.agent_id
	JOIN customers c ON c.partner_id = l.partner_id AND c.id = l.customer_id
	LEFT JOIN sightings w ON w.agent_id = page.agent_id
	LEFT JOIN carry_agents k ON k.agent_id = page.agent_id AND k.moved_at IS NULL AND k.dropped_at IS NULL
	LEFT JOIN carries m ON m.id = k.carry_id AND m.cancelled_at IS NULL AND m.deadline_at > ?`

// AgentCount is how many agents there are to look at, up to one more than are few, and how many of them
// fit, up to one more than lists count; as many as there are to look at where nobody could say.
type AgentCount struct{ There, Fit int }

// CountAgentLines counts what a listing is about. Presence is counted only where it can be.
func (v *View) CountAgentLines(q AgentListing) (n AgentCount, err error) {
	if n.There, err = v.countAgents(q, "", q.Few+1); err != nil {
		return n, err
	}
	n.Fit = n.There
	if n.There <= q.Few && q.Presence != "" && q.Presence != models.Moving {
		n.Fit, err = v.countAgents(q, q.Presence, models.CountBound+1)
	}
	return n, err
}

func (v *View) countAgents(q AgentListing, judged models.Presence, bound int) (int, error) {
	w := &where{}
	from := v.agentSource(q, w)
	w.present(judged, v.Now)
	var n []int
	err := v.rows(&n, `SELECT count(*) FROM (SELECT 1 FROM `+from+w.sql.String()+v.ordered(q)+` LIMIT `+strconv.Itoa(bound)+`) AS there`, w.args...)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}

// ordered leads PostgreSQL along an index where it might read a table from its beginning, hoping to meet
// what it looks for soon.
func (v *View) ordered(q AgentListing) string {
	if q.narrows() || len(v.parts(q)) != 1 {
		return ""
	}
	return " ORDER BY l.sort_key, l.agent_id"
}

// AgentLines reads a part of the agents from a place on, in the order asked for; what comes before a place
// is read backwards. If the looking ended without filling the part and without coming to the end, it says
// where.
func (v *View) AgentLines(q AgentListing, at Key, n AgentCount) (rows []models.AgentRow, end Key, err error) {
	few := n.There <= q.Few
	switch {
	case few && (q.narrows() || q.Sort.By() == models.BySeen):
		rows, err = v.findAgents(q, at, q.Few)
		return rows, Key{}, err
	case !q.narrows():
		rows, err = v.walkAgents(q, at, Key{})
		return rows, Key{}, err
	}
	if end, err = v.endOfWalk(q, at); err != nil {
		return nil, end, err
	}
	if rows, err = v.walkAgents(q, at, end); err != nil || end.ID == "" || len(rows) >= q.Limit {
		return rows, Key{}, err
	}
	if len(q.searched().through) == 0 || q.Presence == models.Moving {
		return rows, end, nil
	}
	// What is searched for stands close together somewhere else, as names do that begin alike.
	found, err := v.countAgents(q, "", q.Gather+1)
	if err != nil || found > q.Gather {
		return rows, end, err
	}
	rows, err = v.findAgents(q, at, q.Gather)
	return rows, Key{}, err
}

// AgentLinesNamed reads a part from where names begin with what is searched for, and says what place that
// is: there everything fits, however many there are elsewhere. Nothing begins so if there are no rows.
func (v *View) AgentLinesNamed(q AgentListing) (rows []models.AgentRow, at, end Key, err error) {
	begins := fold(q.Search)
	if q.Sort.By() != models.ByName || begins == "" {
		return nil, at, end, nil
	}
	at = Key{Sort: begins, ID: " "} // before every id
	if q.Sort.Backwards() {
		at.Sort = beyond(begins)
	}
	if end, err = v.endOfWalk(q, at); err != nil {
		return nil, at, end, err
	}
	if rows, err = v.walkAgents(q, at, end); err != nil || len(rows) == 0 || !strings.HasPrefix(rows[0].SortKey, begins) {
		return nil, at, end, err
	}
	if len(rows) >= q.Limit {
		end = Key{}
	}
	return rows, at, end, nil
}

// AgentKey is the place of an agent in a list.
func AgentKey(s models.Sort, r models.AgentRow) Key {
	switch s.By() {
	case models.BySeen:
		at := time.Time{}
		if r.SeenAt != nil {
			at = *r.SeenAt
		}
		return Key{Sort: at.UTC().Format(time.RFC3339Nano), ID: r.ID}
	case models.ByEnrolled:
		return Key{Sort: r.EnrolledAt.UTC().Format(time.RFC3339Nano), ID: r.ID}
	}
	return Key{Sort: r.SortKey, ID: r.ID}
}

// way is the order of a listing as SQL says it.
func (q AgentListing) way() (column, direction, beyond string) {
	column = agentLines.sorts[q.Sort.By()]
	if column == "" {
		column = "sort_key"
	}
	if q.Sort.Backwards() != (q.Before != "") {
		return column, " DESC", " < "
	}
	return column, "", " > "
}

// findAgents takes all that fit and sorts them.
func (v *View) findAgents(q AgentListing, at Key, bound int) (rows []models.AgentRow, err error) {
	column, direction, beyond := q.way()
	w, args := &where{}, []any{}
	place := "l." + column
	if q.Sort.By() == models.BySeen {
		place, args = "coalesce("+seenOf+", ?)", []any{time.Time{}}
	}
	from := v.agentSource(q, w)
	if q.Presence != models.Moving {
		w.present(q.Presence, v.Now)
	}
	after := ""
	args = append(args, w.args...)
	if at.ID != "" {
		after = " WHERE (f.place, f.agent_id)" + beyond + "(?, ?)"
		args = append(args, at.value(q.Sort), at.ID)
	}
	err = v.rows(&rows, `WITH found AS MATERIALIZED (SELECT l.id, l.agent_id, `+place+` AS place FROM `+from+w.sql.String()+` LIMIT `+strconv.Itoa(bound+1)+`),
		page AS MATERIALIZED (SELECT f.id, f.agent_id, f.place FROM found f`+after+
		` ORDER BY f.place`+direction+`, f.agent_id`+direction+` LIMIT `+strconv.Itoa(q.Limit)+`)`+
		agentLineColumns+` ORDER BY page.place`+direction+`, page.agent_id`+direction, append(args, v.Now)...)
	return rows, err
}

// walkAgents takes what it meets on the way to the end, if there is one.
func (v *View) walkAgents(q AgentListing, at, end Key) (rows []models.AgentRow, err error) {
	_, direction, _ := q.way()
	stretches, args := v.stretches(q, at, end, true, "l.id, ", " LIMIT "+strconv.Itoa(q.Limit))
	err = v.rows(&rows, `WITH page AS MATERIALIZED (`+stretches+` ORDER BY place`+direction+`, agent_id`+direction+` LIMIT `+strconv.Itoa(q.Limit)+`)`+
		agentLineColumns+` ORDER BY page.place`+direction+`, page.agent_id`+direction, append(args, v.Now)...)
	return rows, err
}

// lineKey is where a line stands in an order.
type lineKey struct {
	SortKey    string
	EnrolledAt time.Time
	AgentID    string
}

// endOfWalk is the last line that a walk looks at; none if there are fewer. Of several stretches it is the
// nearest end.
func (v *View) endOfWalk(q AgentListing, at Key) (Key, error) {
	if q.Stride == 0 {
		return Key{}, nil
	}
	_, direction, _ := q.way()
	stretches, args := v.stretches(q, at, Key{}, false, "l.sort_key, l.enrolled_at, ", " LIMIT 1 OFFSET "+strconv.Itoa(q.Stride-1))
	var found []lineKey
	err := v.rows(&found, `SELECT sort_key, enrolled_at, agent_id FROM (`+stretches+`) AS ends`, args...)
	if err != nil || len(found) == 0 {
		return Key{}, err
	}
	slices.SortFunc(found, func(a, b lineKey) int {
		by := cmp.Or(cmp.Compare(a.SortKey, b.SortKey), cmp.Compare(a.AgentID, b.AgentID))
		if q.Sort.By() == models.ByEnrolled {
			by = cmp.Or(a.EnrolledAt.Compare(b.EnrolledAt), cmp.Compare(a.AgentID, b.AgentID))
		}
		if direction != "" {
			return -by
		}
		return by
	})
	row := models.AgentRow{SortKey: found[0].SortKey}
	row.ID, row.EnrolledAt = found[0].AgentID, found[0].EnrolledAt
	return AgentKey(q.Sort, row), nil
}

// stretches read each piece of the lines along its index, between two places.
func (v *View) stretches(q AgentListing, at, end Key, judged bool, columns, bound string) (sql string, args []any) {
	column, direction, beyond := q.way()
	var all []string
	for i, p := range v.parts(q) {
		w := &where{}
		p.narrow(w)
		if at.ID != "" {
			w.and("(l."+column+", l.agent_id)"+beyond+"(?, ?)", at.value(q.Sort), at.ID)
		}
		if end.ID != "" {
			w.and("(l."+column+", l.agent_id)"+upTo[beyond]+"(?, ?)", end.value(q.Sort), end.ID)
		}
		if judged {
			v.plainly(w, q.searched())
			w.present(q.Presence, v.Now)
		}
		all = append(all, `SELECT * FROM (SELECT `+columns+`l.agent_id, l.`+column+` AS place FROM agent_lines l`+v.along(p, q.Sort)+
			` WHERE {{wall l}}`+w.sql.String()+` ORDER BY l.`+column+direction+`, l.agent_id`+direction+bound+`) AS s`+strconv.Itoa(i))
		args = append(args, w.args...)
	}
	return strings.Join(all, " UNION ALL "), args
}

var upTo = map[string]string{" > ": " <= ", " < ": " >= "}
