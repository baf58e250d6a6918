package gallery

import (
	"time"

	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/agents"
)

// The pages about agents that the demo world is too small for, or where nothing has happened yet.

func agentOf(id string) models.SeenAgent {
	w := world()
	a := models.SeenAgent{Agent: one(w.Agents, func(g models.Agent) bool { return g.ID == id })}
	for _, s := range w.Sightings {
		if s.AgentID == id {
			a.SeenAt = &s.SeenAt
		}
	}
	return a
}

func noAgents() templ.Component {
	return agents.List(agents.ListPage{AgentsPage: models.AgentsPage{ListFrame: models.ListFrame{AsOf: demo.Now, Asked: models.ListQuestion{Sort: models.ByName}}}})
}

// many is a page among more agents than can be sorted by everything, narrowed down to the quiet ones.
func many() models.AgentsPage {
	return models.AgentsPage{ListFrame: models.ListFrame{
		AsOf: demo.Now, Asked: models.ListQuestion{Sort: models.ByName, Presence: models.Quiet, After: "x"},
		Looked: 20_000, Beyond: true, Previous: "x", Next: "y",
	}}
}

func manyAgents() templ.Component {
	page := many()
	for _, id := range []string{"G-204180038", "G-204180040", "G-204180039"} {
		page.Rows = append(page.Rows, models.AgentRow{SeenAgent: agentOf(id), Customer: bramley})
	}
	page.Rows[2].MovesTo = demo.SuccessorAccount
	page.Count = len(page.Rows)
	return agents.List(agents.ListPage{AgentsPage: page, In: warsaw()})
}

// namedAgents are a search that so many fit that the list opens where names begin with it.
func namedAgents() templ.Component {
	page := many()
	page.Asked.Search, page.Asked.Presence, page.Asked.After = "frontdesk", "", ""
	page.Looked, page.Beyond, page.Count, page.Opened = 0, false, models.CountBound+1, "frontdesk"
	for _, id := range []string{"G-204180016", "G-204180017", "G-204180018"} {
		page.Rows = append(page.Rows, models.AgentRow{SeenAgent: agentOf(id), Customer: bramley})
	}
	return agents.List(agents.ListPage{AgentsPage: page, In: warsaw()})
}

func furtherAgents() templ.Component {
	return agents.List(agents.ListPage{AgentsPage: many(), In: warsaw()})
}

// sandpiper is an agent of the account that was replaced.
func sandpiper() models.SeenAgent {
	return agentOf(one(world().Agents, func(g models.Agent) bool { return g.AccountID == demo.ReplacedAccount }).ID)
}

// agentFile is an agent that was carried to the successor, came back when that was undone, and is on its
// way again.
func agentFile() models.AgentFile {
	s, g := situation(demo.ReplacedAccount, demo.Standard), sandpiper()
	days := func(n int) time.Time { return demo.Now.AddDate(0, 0, -n) }
	over, back, told := days(39), days(38), demo.Now.Add(-time.Hour)
	on := func(id, from, to string, begun time.Time) models.Carry {
		return models.Carry{
			ID: id, AccountID: from, ToAccountID: to, ActorName: "Maya Kowalski", CreatedAt: begun, DeadlineAt: begun.Add(models.CarryFor),
		}
	}
	const old, next = demo.ReplacedAccount, demo.SuccessorAccount
	return models.AgentFile{
		AsOf: demo.Now, Agent: g, Customer: s.Customer, Held: models.HeldPlan{Account: s.Account, Subscription: s.Subscription, Terms: s.Terms},
		Moves: []models.AgentMove{
			{Number: 3, AccountID: old, CarryID: "CR-70002", JoinedAt: back},
			{Number: 2, AccountID: next, CarryID: "CR-70001", JoinedAt: over, LeftAt: &back},
			{Number: 1, AccountID: old, JoinedAt: g.EnrolledAt, LeftAt: &over},
		},
		Carries: []models.AgentCarry{
			{Carry: on("CR-70004", old, next, demo.Now.Add(-2*time.Hour)), Carried: models.CarriedAgent{ToldAt: &told}},
			{Carry: on("CR-70003", old, next, days(30)), Carried: models.CarriedAgent{DroppedAt: &told, Why: models.DroppedByCancel}},
			{Carry: on("CR-70002", next, old, over), Carried: models.CarriedAgent{ToldAt: &over, MovedAt: &back}},
			{Carry: on("CR-70001", old, next, days(40)), Carried: models.CarriedAgent{ToldAt: &over, MovedAt: &over}},
		},
	}
}

func movingAgent() templ.Component {
	return agents.Show(agents.ShowPage{AgentFile: agentFile(), In: warsaw()})
}

func releasedAgent() templ.Component {
	f := agentFile()
	at := demo.Now.Add(-24 * time.Hour)
	f.Agent.ReleasedAt = &at
	f.Carries = f.Carries[1:]
	f.Moves[0].LeftAt = &at
	return agents.Show(agents.ShowPage{AgentFile: f, In: warsaw()})
}
