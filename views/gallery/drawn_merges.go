package gallery

import (
	"time"

	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/agents"
	"mooring/views/orphans"
)

// doublingAgent is the second agent of a computer of Vinegar Yard's, doubledAgent the first.
const doublingAgent, doubledAgent = "G-208620001", "G-207920001"

// mergeDesk is the desk of somebody who is about to merge them.
func mergeDesk(change func(*models.MergeDesk)) models.MergeDesk {
	twin := func(id, account string) models.Twin {
		s := situation(account, demo.Advanced)
		return models.Twin{SeenAgent: agentOf(id), Held: models.HeldPlan{Account: s.Account, Subscription: s.Subscription, Terms: s.Terms}}
	}
	d := models.MergeDesk{
		AsOf: demo.Now, Customer: situation(demo.DoublingAccount, demo.Advanced).Customer,
		Older: twin(doubledAgent, demo.DoubledAccount), Younger: twin(doublingAgent, demo.DoublingAccount), Wish: models.MergeWish{OtherID: doubledAgent},
	}
	change(&d)
	d.Wish.Facts = d.Facts()
	return d
}

func mergeOfTwoThatReport() templ.Component {
	seen := demo.Now.Add(-40 * time.Minute)
	return orphans.Merge(orphans.MergePage{AgentID: doublingAgent, In: warsaw(), MergeDesk: mergeDesk(func(d *models.MergeDesk) { d.Older.SeenAt = &seen })})
}

func mergeChanged() templ.Component {
	seen := demo.Now.Add(-time.Minute)
	return orphans.Merge(orphans.MergePage{
		AgentID: doublingAgent, In: warsaw(),
		MergeDesk: mergeDesk(func(d *models.MergeDesk) {
			d.Older.SeenAt, d.Younger.SeenAt, d.Wish.Note = &seen, d.Older.SeenAt, "The technician had the wrong key."
		}),
		Refused: &models.Problem{
			Kind: models.Conflict, Message: "One of the agents moved or checked in while you were reading. Your note is kept. Look at the new state, then confirm again.",
		},
	})
}

// mergedAgent is the first agent after the two were merged this morning.
func mergedAgent() templ.Component {
	d := mergeDesk(func(*models.MergeDesk) {})
	g, at, into := d.Older.SeenAgent, demo.Now.Add(-time.Hour), doublingAgent
	g.ReleasedAt, g.MergedIntoID = &at, &into
	return agents.Show(agents.ShowPage{Who: maya, In: warsaw(), AgentFile: models.AgentFile{
		AsOf: demo.Now, Agent: g, Customer: d.Customer, Held: d.Older.Held,
		Moves: []models.AgentMove{{AgentID: g.ID, Number: 1, AccountID: demo.DoubledAccount, JoinedAt: g.EnrolledAt, LeftAt: &at}},
	}})
}

// mergingAgent is the second one then, with the history of both.
func mergingAgent() templ.Component {
	d := mergeDesk(func(*models.MergeDesk) {})
	g, at := d.Younger.SeenAgent, demo.Now.Add(-time.Hour)
	g.EnrolledAt = d.Older.EnrolledAt
	return agents.Show(agents.ShowPage{Who: maya, In: warsaw(), AgentFile: models.AgentFile{
		AsOf: demo.Now, Agent: g, Customer: d.Customer, Held: d.Younger.Held,
		Moves: []models.AgentMove{
			{AgentID: g.ID, Number: 1, AccountID: demo.DoublingAccount, JoinedAt: d.Younger.EnrolledAt},
			{AgentID: doubledAgent, Number: 1, AccountID: demo.DoubledAccount, JoinedAt: d.Older.EnrolledAt, LeftAt: &at},
		},
	}})
}
