package portal

import (
	"context"
	"slices"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

const (
	// gatherBound is how many agents a search may find before it is left to a walk.
	gatherBound = 10_000
	// strideBound is how many agents are looked at for one page when no index knows which of them fit. A
	// page that is not filled by then says so and leads on.
	strideBound = 20_000
	// wholeBound is how many agents an account may have for all of them to be looked at.
	wholeBound = 150_000
)

// agentQuest is a question about agents as far as it is understood, with what was counted of it.
type agentQuest struct {
	asked store.AgentListing
	count store.AgentCount
}

func (q agentQuest) few() bool { return q.count.There <= q.asked.Few }

// ListAgents reads one page of the agents within reach that hold a seat and fit a question, or of those that
// were released.
func (p *Portal) ListAgents(ctx context.Context, who models.Actor, q models.ListQuestion) (page models.AgentsPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
		page, err = openAgents(v, "", strideBound, q)
		return err
	})
	return page, err
}

// ListAccountAgents reads one page of the agents of an account, and how all of them are.
func (p *Portal) ListAccountAgents(ctx context.Context, who models.Actor, account string, q models.ListQuestion) (page models.AccountAgents, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
		o, err := v.AccountHealth(account)
		if err != nil {
			return err
		}
		page.Health, page.Owner = o.Agents, o.Customer
		page.Held = models.HeldPlan{Account: o.Account, Subscription: o.Subscription, Terms: o.Terms, Agents: o.Agents.Total}
		q.Customer = ""
		page.AgentsPage, err = openAgents(v, account, strideIn(o.Agents.Total), q)
		if page.Beyond && page.Asked.Search == "" {
			page.Beyond, page.Count = false, min(o.Agents.Of(page.Asked.Presence), models.CountBound+1)
		}
		return err
	})
	return page, err
}

// ExportAgents hands out all the agents that fit a question, some hundred at a time; those of one account,
// if it is named.
func (p *Portal) ExportAgents(ctx context.Context, who models.Actor, account string, q models.ListQuestion, take func([]models.AgentRow) error) error {
	if q.View == models.ViewReleased {
		return p.exportReleased(ctx, who, account, q, take)
	}
	q.After, q.Before = "", ""
	var quest agentQuest
	err := p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		if account != "" {
			if _, err := v.Held(account); err != nil {
				return err
			}
		}
		_, asked, err := askAgents(v, account, q)
		quest = asked
		return err
	})
	quest.asked.Limit = exportStep
	for at := (store.Key{}); err == nil; {
		var rows []models.AgentRow
		var end store.Key
		err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
			rows, end, err = v.AgentLines(quest.asked, at, quest.count)
			return err
		})
		if err == nil {
			err = take(rows)
		}
		switch {
		case len(rows) >= exportStep:
			at = store.AgentKey(quest.asked.Sort, rows[len(rows)-1])
		case end.ID != "":
			at = end
		default:
			return err
		}
	}
	return err
}

// askAgents understands a question and counts what there is to it. What it names and nobody knows is left
// out.
func askAgents(v *store.View, account string, q models.ListQuestion) (page models.AgentsPage, quest agentQuest, err error) {
	q = models.ListQuestion{
		Search: strings.Join(strings.Fields(q.Search), " "), Presence: q.Presence, Customer: q.Customer, Sort: q.Sort, After: q.After, Before: q.Before,
	}
	if !store.Searches(q.Search) {
		q.Search = ""
	}
	if !slices.Contains(models.Presences(), q.Presence) {
		q.Presence = ""
	}
	if !store.AgentsSortBy(q.Sort) {
		q.Sort = models.ByName
	}
	if page.Customer, err = customerNamed(v, &q); err != nil {
		return page, quest, err
	}
	quest.asked = store.AgentListing{ListQuestion: q, AccountID: account, Limit: pageSize + 1, Few: models.FewAgents, Gather: gatherBound, Stride: strideBound}
	if quest.count, err = v.CountAgentLines(quest.asked); err != nil {
		return page, quest, err
	}
	if page.SortsBySeen = quest.few(); !page.SortsBySeen && q.Sort.By() == models.BySeen {
		quest.asked.Sort, quest.asked.After, quest.asked.Before = models.ByName, "", ""
	}
	page.AsOf, page.Asked, page.Count = v.Now, quest.asked.ListQuestion, quest.count.Fit
	return page, quest, nil
}

// strideIn is how far a page is looked for in an account; 0 for to its end.
func strideIn(agents int) int {
	if agents <= wholeBound {
		return 0
	}
	return strideBound
}

// openAgents reads one page of a view of agents.
func openAgents(v *store.View, account string, stride int, q models.ListQuestion) (page models.AgentsPage, err error) {
	seated, released, err := v.CountSeats(account)
	if err != nil {
		return page, err
	}
	if q.View == models.ViewReleased {
		page, err = openReleased(v, account, q)
	} else {
		page, err = openSeated(v, account, stride, q)
	}
	page.Views = models.AgentViews(seated, released)
	return page, err
}

func openSeated(v *store.View, account string, stride int, q models.ListQuestion) (models.AgentsPage, error) {
	page, quest, err := askAgents(v, account, q)
	if err != nil {
		return page, err
	}
	asked := &quest.asked
	asked.Stride = stride
	at := keyIn(asked.Sort, asked.Before)
	if at.ID == "" {
		asked.Before = ""
		at = keyIn(asked.Sort, asked.After)
	}
	rows, end, err := v.AgentLines(*asked, at, quest.count)
	if err != nil {
		return page, err
	}
	if end.ID != "" && at.ID == "" {
		named, from, on, err := v.AgentLinesNamed(*asked)
		if err != nil {
			return page, err
		}
		if len(named) > 0 {
			rows, at, end, page.Opened = named, from, on, asked.Search
		}
	}
	page.Rows = place(&page.ListFrame, asked.ListQuestion, at, rows, store.AgentKey)
	switch {
	case end.ID == "":
	case asked.Before != "":
		page.Looked, page.Previous = asked.Stride, keyText(end)
	default:
		page.Looked, page.Next = asked.Stride, keyText(end)
	}
	if asked.Presence != "" && asked.Presence != models.Moving && !quest.few() {
		page.Beyond = page.Next != "" || page.Previous != "" || at.ID != ""
		page.Count = len(page.Rows)
	}
	return page, nil
}
