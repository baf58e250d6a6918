package portal

import (
	"slices"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// knownCustomer is a customer that a row may be for, with contacts and accounts.
type knownCustomer struct {
	models.Customer
	contacts []models.Contact
	held     []store.HeldInFamily // of several in one family the first counts
}

// contact is the customer's contact with an email address, if there is one.
func (c *knownCustomer) contact(email string) *models.Contact {
	i := slices.IndexFunc(c.contacts, func(k models.Contact) bool { return strings.EqualFold(k.Email, email) })
	if i < 0 {
		return nil
	}
	return &c.contacts[i]
}

// inFamily is the customer's account for a product family, if there is one.
func (c *knownCustomer) inFamily(family string) *store.HeldInFamily {
	return heldIn(c.held, family)
}

// known is what the portal already knows about the rows of a batch.
type known struct {
	customers map[string]*knownCustomer
	byRef     map[string]*knownCustomer
	byName    map[string][]*knownCustomer
	offers    []models.Offer
}

// know asks all that a batch needs in a few statements.
func (im *importing) know(v *store.View, batch []*importedRow) (k known, err error) {
	var refs, names, emails, plans []string
	for _, row := range batch {
		if len(row.refused) > 0 {
			continue
		}
		if row.ExternalRef != "" {
			refs = append(refs, row.ExternalRef)
		}
		if row.Email != "" {
			names, emails = append(names, models.PlainName(row.Company)), append(emails, row.Email)
		}
		if row.Assignment != nil && !slices.Contains(plans, row.Assignment.PlanKey) {
			plans = append(plans, row.Assignment.PlanKey)
		}
	}
	k = known{customers: map[string]*knownCustomer{}, byRef: map[string]*knownCustomer{}, byName: map[string][]*knownCustomer{}}
	for _, ask := range []func() ([]models.Customer, error){
		func() ([]models.Customer, error) { return v.CustomersByRefs(im.partner.ID, refs) },
		func() ([]models.Customer, error) { return v.CustomersByContacts(im.partner.ID, names, emails) },
	} {
		found, err := ask()
		if err != nil {
			return k, err
		}
		k.add(found)
	}
	if err := k.fill(v, im.partner.ID, len(plans) > 0); err != nil {
		return k, err
	}
	k.offers, err = v.OffersNamed(im.partner.ID, plans)
	return k, err
}

func (k *known) add(found []models.Customer) {
	for _, c := range found {
		if k.customers[c.ID] != nil {
			continue
		}
		one := &knownCustomer{Customer: c}
		k.customers[c.ID] = one
		if c.ExternalRef != "" {
			k.byRef[c.ExternalRef] = one
		}
		plain := models.PlainName(c.Name)
		k.byName[plain] = append(k.byName[plain], one)
	}
}

// fill reads the contacts and, where plans are to be assigned, the accounts of the customers.
func (k *known) fill(v *store.View, partnerID string, accounts bool) error {
	ids := make([]string, 0, len(k.customers))
	for id := range k.customers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	contacts, err := v.ContactsOfAll(partnerID, ids)
	if err != nil {
		return err
	}
	for _, c := range contacts {
		one := k.customers[c.CustomerID]
		one.contacts = append(one.contacts, c)
	}
	if !accounts {
		return nil
	}
	held, err := v.HeldByAll(partnerID, ids)
	for _, h := range held {
		one := k.customers[h.Account.CustomerID]
		one.held = append(one.held, h)
	}
	return err
}

// named are the customers with a row's plain name and a contact of its email.
func (k *known) named(row models.ImportRow) (found []*knownCustomer) {
	if row.Email == "" {
		return nil
	}
	for _, c := range k.byName[models.PlainName(row.Company)] {
		if c.contact(row.Email) != nil {
			found = append(found, c)
		}
	}
	return found
}

// offer is the plan that a text names: by its key, else by its exact name. Of several plans of one
// name those that the partner may sell count.
func (k *known) offer(text string) (models.Offer, string) {
	var named, granted []models.Offer
	for _, o := range k.offers {
		switch {
		case o.Plan.Key == text:
			return o, ""
		case o.Terms.Name == text && o.Granted:
			granted = append(granted, o)
		case o.Terms.Name == text:
			named = append(named, o)
		}
	}
	if len(granted) > 0 {
		named = granted
	}
	switch len(named) {
	case 0:
		return models.Offer{}, "There is no plan called " + text + "."
	case 1:
		return named[0], ""
	}
	return models.Offer{}, "Several plans are called " + text + ". Enter the plan's key."
}
