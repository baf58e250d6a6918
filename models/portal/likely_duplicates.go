package portal

import (
	"slices"
	"time"

	"mooring/models"
	"mooring/models/store"
)

// alike lists the partner's customers that are likely the wished one: those with most in common first.
// Where a customer is edited, only what the edit makes alike counts.
func alike(v *store.View, desk models.CustomerDesk, before []models.Contact) ([]models.Likeness, error) {
	wish := desk.Wish
	found, err := v.CustomersAlike(desk.Partner.ID, models.PlainName(wish.Name), wish.ExternalRef, wish.MailDomains())
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	contacts, err := v.ContactsOfAll(desk.Partner.ID, ids)
	if err != nil {
		return nil, err
	}
	of := map[string][]models.Contact{}
	for _, k := range contacts {
		of[k.CustomerID] = append(of[k.CustomerID], k)
	}
	var likely []models.Likeness
	for _, c := range found {
		why := wish.Alike(c, of[c.ID])
		if !desk.New() {
			known := models.WishFor(desk.Customer, before).Alike(c, of[c.ID])
			why = slices.DeleteFunc(why, func(w string) bool { return slices.Contains(known, w) })
		}
		if c.ID != desk.Customer.ID && len(why) > 0 {
			likely = append(likely, models.Likeness{Customer: c, Why: why})
		}
	}
	slices.SortStableFunc(likely, func(a, b models.Likeness) int { return len(b.Why) - len(a.Why) })
	likely = likely[:min(len(likely), models.FewLikenesses)]
	return likely, fillHeld(v, desk.Partner.ID, likely)
}

// fillHeld adds the accounts that each of them has.
func fillHeld(v *store.View, partnerID string, likely []models.Likeness) error {
	ids := make([]string, len(likely))
	at := map[string]int{}
	for i, l := range likely {
		ids[i], at[l.Customer.ID] = l.Customer.ID, i
	}
	held, err := v.HeldByAll(partnerID, ids)
	for _, h := range held {
		l := &likely[at[h.Account.CustomerID]]
		l.Held = append(l.Held, models.HeldPlan{Account: h.Account, Subscription: h.Subscription, Terms: h.Terms, Agents: h.Agents})
	}
	return err
}

// newContacts are the contacts that a wish adds, not yet of a customer.
func (p *Portal) newContacts(wish models.CustomerWish) (added []models.Contact) {
	for _, k := range wish.Contacts {
		if k.ID == "" && !k.Gone() {
			added = append(added, models.Contact{ID: p.ids.New(contactID), Name: k.Name, Email: k.Email})
		}
	}
	return added
}

// belonging are contacts as those of a customer. Each is a moment younger than the one before, which
// keeps their order.
func belonging(contacts []models.Contact, c models.Customer, now time.Time) []models.Contact {
	all := slices.Clone(contacts)
	for i := range all {
		k := &all[i]
		k.RootID, k.PartnerID, k.CustomerID, k.CreatedAt = c.RootID, c.PartnerID, c.ID, now.Add(time.Duration(i)*time.Millisecond)
	}
	return all
}
