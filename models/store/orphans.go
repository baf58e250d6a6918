package store

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"mooring/models"
)

// bears is a kind of orphan: what its rows are found in, along which order, and what is read of them.
type bears struct {
	from  string // with the wall's mark
	where string
	sort  string // what orders them before their id, or empty
	id    string
	page  string // the columns of the page
	read  string // what is read of the rows of the page
}

// What is looked for beside a row is a subquery with a limit, not EXISTS: it is run for the rows that are
// met, and no planner makes a join over whole tables of it.

// reporting is about the agents of an account l that were seen lately, have a seat, and are on no way
// elsewhere. Those of a closed account count from when it was closed. Lines compare by "C" and agents do not:
// between them stands the account, which is found by either.
const reporting = `FROM accounts z JOIN agents g ON g.partner_id = z.partner_id AND g.account_id = z.id JOIN sightings w ON w.agent_id = g.id
	WHERE z.id = l.account_id AND g.released_at IS NULL AND w.seen_at > :lately
		AND (l.closed_at IS NULL OR w.seen_at > l.closed_at) AND (
		SELECT 1 FROM carry_agents k JOIN carries c ON c.id = k.carry_id WHERE k.agent_id = g.id
			AND k.moved_at IS NULL AND k.dropped_at IS NULL AND c.cancelled_at IS NULL AND c.deadline_at > :now LIMIT 1) IS NULL`

const (
	stopped   = "coalesce(l.cancelled_at, l.locked_until)"
	countedUp = `(SELECT count(*) FROM (SELECT 1 ` + reporting + boundOfOrphans + `) AS n) AS agents`

	boundOfOrphans = " LIMIT 1001"

	// liveBeside is the customer's newest account of the product that takes agents, beside an account l.
	liveBeside = `coalesce((SELECT o.id FROM accounts a JOIN accounts o ON o.customer_id = a.customer_id AND o.product_id = a.product_id
		JOIN account_lines m ON m.account_id = o.id
		WHERE a.id = l.account_id AND o.id <> a.id AND o.closed_at IS NULL AND o.purged_at IS NULL AND m.replaced_by_id IS NULL
			AND m.cancelled_at IS NULL AND m.suspended_at IS NULL AND m.grace_until > :now ORDER BY o.created_at DESC, o.id LIMIT 1), '')`

	// olderWithAgents are older accounts of the family with agents, beside an account a.
	olderWithAgents = `FROM accounts o JOIN account_lines m ON m.account_id = o.id
		WHERE o.customer_id = a.customer_id AND o.family = a.family AND o.id <> a.id AND o.closed_at IS NULL AND o.purged_at IS NULL
			AND o.created_at < a.created_at AND m.in_use > 0`

	// twins are two agents of one device in two accounts of one product, the first of them the older one.
	twins = `FROM agents g JOIN agents o ON o.partner_id = g.partner_id AND o.customer_id = g.customer_id AND o.fingerprint = g.fingerprint
			AND o.account_id <> g.account_id AND o.released_at IS NULL AND (o.enrolled_at > g.enrolled_at OR o.enrolled_at = g.enrolled_at AND o.id > g.id)
		JOIN accounts a ON a.id = g.account_id JOIN accounts b ON b.id = o.account_id AND b.product_id = a.product_id
		WHERE g.partner_id = d.partner_id AND g.customer_id = d.customer_id AND g.fingerprint = d.fingerprint AND g.released_at IS NULL`
)

var orphanage = map[models.OrphanKind]bears{
	models.NoPlan: {
		from:  "account_lines l WHERE {{wall l}}",
		where: "l.in_use > 0 AND l.replaced_by_id IS NULL AND " + stopped + " <= :now AND (SELECT 1 " + reporting + " LIMIT 1) IS NOT NULL",
		sort:  stopped, id: "l.account_id", page: "l.id",
		read: `SELECT l.account_id, l.customer_id, c.name AS customer, t.name AS plan, l.cancelled_at, l.locked_until AS since, l.closed_at,
			` + countedUp + `, ` + liveBeside + ` AS other_id
			FROM page JOIN account_lines l ON l.id = page.id ` + names + ` ORDER BY ` + stopped + `, l.account_id`,
	},
	models.LeftBehind: {
		from:  "account_lines l WHERE {{wall l}}",
		where: "l.in_use > 0 AND l.replaced_by_id IS NOT NULL AND (SELECT 1 " + reporting + " LIMIT 1) IS NOT NULL",
		id:    "l.account_id", page: "l.id",
		read: `SELECT l.account_id, l.customer_id, c.name AS customer, t.name AS plan, t.policy, a.replaced_at AS since, l.closed_at,
			` + countedUp + `, l.replaced_by_id AS other_id,
			(SELECT count(*) FROM accounts o JOIN account_lines m ON m.account_id = o.id AND m.in_use = 0
				WHERE o.id = a.replaced_by_id AND o.closed_at IS NULL AND o.purged_at IS NULL) AS paired
			FROM page JOIN account_lines l ON l.id = page.id JOIN accounts a ON a.id = l.account_id ` + names + ` ORDER BY l.account_id`,
	},
	models.EmptySecond: {
		from: "accounts a JOIN account_lines l ON l.account_id = a.id AND l.in_use = 0 WHERE {{wall.accounts a}}",
		where: "a.proposal_id IS NOT NULL AND a.closed_at IS NULL AND a.purged_at IS NULL AND (SELECT 1 " + olderWithAgents + ` LIMIT 1) IS NOT NULL
			AND (SELECT 1 FROM carries c WHERE c.partner_id = a.partner_id AND c.to_account_id = a.id AND c.cancelled_at IS NULL AND c.deadline_at > :now
				AND (SELECT 1 FROM carry_agents k WHERE k.carry_id = c.id AND k.moved_at IS NULL AND k.dropped_at IS NULL LIMIT 1) IS NOT NULL LIMIT 1) IS NULL`,
		id: "a.id", page: "a.id",
		read: `SELECT l.account_id, l.customer_id, c.name AS customer, t.name AS plan, a.created_at AS since,
			(SELECT max(m.in_use) ` + olderWithAgents + `) AS agents,
			(SELECT o.id ` + olderWithAgents + ` ORDER BY CASE WHEN o.replaced_by_id = a.id THEN 0 ELSE 1 END, m.in_use DESC, o.id LIMIT 1) AS other_id,
			coalesce((SELECT 1 ` + olderWithAgents + ` AND o.replaced_by_id = a.id LIMIT 1), 0) AS paired
			FROM page JOIN accounts a ON a.id = page.id JOIN account_lines l ON l.account_id = a.id ` + names + ` ORDER BY a.id`,
	},
	models.SameDevice: {
		from:  "doubled_devices d WHERE {{wall.owned d}}",
		where: "(SELECT 1 " + twins + " LIMIT 1) IS NOT NULL",
		sort:  "d.customer_id", id: "d.fingerprint", page: "d.partner_id, d.customer_id, d.fingerprint",
		read: `SELECT o.account_id, o.customer_id, c.name AS customer, t.name AS plan, o.enrolled_at AS since, o.device_name AS device, o.id AS agent_id, g.id AS other_agent_id,
			g.account_id AS other_id, x.seen_at AS first_seen, w.seen_at AS last_seen, d.fingerprint
			FROM page d JOIN agents g ON g.partner_id = d.partner_id AND g.customer_id = d.customer_id AND g.fingerprint = d.fingerprint AND g.released_at IS NULL
			JOIN agents o ON o.partner_id = g.partner_id AND o.customer_id = g.customer_id AND o.fingerprint = g.fingerprint
				AND o.account_id <> g.account_id AND o.released_at IS NULL AND (o.enrolled_at > g.enrolled_at OR o.enrolled_at = g.enrolled_at AND o.id > g.id)
			JOIN accounts a ON a.id = g.account_id JOIN accounts b ON b.id = o.account_id AND b.product_id = a.product_id
			JOIN account_lines l ON l.account_id = o.account_id ` + names + `
			LEFT JOIN sightings x ON x.agent_id = g.id LEFT JOIN sightings w ON w.agent_id = o.id
			ORDER BY d.customer_id, d.fingerprint, o.id, g.id`,
	},
}

const names = `JOIN customers c ON c.partner_id = l.partner_id AND c.id = l.customer_id
	JOIN plan_versions t ON t.plan_id = l.plan_id AND t.number = l.plan_number`

// orphanMoment is what stands for a moment above: now, and since when an agent still reports.
var orphanMoment = regexp.MustCompile(`:(now|lately)\b`)

// orphaned puts the moments into a statement.
func (v *View) orphaned(sql string) (string, []any) {
	var args []any
	sql = orphanMoment.ReplaceAllStringFunc(sql, func(name string) string {
		if name == ":lately" {
			args = append(args, v.Now.Add(-models.QuietAfter))
		} else {
			args = append(args, v.Now)
		}
		return "?"
	})
	return sql, args
}

// CountOrphans counts the orphans of every kind, up to the bound of lists and one more, in one statement.
func (v *View) CountOrphans() ([]models.OrphanCount, error) {
	var parts []string
	kinds := models.OrphanKinds()
	for i, k := range kinds {
		b := orphanage[k]
		parts = append(parts, `SELECT `+strconv.Itoa(i)+` AS kind, count(*) AS n FROM (SELECT 1 FROM `+b.from+` AND `+b.where+boundOfOrphans+`) AS k`+strconv.Itoa(i))
	}
	sql, args := v.orphaned(strings.Join(parts, " UNION ALL ") + " ORDER BY kind")
	var found []struct{ Kind, N int }
	err := v.rows(&found, sql, args...)
	counts := make([]models.OrphanCount, len(kinds))
	for i, k := range kinds {
		counts[i].Kind = k
	}
	for _, f := range found {
		counts[f.Kind].Count = f.N
	}
	return counts, err
}

// orphanRow is an orphan as it is read.
type orphanRow struct {
	AccountID, CustomerID, Customer, Plan, OtherID, Device, AgentID, OtherAgentID, Fingerprint string
	Since                                                                                      time.Time
	Agents, Paired                                                                             int
	CancelledAt, ClosedAt, FirstSeen, LastSeen                                                 *time.Time
	Policy                                                                                     models.Policy `gorm:"serializer:json"`
}

// Orphans lists so many orphans of a kind after a place, or before it, in their order, and gives the place of
// each. Of devices it lists so many, each with all its pairs.
func (v *View) Orphans(kind models.OrphanKind, from Key, back bool, limit int) (all []models.Orphan, places []Key, err error) {
	b := orphanage[kind]
	beyond, way := " > ", ""
	if back {
		beyond, way = " < ", " DESC"
	}
	place, order := "", b.id+way
	var at []any
	if b.sort != "" {
		order = b.sort + way + ", " + b.id + way
	}
	switch {
	case from.ID == "":
	case b.sort != "":
		place, at = " AND ("+b.sort+", "+b.id+")"+beyond+"(?, ?)", []any{v.sortOf(kind, from), from.ID}
	default:
		place, at = " AND "+b.id+beyond+"?", []any{from.ID}
	}
	head, args := v.orphaned(`WITH page AS MATERIALIZED (SELECT ` + b.page + ` FROM ` + b.from + ` AND ` + b.where)
	tail, more := v.orphaned(b.read)
	args = append(append(args, at...), more...)
	var found []orphanRow
	if err := v.rows(&found, head+place+" ORDER BY "+order+" LIMIT "+strconv.Itoa(limit)+") "+tail, args...); err != nil {
		return nil, nil, err
	}
	for _, r := range found {
		o := r.orphan(kind, v.Now)
		all, places = append(all, o), append(places, r.place(o))
	}
	return all, places, nil
}

// sortOf is what a place is compared with in the order of its kind.
func (v *View) sortOf(kind models.OrphanKind, k Key) any {
	if kind == models.NoPlan {
		return k.value(models.ByCreated)
	}
	return k.Sort
}

func (r orphanRow) orphan(kind models.OrphanKind, now time.Time) models.Orphan {
	o := models.Orphan{
		Kind: kind, AccountID: r.AccountID, CustomerID: r.CustomerID, Customer: r.Customer, Plan: r.Plan, Since: r.Since, Agents: r.Agents,
		OtherID: r.OtherID, Paired: r.Paired > 0, Cancelled: r.CancelledAt != nil, Closed: r.ClosedAt != nil, Device: r.Device, AgentID: r.AgentID, OtherAgentID: r.OtherAgentID, FirstSeen: r.FirstSeen, LastSeen: r.LastSeen,
	}
	if o.Cancelled {
		o.Since = *r.CancelledAt
	}
	if kind == models.LeftBehind {
		if until, open := models.Undoable(&r.Since, r.Policy, now); open {
			o.UndoUntil = until
		}
	}
	return o
}

func (r orphanRow) place(o models.Orphan) Key {
	switch o.Kind {
	case models.NoPlan:
		return Key{Sort: o.Since.UTC().Format(time.RFC3339Nano), ID: o.AccountID}
	case models.SameDevice:
		return Key{Sort: o.CustomerID, ID: r.Fingerprint}
	}
	return Key{ID: o.AccountID}
}
