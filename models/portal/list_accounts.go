package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

func accountList() list[models.AccountRow] {
	return list[models.AccountRow]{
		views: models.AccountViews(), sorts: store.AccountsSortBy, states: true,
		count: (*store.View).CountAccounts, read: (*store.View).Accounts, key: store.AccountKey,
	}
}

// ListAccounts reads one page of the accounts within reach that fit a question.
func (p *Portal) ListAccounts(ctx context.Context, who models.Actor, q models.ListQuestion) (page models.AccountsPage, err error) {
	err = p.look(ctx, who, models.SeeCustomers, func(v *store.View) (err error) {
		page.ListFrame, page.Rows, err = accountList().open(v, who, q)
		return err
	})
	return page, err
}

// ExportAccounts hands out all the accounts that fit a question, some hundred at a time.
func (p *Portal) ExportAccounts(ctx context.Context, who models.Actor, q models.ListQuestion, take func([]models.AccountRow) error) error {
	return accountList().export(ctx, p, who, q, take)
}
