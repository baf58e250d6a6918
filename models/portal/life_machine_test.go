package portal_test

import (
	"flag"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

// life takes turns, modifies, reassigns and lets time pass, and knows what must come of it.
type life struct {
	t        *testing.T
	w        *portaltest.World
	who      models.Actor
	accounts []string
}

func (l *life) pick(r *rapid.T) string { return rapid.SampledFrom(l.accounts).Draw(r, "account") }

// turn takes any turn on any account: it succeeds exactly where the rule allows it, and leads where the
// rule says.
func (l *life) turn(r *rapid.T) {
	account := l.pick(r)
	turn := rapid.SampledFrom([]models.Turn{models.Suspend, models.Resume, models.CancelAtEnd, models.CancelNow, models.Restore}).Draw(r, "turn")
	before := opened(l.t, l.w, account)
	allowed := before.Takes(turn)
	wish := models.TurnWish{Turn: turn, Why: turn.Reasons()[0], TypedID: account, Version: before.Subscription.Version}
	desk, err := verb(l.w.Portal, turn)(l.who, account, wish)
	after := opened(l.t, l.w, account)
	switch {
	case allowed && (err != nil || after.State() != desk.Impact.State || after.Subscription.Version != before.Subscription.Version+1):
		r.Fatalf("%s on %s, which was %s: %v, now %s, want %s", turn, account, before.State(), err, after.State(), desk.Impact.State)
	case !allowed && (!models.IsProblem(err, models.Conflict) || after.Subscription.Version != before.Subscription.Version):
		r.Fatalf("%s on %s, which was %s: %v, want a refusal that changes nothing", turn, account, before.State(), err)
	}
	if after.Agents.Total != before.Agents.Total || after.EnrolmentKey != before.EnrolmentKey || after.Subscription.EndsOn != before.Subscription.EndsOn {
		r.Fatalf("%s on %s changed agents, key or end", turn, account)
	}
}

func (l *life) modify(r *rapid.T) {
	account := l.pick(r)
	before := opened(l.t, l.w, account)
	desk, err := l.w.ProposeModification(ctx, l.who, account, models.Modification{})
	if err != nil {
		r.Fatal(err)
	}
	wish := desk.Wish
	wish.Seats, wish.Renews, wish.AcceptOver = rapid.IntRange(1, 60).Draw(r, "seats"), rapid.Bool().Draw(r, "renews"), true
	_, err = l.w.ModifyPlan(ctx, l.who, account, wish)
	after := opened(l.t, l.w, account)
	if _, ok := models.ProblemIn(err); err != nil && !ok {
		r.Fatal(err)
	}
	if err == nil && (before.State() == models.Suspended || !after.State().Live()) {
		r.Fatalf("modified %s, which was %s and is %s", account, before.State(), after.State())
	}
}

func (l *life) reassign(r *rapid.T) {
	account := l.pick(r)
	before := opened(l.t, l.w, account)
	plan := rapid.SampledFrom([]string{demo.Standard, demo.Advanced, demo.Basic}).Draw(r, "plan")
	desk, err := l.w.ProposeReassignment(ctx, l.who, account, models.Reassignment{PlanKey: plan})
	if err != nil {
		r.Fatal(err)
	}
	result, _, err := l.w.ReassignPlan(ctx, l.who, account, agreeing(desk))
	if _, ok := models.ProblemIn(err); err != nil && !ok {
		r.Fatal(err)
	}
	if err == nil && before.State() == models.Suspended {
		r.Fatalf("reassigned %s, which was suspended", account)
	}
	if err == nil && result != account {
		l.accounts = append(l.accounts, result)
	}
}

func (l *life) time(r *rapid.T) {
	hours := rapid.SampledFrom([]int{1, 24, 71, 72, 24 * 8, 24 * 31, 24 * 70}).Draw(r, "hours")
	l.w.Pass(time.Duration(hours) * time.Hour)
	if _, err := l.w.ActivateDuePlans(ctx); err != nil {
		r.Fatal(err)
	}
}

func (l *life) sound(r *rapid.T) {
	found, err := l.w.Examine(ctx, models.Operator())
	if err != nil || len(found) > 0 {
		r.Fatalf("what must be true is not: %v %v", found, err)
	}
}

func TestNoSequenceOfTurnsLeadsWhereItMustNot(t *testing.T) {
	for name, run := range map[string]struct {
		db             func(testing.TB) *store.DB
		checks, length int
	}{
		"sqlite":   {storetest.SQLite, 6, 30},
		"postgres": {storetest.Postgres, 2, 15},
	} {
		t.Run(name, func(t *testing.T) {
			bound(t, "rapid.checks", run.checks)
			bound(t, "rapid.steps", run.length)
			rapid.Check(t, func(r *rapid.T) {
				w := portaltest.On(t, run.db(t))
				l := &life{t: t, w: w, who: w.Actor(t, demo.Ines), accounts: []string{
					demo.BramleyAccount, demo.ScheduledAccount, demo.AwaitingAccount, demo.GraceAccount, demo.SuspendedAccount,
					demo.CancelledAccount, demo.LockedAccount, demo.TrialActive, demo.ReplacedAccount,
				}}
				r.Repeat(map[string]func(*rapid.T){
					"turn": l.turn, "turn again": l.turn, "modify": l.modify, "reassign": l.reassign, "time": l.time, "": l.sound,
				})
			})
		})
	}
}

// bound sets a flag of the property tests for one test, unless the command line sets it: a longer run does.
func bound(t *testing.T, name string, n int) {
	t.Helper()
	f := flag.Lookup(name)
	if f == nil {
		t.Fatalf("there is no flag %s", name)
	}
	given := false
	flag.Visit(func(set *flag.Flag) { given = given || set.Name == name })
	if given {
		return
	}
	before := f.Value.String()
	if err := f.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(before) })
}
