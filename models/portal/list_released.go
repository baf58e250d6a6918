package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// openReleased reads one page of the agents whose seats were taken back, the last ones first.
func openReleased(v *store.View, account string, q models.ListQuestion) (page models.AgentsPage, err error) {
	page.AsOf = v.Now
	page.Asked = models.ListQuestion{View: models.ViewReleased, Customer: q.Customer, Sort: models.ByName, After: q.After, Before: q.Before}
	if page.Customer, err = customerNamed(v, &page.Asked); err != nil {
		return page, err
	}
	asked := releasedListing(account, page.Asked, pageSize+1)
	at := keyIn(models.ByEnrolled, asked.Before)
	if at.ID == "" {
		asked.Before = ""
		at = keyIn(models.ByEnrolled, asked.After)
	}
	rows, err := v.ReleasedAgents(asked, at)
	if err != nil {
		return page, err
	}
	page.Rows = place(&page.ListFrame, asked.ListQuestion, at, rows, func(_ models.Sort, r models.AgentRow) store.Key { return store.ReleasedKey(r) })
	page.Count, err = v.CountReleased(asked)
	return page, err
}

func releasedListing(account string, q models.ListQuestion, limit int) store.AgentListing {
	return store.AgentListing{ListQuestion: q, AccountID: account, Limit: limit}
}

// customerNamed gives the name of the customer that a question names, and takes out of it one that nobody
// knows.
func customerNamed(v *store.View, q *models.ListQuestion) (name string, err error) {
	if q.Customer == "" {
		return "", nil
	}
	c, err := v.Customer(q.Customer)
	if err != nil && !models.IsProblem(err, models.NotFound) {
		return "", err
	}
	q.Customer = c.ID
	return c.Name, nil
}

func (p *Portal) exportReleased(ctx context.Context, who models.Actor, account string, q models.ListQuestion, take func([]models.AgentRow) error) error {
	asked := models.ListQuestion{Customer: q.Customer}
	err := p.look(ctx, who, models.SeeCustomers, func(v *store.View) error {
		_, err := customerNamed(v, &asked)
		return err
	})
	for at := (store.Key{}); err == nil; {
		var rows []models.AgentRow
		err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
			if account != "" {
				if _, err := v.Held(account); err != nil {
					return err
				}
			}
			rows, err = v.ReleasedAgents(releasedListing(account, asked, exportStep), at)
			return err
		})
		if err == nil {
			err = take(rows)
		}
		if err != nil || len(rows) < exportStep {
			return err
		}
		at = store.ReleasedKey(rows[len(rows)-1])
	}
	return err
}
