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
	page.Rows[2].MovesTo = demo.ArrivingAccount
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

// releasedAgents are the agents whose seats were taken back: two of them by somebody, one because its device
// had two agents.
func releasedAgents() templ.Component {
	page := models.AgentsPage{ListFrame: models.ListFrame{
		AsOf: demo.Now, Asked: models.ListQuestion{Sort: models.ByName, View: models.ViewReleased}, Views: models.AgentViews(models.CountBound+1, 3), Count: 3,
	}}
	at, into := demo.Now.Add(-3*time.Hour), doublingAgent
	for i, id := range []string{doubledAgent, "G-204180038", "G-204180042"} {
		g, when := agentOf(id), at.AddDate(0, 0, -i)
		g.ReleasedAt = &when
		page.Rows = append(page.Rows, models.AgentRow{SeenAgent: g, Customer: bramley, ReleasedBy: "Tom Reyes"})
	}
	page.Rows[0].Customer, page.Rows[0].ReleasedBy, page.Rows[0].MergedIntoID = steamers, "", &into
	return agents.List(agents.ListPage{AgentsPage: page, In: warsaw()})
}

// agentWithWrongClock reports, and its clock is three hours behind.
func agentWithWrongClock() templ.Component {
	s, g := situation(demo.BramleyAccount, demo.Standard), agentOf("G-204180001")
	before := g.SeenAt.Add(-10 * time.Minute)
	return agents.Show(agents.ShowPage{Who: maya, In: warsaw(), AgentFile: models.AgentFile{
		AsOf: demo.Now, Agent: g, Customer: s.Customer, Held: models.HeldPlan{Account: s.Account, Subscription: s.Subscription, Terms: s.Terms},
		CheckIns: models.CheckIns{Before: &before, Sequence: 40_618, Skew: -3 * time.Hour},
		Moves:    []models.AgentMove{{AgentID: g.ID, Number: 1, AccountID: demo.BramleyAccount, JoinedAt: g.EnrolledAt}},
	}})
}

// carriedAgent is an agent of Ullswater's that has moved.
const carriedAgent = "G-207910001"

// releasedAgent is the same agent, released this morning.
func releasedAgent() templ.Component {
	s, g := situation(demo.ArrivingAccount, demo.Standard), agentOf(carriedAgent)
	carried := one(world().Carried, func(c models.CarriedAgent) bool { return c.AgentID == carriedAgent })
	at := demo.Now.Add(-time.Hour)
	g.ReleasedAt = &at
	return agents.Show(agents.ShowPage{Who: maya, In: warsaw(), AgentFile: models.AgentFile{
		AsOf: demo.Now, Agent: g, Customer: s.Customer, Held: models.HeldPlan{Account: s.Account, Subscription: s.Subscription, Terms: s.Terms},
		Moves: []models.AgentMove{
			{AgentID: g.ID, Number: 2, AccountID: demo.ArrivingAccount, CarryID: demo.CarryUnderWay, JoinedAt: *carried.MovedAt, LeftAt: &at, ReleasedBy: "Tom Reyes"},
			{AgentID: g.ID, Number: 1, AccountID: demo.LeavingAccount, JoinedAt: g.EnrolledAt, LeftAt: carried.MovedAt},
		},
		Carries: []models.AgentCarry{{
			Carry:   one(world().Carries, func(c models.Carry) bool { return c.ID == demo.CarryUnderWay }),
			Carried: carried,
		}},
	}})
}
