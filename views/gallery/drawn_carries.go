package gallery

import (
	"slices"
	"time"

	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/carries"
	"mooring/views/subscriptions"
)

// The pages of a carry and of an undo that no state of the demo world leads to. Their accounts are those of
// Ullswater Steamers, as if nothing had been carried over yet or everything had.

var maya = models.Actor{ID: demo.Maya, Role: models.RoleLicenceManager}

// heldPlan is an account with a number of agents.
func heldPlan(account string, agents int) models.HeldPlan {
	s := situation(account, demo.Advanced)
	return models.HeldPlan{Account: s.Account, Subscription: s.Subscription, Terms: s.Terms, Agents: agents}
}

// carryDesk is the desk of somebody who is about to carry all agents over.
func carryDesk(change func(*models.CarryDesk)) models.CarryDesk {
	w := world()
	d := models.CarryDesk{
		AsOf: w.Now, Customer: situation(demo.LeavingAccount, demo.Advanced).Customer,
		From: heldPlan(demo.LeavingAccount, 48), To: heldPlan(demo.ArrivingAccount, 0),
		Groups:  []models.AgentGroup{{Name: "Mobile", Agents: 20}, {Name: "Office", Agents: 10}, {Name: "Front office", Agents: 10}, {Name: "Servers", Agents: 8}},
		Choices: passengers(48), Wish: models.CarryWish{ToAccountID: demo.ArrivingAccount, Pick: models.PickAll, AgentsVersion: 48},
	}
	change(&d)
	d.Targets = []models.HeldPlan{d.To}
	impact, err := models.RuleOnCarry(d.From, d.To, d.From.Agents, 0, d.AsOf)
	d.Impact = impact
	d.Problem, _ = models.ProblemIn(err)
	return d
}

// passengers are agents of the steamers, as they are seen.
func passengers(n int) (seen []models.SeenAgent) {
	w := world()
	for _, g := range w.Agents {
		if g.CustomerID != demo.CarriedCustomer || len(seen) == n {
			continue
		}
		a := models.SeenAgent{Agent: g}
		if at := slices.IndexFunc(w.Sightings, func(s demo.Seen) bool { return s.AgentID == g.ID }); at >= 0 {
			a.SeenAt = &w.Sightings[at].SeenAt
		}
		seen = append(seen, a)
	}
	return seen
}

func newCarry(d models.CarryDesk, refused *models.Problem) templ.Component {
	return carries.New(carries.NewPage{CarryDesk: d, Who: maya, In: warsaw(), Refused: refused})
}

func carryPlain() templ.Component {
	return newCarry(carryDesk(func(*models.CarryDesk) {}), nil)
}

func carryEmpty() templ.Component {
	return newCarry(carryDesk(func(d *models.CarryDesk) { d.From.Agents = 0 }), nil)
}

func carryOnTheirWay() templ.Component {
	return newCarry(carryDesk(func(d *models.CarryDesk) { d.Waiting, d.OnCarry = d.From.Agents, demo.CarryUnderWay }), nil)
}

func carryOver() templ.Component {
	return newCarry(carryDesk(func(d *models.CarryDesk) { d.To.Agents, d.To.Subscription.Seats = 6, 50 }), nil)
}

func carryRefused() templ.Component {
	d := carryDesk(func(d *models.CarryDesk) {
		d.To.Subscription.Seats, d.To.Terms.Policy.RefuseOverUse = 40, true
	})
	return newCarry(d, d.Problem)
}

func carryChanged() templ.Component {
	d := carryDesk(func(*models.CarryDesk) {})
	d.Wish.Shown = d.Shown()
	d.Wish.Shown.Agents, d.Wish.Shown.Picked, d.Wish.Shown.InUse = d.From.Agents-2, d.Impact.Agents-2, d.Impact.InUse-2
	d.Changed = d.Wish.Shown.Differences(d.Shown(), d.From.Account.ID, d.To.Account.ID)
	return newCarry(d, &models.Problem{
		Kind: models.Conflict, Message: "Agents joined or left this account while you were reading. Look at the new numbers, then confirm again.",
	})
}

// carryProgress is the carry of the steamers at a later moment.
func carryProgress(later time.Duration, n models.CarryCounts, cancelled bool) templ.Component {
	w := world()
	p := models.CarryProgress{
		AsOf: w.Now.Add(later), Customer: situation(demo.LeavingAccount, demo.Advanced).Customer, Carry: w.Carries[0], Counts: n,
		From: heldPlan(demo.LeavingAccount, n.Total-n.Moved), To: heldPlan(demo.ArrivingAccount, n.Moved),
	}
	if cancelled {
		p.Carry.CancelledAt = &p.AsOf
	}
	for _, g := range passengers(48)[48-min(n.Failed, 10):] {
		a := models.MissingAgent{CarriedAgent: w.Carried[0], DeviceName: g.DeviceName, GroupName: g.GroupName, SeenAt: g.SeenAt}
		a.AgentID, a.ToldAt, a.MovedAt = g.ID, nil, nil
		if cancelled {
			a.DroppedAt, a.Why = &p.AsOf, models.DroppedByCancel
		}
		p.Missing = append(p.Missing, a)
	}
	return carries.Show(carries.ShowPage{CarryProgress: p, Who: maya, In: warsaw()})
}

func carryDone() templ.Component {
	return carryProgress(3*24*time.Hour, models.CarryCounts{Total: 48, Moved: 48}, false)
}

func carryFailed() templ.Component {
	return carryProgress(models.CarryFor, models.CarryCounts{Total: 48, Moved: 44, Failed: 4, GivenUp: 4}, false)
}

func carryCancelled() templ.Component {
	return carryProgress(time.Hour, models.CarryCounts{Total: 48, Moved: 31, Failed: 17}, true)
}

// undoDesk is the desk of somebody who is about to undo the reassign, before anything was carried over.
func undoDesk(wish models.UndoWish) models.UndoDesk {
	w := world()
	d := models.UndoDesk{
		AsOf: w.Now, Customer: situation(demo.LeavingAccount, demo.Advanced).Customer,
		Old: heldPlan(demo.LeavingAccount, 48), New: heldPlan(demo.ArrivingAccount, 0),
		Proposal: one(w.Proposals, func(p models.Proposal) bool { return p.AccountID == demo.LeavingAccount }), Wish: wish,
	}
	s := situation(demo.ArrivingAccount, demo.Advanced)
	if im, err := models.RuleOnTurn(s, models.CancelNow); err == nil {
		d.Credit, d.Credited = im.Charge, im.Charged
	}
	d.Wish.Facts = d.Facts()
	return d
}

func undoPlain() templ.Component {
	return subscriptions.Undo(subscriptions.UndoPage{UndoDesk: undoDesk(models.UndoWish{}), Who: maya, In: warsaw()})
}

func undoRefused() templ.Component {
	d := undoDesk(models.UndoWish{Why: models.WhyOther, Note: "Not needed."})
	refused, _ := models.ProblemIn(d.Wish.Agreement())
	return subscriptions.Undo(subscriptions.UndoPage{UndoDesk: d, Who: maya, In: warsaw(), Refused: refused})
}
