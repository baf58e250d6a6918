package portal_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// askedKey is the enrolment key of an account as Maya is shown it.
func askedKey(t testing.TB, w *portaltest.World, account string) string {
	t.Helper()
	key, err := w.ShowKey(ctx, w.Actor(t, demo.Maya), account)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func enrolment(t testing.TB, w *portaltest.World, who, account string) models.EnrolmentDesk {
	t.Helper()
	desk, err := w.OpenEnrolment(ctx, w.Actor(t, who), account)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// rotate gives an account another key, as Maya, and returns it.
func rotate(t testing.TB, w *portaltest.World, account string, overlap models.Overlap) string {
	t.Helper()
	wish := models.RotationWish{Overlap: overlap, KeyID: enrolment(t, w, demo.Maya, account).Current.ID}
	if _, err := w.RotateKey(ctx, w.Actor(t, demo.Maya), account, wish); err != nil {
		t.Fatal(err)
	}
	return askedKey(t, w, account)
}

// opens lets a device enrol with a key, and says whether the key let it in.
func opens(t testing.TB, w *portaltest.World, key string, n int) bool {
	t.Helper()
	e := device(n)
	e.Key = key
	_, err := w.EnrolAgent(ctx, e, "r")
	if err != nil {
		wantRefused(t, err, models.UnknownAgent)
	}
	return err == nil
}

func TestTheKeyBeforeARotationWorksAsLongAsItWasToldTo(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for n, c := range []struct {
			overlap models.Overlap
			days    int
		}{{models.OverlapNone, 0}, {models.OverlapDay, 1}, {models.OverlapWeek, 7}, {models.OverlapMonth, 30}} {
			before := askedKey(t, w, demo.BramleyAccount)
			after := rotate(t, w, demo.BramleyAccount, c.overlap)
			lasts := time.Duration(c.days) * 24 * time.Hour
			if after == before || !opens(t, w, after, 10*n) {
				t.Errorf("%s: the new key %s does not work", c.overlap, after)
			}
			if got := opens(t, w, before, 10*n+1); got != (c.days > 0) {
				t.Errorf("%s: directly after it the old key works: %v", c.overlap, got)
			}
			e := opened(t, w, demo.BramleyAccount).History
			at := slices.IndexFunc(e, func(e models.Event) bool { return e.Kind == models.EnrolmentKeyRotated })
			if d := e[at].Detail; e[at].ActorID != demo.Maya || d.Key != models.KeyEnding(before) || !d.Until.Equal(w.Clock().Add(lasts)) {
				t.Errorf("%s: the history says %+v", c.overlap, e[at])
			}
			if c.days == 0 {
				continue
			}
			w.Pass(lasts - time.Second)
			if !opens(t, w, before, 10*n+2) {
				t.Errorf("%s: the old key ended early", c.overlap)
			}
			w.Pass(time.Second)
			if opens(t, w, before, 10*n+3) || !opens(t, w, after, 10*n+4) {
				t.Errorf("%s: the old key works after its end, or the new one does not", c.overlap)
			}
		}
		w.Sound(t)
	})
}

func TestARotationLeavesAgentsAndSubscriptionAlone(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		before := opened(t, w, demo.BramleyAccount)
		modify := wishFor(t, w, demo.BramleyAccount, demo.Advanced, 60)
		reassign := agreeing(propose(t, w, demo.Maya, demo.BramleyAccount, demo.Advanced))
		rotate(t, w, demo.BramleyAccount, models.OverlapNone)

		if _, err := w.CheckIn(ctx, portaltest.AgentToken("G-204180001"), "r-2", models.CheckIn{Sequence: 1_000_000}); err != nil {
			t.Errorf("an agent that is there: %v", err)
		}
		after := opened(t, w, demo.BramleyAccount)
		if after.Agents.Total != before.Agents.Total || after.Subscription.Version != before.Subscription.Version ||
			after.Account.Version != before.Account.Version || after.Account.AgentsVersion != before.Account.AgentsVersion {
			t.Errorf("%d agents, account %+v, before %d, %+v", after.Agents.Total, after.Account, before.Agents.Total, before.Account)
		}
		if _, err := w.ModifyPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, modify); err != nil {
			t.Errorf("a modification that was being thought about: %v", err)
		}
		if after := opened(t, w, demo.BramleyAccount); after.EnrolmentKey.Ending == before.EnrolmentKey.Ending {
			t.Error("the modification brought the old key back")
		}
		if _, _, err := w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, reassign); !models.IsProblem(err, models.Conflict) {
			t.Errorf("reassigning as it was before the modification: %v", err)
		}
		w.Sound(t)
	})
}

func TestSeveralKeysMayWorkAtOnceAndEachCanBeEnded(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		first := askedKey(t, w, demo.BramleyAccount)
		second := rotate(t, w, demo.BramleyAccount, models.OverlapMonth)
		third := rotate(t, w, demo.BramleyAccount, models.OverlapDay)
		desk := enrolment(t, w, demo.Maya, demo.BramleyAccount)
		var endings []string
		for _, k := range desk.Older {
			endings = append(endings, k.Ending)
		}
		if want := []string{models.KeyEnding(first), models.KeyEnding(second)}; !slices.Equal(endings, want) {
			t.Fatalf("older keys end in %v, want %v", endings, want)
		}
		for n, key := range []string{first, second, third} {
			if !opens(t, w, key, n) {
				t.Errorf("key %d does not work", n)
			}
		}
		for range 2 { // the second time there is nothing to do
			if err := w.EndKey(ctx, maya, demo.BramleyAccount, desk.Older[0].ID); err != nil {
				t.Error(err)
			}
		}
		if opens(t, w, first, 10) || !opens(t, w, second, 11) || !opens(t, w, third, 12) {
			t.Error("another key was ended than the one that was meant")
		}
		ended := 0
		for _, e := range opened(t, w, demo.BramleyAccount).History {
			if e.Kind == models.EnrolmentKeyEnded {
				ended++
				if e.Detail.Key != models.KeyEnding(first) || e.ActorID != demo.Maya {
					t.Errorf("the history says %+v", e)
				}
			}
		}
		if ended != 1 {
			t.Errorf("the end of one key is told %d times", ended)
		}
		if err := w.EndKey(ctx, maya, demo.BramleyAccount, desk.Current.ID); !models.IsProblem(err, models.Conflict) {
			t.Errorf("ending the key of the account: %v", err)
		}
		for account, key := range map[string]string{demo.BramleyAccount: "no-such-key", demo.NoAgents: desk.Older[1].ID} {
			if err := w.EndKey(ctx, maya, account, key); !models.IsProblem(err, models.NotFound) {
				t.Errorf("ending %s of %s: %v", key, account, err)
			}
		}
		w.Sound(t)
	})
}

func TestOneFormRotatesOnceAndAnOldOneNever(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya, ines := w.Actor(t, demo.Maya), w.Actor(t, demo.Ines)
		before := enrolment(t, w, demo.Maya, demo.BramleyAccount)
		wish := models.RotationWish{Overlap: models.OverlapWeek, KeyID: before.Current.ID, FormKey: "form-1"}
		var all sync.WaitGroup
		for range 4 { // a double click
			all.Go(func() {
				if _, err := w.RotateKey(ctx, maya, demo.BramleyAccount, wish); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		after := enrolment(t, w, demo.Maya, demo.BramleyAccount)
		if len(after.Older) != 1 || after.Older[0].Ending != before.Key.Ending {
			t.Errorf("after one rotation the older keys are %+v", after.Older)
		}

		stale := models.RotationWish{Overlap: models.OverlapNone, KeyID: before.Current.ID, FormKey: "form-2"}
		desk, err := w.RotateKey(ctx, ines, demo.BramleyAccount, stale)
		if !models.IsProblem(err, models.Conflict) || desk.Wish.KeyID != after.Current.ID || desk.Wish.Overlap != models.OverlapNone {
			t.Errorf("a form of the key before: %v, %+v", err, desk.Wish)
		}
		if now := enrolment(t, w, demo.Maya, demo.BramleyAccount); now.Current.ID != after.Current.ID || now.Key.Ending != after.Key.Ending {
			t.Error("the old form rotated the key")
		}
		w.Sound(t)
	})
}

func TestTwoPeopleRotateAtOnceAndOneIsToldSo(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		current := enrolment(t, w, demo.Maya, demo.BramleyAccount).Current.ID
		refused := make(chan error, 2)
		var all sync.WaitGroup
		for _, id := range []string{demo.Maya, demo.Ines} {
			all.Go(func() {
				wish := models.RotationWish{Overlap: models.OverlapDay, KeyID: current, FormKey: "form-" + id}
				_, err := w.RotateKey(ctx, w.Actor(t, id), demo.BramleyAccount, wish)
				refused <- err
			})
		}
		all.Wait()
		one, two := <-refused, <-refused
		if one == nil {
			one, two = two, one
		}
		if two != nil || !models.IsProblem(one, models.Conflict) {
			t.Errorf("%v and %v", one, two)
		}
		w.Sound(t)
	})
}

func TestSeeingAKeyIsInTheHistoryOnceAnHour(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		shown := func() (n int) {
			for _, e := range opened(t, w, demo.BramleyAccount).History {
				if e.Kind == models.EnrolmentKeyShown {
					n++
				}
			}
			return n
		}
		sees := func(who string) bool {
			o, err := w.OpenAccount(ctx, w.Actor(t, who), demo.BramleyAccount)
			if err != nil {
				t.Fatal(err)
			}
			open := !o.EnrolmentKey.Closed()
			if d := enrolment(t, w, who, demo.BramleyAccount); d.Key != o.EnrolmentKey {
				t.Errorf("%s sees %+v on one page and %+v on the other", who, o.EnrolmentKey, d.Key)
			}
			return open
		}
		if sees(demo.Maya) || shown() != 0 {
			t.Fatal("the key is shown before anybody asked")
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if key := askedKey(t, w, demo.BramleyAccount); key != keyOf(t, demo.BramleyAccount) {
					t.Errorf("the key is %q", key)
				}
			})
		}
		all.Wait()
		if !sees(demo.Maya) || sees(demo.Priya) || shown() != 1 {
			t.Errorf("after Maya asked four times at once it is told %d times", shown())
		}
		if _, err := w.ShowKey(ctx, w.Actor(t, demo.Priya), demo.BramleyAccount); err != nil {
			t.Fatal(err)
		}
		w.Pass(59 * time.Minute)
		if !sees(demo.Maya) || !sees(demo.Priya) || shown() != 2 {
			t.Errorf("within the hour: told %d times", shown())
		}
		w.Pass(time.Minute)
		if sees(demo.Maya) || sees(demo.Priya) {
			t.Error("the hour is over and the key is still there")
		}
		askedKey(t, w, demo.BramleyAccount)
		if shown() != 3 {
			t.Errorf("told %d times after another hour", shown())
		}
		rotateAs(t, w, demo.Ines, demo.BramleyAccount)
		if sees(demo.Maya) || !sees(demo.Ines) || shown() != 3 {
			t.Error("a new key is shown to who made it, and to nobody who had seen the one before")
		}
		w.Sound(t)
	})
}

func rotateAs(t testing.TB, w *portaltest.World, who, account string) {
	t.Helper()
	wish := models.RotationWish{Overlap: models.OverlapNone, KeyID: enrolment(t, w, who, account).Current.ID}
	if _, err := w.RotateKey(ctx, w.Actor(t, who), account, wish); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsWrongWithARotationIsSaid(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		current := enrolment(t, w, demo.Maya, demo.BramleyAccount).Current.ID
		for _, overlap := range []models.Overlap{"", "2d", "forever"} {
			_, err := w.RotateKey(ctx, maya, demo.BramleyAccount, models.RotationWish{Overlap: overlap, KeyID: current})
			if p, ok := models.ProblemIn(err); !ok || p.Kind != models.Invalid || p.Fields[0].Field != "overlap" {
				t.Errorf("%q: %v", overlap, err)
			}
		}
		desk, err := w.ProposeRotation(ctx, maya, demo.ClosedAccount, models.RotationWish{Overlap: models.OverlapWeek})
		if err != nil || desk.Problem == nil {
			t.Errorf("a closed account: %v, %+v", err, desk.Problem)
		}
		_, err = w.RotateKey(ctx, maya, demo.ClosedAccount, models.RotationWish{Overlap: models.OverlapWeek, KeyID: desk.Current.ID})
		if !models.IsProblem(err, models.Conflict) {
			t.Errorf("rotating the key of a closed account: %v", err)
		}
		w.Sound(t)
	})
}

func TestWhoMayNotHandleKeysDoesNot(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := models.RotationWish{Overlap: models.OverlapWeek, KeyID: enrolment(t, w, demo.Maya, demo.BramleyAccount).Current.ID}
		for _, c := range []struct {
			who          string
			sees, rotate models.ProblemKind
		}{
			{demo.Priya, "", models.Forbidden},
			{demo.Luca, models.Forbidden, models.Forbidden},
			{demo.Greta, models.Forbidden, models.Forbidden},
			{demo.Helen, models.Forbidden, models.Forbidden},
			{demo.Noor, models.NotFound, models.NotFound},
		} {
			who := w.Actor(t, c.who)
			_, open := w.OpenEnrolment(ctx, who, demo.BramleyAccount)
			_, show := w.ShowKey(ctx, who, demo.BramleyAccount)
			_, propose := w.ProposeRotation(ctx, who, demo.BramleyAccount, wish)
			_, rotates := w.RotateKey(ctx, who, demo.BramleyAccount, wish)
			end := w.EndKey(ctx, who, demo.BramleyAccount, wish.KeyID)
			for verb, got := range map[string]struct {
				err  error
				want models.ProblemKind
			}{"open": {open, c.sees}, "show": {show, c.sees}, "propose": {propose, c.rotate}, "rotate": {rotates, c.rotate}, "end": {end, c.rotate}} {
				if (got.want == "") != (got.err == nil) || got.want != "" && !models.IsProblem(got.err, got.want) {
					t.Errorf("%s, %s: %v, want %q", c.who, verb, got.err, got.want)
				}
			}
		}
		if n := len(enrolment(t, w, demo.Maya, demo.BramleyAccount).Older); n != 0 {
			t.Errorf("%d keys were rotated by who may not", n)
		}
		w.Sound(t)
	})
}
