package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// carry begins to carry all agents of the replaced account over to its successor.
func (h harbour) carry(t testing.TB) (id string) {
	t.Helper()
	ctx, who := context.Background(), h.Actor(t, demo.Ines)
	h.activate(t, demo.SuccessorAccount)
	desk, err := h.ProposeCarry(ctx, who, demo.ReplacedAccount, models.CarryWish{ToAccountID: demo.SuccessorAccount})
	if err != nil || desk.Problem != nil {
		t.Fatal(err, desk.Problem)
	}
	id, _, err = h.CarryAgents(ctx, who, demo.ReplacedAccount, desk.Wish)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// activate does what happens when the customer first signs in.
func (h harbour) activate(t testing.TB, account string) {
	t.Helper()
	err := h.Store.Do(context.Background(), models.Clock(), h.Clock(), func(tx *store.Tx) error {
		held, err := tx.Held(account)
		if err != nil {
			return err
		}
		a := held.Account
		a.ActivatedAt = &tx.Now
		e := models.Event{RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, Kind: models.PlanActivated}
		return tx.SaveActivation(a, held.Subscription.ActivatedBy(held.Terms, tx.Now, held.Customer.Location()), e)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h harbour) progress(t testing.TB, id string) models.CarryProgress {
	t.Helper()
	p, err := h.OpenCarry(context.Background(), h.Actor(t, demo.Ines), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAFleetIsCarriedOverThoughAnswersAreLost(t *testing.T) {
	for name, relay := range map[string]int{"each for itself": 0, "in a relay": 10} {
		t.Run(name, func(t *testing.T) {
			portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
				h := open(t, w)
				o := h.options(t, 30)
				o.key, o.relay, o.report = keyOf(t, demo.ReplacedAccount), relay, reportJSON
				o.duplicate, o.replay, o.clockLies = 0.2, 0.2, 0.2
				out, err := once(t, o)
				if r := reportIn(t, out); err != nil || r.Reporting != 30 || r.Replaced != 30 {
					t.Fatalf("%v\n%s", err, out)
				}

				id := h.carry(t)
				h.loses.Store(true)
				goOut(t, o, "all are carried over", func() bool { return h.progress(t, id).Counts.Moved == 30 })
				h.loses.Store(false)
				out, err = once(t, o)
				if r := reportIn(t, out); err != nil || r.Reporting != 30 || r.Moved != 30 || r.Replaced != 0 || strings.Count(out, `"portal":"`+demo.SuccessorAccount) != 30 {
					t.Errorf("%v\n%s", err, out)
				}
				w.Sound(t)
			})
		})
	}
}

func TestACarryThatWasCancelledLeavesTheFleetWhereItWas(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		h := open(t, w)
		o := h.options(t, 5)
		o.key, o.report = keyOf(t, demo.ReplacedAccount), reportNone
		once(t, o)
		id := h.carry(t)
		once(t, o)
		if n := h.progress(t, id).Counts; n.Told != 5 || n.Moved != 0 {
			t.Fatalf("after telling them: %+v", n)
		}
		if err := h.CancelCarry(context.Background(), h.Actor(t, demo.Ines), id, h.progress(t, id).Carry.Version); err != nil {
			t.Fatal(err)
		}
		o.report = reportJSON
		out, err := once(t, o)
		if r := reportIn(t, out); err != nil || r.Reporting != 5 || r.Moved != 0 || r.Elsewhere != 0 {
			t.Errorf("%v\n%s", err, out)
		}
		for _, d := range stateOf(t, o.state).Agents {
			if d.AccountID != demo.ReplacedAccount || d.Next != nil || d.Token == "" {
				t.Errorf("%+v", d.standing)
			}
		}
		w.Sound(t)
	})
}

func TestTheTokensOfAFleetAreRenewed(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		h := open(t, w)
		o := h.options(t, 5)
		o.report = reportNone
		once(t, o)
		before := stateOf(t, o.state)
		w.Pass(91 * 24 * time.Hour)
		once(t, o)
		once(t, o)
		for i, d := range stateOf(t, o.state).Agents {
			if was := before.Agents[i]; d.Token == was.Token || d.AgentID != was.AgentID || d.Next != nil {
				t.Errorf("was %+v, is %+v", was.standing, d.standing)
			}
		}
		o.report = reportJSON
		out, err := once(t, o)
		if r := reportIn(t, out); err != nil || r.Reporting != 5 || r.Moved != 0 {
			t.Errorf("%v\n%s", err, out)
		}
		w.Sound(t)
	})
}
