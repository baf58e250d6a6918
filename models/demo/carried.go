package demo

import (
	"time"

	"mooring/models"
)

// The accounts of Ullswater Steamers, whose agents are on their way from one to the other.
const (
	CarriedCustomer = "C-1070"
	LeavingAccount  = "A-20791" // replaced two days ago, 19 of 48 agents still there
	ArrivingAccount = "A-20861" // the other 29
	CarryUnderWay   = "CR-6001"
)

// steamers were reassigned, and their agents are being carried over.
func steamers() company {
	return company{
		id: CarriedCustomer, name: "Ullswater Steamers", city: "Penrith", country: "GB", zone: "Europe/London", owner: Maya,
		contact: "Beatrix Dale", email: "beatrix@ullswatersteamers.example", holds: []held{
			{id: LeavingAccount, plan: Standard, seats: 50, fleet: fleet{total: 48, online: 33, quiet: 4, never: 1}, begun: "2025-09-22"},
			{id: ArrivingAccount, plan: Advanced, seats: 60, made: "2026-03-10 15:20", begun: "2026-03-10 16:05", replaces: &proposed{
				id: "PR-5002", account: LeavingAccount, by: Maya, read: "2026-03-10 15:11", why: models.WhySplit,
				note: "The boats become a company of their own; the piers follow in May.",
			}},
		},
	}
}

// carried is a carry under way: the first agents have moved, the next ones know, the others wait.
type carried struct {
	id, from, to string
	by           string // a user
	begun        string
	moved, told  int
	batches      []batch // of those that moved
}

type batch struct {
	at     string
	agents int
}

func underWay() carried {
	return carried{
		id: CarryUnderWay, from: LeavingAccount, to: ArrivingAccount, by: Maya, begun: "2026-03-11 09:30", moved: 29, told: 4,
		batches: []batch{{"2026-03-11 09:51", 22}, {"2026-03-11 10:12", 7}},
	}
}

// carry puts a carry of all agents of an account into the world.
func (b *builder) carry(c carried) {
	w := &b.world
	from, to := &w.Accounts[b.account(c.from)].Account, &w.Accounts[b.account(c.to)].Account
	who, begun := b.users[c.by], at(c.begun)
	row := models.Carry{
		ID: c.id, RootID: from.RootID, PartnerID: from.PartnerID, CustomerID: from.CustomerID, AccountID: from.ID, ToAccountID: to.ID,
		Kind: models.CarryOver, Picked: models.CarryWish{}.Words(), ActorID: who.ID, ActorName: who.Name,
		CreatedAt: begun, DeadlineAt: begun.Add(models.CarryFor), Version: 1,
	}
	for i := range w.Agents {
		if w.Agents[i].AccountID != from.ID {
			continue
		}
		w.Carried = append(w.Carried, c.agent(row, &w.Agents[i], row.Total))
		row.Total++
	}
	w.Carries = append(w.Carries, row)
	from.AgentsVersion += 1 + len(c.batches)
	to.AgentsVersion += len(c.batches)
	b.tellCarry(b.staff(c.by, from.PartnerID), row, models.CarryBegun, begun, row.Total)
	for _, some := range c.batches {
		agents := teller{row.RootID, row.PartnerID, "agents", "the agents", models.RoleAgent, "agents"}
		b.tellCarry(agents, row, models.AgentsMoved, at(some.at), some.agents)
	}
}

// agent is the agent of a number in the carry; one that has moved is in the other account.
func (c carried) agent(row models.Carry, g *models.Agent, number int) models.CarriedAgent {
	k := models.CarriedAgent{
		CarryID: row.ID, AgentID: g.ID, RootID: row.RootID, PartnerID: row.PartnerID, CustomerID: row.CustomerID, AccountID: row.AccountID,
	}
	if number < c.moved {
		g.AccountID = row.ToAccountID
		told, moved := row.CreatedAt.Add(11*time.Minute), c.movedAt(number)
		k.ToldAt, k.MovedAt = &told, &moved
	} else if number < c.moved+c.told {
		told := Now.Add(-time.Duration(number) * time.Minute)
		k.ToldAt = &told
	}
	return k
}

func (c carried) movedAt(number int) time.Time {
	for _, some := range c.batches {
		if number -= some.agents; number < 0 {
			return at(some.at)
		}
	}
	return at(c.begun)
}

// tellCarry tells both accounts of one thing.
func (b *builder) tellCarry(who teller, c models.Carry, kind models.EventKind, moment time.Time, agents int) {
	for _, leaving := range []bool{true, false} {
		here, other := c.ToAccountID, c.AccountID
		if leaving {
			here, other = c.AccountID, c.ToAccountID
		}
		b.tell(who, models.Event{
			CustomerID: c.CustomerID, AccountID: here, Kind: kind, At: moment,
			Detail: models.Detail{Agents: agents, Other: other, Carry: c.ID, To: leaving},
		})
	}
}
