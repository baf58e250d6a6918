package portal

import (
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// madeForRow are the ids and the key of one row. They are made when they are first needed and kept
// when the transaction is tried again.
type madeForRow struct {
	customer, contact string
	opened            made
}

// once makes an id unless there is one.
func (im *importing) once(id *string, prefix string) string {
	if *id == "" {
		*id = im.portal.ids.New(prefix)
	}
	return *id
}

// writing turns judgements into rows, and notes the new ids in their verdicts.
func (im *importing) writing(judged []judgement) []store.Imported {
	var batch []store.Imported
	for i := range judged {
		j := &judged[i]
		if j.verdict.Outcome == models.RowCreated || j.verdict.Outcome == models.RowChanged {
			batch = append(batch, im.write(j))
		}
	}
	return batch
}

func (im *importing) write(j *judgement) (w store.Imported) {
	made, c := &j.row.made, &j.customer
	switch {
	case j.verdict.Outcome == models.RowCreated:
		c.ID = im.once(&made.customer, customerID)
		j.verdict.CustomerID = c.ID
		w.Created = c
		w.Events = append(w.Events, onCustomer(*c, models.CustomerCreated, models.Detail{Name: c.Name}))
	case len(j.changed) > 0:
		w.Changed = c
		w.Events = append(w.Events, onCustomer(*c, models.CustomerChanged, models.Detail{Name: c.Name, Fields: strings.Join(j.changed, ", ")}))
	}
	w.Renamed = j.renamed
	if j.contact != nil {
		j.contact.ID, j.contact.CustomerID = im.once(&made.contact, contactID), c.ID
		w.NewContact = j.contact
	}
	if j.opened != nil {
		im.open(j, &w)
	}
	return w
}

// open generates the account for a row's plan.
func (im *importing) open(j *judgement, w *store.Imported) {
	made, o := &j.row.made.opened, j.opened
	if made.account == "" {
		*made = im.portal.makes(im.portal.ids.New(accountID))
	}
	o.subscription.CustomerID = j.customer.ID
	a, s := made.generated(o.offer, o.subscription)
	j.verdict.AccountID = a.ID
	w.Opened = &store.Opened{Account: a, KeyHash: made.keyHash, Subscription: s}
	w.Events = append(w.Events, accountGenerated(a, o.offer, s))
}
