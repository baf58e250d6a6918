package store

import (
	"strings"
	"time"

	"mooring/models"
)

// Lists are read from account_lines and customer_lines: one narrow row for each account and customer,
// with all that a list is found, narrowed down and sorted by. Triggers keep them, so nobody who stores
// something can forget to. A line repeats facts and holds no state: what the instants mean is said by
// the conditions in list_states.go.

// lines are one of the two tables.
type lines struct {
	table string
	key   string // the column with the id of what a line is about
	words string // SQLite's table of its words
	sorts map[models.Sort]string
	views map[string]string // conditions by the keys of views
}

var accountLines = lines{
	table: "account_lines", key: "account_id", words: "account_words",
	sorts: map[models.Sort]string{models.ByName: "sort_key", models.ByEnd: "ends_at", models.ByCreated: "created_at"},
	views: accountViews,
}

var customerLines = lines{
	table: "customer_lines", key: "customer_id", words: "customer_words",
	sorts: map[models.Sort]string{models.ByName: "sort_key", models.ByCreated: "created_at"},
	views: customerViews,
}

// indexNames end the names of the indexes that hold an order.
var indexNames = map[models.Sort]string{models.ByName: "_name", models.ByEnd: "_ends", models.ByCreated: "_created"}

func sortsBy(l lines, s models.Sort) bool { return l.sorts[s.By()] != "" }

// AccountsSortBy reports whether the list of accounts has this order.
func AccountsSortBy(s models.Sort) bool { return sortsBy(accountLines, s) }

// CustomersSortBy reports whether the list of customers has this order.
func CustomersSortBy(s models.Sort) bool { return sortsBy(customerLines, s) }

// Listing asks for a part of a list.
type Listing struct {
	models.ListQuestion
	PlanID string // of the plan that the question names
	Days   PolicyDays
	Limit  int
}

// PolicyDays are the longest times that any plan's policy speaks of. They bound how far around now
// one has to look for what is about to end or has just ended.
type PolicyDays struct {
	Soon  int
	After int
}

// where collects conditions on a line, called l, and their arguments.
type where struct {
	sql  strings.Builder
	args []any
}

func (w *where) and(condition string, args ...any) {
	if condition == "" {
		return
	}
	w.sql.WriteString(" AND " + condition)
	w.args = append(w.args, args...)
}

// at adds a condition in which :now stands for the instant of the view, and :soon and :after for the
// instants beyond which no policy reaches.
func (w *where) at(condition string, now time.Time, days PolicyDays) {
	var args []any
	condition = instant.ReplaceAllStringFunc(condition, func(name string) string {
		switch name {
		case ":soon":
			args = append(args, now.AddDate(0, 0, days.Soon))
		case ":after":
			args = append(args, now.AddDate(0, 0, -days.After))
		default:
			args = append(args, now)
		}
		return "?"
	})
	w.and(condition, args...)
}

// narrowed are the conditions of a question, but for its search and its place.
func (v *View) narrowed(l lines, q Listing) *where {
	w := &where{}
	if condition := l.views[q.View]; condition != "" {
		w.at(condition, v.Now, q.Days)
	}
	if q.PlanID != "" {
		w.and("l.plan_id = ?", q.PlanID)
	}
	if q.Owner != "" {
		w.and("l.owner_id = ?", q.Owner)
	}
	if q.State != "" {
		w.at(stateConditions[q.State], v.Now, q.Days)
	}
	return w
}
