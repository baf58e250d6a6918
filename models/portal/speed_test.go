package portal_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// said is a statement that crossed to the database.
type said struct {
	sql  string
	args []any
}

// ear listens to what is asked of the database.
type ear struct {
	mu    sync.Mutex
	heard []said
}

func (e *ear) hear(sql string, args []any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, said{sql, args})
}

// during are the statements of one piece of work.
func (e *ear) during(work func()) []said {
	e.mu.Lock()
	e.heard = nil
	e.mu.Unlock()
	work()
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard
}

// large tables grow with the customers: no page may read one of them as a whole.
var large = []string{
	"customers", "accounts", "subscriptions", "agents", "sightings", "events", "contacts", "memberships", "customer_lines", "account_lines",
	"agent_lines", "carries", "carry_agents", "account_hours",
}

func TestPagesAskFewQuestionsAndReadNoTableAsAWhole(t *testing.T) {
	var e ear
	portaltest.Crowd(t, 3000, e.hear, func(t *testing.T, w *portaltest.World, who models.Actor) {
		if len(scanned(t, w, said{sql: "SELECT device_name FROM agents WHERE os = 'none'"})) == 0 {
			t.Fatal("reading a whole table goes unnoticed")
		}
		ctx := context.Background()
		first, err := w.ListCustomers(ctx, who, models.ListQuestion{})
		if err != nil || first.Next == "" {
			t.Fatalf("the first page: %v, %d rows", err, len(first.Rows))
		}
		distributor, deep := w.Actor(t, "U-F000"), first
		for range 20 {
			if deep, err = w.ListCustomers(ctx, who, models.ListQuestion{After: deep.Next}); err != nil {
				t.Fatal(err)
			}
		}
		agents := func(who models.Actor, q models.ListQuestion) func() error {
			return func() error { _, err := w.ListAgents(ctx, who, q); return err }
		}
		accountAgents := func(q models.ListQuestion) func() error {
			return func() error { _, err := w.ListAccountAgents(ctx, who, "A-22222222", q); return err }
		}
		someAgents, err := w.ListAgents(ctx, who, models.ListQuestion{Sort: "-enrolled"})
		if err != nil {
			t.Fatal(err)
		}
		deepAgent := someAgents.Next
		modified(t, w, who, "A-22222224")
		w.Pass(5 * time.Hour)
		for _, page := range []struct {
			name       string
			statements int
			open       func() error
		}{
			{"the list", 3, func() error { _, err := w.ListCustomers(ctx, who, models.ListQuestion{}); return err }},
			{"the distributor's list", 3, func() error { _, err := w.ListCustomers(ctx, distributor, models.ListQuestion{}); return err }},
			{"a page deep in the list", 3, func() error { _, err := w.ListCustomers(ctx, who, models.ListQuestion{After: deep.Next}); return err }},
			{"a search", 3, func() error { _, err := w.ListCustomers(ctx, who, models.ListQuestion{Search: "lindqvi"}); return err }},
			{"a search in the middle of words", 3, func() error { _, err := w.ListCustomers(ctx, who, models.ListQuestion{Search: "ndqv"}); return err }},
			{"the list of accounts", 3, func() error { _, err := w.ListAccounts(ctx, who, models.ListQuestion{}); return err }},
			{"a search among accounts", 3, func() error { _, err := w.ListAccounts(ctx, who, models.ListQuestion{Search: "ndqv"}); return err }},
			{"the radar", 2, func() error { _, err := w.ListOrphans(ctx, who, models.NoPlan, portal.Place{}); return err }},
			{"the distributor's radar", 2, func() error { _, err := w.ListOrphans(ctx, distributor, models.NoPlan, portal.Place{}); return err }},
			{"what was left behind", 2, func() error { _, err := w.ListOrphans(ctx, who, models.LeftBehind, portal.Place{}); return err }},
			{"empty second accounts", 2, func() error { _, err := w.ListOrphans(ctx, who, models.EmptySecond, portal.Place{}); return err }},
			{"doubled devices", 2, func() error { _, err := w.ListOrphans(ctx, distributor, models.SameDevice, portal.Place{}); return err }},
			{"an account", 4, func() error { _, err := w.OpenAccount(ctx, who, "A-22222222"); return err }},
			{"carrying an account's agents", 8, func() error {
				_, err := w.ProposeCarry(ctx, who, "A-22222222", models.CarryWish{ToAccountID: "A-22222223"})
				return err
			}},
			{"the seats of an account", 5, func() error { _, err := w.OpenSeats(ctx, who, "A-22222222"); return err }},
			{"the seats of an account for the distributor", 5, func() error { _, err := w.OpenSeats(ctx, distributor, "A-22222222"); return err }},
			{"what fell silent", 3, func() error { _, err := w.OpenWatch(ctx, who); return err }},
			{"the accounts that fell silent", 1, func() error {
				return w.Store.Look(ctx, who, w.Clock(), func(v *store.View) error {
					_, err := v.HeldOf([]string{"A-22222222", "A-22222224"})
					return err
				})
			}},
			{"how far carries came, and the events behind their batches", 4, func() error {
				return w.Store.Look(ctx, who, w.Clock(), func(v *store.View) error {
					_, err := v.ProgressOf([]string{"CR-1", "CR-2"})
					for _, of := range []store.Of{{Account: "A-22222222"}, {Customer: "C-22222222"}, {}} {
						_, behind := v.EventsBehind(of, models.Event{ID: 5000, Seq: 5000}, 10)
						err = errors.Join(err, behind)
					}
					return err
				})
			}},
			{"an account that was changed", 5, func() error { _, err := w.OpenAccount(ctx, who, "A-22222224"); return err }},
			{"an account that was changed, for the distributor", 5, func() error { _, err := w.OpenAccount(ctx, distributor, "A-22222224"); return err }},
			{"what fell silent for the distributor", 3, func() error { _, err := w.OpenWatch(ctx, distributor); return err }},
			{"the agents", 3, agents(distributor, models.ListQuestion{})},
			{"a page deep in the agents", 3, agents(who, models.ListQuestion{After: deepAgent, Sort: "-enrolled"})},
			{"the quiet agents", 4, agents(who, models.ListQuestion{Presence: models.Quiet})},
			{"the never seen agents", 4, agents(distributor, models.ListQuestion{Presence: models.NeverSeen, Sort: models.ByEnrolled})},
			{"the moving agents", 3, agents(who, models.ListQuestion{Presence: models.Moving})},
			{"the distributor's moving agents", 3, agents(distributor, models.ListQuestion{Presence: models.Moving})},
			{"a search among agents", 3, agents(who, models.ListQuestion{Search: "desk-011"})},
			{"a search that most agents fit", 4, agents(who, models.ListQuestion{Search: "windows"})},
			{"a search that stands together", 6, agents(who, models.ListQuestion{Search: "srv-"})},
			{"a customer's agents by their last check-in", 4, agents(who, models.ListQuestion{Customer: "C-22222222", Sort: models.BySeen})},
			{"an account's agents", 5, accountAgents(models.ListQuestion{})},
			{"a search among an account's agents", 5, accountAgents(models.ListQuestion{Search: "desk"})},
			{"an account's quiet agents, by their last check-in", 6, accountAgents(models.ListQuestion{Presence: models.Quiet, Sort: models.BySeen})},
			{"the released agents", 3, agents(who, models.ListQuestion{View: models.ViewReleased})},
			{"the distributor's released agents", 3, agents(distributor, models.ListQuestion{View: models.ViewReleased})},
			{"a customer's released agents", 4, agents(who, models.ListQuestion{View: models.ViewReleased, Customer: "C-22222222"})},
			{"an account's released agents", 5, accountAgents(models.ListQuestion{View: models.ViewReleased})},
			{"an agent", 5, func() error { _, err := w.OpenAgent(ctx, who, "G-22222222"); return err }},
			{"a customer", 5, func() error { _, err := w.OpenCustomer(ctx, who, "C-22222222"); return err }},
		} {
			heard := e.during(func() {
				if err := page.open(); err != nil {
					t.Errorf("%s: %v", page.name, err)
				}
			})
			if len(heard) == 0 || len(heard) > page.statements {
				t.Errorf("%s asks %d questions, and may ask %d", page.name, len(heard), page.statements)
			}
			for _, s := range heard {
				for _, table := range scanned(t, w, s) {
					t.Errorf("%s reads all of %s:\n%s", page.name, table, s.sql)
				}
			}
		}
	})
}

// scanned lists the large tables of which a statement would read all, or more than any list shows.
func scanned(t *testing.T, w *portaltest.World, s said) (tables []string) {
	t.Helper()
	plan, err := w.Store.Explain(context.Background(), s.sql, s.args)
	if err != nil || len(plan) == 0 {
		t.Fatalf("explaining: %v\n%s", err, s.sql)
	}
	names := aliases(s.sql)
	for n, line := range plan {
		if bypassed.MatchString(line) {
			tables = append(tables, fmt.Sprintf("a table whose key is of another collation (%s)", strings.TrimSpace(line)))
		}
		for _, table := range large {
			found := strings.Contains(line, "Seq Scan on "+table) || walks(line, table) && !limited(plan[:n], line)
			for _, name := range append(names[table], table) {
				found = found || sqliteScans(line, name)
			}
			if found {
				tables = append(tables, fmt.Sprintf("%s (%s)", table, strings.TrimSpace(line)))
			}
		}
	}
	return tables
}

// bypassed is a key that PostgreSQL compares row by row: the index on it has another collation.
var bypassed = regexp.MustCompile(`Filter: .*\(\w*id\)::text`)

var expected = regexp.MustCompile(`rows=(\d+)`)

// walks reports whether PostgreSQL expects to read more of a table than any list shows.
func walks(line, table string) bool {
	m := expected.FindStringSubmatch(line)
	if m == nil || !strings.Contains(line, " on "+table+" ") {
		return false
	}
	rows, err := strconv.Atoi(m[1])
	return err == nil && rows > models.CountBound+1
}

// limited reports whether a limit directly above ends a walk before its end.
func limited(above []string, line string) bool {
	depth := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	for n := len(above) - 1; n >= 0; n-- {
		if depth(above[n]) < depth(line) {
			return strings.Contains(above[n], "Limit ")
		}
	}
	return false
}

// sqliteScans reports whether a line of SQLite's plan reads a whole table; along an index, in the order
// that is wanted and up to a limit, is another thing and says SEARCH.
func sqliteScans(line, name string) bool {
	line = strings.TrimSpace(line)
	return line == "SCAN "+name || strings.HasPrefix(line, "SCAN "+name+" ")
}

// aliases are the names that a statement gives to tables.
func aliases(sql string) map[string][]string {
	found := map[string][]string{}
	words := strings.Fields(strings.NewReplacer("(", " ", ")", " ", ",", " ").Replace(sql))
	for i := 1; i+1 < len(words); i++ {
		if words[i-1] == "FROM" || words[i-1] == "JOIN" {
			found[words[i]] = append(found[words[i]], words[i+1])
		}
	}
	return found
}

func TestAFilledPortalIsSoundAndShowsItsAccounts(t *testing.T) {
	portaltest.Crowd(t, 700, nil, func(t *testing.T, w *portaltest.World, who models.Actor) {
		w.Sound(t)
		ctx := context.Background()
		page, err := w.ListCustomers(ctx, who, models.ListQuestion{})
		if err != nil || page.Count < 300 {
			t.Fatalf("%d customers, %v", page.Count, err)
		}
		o, err := w.OpenAccount(ctx, who, "A-22222222")
		if err != nil || o.Agents.Total != 10 || len(o.History) < 3 || o.EnrolmentKey.Ending == "" {
			t.Fatalf("the first account: %v, %+v, %d events, key %+v", err, o.Agents, len(o.History), o.EnrolmentKey)
		}
	})
}

func TestFillingRefusesADatabaseThatHoldsSomethingElse(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		f := portal.Filling{Base: func() models.World { return models.World{} }, Told: func(int) {}}
		if err := w.Fill(context.Background(), f, 10); err == nil {
			t.Error("the demo world was filled up")
		}
	})
}
