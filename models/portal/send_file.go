package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// BeginUpload reads what the page shows that asks for a file of customers.
func (p *Portal) BeginUpload(ctx context.Context, who models.Actor) (desk models.UploadDesk, err error) {
	err = p.look(ctx, who, models.ImportCustomers, func(v *store.View) error {
		desk, err = uploadDesk(v, models.UploadWish{})
		return err
	})
	return desk, err
}

func uploadDesk(v *store.View, wish models.UploadWish) (desk models.UploadDesk, err error) {
	desk.Wish = wish
	if v.Who.Reach != models.ReachPartner {
		desk.Partners, err = v.Partners()
	}
	return desk, err
}

// SendFile keeps a file of customers for its sender to look at, and returns its id. A file that cannot
// be read is refused with a desk that says why. The same form sent twice keeps one file.
func (p *Portal) SendFile(ctx context.Context, who models.Actor, wish models.UploadWish) (id string, desk models.UploadDesk, err error) {
	fresh := p.ids.New(uploadID)
	err = p.do(ctx, who, models.ImportCustomers, func(tx *store.Tx) error {
		if id, err = tx.FormDone(wish.FormKey); err != nil || id != "" {
			return err
		}
		if desk, err = uploadDesk(&tx.View, wish); err != nil {
			return err
		}
		partner, err := ownerOf(&tx.View, &desk)
		if err != nil {
			return err
		}
		now := p.real()
		u := models.Upload{
			ID: fresh, RootID: partner.RootID, PartnerID: partner.ID, ActorID: who.ID, FileName: wish.FileName, Content: wish.Content,
			CreatedAt: now, ExpiresAt: now.Add(models.UploadLife),
		}
		if err := tx.AddUpload(u, models.MaxUploads); err != nil {
			return err
		}
		id = fresh
		return tx.FinishForm(wish.FormKey, id)
	})
	return id, desk, err
}

// ownerOf finds the partner whose customers a file holds, or refuses the file.
func ownerOf(v *store.View, desk *models.UploadDesk) (models.Partner, error) {
	wrong, id := desk.Wish.Wrong, desk.Wish.PartnerID
	if v.Who.Reach == models.ReachPartner {
		id = v.Who.PartnerID
	}
	partner, err := v.Partner(id)
	switch {
	case models.IsProblem(err, models.NotFound), err == nil && !v.Who.SeesPartner(partner.RootID, partner.ID):
		wrong.Add("partner", "Choose the partner whose customers these are.")
	case err != nil:
		return partner, err
	}
	err = wrong.Problem()
	desk.Problem, _ = models.ProblemIn(err)
	return partner, err
}
