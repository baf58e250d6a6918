package store

import (
	"strings"
	"time"

	"mooring/models"
)

// Agents are read from agent_lines as the other lists are from theirs, with one difference: when an agent
// was seen stands in sightings, where no index knows it, for it changes with every check-in. Few agents
// are found first, through whatever index leads to them, and judged then. Many are met on a walk along
// their order, which ends after so many lines whether they fitted or not.

var agentLines = lines{
	table: "agent_lines", key: "agent_id", words: "agent_words",
	sorts: map[models.Sort]string{models.ByName: "sort_key", models.ByEnrolled: "enrolled_at"},
}

// AgentsSortBy reports whether the list of agents has this order.
func AgentsSortBy(s models.Sort) bool { return s.By() == models.BySeen || sortsBy(agentLines, s) }

// AgentListing asks for a part of the agents that hold a seat.
type AgentListing struct {
	models.ListQuestion
	AccountID string // of the account whose agents they are, or empty
	Limit     int
	Few       int // how many are found first and judged then
	Gather    int // the same for a search of which a walk met too few
	Stride    int // after how many lines a walk ends; 0 for never
}

// Seen is looked up line by line: a join might begin with all sightings there are.
const (
	seenOf   = `(SELECT w.seen_at FROM sightings w WHERE w.agent_id = l.agent_id)`
	movingOf = `(SELECT count(*) FROM carry_agents k JOIN carries c ON c.id = k.carry_id WHERE k.agent_id = l.agent_id
		AND k.moved_at IS NULL AND k.dropped_at IS NULL AND c.cancelled_at IS NULL AND c.deadline_at > ?) > 0`
)

// present adds what models.SeenAgent.Presence says as a condition.
func (w *where) present(p models.Presence, now time.Time) {
	quiet, offline := now.Add(-models.QuietAfter), now.Add(-models.OnlineFor)
	switch p {
	case models.Online:
		w.and(seenOf+" >= ?", offline)
	case models.Offline:
		w.and(seenOf+" < ?", offline)
		w.and(seenOf+" > ?", quiet)
	case models.Quiet:
		w.and(seenOf+" <= ?", quiet)
	case models.NeverSeen:
		w.and(seenOf + " IS NULL")
	case models.Moving:
		w.and(movingOf, now)
	}
}

// part is a piece of the lines that one index holds in the wanted order.
type part struct {
	suffix    string // of the index's name
	condition string
	arg       string
}

// parts are the pieces that make up what is asked for: all of an account, of a customer, of a partner, of
// a tree. A contact of several customers has as many pieces.
func (v *View) parts(q AgentListing) (parts []part) {
	switch {
	case q.AccountID != "":
		return []part{{"_account", "l.account_id = ?", q.AccountID}}
	case q.Customer != "":
		return []part{{"_customer", "l.customer_id = ?", q.Customer}}
	case v.Who.Reach == models.ReachCustomers:
		for _, id := range v.Who.CustomerIDs {
			parts = append(parts, part{"_customer", "l.customer_id = ?", id})
		}
		if len(parts) > 0 {
			return parts
		}
	case v.Who.Reach == models.ReachPartner:
		return []part{{}}
	}
	return []part{{suffix: "_root"}}
}

func (p part) narrow(w *where) {
	if p.condition != "" {
		w.and(p.condition, p.arg)
	}
}

// along tells SQLite, which keeps no figures about its tables, which index to take.
func (v *View) along(p part, s models.Sort) string {
	if v.dialect != sqliteDialect || v.Who.Reach == models.ReachAll && p.condition == "" {
		return ""
	}
	name := "_name"
	if s.By() == models.ByEnrolled {
		name = "_enrolled"
	}
	return " INDEXED BY agent_lines" + name + p.suffix
}

// searched is the search of a listing. Within one account its id is searched for as well.
func (q AgentListing) searched() search {
	s := searchFor(q.Search)
	if len(s.through) > 0 && q.AccountID != "" {
		s.through = append(s.through, strings.ToLower(q.AccountID))
	}
	return s
}

// narrows reports whether lines have to be looked at one by one.
func (q AgentListing) narrows() bool { return q.Presence != "" || q.Search != "" }

// agentSource is what stands after FROM where all that fit are looked for through the best index, but for
// their presence, which is left to the conditions.
func (v *View) agentSource(q AgentListing, w *where) (from string) {
	s := q.searched()
	parts := v.parts(q)
	if len(parts) == 1 {
		parts[0].narrow(w)
	}
	switch {
	case q.Presence == models.Moving:
		// CROSS JOIN keeps SQLite from beginning with the lines.
		from = `carries c CROSS JOIN carry_agents k CROSS JOIN agent_lines l WHERE {{wall c}} AND {{wall l}}`
		w.and("c.cancelled_at IS NULL AND c.deadline_at > ?", v.Now)
		w.and("k.carry_id = c.id AND k.moved_at IS NULL AND k.dropped_at IS NULL AND l.agent_id = k.agent_id")
		v.plainly(w, s)
		return from
	case len(s.through) > 0:
		return v.indexed(agentLines, w, s)
	}
	v.plainly(w, s)
	return `agent_lines l` + v.along(parts[0], models.ByName) + ` WHERE {{wall l}}`
}
