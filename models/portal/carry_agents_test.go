package portal_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

// fleet is some agents that remember what they were told, as real ones would.
type fleet struct {
	t      testing.TB
	w      *portaltest.World
	agents []*pretended
}

type pretended struct {
	id, account, token, next string
	sequence                 int64
}

func enrolled(t testing.TB, w *portaltest.World, account string, n int) *fleet {
	t.Helper()
	f := &fleet{t: t, w: w}
	for i := range n {
		done := enrolOn(t, w.Portal, account, i)
		f.agents = append(f.agents, &pretended{id: done.AgentID, account: account, token: done.Token})
	}
	return f
}

// checkIn lets one agent check in, with the token it was offered if there is one.
func (a *pretended) checkIn(w *portaltest.World) (models.CheckedIn, error) {
	a.sequence++
	token := a.token
	if a.next != "" {
		token = a.next
	}
	done, err := w.CheckIn(context.Background(), token, "r", models.CheckIn{Sequence: a.sequence})
	if err == nil {
		a.token, a.next, a.account = token, done.MoveToken, done.AccountID
	}
	return done, err
}

// arriving is a world in which the successor of the replaced account has become active.
func arriving(t *testing.T, test func(t *testing.T, w *portaltest.World)) {
	t.Helper()
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		if err := w.BeginBySignIn(ctx, demo.SuccessorAccount); err != nil {
			t.Fatal(err)
		}
		test(t, w)
	})
}

// carry begins to carry all agents of an account over to another one.
func carry(t testing.TB, w *portaltest.World, who models.Actor, from, to string) models.Carry {
	t.Helper()
	desk, err := w.ProposeCarry(ctx, who, from, models.CarryWish{ToAccountID: to})
	if err != nil || desk.Problem != nil {
		t.Fatalf("carrying from %s to %s: %v %v", from, to, err, desk.Problem)
	}
	id, _, err := w.CarryAgents(ctx, who, from, desk.Wish)
	if err != nil {
		t.Fatal(err)
	}
	return progress(t, w, who, id).Carry
}

func progress(t testing.TB, w *portaltest.World, who models.Actor, id string) models.CarryProgress {
	t.Helper()
	p, err := w.OpenCarry(ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	if n := p.Counts; n.Moved+n.Waiting+n.Failed != n.Total || n.Total != p.Carry.Total {
		t.Fatalf("the numbers do not add up: %+v of %d", n, p.Carry.Total)
	}
	return p
}

func TestCarriedAgentsMoveWhenTheyConfirm(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.ReplacedAccount, 3)
		before := factsOf(t, w.Store, w.Clock(), demo.ReplacedAccount).Counts
		there := factsOf(t, w.Store, w.Clock(), demo.SuccessorAccount).Counts

		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		if c.Total != before.Total {
			t.Errorf("it carries %d of %d agents", c.Total, before.Total)
		}
		for i, a := range f.agents {
			told, err := a.checkIn(w)
			if err != nil || told.AccountID != demo.ReplacedAccount || told.MoveTo != demo.SuccessorAccount || told.MoveToken == "" {
				t.Fatalf("told %+v, %v", told, err)
			}
			if n := progress(t, w, who, c.ID).Counts; n.Moved != i || n.Told != 1 {
				t.Errorf("after telling agent %d: %+v", i, n)
			}
			old := a.token
			done, err := a.checkIn(w)
			if err != nil || done.AccountID != demo.SuccessorAccount || done.MoveTo != "" {
				t.Fatalf("confirmed %+v, %v", done, err)
			}
			_, err = w.CheckIn(ctx, old, "r", models.CheckIn{Sequence: 99})
			wantRefused(t, err, models.UnknownAgent)
			w.Sound(t)
		}
		if n := progress(t, w, who, c.ID).Counts; n.Moved != 3 || n.Waiting != c.Total-3 {
			t.Errorf("%+v", n)
		}
		now, then := factsOf(t, w.Store, w.Clock(), demo.ReplacedAccount).Counts, factsOf(t, w.Store, w.Clock(), demo.SuccessorAccount).Counts
		if now.Total != before.Total-3 || then.Total != there.Total+3 {
			t.Errorf("%d and %d agents became %d and %d", before.Total, there.Total, now.Total, then.Total)
		}
		last := lastEvent(t, w, demo.SuccessorAccount)
		if last.Kind != models.AgentsMoved || last.Detail.Agents != 1 || last.Detail.Other != demo.ReplacedAccount || last.ActorName != "the agents" {
			t.Errorf("recorded %+v", last)
		}
	})
}

func TestAnAgentThatMissedItsInstructionIsToldAgain(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		a := enrolled(t, w, demo.ReplacedAccount, 1).agents[0]
		carry(t, w, w.Actor(t, demo.Ines), demo.ReplacedAccount, demo.SuccessorAccount)
		first, err := a.checkIn(w)
		if err != nil {
			t.Fatal(err)
		}
		a.next = "" // the answer was lost
		second, err := a.checkIn(w)
		if err != nil || second.MoveToken != first.MoveToken || second.AccountID != demo.ReplacedAccount {
			t.Errorf("told %+v, then %+v, %v", first, second, err)
		}
		for range 3 { // the confirmation and its repeats
			done, err := w.CheckIn(ctx, first.MoveToken, "r", models.CheckIn{Sequence: 7})
			if err != nil || done.AccountID != demo.SuccessorAccount {
				t.Errorf("confirmed %+v, %v", done, err)
			}
		}
		w.Sound(t)
	})
}

func TestACarryThatIsCalledOffLeavesTheOthersWhereTheyAre(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.ReplacedAccount, 2)
		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		for _, a := range f.agents {
			if _, err := a.checkIn(w); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.agents[0].checkIn(w); err != nil {
			t.Fatal(err)
		}
		if err := w.CancelCarry(ctx, who, c.ID, c.Version); err != nil {
			t.Fatal(err)
		}
		if n := progress(t, w, who, c.ID).Counts; n.Moved != 1 || n.Waiting != 0 || n.Failed != c.Total-1 {
			t.Errorf("%+v", n)
		}
		_, err := f.agents[1].checkIn(w)
		wantRefused(t, err, models.UnknownAgent)
		f.agents[1].next = ""
		if done, err := f.agents[1].checkIn(w); err != nil || done.AccountID != demo.ReplacedAccount || done.MoveTo != "" {
			t.Errorf("told %+v, %v", done, err)
		}
		if err := w.CancelCarry(ctx, who, c.ID, c.Version+1); !models.IsProblem(err, models.Conflict) {
			t.Errorf("called off twice: %v", err)
		}
		w.Sound(t)
	})
}

func TestADeadlineGivesUpAndTryingAgainWaits(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		a := enrolled(t, w, demo.ReplacedAccount, 1).agents[0]
		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		if _, err := a.checkIn(w); err != nil {
			t.Fatal(err)
		}
		w.Pass(models.CarryFor - time.Second)
		if n := progress(t, w, who, c.ID).Counts; n.Failed != 0 || n.Offline != c.Total {
			t.Errorf("before: %+v", n)
		}
		w.Pass(time.Second)
		if n := progress(t, w, who, c.ID).Counts; n.Failed != c.Total {
			t.Errorf("after: %+v", n)
		}
		_, err := a.checkIn(w)
		wantRefused(t, err, models.UnknownAgent)
		if err := w.RetryCarry(ctx, who, c.ID, c.Version); err != nil {
			t.Fatal(err)
		}
		if done, err := a.checkIn(w); err != nil || done.AccountID != demo.SuccessorAccount {
			t.Errorf("confirmed %+v, %v", done, err)
		}
		w.Sound(t)
	})
}

func TestAnAgentConfirmingFiftyTimesAtOnceMovesOnce(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		f := enrolled(t, w, demo.ReplacedAccount, 40)
		c := carry(t, w, w.Actor(t, demo.Ines), demo.ReplacedAccount, demo.SuccessorAccount)
		atOnce(len(f.agents), func(i int) { _, _ = f.agents[i].checkIn(w) })
		atOnce(3*len(f.agents), func(i int) {
			a := f.agents[i%len(f.agents)]
			done, err := w.CheckIn(ctx, a.next, "r", models.CheckIn{Sequence: int64(2 + i)})
			if err != nil || done.AccountID != demo.SuccessorAccount {
				t.Errorf("%+v, %v", done, err)
			}
		})
		if n := progress(t, w, w.Actor(t, demo.Ines), c.ID).Counts; n.Moved != len(f.agents) {
			t.Errorf("%+v", n)
		}
		w.Sound(t)
	})
}

func TestADeviceThatIsThereAlreadyStaysWhereItIs(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.ReplacedAccount, 2)
		enrolled(t, w, demo.SuccessorAccount, 1) // the first device once more
		c := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		if n := progress(t, w, who, c.ID).Counts; n.Failed != 1 {
			t.Errorf("%+v", n)
		}
		if done, err := f.agents[0].checkIn(w); err != nil || done.MoveTo != "" {
			t.Errorf("told %+v, %v", done, err)
		}
		if _, err := f.agents[1].checkIn(w); err != nil {
			t.Fatal(err)
		}
		w.Sound(t)
	})
}

func TestAgentsAreToldOnceTheOtherAccountIsActive(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		a := enrolled(t, w, demo.ReplacedAccount, 1).agents[0]
		carry(t, w, w.Actor(t, demo.Ines), demo.ReplacedAccount, demo.SuccessorAccount)
		if done, err := a.checkIn(w); err != nil || done.MoveTo != "" {
			t.Errorf("told too early: %+v, %v", done, err)
		}
		if err := w.BeginBySignIn(ctx, demo.SuccessorAccount); err != nil {
			t.Fatal(err)
		}
		if done, err := a.checkIn(w); err != nil || done.MoveTo != demo.SuccessorAccount {
			t.Errorf("not told: %+v, %v", done, err)
		}
	})
}

func TestAgentsOfTheDemoDoWhatTheyAreTold(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		c := carry(t, w, who, demo.ArrivingAccount, demo.LeavingAccount) // back again
		reporting := demo.At(demo.Now).Reporting()
		for i, want := range []models.CarryCounts{{Told: c.Total}, {Moved: c.Total}, {Moved: c.Total}} {
			w.Pass(5 * time.Minute)
			for j := range reporting {
				reporting[j].SeenAt, reporting[j].Sequence = w.Clock(), int64(10_000_000+i)
			}
			if err := w.Report(ctx, reporting); err != nil {
				t.Fatal(err)
			}
			if n := progress(t, w, who, c.ID).Counts; n.Moved != want.Moved || n.Told != want.Told {
				t.Errorf("after report %d: %+v", i+1, n)
			}
		}
		if n := progress(t, w, who, demo.CarryUnderWay).Counts; n.Moved != 33 {
			t.Errorf("those that knew already did not move: %+v", n)
		}
		w.Sound(t)
	})
}

func TestACarryIsNotTriedAgainIntoAnAccountThatIsClosed(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		a := enrolled(t, w, demo.BramleyAccount, 1).agents[0]
		c := carry(t, w, who, demo.BramleyAccount, next)
		w.Pass(models.CarryFor + time.Hour)
		if _, err := retire(t, w, who, next); err != nil {
			t.Fatal(err)
		}
		w.Sound(t)
		c = progress(t, w, who, c.ID).Carry
		if err := w.RetryCarry(ctx, who, c.ID, c.Version); !models.IsProblem(err, models.Conflict) {
			t.Errorf("tried again: %v", err)
		}
		for range 3 {
			if done, err := a.checkIn(w); err != nil || done.AccountID != demo.BramleyAccount {
				t.Errorf("told %+v, %v", done, err)
			}
			w.Pass(10 * time.Second)
		}
	})
}

func TestACarryIsNotTriedAgainWhereThePlanTakesNoAgentsAnyMore(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		c := carry(t, w, who, demo.BramleyAccount, next)
		w.Pass(models.CarryFor + time.Hour)
		take(t, w, next, models.CancelNow)
		if err := w.RetryCarry(ctx, who, c.ID, c.Version); !models.IsProblem(err, models.Conflict) {
			t.Errorf("tried again: %v", err)
		}
		w.Sound(t)
	})
}

func TestAnUndoCallsEveryCarryOff(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		f := enrolled(t, w, demo.BramleyAccount, 22)
		next := second(t, w, who, demo.BramleyAccount)
		var carries []string
		for _, a := range f.agents {
			desk, err := w.ProposeCarry(ctx, who, demo.BramleyAccount, models.CarryWish{ToAccountID: next, Agents: []string{a.id}})
			if err != nil {
				t.Fatal(err)
			}
			id, _, err := w.CarryAgents(ctx, who, demo.BramleyAccount, desk.Wish)
			if err != nil {
				t.Fatal(err)
			}
			carries = append(carries, id)
			w.Pass(time.Second)
		}
		if _, err := undo(t, w, who, demo.BramleyAccount); err != nil {
			t.Fatal(err)
		}
		for _, id := range carries {
			if progress(t, w, who, id).Carry.CancelledAt == nil {
				t.Errorf("%s goes on", id)
			}
		}
		w.Sound(t)
	})
}

func TestAgentsOnTheirWayCountWhereThePlanRefusesMoreThanSeats(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := portaltest.Empty(t, db)
		world := demo.At(demo.Now)
		for i := range world.Terms {
			world.Terms[i].Policy.RefuseOverUse = true
		}
		if err := w.Settle(ctx, world, demo.Password); err != nil {
			t.Fatal(err)
		}
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		onTheWay := carry(t, w, who, demo.BramleyAccount, next).Total
		e := device(0)
		e.Key = askedKey(t, w, next)
		free := opened(t, w, next).Subscription.Seats - onTheWay
		for i := range free + 1 {
			e.DeviceID = device(i).DeviceID
			_, err := w.EnrolAgent(ctx, e, "r")
			if i < free && err != nil {
				t.Fatal(err)
			}
			if i == free {
				wantRefused(t, err, models.SeatsInUse)
			}
		}
		w.Sound(t)
	})
}

func TestAnAgentWhoseDeviceCameFirstStaysAndIsHeard(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		next := second(t, w, who, demo.BramleyAccount)
		a := enrolled(t, w, demo.BramleyAccount, 1).agents[0]
		c := carry(t, w, who, demo.BramleyAccount, next)
		told, err := w.CheckIn(ctx, a.token, "r", models.CheckIn{Sequence: 10})
		if err != nil || told.MoveToken == "" {
			t.Fatal(told, err)
		}
		e := device(0)
		e.DeviceID, e.Key = stored(t, w, a.id).DeviceID, askedKey(t, w, next)
		if _, err := w.EnrolAgent(ctx, e, "r"); err != nil { // its software is installed anew meanwhile
			t.Fatal(err)
		}
		w.Pass(10 * time.Second)
		_, err = w.CheckIn(ctx, told.MoveToken, "r", models.CheckIn{Sequence: 11})
		wantRefused(t, err, models.UnknownAgent)
		w.Pass(10 * time.Second)
		if done, err := w.CheckIn(ctx, a.token, "r", models.CheckIn{Sequence: 12}); err != nil || done.AccountID != demo.BramleyAccount || done.MoveTo != "" {
			t.Errorf("told %+v, %v", done, err)
		}
		if last := lastEvent(t, w, next); last.Kind != models.AgentsStayed || last.Detail.Agents != 1 {
			t.Errorf("recorded %+v", last)
		}
		if n := progress(t, w, who, c.ID).Counts; n.Failed != 1 {
			t.Errorf("the carry has %+v", n)
		}
		w.Sound(t)
	})
}

// crowded gives an account so many agents more, of which every so many was never seen; the others fell silent
// minute by minute.
func crowded(t *testing.T, w *portaltest.World, account string, n, never int) {
	t.Helper()
	var a models.Account
	err := w.Store.Look(ctx, models.Operator(), w.Clock(), func(v *store.View) error {
		h, err := v.Held(account)
		a = h.Account
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	piece := store.Settled{TokenHashes: map[string]string{}}
	for i := range n {
		id := fmt.Sprintf("G-X%06d", i)
		piece.TokenHashes[id] = "hash of " + id
		piece.Agents = append(piece.Agents, models.Agent{
			ID: id, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, DeviceID: id, DeviceName: id,
			GroupName: []string{"Stock", "Yard"}[i%2], EnrolledAt: w.Clock().AddDate(0, -3, 0),
		})
		if i%never > 0 {
			piece.Sightings = append(piece.Sightings, models.Sighting{AgentID: id, SeenAt: w.Clock().Add(-time.Duration(i) * time.Minute), Sequence: 1})
		}
	}
	if err := w.Store.Fill(ctx, piece, w.Clock(), 0); err != nil {
		t.Fatal(err)
	}
}

func TestALargeCarryIsCountedAndNamesTheLongestSilent(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		before := factsOf(t, w.Store, w.Clock(), demo.ReplacedAccount).Counts
		crowded(t, w, demo.ReplacedAccount, 2500, 10)
		now := factsOf(t, w.Store, w.Clock(), demo.ReplacedAccount).Counts

		stock := models.CarryWish{ToAccountID: demo.SuccessorAccount, Pick: models.PickGroup, Group: "Stock"}
		desk, err := w.ProposeCarry(ctx, who, demo.ReplacedAccount, stock)
		if err != nil || desk.Impact.Agents != 1250 {
			t.Fatalf("of one group: %d agents, %v", desk.Impact.Agents, err)
		}
		if _, _, err = w.CarryAgents(ctx, who, demo.ReplacedAccount, desk.Wish); err != nil {
			t.Fatal(err)
		}
		for wish, want := range map[models.CarryPick]int{models.PickGroup: 0, models.PickAll: before.Total + 1250} {
			desk, err = w.ProposeCarry(ctx, who, demo.ReplacedAccount, models.CarryWish{ToAccountID: demo.SuccessorAccount, Pick: wish, Group: map[models.CarryPick]string{models.PickGroup: "Stock"}[wish]})
			if err != nil || desk.Impact.Agents != want || desk.Waiting != 1250 {
				t.Errorf("%s beside those on their way: %d agents, %d on their way, %v", wish, desk.Impact.Agents, desk.Waiting, err)
			}
		}
		for _, c := range desk.Choices {
			if c.GroupName == "Stock" {
				t.Fatalf("%s is on its way and can be ticked", c.ID)
			}
		}
		w.Pass(models.CarryFor)

		all := carry(t, w, who, demo.ReplacedAccount, demo.SuccessorAccount)
		p := progress(t, w, who, all.ID)
		if p.Counts.Waiting != now.Total || p.Counts.Offline != now.Total {
			t.Errorf("after 14 days: %+v of %d", p.Counts, now.Total)
		}
		if len(p.Missing) != 10 {
			t.Fatalf("%d are named", len(p.Missing))
		}
		for _, m := range p.Missing {
			if m.SeenAt != nil {
				t.Errorf("%s was seen at %s and is named before 250 that never were", m.AgentID, m.SeenAt)
			}
		}
		w.Sound(t)
	})
}

func TestDevicesThatAreThereAreCountedFromEitherSide(t *testing.T) {
	arriving(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		enrolled(t, w, demo.ReplacedAccount, 3)
		enrolled(t, w, demo.SuccessorAccount, 2)
		there := func(from, to string) int {
			t.Helper()
			desk, err := w.ProposeCarry(ctx, who, from, models.CarryWish{ToAccountID: to})
			if err != nil {
				t.Fatal(err)
			}
			return desk.There
		}
		if over, back := there(demo.ReplacedAccount, demo.SuccessorAccount), there(demo.SuccessorAccount, demo.ReplacedAccount); over != 2 || back != 2 {
			t.Errorf("%d devices are there already, and %d the other way round", over, back)
		}
	})
}
