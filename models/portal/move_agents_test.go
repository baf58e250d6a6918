package portal_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

var errLetGo = errors.New("let go")

// holding keeps what a transaction holds until the test lets go, and then undoes it.
func holding(t *testing.T, w *portaltest.World, who models.Actor, hold func(*store.Tx) error) (letGo func()) {
	t.Helper()
	held, done := make(chan struct{}), make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		err := w.Store.Do(ctx, who, w.Clock(), func(tx *store.Tx) error {
			if err := hold(tx); err != nil {
				close(held)
				return err
			}
			close(held)
			<-done
			return errLetGo
		})
		if !errors.Is(err, errLetGo) {
			t.Error("holding: ", err)
		}
	})
	<-held
	letGo = sync.OnceFunc(func() { close(done); ended.Wait() })
	t.Cleanup(letGo)
	return letGo
}

// wantBusy fails unless an agent was asked to come again soon. SQLite has one writer, so there it waits.
func wantBusy(t *testing.T, err error) {
	t.Helper()
	if p, ok := models.ProblemIn(err); !ok || p.Kind != models.Throttled || p.RetryAfter < 1 {
		t.Errorf("it was told %v", err)
	}
}

func TestAHeldAccountKeepsNobodyElseWaiting(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.ReplacedAccount, 2)
		other := enrolled(t, w, demo.BramleyAccount, 1).agents[0]
		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		for _, a := range f.agents {
			if _, err := a.checkIn(w); err != nil {
				t.Fatal(err)
			}
		}
		letGo := holding(t, w, who, func(tx *store.Tx) error { return tx.LockAccount(demo.SuccessorAccount) })
		if w.Store.Dialect() == "sqlite" {
			time.AfterFunc(100*time.Millisecond, letGo)
		}
		answers, err := w.CheckInAll(ctx, "r", []models.TokenCheckIn{
			{Token: f.agents[0].next, CheckIn: models.CheckIn{Sequence: 5}}, {Token: other.token, CheckIn: models.CheckIn{Sequence: 5}},
		})
		if err != nil || answers[1].Err != nil || answers[1].CheckedIn.AccountID != demo.BramleyAccount {
			t.Fatalf("another's agent was told %+v, %v", answers, err)
		}
		if w.Store.Dialect() != "sqlite" {
			wantBusy(t, answers[0].Err)
			if n := progress(t, w, who, c.ID).Counts; n.Moved != 0 {
				t.Errorf("the carry has %+v", n)
			}
		}
		letGo()
		if done, err := f.agents[1].checkIn(w); err != nil || done.AccountID != demo.SuccessorAccount {
			t.Errorf("afterwards it was told %+v, %v", done, err)
		}
		w.Sound(t)
	})
}

func TestHeldRowsOfAnAgentKeepNobodyElseWaiting(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		leaving := enrolled(t, w, demo.ReplacedAccount, 1).agents[0]
		other := enrolled(t, w, demo.BramleyAccount, 1).agents[0]
		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		letGo := holding(t, w, who, func(tx *store.Tx) error {
			held, err := tx.HoldCarry(c.ID)
			if err != nil {
				return err
			}
			return tx.CancelCarry(held)
		})
		if w.Store.Dialect() == "sqlite" {
			time.AfterFunc(100*time.Millisecond, letGo)
		}
		answers, err := w.CheckInAll(ctx, "r", []models.TokenCheckIn{
			{Token: leaving.token, CheckIn: models.CheckIn{Sequence: 5}}, {Token: other.token, CheckIn: models.CheckIn{Sequence: 5}},
		})
		if err != nil || answers[1].Err != nil || answers[1].CheckedIn.AccountID != demo.BramleyAccount {
			t.Fatalf("another's agent was told %+v, %v", answers, err)
		}
		if w.Store.Dialect() != "sqlite" {
			wantBusy(t, answers[0].Err)
			if got := answers[0].CheckedIn; got != (models.CheckedIn{}) {
				t.Errorf("it was answered %+v as well", got)
			}
		}
		letGo()
		if done, err := w.CheckIn(ctx, leaving.token, "r", models.CheckIn{Sequence: 6}); err != nil || done.MoveTo != demo.SuccessorAccount {
			t.Errorf("afterwards it was told %+v, %v", done, err)
		}
		w.Sound(t)
	})
}

func TestATokenFromBeforeTokensHadASealGoesOn(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		a := enrolled(t, w, demo.BramleyAccount, 1).agents[0]
		old := models.AgentTokenPrefix + "0123456789abcdefghijABCDEFGHIJ0123456789abc"
		err := w.Store.Do(ctx, models.Operator(), w.Clock(), func(tx *store.Tx) error {
			g, err := tx.Agent(a.id)
			if err != nil {
				return err
			}
			return tx.RenewToken(g.Agent, portal.TokenHash(old))
		})
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.CheckInAll(ctx, "r", []models.TokenCheckIn{
			{Token: portaltest.AgentToken("G-204180001"), CheckIn: models.CheckIn{Sequence: 1_000_000}}, {Token: old, CheckIn: models.CheckIn{Sequence: 2}},
		})
		if err != nil || answers[0].Err != nil || answers[1].Err != nil || answers[1].CheckedIn.AccountID != demo.BramleyAccount {
			t.Errorf("answered %+v, %v", answers, err)
		}
	})
}

func TestATokenThatIsVoidLosesItsPlaceAmongTheKnown(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		first := enrolOn(t, w.Portal, demo.BramleyAccount, 0)
		again := enrolOn(t, w.Portal, demo.BramleyAccount, 0)
		if w.Doubts(first.Token) || w.Doubts(again.Token) {
			t.Error("a token of the portal's own is doubted")
		}
		_, err := w.CheckIn(ctx, first.Token, "r", models.CheckIn{Sequence: 1})
		wantRefused(t, err, models.UnknownAgent)
		if _, err := w.CheckIn(ctx, again.Token, "r", models.CheckIn{Sequence: 1}); err != nil {
			t.Error(err)
		}
		if !w.Doubts(first.Token) || w.Doubts(again.Token) {
			t.Errorf("the void one is doubted: %t, the other one: %t", w.Doubts(first.Token), w.Doubts(again.Token))
		}
		_, err = w.CheckIn(ctx, first.Token, "r", models.CheckIn{Sequence: 2})
		wantRefused(t, err, models.UnknownAgent)
	})
}

func TestAgentsThatWereToldBeforeTheSecretChangedAreToldAnew(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		f := enrolled(t, w, demo.ReplacedAccount, 1)
		carry(t, w, w.Actor(t, demo.Ines), demo.ReplacedAccount, demo.SuccessorAccount)
		before, err := f.agents[0].checkIn(w)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := portal.NewKeys([]byte("another secret, that is long enough as well"))
		if err != nil {
			t.Fatal(err)
		}
		p := portal.New(portal.Options{Store: w.Store, Clock: w.Clock, Real: w.Clock, Keys: keys, IDs: demo.NewIDs(), Hashing: portal.LowestHashing})
		defer p.Close()
		told, err := p.CheckIn(ctx, f.agents[0].token, "r", models.CheckIn{Sequence: 5})
		if err != nil || told.MoveTo != demo.SuccessorAccount || told.MoveToken == before.MoveToken {
			t.Fatalf("told %+v, %v", told, err)
		}
		if done, err := p.CheckIn(ctx, told.MoveToken, "r", models.CheckIn{Sequence: 6}); err != nil || done.AccountID != demo.SuccessorAccount {
			t.Errorf("confirmed %+v, %v", done, err)
		}
		w.Sound(t)
	})
}
