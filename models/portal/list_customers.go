package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

func customerList() list[models.CustomerRow] {
	return list[models.CustomerRow]{
		views: models.CustomerViews(), sorts: store.CustomersSortBy,
		count: (*store.View).CountCustomers, read: (*store.View).Customers, key: store.CustomerKey,
	}
}

// ListCustomers reads one page of the customers within reach that fit a question.
func (p *Portal) ListCustomers(ctx context.Context, who models.Actor, q models.ListQuestion) (page models.CustomersPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
		page.Adds, page.Imports = who.May(models.EditCustomers), who.May(models.ImportCustomers)
		page.ListFrame, page.Rows, err = customerList().open(v, who, q)
		return err
	})
	return page, err
}

// ExportCustomers hands out all the customers that fit a question, some hundred at a time.
func (p *Portal) ExportCustomers(ctx context.Context, who models.Actor, q models.ListQuestion, take func([]models.CustomerRow) error) error {
	return customerList().export(ctx, p, who, q, take)
}
