package portal_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// radar reads all orphans of all kinds, page by page, each as its kind and account.
func radar(t testing.TB, w *portaltest.World, who models.Actor) (all []string) {
	t.Helper()
	for _, kind := range models.OrphanKinds() {
		n := 0
		for at := (portal.Place{}); ; {
			page, err := w.ListOrphans(ctx, who, kind, at)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page.Rows {
				all = append(all, fmt.Sprint(o.Kind, " ", o.AccountID))
			}
			if n += len(page.Rows); page.Next == "" {
				if page.Count(kind) != n {
					t.Errorf("%s: %d are counted and %d listed", kind, page.Count(kind), n)
				}
				break
			}
			at = portal.Place{After: page.Next}
		}
	}
	slices.Sort(all)
	return all
}

// hush makes all agents of an account quiet.
func hush(t testing.TB, w *portaltest.World, account string) {
	t.Helper()
	var quiet store.Heard
	for i := range opened(t, w, account).Agents.Total {
		quiet.Sightings = append(quiet.Sightings, models.Sighting{
			AgentID: fmt.Sprintf("G-%s%04d", account[2:], i+1), SeenAt: w.Clock().Add(-models.QuietAfter), Sequence: 10_000_000,
		})
	}
	if err := w.Store.Sighted(ctx, w.Clock(), quiet); err != nil {
		t.Fatal(err)
	}
}

// joins enrols a device of a fingerprint on an account and lets it report.
func joins(t testing.TB, w *portaltest.World, account, fingerprint string) models.Enrolled {
	t.Helper()
	e := device(0)
	e.Key, e.DeviceID, e.Fingerprint = askedKey(t, w, account), "device-of-"+account+fingerprint, fingerprint
	done, err := w.EnrolAgent(ctx, e, "r")
	if err == nil {
		_, err = w.CheckIn(ctx, done.Token, "r", models.CheckIn{Sequence: 1})
	}
	if err != nil {
		t.Fatalf("joining %s: %v", account, err)
	}
	return done
}

// second reassigns an account and lets the new one become active.
func second(t testing.TB, w *portaltest.World, who models.Actor, account string) string {
	t.Helper()
	next := reassigned(t, w, who, account, demo.Advanced)
	if err := w.BeginBySignIn(ctx, next); err != nil {
		t.Fatal(err)
	}
	return next
}

func TestOrphansAreToldFromLookAlikes(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		orphans := seedOrphans(t, w, who)
		alike := seedLookAlikes(t, w, who)
		got := radar(t, w, who)
		if diff := cmp.Diff(orphans, got); diff != "" {
			t.Error(diff)
		}
		for why, account := range alike {
			if slices.ContainsFunc(got, func(o string) bool { return o[len(o)-len(account):] == account }) {
				t.Errorf("%s: %s is among the orphans", why, account)
			}
		}
		w.Sound(t)
	})
}

// seedOrphans makes more of those that the demo world has already, and names them all.
func seedOrphans(t *testing.T, w *portaltest.World, who models.Actor) []string {
	t.Helper()
	take(t, w, demo.OneAgent, models.CancelNow)
	behind := second(t, w, who, demo.BramleyAccount)
	joined := second(t, w, who, demo.ExactlyFull)
	joins(t, w, joined, "device-20743-1")

	called := second(t, w, who, demo.OverRed)
	c := carry(t, w, who, demo.OverRed, called)
	if err := w.CancelCarry(ctx, who, c.ID, c.Version); err != nil {
		t.Fatal(err)
	}
	all := []string{
		"empty-second " + demo.SuccessorAccount, "empty-second " + behind, "empty-second " + called,
		"left-behind " + demo.ReplacedAccount, "left-behind " + demo.BramleyAccount, "left-behind " + demo.ExactlyFull, "left-behind " + demo.OverRed,
		"no-plan " + demo.CancelledAccount, "no-plan " + demo.EndedAccount, "no-plan " + demo.OneAgent,
		"same-device " + demo.DoublingAccount, "same-device " + demo.DoublingAccount, "same-device " + joined,
	}
	slices.Sort(all)
	return all
}

// seedLookAlikes makes accounts that are almost orphans, and says of each what it is instead.
func seedLookAlikes(t *testing.T, w *portaltest.World, who models.Actor) map[string]string {
	t.Helper()
	hush(t, w, demo.NoneOnline)
	withAgent := second(t, w, who, demo.NoneOnline)
	joins(t, w, withAgent, "of-its-own")

	undone := second(t, w, who, demo.AmericanAccount)
	if _, err := undo(t, w, who, demo.AmericanAccount); err != nil {
		t.Fatal(err)
	}
	hush(t, w, demo.LastSoon)
	take(t, w, demo.LastSoon, models.CancelNow)

	joins(t, w, demo.OverAmber, "at-two-customers")
	joins(t, w, demo.ExactlyTenOver, "at-two-customers")
	moved := second(t, w, who, demo.NotYetSoon)
	carry(t, w, who, demo.NotYetSoon, moved)
	twin := joins(t, w, moved, "device-20716-1")
	if _, _, err := w.ReleaseAgents(ctx, who, moved, models.ReleaseWish{Agents: []string{twin.AgentID}}); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"replaced, and its agents are quiet":                  demo.NoneOnline,
		"replaced, and its agents are on their way":           demo.LeavingAccount,
		"empty, and agents are on their way to it":            moved,
		"all of its agents are told to move":                  demo.NotYetSoon,
		"a second account, with an agent":                     withAgent,
		"a second account of another family":                  "A-20722",
		"ended and in grace":                                  demo.GraceAccount,
		"locked, and a renewal brings it back":                demo.LockedAccount,
		"suspended":                                           demo.SuspendedAccount,
		"the same fingerprint at one customer":                demo.OverAmber,
		"the same fingerprint at another customer":            demo.ExactlyTenOver,
		"without agents, beside nothing":                      demo.NoAgents,
		"closed and empty":                                    undone,
		"its reassign was undone":                             demo.AmericanAccount,
		"closed long after its agents fell silent":            demo.ClosedAccount,
		"cancelled, and its agents are quiet":                 demo.LastSoon,
		"replaced long ago by an account where agents report": demo.DoubledAccount,
	}
}

func TestAnAgentOfAReplacedAccountShowsInTheRadarAfterOneCheckIn(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		hush(t, w, demo.OneAgent)
		next := second(t, w, who, demo.OneAgent)
		if got := radar(t, w, who); slices.Contains(got, "left-behind "+demo.OneAgent) {
			t.Fatal("a quiet agent is in the radar")
		}
		token := portaltest.AgentToken("G-207450001")
		done, err := w.CheckIn(ctx, token, "r", models.CheckIn{Sequence: 20_000_000})
		if err != nil || done.ReplacedBy != next {
			t.Fatalf("told %+v, %v", done, err)
		}
		if got := radar(t, w, who); !slices.Contains(got, "left-behind "+demo.OneAgent) {
			t.Errorf("the radar shows %v", got)
		}
		w.Pass(models.QuietAfter - time.Second)
		if got := radar(t, w, who); !slices.Contains(got, "left-behind "+demo.OneAgent) {
			t.Error("a second before it is quiet it is gone")
		}
		w.Pass(time.Second)
		if got := radar(t, w, who); slices.Contains(got, "left-behind "+demo.OneAgent) {
			t.Error("a quiet agent is in the radar")
		}
	})
}

func TestTheRadarIsReadForwardsAndBackwards(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		third := reassigned(t, w, who, next, demo.Standard)
		if err := w.BeginBySignIn(ctx, third); err != nil {
			t.Fatal(err)
		}
		for n := range 104 {
			enrolAs(t, w, demo.BramleyAccount, n)
			enrolAs(t, w, next, n)
			if n == 49 { // stands at the end of the first page, with three pairs
				enrolAs(t, w, third, n)
			}
		}
		var pages []models.OrphansPage
		for at := (portal.Place{}); ; at.After = pages[len(pages)-1].Next {
			page, err := w.ListOrphans(ctx, who, models.SameDevice, at)
			if err != nil {
				t.Fatal(err)
			}
			if pages = append(pages, page); page.Next == "" {
				break
			}
		}
		seen := map[string]bool{}
		for _, p := range pages {
			for _, o := range p.Rows {
				seen[o.OtherAgentID+" "+o.AgentID] = true
			}
		}
		if len(pages) != 3 || len(seen) != 104+2+2 || pages[0].Previous != "" {
			t.Errorf("%d pages with %d pairs", len(pages), len(seen))
		}
		for i := len(pages) - 1; i > 0; i-- {
			back, err := w.ListOrphans(ctx, who, models.SameDevice, portal.Place{Before: pages[i].Previous})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(pages[i-1], back); diff != "" {
				t.Errorf("before page %d (-forwards +backwards):\n%s", i+1, diff)
			}
		}
	})
}

func enrolAs(t *testing.T, w *portaltest.World, account string, n int) {
	t.Helper()
	e := device(n)
	e.Key = askedKey(t, w, account)
	if _, err := w.EnrolAgent(ctx, e, "r"); err != nil {
		t.Fatal(err)
	}
}

func TestTheRadarShowsNobodyElsesOrphans(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, id := range []string{demo.Noor, demo.Edda} {
			if got := radar(t, w, w.Actor(t, id)); len(got) > 0 {
				t.Errorf("%s sees %v", id, got)
			}
		}
		if got, theirs := radar(t, w, w.Actor(t, demo.Sofia)), radar(t, w, w.Actor(t, demo.Ines)); !slices.Equal(got, theirs) {
			t.Errorf("the distributor sees %v, its reseller %v", got, theirs)
		}
	})
}

func TestADeviceThatEnrolsTwiceAtOnceIsDoubled(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		keys := []string{askedKey(t, w, demo.BramleyAccount), askedKey(t, w, second(t, w, who, demo.BramleyAccount))}
		for i := range 10 {
			var both sync.WaitGroup
			for k, key := range keys {
				both.Go(func() {
					e := device(i)
					e.Key, e.Fingerprint, e.DeviceID = key, fmt.Sprintf("one-device-%04d", i), fmt.Sprintf("installed-%d-%04d", k, i)
					if _, err := w.EnrolAgent(ctx, e, "r"); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
		}
		w.Sound(t)
	})
}
