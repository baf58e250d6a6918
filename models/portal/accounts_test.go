package portal_test

import (
	"context"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
)

var ctx = context.Background()

func TestTheDemoWorldIsSound(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) { w.Sound(t) })
}

func TestOpeningBramleysAccount(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}
		if want := (models.AgentCounts{Total: 42, Online: 37, Quiet: 4, Never: 1}); o.Agents != want {
			t.Errorf("agents: %+v, want %+v", o.Agents, want)
		}
		if o.Customer.Name != "Bramley Dental Group" || o.Terms.Name != "Endpoint Standard" || o.Subscription.Seats != 50 || o.State() != models.Active {
			t.Errorf("got %s on %s with %d seats, %s", o.Customer.Name, o.Terms.Name, o.Subscription.Seats, o.State())
		}
		if len(o.Troubled) != 5 || o.Troubled[4].DeviceName != "SERVER-NEW" {
			t.Errorf("troubled: %d, the last is %v", len(o.Troubled), o.Troubled)
		}
		if !o.EnrolmentKey.Closed() || len(o.EnrolmentKey.Ending) != 5 {
			t.Errorf("enrolment key %+v", o.EnrolmentKey)
		}
		if o.Monthly() != (models.Money{Minor: 10500, Currency: "EUR"}) {
			t.Errorf("costs %v a month", o.Monthly())
		}
		if len(o.History) < 5 || o.History[0].Seq < o.History[1].Seq {
			t.Errorf("history: %d events, newest first", len(o.History))
		}
	})
}

func TestCustomersAreListedInOrderAndPageByPage(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		first, err := w.ListCustomers(ctx, maya, models.ListQuestion{})
		if err != nil {
			t.Fatal(err)
		}
		second, err := w.ListCustomers(ctx, maya, models.ListQuestion{After: first.Next})
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Rows) != 50 || first.Previous != "" || second.Next != "" || len(first.Rows)+len(second.Rows) != first.Count {
			t.Fatalf("pages of %d and %d of %d", len(first.Rows), len(second.Rows), first.Count)
		}
		back, err := w.ListCustomers(ctx, maya, models.ListQuestion{Before: second.Previous})
		if err != nil {
			t.Fatal(err)
		}
		if back.Rows[0].ID != first.Rows[0].ID || back.Previous != "" {
			t.Errorf("going back begins with %s, want %s", back.Rows[0].Name, first.Rows[0].Name)
		}
		for i, rows := 1, append(first.Rows, second.Rows...); i < len(rows); i++ {
			if rows[i-1].SortKey > rows[i].SortKey {
				t.Errorf("%s stands before %s", rows[i-1].Name, rows[i].Name)
			}
		}
	})
}

func TestSigningInAndOut(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		token, v, err := w.SignIn(ctx, portal.Arrival{Email: " Maya@Halden.example ", Password: demo.Password, Address: "192.0.2.1"})
		if err != nil || v.Actor.ID != demo.Maya {
			t.Fatalf("signing in: %v, %v", v.Actor.ID, err)
		}
		if again, err := w.Recognise(ctx, token, ""); err != nil || again.Actor.ID != demo.Maya || again.Partner.Name != "Halden Partners" {
			t.Errorf("recognised %v, %v", again.Actor, err)
		}
		w.Pass(59 * time.Minute)
		if _, err := w.Recognise(ctx, token, ""); err != nil {
			t.Error("within the idle time: ", err)
		}
		w.Pass(61 * time.Minute)
		if _, err := w.Recognise(ctx, token, ""); !models.IsProblem(err, models.NotFound) {
			t.Error("after the idle time: ", err)
		}
		token, _, _ = w.SignIn(ctx, portal.Arrival{Email: "maya@halden.example", Password: demo.Password})
		if err := w.SignOut(ctx, token, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Recognise(ctx, token, ""); !models.IsProblem(err, models.NotFound) {
			t.Error("after signing out: ", err)
		}
	})
}

func TestAWrongPasswordAndAnUnknownAddressAnswerTheSame(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		_, _, wrong := w.SignIn(ctx, portal.Arrival{Email: "maya@halden.example", Password: "not the password", Address: "192.0.2.1"})
		_, _, unknown := w.SignIn(ctx, portal.Arrival{Email: "nobody@halden.example", Password: demo.Password, Address: "192.0.2.2"})
		if wrong == nil || unknown == nil || wrong.Error() != unknown.Error() {
			t.Errorf("wrong: %v, unknown: %v", wrong, unknown)
		}
	})
}

func TestManyGuessesAtOnceDoNotOutrunTheThrottle(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		const guesses = 40
		answers := make(chan error, guesses)
		for range guesses {
			go func() {
				_, _, err := w.SignIn(ctx, portal.Arrival{Email: "maya@halden.example", Password: "a guess that is wrong", Address: "192.0.2.1"})
				answers <- err
			}()
		}
		let := 0
		for range guesses {
			if err := <-answers; models.IsProblem(err, models.Invalid) {
				let++
			} else if !models.IsProblem(err, models.Throttled) {
				t.Errorf("a guess was answered with %v", err)
			}
		}
		if let > 6 { // five free ones and the one that starts the waiting
			t.Errorf("%d guesses were looked at", let)
		}
	})
}

func signIn(t *testing.T, w *portaltest.World, email string) {
	t.Helper()
	if _, _, err := w.SignIn(ctx, portal.Arrival{Email: email, Password: demo.Password}); err != nil {
		t.Fatal(err)
	}
}
