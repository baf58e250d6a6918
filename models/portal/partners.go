package portal

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"mooring/models"
	"mooring/models/store"
)

// NewPartner is the wish for a reseller under a distributor.
type NewPartner struct {
	ParentID string // empty is the first distributor
	Name     string
	TimeZone string // empty is the parent's
	Currency string // empty is the parent's
}

// CreatePartner adds a reseller to the tree.
func (p *Portal) CreatePartner(ctx context.Context, who models.Actor, wish NewPartner) (made models.Partner, err error) {
	wish.Name = strings.TrimSpace(wish.Name)
	id := p.ids.New(partnerID)
	err = p.do(ctx, who, models.RunPortal, func(tx *store.Tx) error {
		parent, err := partnerOrFirst(&tx.View, wish.ParentID)
		if err != nil {
			return err
		}
		made = models.Partner{
			ID: id, RootID: parent.RootID, ParentID: &parent.ID, Kind: models.Reseller, Name: wish.Name,
			TimeZone: or(wish.TimeZone, parent.TimeZone), Currency: strings.ToUpper(or(wish.Currency, parent.Currency)), CreatedAt: tx.Now,
		}
		if err := checkPartner(made, parent); err != nil {
			return err
		}
		return tx.AddPartner(made)
	})
	return made, err
}

func checkPartner(p, parent models.Partner) error {
	var wrong models.Complaints
	if p.Name == "" || utf8.RuneCountInString(p.Name) > models.MaxCompanyName {
		wrong.Add("name", fmt.Sprintf("Enter a name of at most %d characters.", models.MaxCompanyName))
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil || p.TimeZone == "Local" {
		wrong.Add("time-zone", "Enter a time zone like Europe/Warsaw.")
	}
	if len(p.Currency) != 3 {
		wrong.Add("currency", "Enter a currency like EUR.")
	}
	if parent.Kind != models.Distributor {
		wrong.Add("parent", "A reseller stands under a distributor.")
	}
	return wrong.Problem()
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// ListPartners lists the partners within reach.
func (p *Portal) ListPartners(ctx context.Context, who models.Actor) (found []models.Partner, err error) {
	err = p.look(ctx, who, models.RunPortal, func(v *store.View) error {
		found, err = v.Partners()
		return err
	})
	return found, err
}
