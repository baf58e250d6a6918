package portal_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// habit is how many agents of an account are seen in an hour, as counted from a change: negative hours lie
// before it.
type habit func(hour int64) int

// live fills in what was counted of accounts: ten days up to a change, and since.
func live(t *testing.T, w *portaltest.World, change time.Time, habits map[string]habit) {
	t.Helper()
	var world models.World
	for account, agents := range habits {
		for h := int64(-240); h < models.HourOf(w.Clock())-models.HourOf(change); h++ {
			if n := agents(h); n > 0 {
				world.Hours = append(world.Hours, models.HourCount{AccountID: account, Hour: models.HourOf(change) + h, Agents: n})
			}
		}
	}
	if err := w.Store.Fill(ctx, store.Settled{World: world}, w.Clock(), 1); err != nil {
		t.Fatal(err)
	}
}

// steady is a number of agents until a change, and another one since.
func steady(before, since int) habit {
	return func(h int64) int {
		if h > 0 {
			return since
		}
		return before
	}
}

// modified gives accounts one seat more.
func modified(t *testing.T, w *portaltest.World, who models.Actor, accounts ...string) {
	t.Helper()
	for _, id := range accounts {
		desk, err := w.ProposeModification(ctx, who, id, models.Modification{})
		if err != nil {
			t.Fatal(id, err)
		}
		wish := desk.Wish
		wish.Seats, wish.FormKey, wish.AcceptOver = wish.Seats+1, "form of "+id, true
		if _, err := w.ModifyPlan(ctx, who, id, wish); err != nil {
			t.Fatal(id, err)
		}
	}
}

// tidings are what a watch says to its reader. Each page reads as much of the account as it needs.
type tidings struct {
	models.Watch
	Back     models.WayBack
	Reversal models.Modification
}

func told(t *testing.T, watch models.Watch, who models.Actor, now time.Time) tidings {
	t.Helper()
	if watch.Held.Account.ID != watch.Change.AccountID || watch.Today == "" {
		t.Errorf("%s: nothing is said of its account: %+v", watch.Change.AccountID, watch.Held.Account)
	}
	said := tidings{watch, watch.WayBack(who, now), watch.Reversal()}
	said.Held = models.HeldPlan{}
	return said
}

// silent are the accounts that somebody is told of, in the order of their ids.
func silent(t *testing.T, w *portaltest.World, who string) []string {
	t.Helper()
	desk, err := w.OpenWatch(ctx, w.Actor(t, who))
	if err != nil {
		t.Fatal(err)
	}
	home, err := w.OpenDesk(ctx, w.Actor(t, who))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(desk.Watches, home.Silent); diff != "" {
		t.Errorf("the dashboard says something else: %s", diff)
	}
	ids := []string{}
	for _, watch := range desk.Watches {
		ids = append(ids, watch.Change.AccountID)
		o, err := w.OpenAccount(ctx, w.Actor(t, who), watch.Change.AccountID)
		if err != nil || o.Watch == nil || cmp.Diff(told(t, *o.Watch, w.Actor(t, who), w.Clock()), told(t, watch, w.Actor(t, who), w.Clock())) != "" {
			t.Errorf("the page of %s says something else: %+v, %v", watch.Change.AccountID, o.Watch, err)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestAnAccountWhoseAgentsFallSilentAfterAChangeIsToldOf(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		w.Pass(268 * time.Hour) // what the demo tells of its own is over: Monday, 12:41 UTC
		change := w.Clock()
		office := func(h int64) int { // nobody at night and at the weekend
			at := change.Add(time.Duration(h) * time.Hour)
			if at.Hour() < 7 || at.Hour() > 17 || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
				return 0
			}
			return 20
		}
		modified(t, w, w.Actor(t, demo.Maya), demo.BramleyAccount, demo.OverAmber, demo.ExactlyFull, demo.ExactlyTenOver, demo.OneAgent)
		w.Pass(20 * time.Hour)
		live(t, w, change, map[string]habit{
			demo.BramleyAccount: steady(40, 20),
			demo.OverAmber:      steady(50, 45), // a few
			demo.ExactlyFull:    office,         // through the night
			demo.ExactlyTenOver: func(h int64) int { return map[bool]int{true: 1}[h < 0 && h%30 == 0] },
			demo.OneAgent:       steady(1, 0),
			demo.OverRed:        steady(27, 10), // nothing was changed
		})

		if diff := cmp.Diff([]string{demo.BramleyAccount}, silent(t, w, demo.Maya)); diff != "" {
			t.Error(diff)
		}
		for who, want := range map[string][]string{demo.Sofia: {demo.BramleyAccount}, demo.Noor: {}, demo.Priya: {demo.BramleyAccount}} {
			if diff := cmp.Diff(want, silent(t, w, who)); diff != "" {
				t.Errorf("%s: %s", who, diff)
			}
		}
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Helen), demo.BramleyAccount)
		if err != nil || o.Watch == nil || o.Watch.Seen != 20 || o.Watch.Expected != 40 || o.Watch.Drop != 50 || o.Watch.Customer != "Bramley Dental Group" {
			t.Errorf("%+v, %v", o.Watch, err)
		}
		for _, id := range []string{demo.OverAmber, demo.ExactlyFull, demo.ExactlyTenOver, demo.OneAgent, demo.OverRed} {
			if o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), id); err != nil || o.Watch != nil {
				t.Errorf("%s is said to be silent: %+v, %v", id, o.Watch, err)
			}
		}
		w.Pass(53 * time.Hour)
		if diff := cmp.Diff([]string{}, silent(t, w, demo.Maya)); diff != "" {
			t.Errorf("after three days: %s", diff)
		}
	})
}

func TestAgentsThatWereReleasedAreNotMissed(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		w.Pass(268 * time.Hour)
		change, who := w.Clock(), w.Actor(t, demo.Maya)
		modified(t, w, w.Actor(t, demo.Maya), demo.BramleyAccount)
		var ids []string
		for i := range 21 {
			ids = append(ids, fmt.Sprintf("G-20418%04d", i+1))
		}
		if n, _, err := w.ReleaseAgents(ctx, who, demo.BramleyAccount, models.ReleaseWish{Agents: ids}); n != 21 || err != nil {
			t.Fatal(n, err)
		}
		w.Pass(10 * time.Hour)
		live(t, w, change, map[string]habit{demo.BramleyAccount: steady(40, 20)})
		if o, err := w.OpenAccount(ctx, who, demo.BramleyAccount); err != nil || o.Watch != nil {
			t.Errorf("%+v, %v", o.Watch, err)
		}
	})
}

// Many agents enrol after a modification, so that it is not among the events that the page shows.
func TestAChangeIsFoundBehindManyEvents(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		w.Pass(268 * time.Hour)
		change := w.Clock()
		modified(t, w, w.Actor(t, demo.Maya), demo.BramleyAccount)
		w.Pass(time.Hour)
		for i := range 25 {
			enrolOn(t, w.Portal, demo.BramleyAccount, i)
		}
		w.Pass(9 * time.Hour)
		live(t, w, change, map[string]habit{demo.BramleyAccount: steady(40, 20)})
		if diff := cmp.Diff([]string{demo.BramleyAccount}, silent(t, w, demo.Maya)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAReassignAndACarryAreWatchedOnBothAccountsTogether(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		w.Pass(268 * time.Hour)
		ines, change := w.Actor(t, demo.Ines), w.Clock()
		next := reassigned(t, w, ines, demo.BramleyAccount, demo.Instant)
		w.Pass(5 * time.Hour)
		live(t, w, change, map[string]habit{demo.BramleyAccount: steady(40, 20), next: steady(0, 18)})
		if diff := cmp.Diff([]string{}, silent(t, w, demo.Maya)); diff != "" {
			t.Errorf("half of them report to the new account: %s", diff)
		}
		begun := w.Clock()
		carry(t, w, ines, demo.BramleyAccount, next)
		w.Pass(6 * time.Hour)
		live(t, w, begun, map[string]habit{"A-other": steady(1, 1)}) // nobody reports any more
		if diff := cmp.Diff([]string{demo.BramleyAccount}, silent(t, w, demo.Maya)); diff != "" {
			t.Errorf("nobody reports any more: %s", diff)
		}
		o, err := w.OpenAccount(ctx, ines, next)
		if err != nil || o.Watch == nil || o.Watch.Change.Kind != models.CarryBegun || o.Watch.Drop != 100 {
			t.Errorf("the new account says %+v, %v", o.Watch, err)
		}
	})
}

func TestThePlanBeforeIsFoundByItsKey(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		w.Pass(268 * time.Hour)
		change := w.Clock()
		if _, err := w.ModifyPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, wishFor(t, w, demo.BramleyAccount, demo.Advanced, 60)); err != nil {
			t.Fatal(err)
		}
		w.Pass(6 * time.Hour)
		live(t, w, change, map[string]habit{demo.BramleyAccount: steady(40, 20)})
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount)
		if err != nil || o.Watch == nil || o.Watch.PlanBefore != demo.Standard {
			t.Errorf("%+v, %v", o.Watch, err)
		}
	})
}

func TestTheDemoHasOneAccountThatFellSilent(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		if diff := cmp.Diff([]string{demo.SilentAccount}, silent(t, w, demo.Maya)); diff != "" {
			t.Error(diff)
		}
	})
}

// hour lets agents check in as a relay does, twice in an hour.
func hour(t *testing.T, w *portaltest.World, fleets ...[]*pretended) {
	t.Helper()
	for range 2 {
		var all []models.TokenCheckIn
		for _, a := range slices.Concat(fleets...) {
			a.sequence++
			all = append(all, models.TokenCheckIn{Token: a.token, CheckIn: models.CheckIn{Sequence: a.sequence}})
		}
		answers, err := w.CheckInAll(ctx, "r", all)
		for _, answer := range answers {
			err = errors.Join(err, answer.Err)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.Pass(30 * time.Minute)
	}
}

func TestWhatAgentsReportIsWhatIsWatched(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		w.Pass(268 * time.Hour)
		quiet, loud := enrolled(t, w, demo.NoAgents, 10).agents, enrolled(t, w, demo.InstantAccount, 7).agents
		for range 8 * 24 {
			hour(t, w, quiet, loud)
		}
		modified(t, w, w.Actor(t, demo.Maya), demo.NoAgents, demo.InstantAccount)
		for range 6 {
			hour(t, w, quiet[:5], loud)
		}
		if diff := cmp.Diff([]string{demo.NoAgents}, silent(t, w, demo.Maya)); diff != "" {
			t.Error(diff)
		}
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), demo.NoAgents)
		if err != nil || o.Watch == nil || o.Watch.Seen != 5 || o.Watch.Expected != 10 || o.Watch.Drop != 50 {
			t.Errorf("%+v, %v", o.Watch, err)
		}
	})
}
