package portal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"mooring/models"
	"mooring/models/store"
)

// ProposeCustomer opens the form for a new customer: with what is usual for the partner while nothing
// was typed, else with the wish as it is. Whoever sees several partners and named none is given them to
// choose from.
func (p *Portal) ProposeCustomer(ctx context.Context, who models.Actor, wish models.CustomerWish) (desk models.CustomerDesk, err error) {
	err = p.look(ctx, who, models.EditCustomers, func(v *store.View) error {
		desk, err = customerDesk(v, wish.PartnerID)
		if err != nil {
			return err
		}
		if wish.FormKey == "" {
			wish.TimeZone, wish.Currency = desk.Partner.TimeZone, desk.Partner.Currency
			if owns(desk, who.ID) {
				wish.OwnerID = who.ID
			}
		}
		desk.Wish = wish
		desk.Wish.PartnerID = desk.Partner.ID
		return nil
	})
	return desk, err
}

// CreateCustomer adds a customer to a partner. While there are likely duplicates that the wish does not
// name as shown, nothing is added and the desk shows them. The same form sent twice adds one. It returns
// the id of the customer; when it cannot, the problem with a desk that shows the wish again.
func (p *Portal) CreateCustomer(ctx context.Context, who models.Actor, wish models.CustomerWish) (id string, desk models.CustomerDesk, err error) {
	wish = wish.Tidied()
	fresh := p.ids.New(customerID)
	contacts := p.newContacts(wish)
	create := func() error {
		return p.do(ctx, who, models.EditCustomers, func(tx *store.Tx) error {
			if desk, err = customerDesk(&tx.View, wish.PartnerID); err != nil {
				return err
			}
			desk.Wish = wish
			desk.Wish.PartnerID = desk.Partner.ID
			if err := tx.HoldHistory(desk.Partner.ID); err != nil {
				return err
			}
			if id, err = tx.FormDone(wish.FormKey); err != nil || id != "" {
				return err
			}
			if err := agreeable(&tx.View, &desk, nil); err != nil {
				return err
			}
			id = fresh
			return addCustomer(tx, desk, fresh, contacts)
		})
	}
	if err = create(); errors.Is(err, store.ErrTaken) {
		err = create() // somebody was faster; now they are seen
	}
	if err != nil {
		id = ""
	}
	return id, desk, err
}

func addCustomer(tx *store.Tx, desk models.CustomerDesk, id string, contacts []models.Contact) error {
	c, _ := desk.Wish.Applied(models.Customer{ID: id, RootID: desk.Partner.RootID, PartnerID: desk.Partner.ID, CreatedAt: tx.Now, Version: 1})
	err := tx.AddCustomer(c, belonging(contacts, c, tx.Now), onCustomer(c, models.CustomerCreated, models.Detail{Name: c.Name}))
	if err != nil {
		return err
	}
	return tx.FinishForm(desk.Wish.FormKey, id)
}

// customerDesk is the desk for a partner's customers; the actor's own partner where none is named.
func customerDesk(v *store.View, partnerID string) (desk models.CustomerDesk, err error) {
	wide := v.Who.Reach == models.ReachRoot || v.Who.Reach == models.ReachAll
	if wide {
		if desk.Partners, err = v.Partners(); err != nil {
			return desk, err
		}
	}
	if partnerID == "" && wide {
		return desk, nil
	}
	desk.Partner, err = v.Partner(cmp.Or(partnerID, v.Who.PartnerID))
	if err == nil && !v.Who.SeesPartner(desk.Partner.RootID, desk.Partner.ID) {
		err = models.Absent()
	}
	if err != nil {
		return desk, err
	}
	desk.Owners, err = v.Staff(desk.Partner.ID, models.OwnerRoles())
	return desk, err
}

func owns(desk models.CustomerDesk, userID string) bool {
	return slices.ContainsFunc(desk.Owners, func(u models.StaffUser) bool { return u.ID == userID })
}

// agreeable checks a wish, by itself and beside the other customers of the partner. What made the stored
// customer and others look alike before is no news.
func agreeable(v *store.View, desk *models.CustomerDesk, before []models.Contact) error {
	wish := desk.Wish
	if desk.Partner.ID == "" {
		desk.Problem = &models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{{Field: "partner", Message: "Choose whose customer it is."}}}
		return desk.Problem
	}
	wrong := wish.Complaints()
	if wish.OwnerID != "" && wish.OwnerID != desk.Customer.OwnerID && !owns(*desk, wish.OwnerID) {
		wrong.Add("owner", "Choose somebody on the staff.")
	}
	found, err := alike(v, *desk, before)
	if err != nil {
		return err
	}
	desk.Likely = found
	for _, l := range found {
		if wish.ExternalRef != "" && l.Customer.ExternalRef == wish.ExternalRef {
			wrong.Add("external-ref", fmt.Sprintf("%s (%s) has this reference already.", l.Customer.Name, l.Customer.ID))
		}
	}
	if desk.Problem, _ = models.ProblemIn(wrong.Problem()); desk.Problem != nil {
		return desk.Problem
	}
	if unshown := wish.Unshown(found); len(unshown) > 0 {
		desk.Problem = &models.Problem{Kind: models.Invalid, Message: "This may be a customer you already have."}
		return desk.Problem
	}
	desk.Likely = nil
	return nil
}
