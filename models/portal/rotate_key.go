package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// ProposeRotation says what another enrolment key would mean, without making one. A key that cannot be
// rotated is a desk with the problem, not an error.
func (p *Portal) ProposeRotation(ctx context.Context, who models.Actor, accountID string, wish models.RotationWish) (desk models.EnrolmentDesk, err error) {
	err = p.look(ctx, who, models.RotateKeys, func(v *store.View) error {
		if wish.Overlap == "" {
			wish.Overlap = models.OverlapWeek
		}
		desk, err = p.rotationDesk(v, accountID, wish)
		desk.Wish.KeyID = desk.Current.ID
		return err
	})
	return desk, err
}

// RotateKey gives an account another enrolment key. The one before works as long as the wish says; the
// agents have tokens of their own and notice nothing. When it cannot be, it returns the problem with a
// desk that shows the wish again: Invalid for the form, Conflict when somebody rotated the key meanwhile.
// The same form sent twice makes one key.
func (p *Portal) RotateKey(ctx context.Context, who models.Actor, accountID string, wish models.RotationWish) (desk models.EnrolmentDesk, err error) {
	key := p.newEnrolmentKey()
	sealed := p.keys.seal(key)
	err = p.do(ctx, who, models.RotateKeys, func(tx *store.Tx) error {
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		if place, err := tx.FormDone(wish.FormKey); err != nil || place != "" {
			return err
		}
		if desk, err = p.rotationDesk(&tx.View, accountID, wish); err != nil {
			return err
		}
		if err := refuseRotation(&desk); err != nil {
			return err
		}
		a, until := desk.Account, wish.Overlap.Until(tx.Now).UTC()
		rotated := onAccount(a, models.EnrolmentKeyRotated, models.Detail{Key: desk.Key.Ending, Until: &until})
		a.SealedKey = sealed
		if err := tx.RotateKey(a, p.keys.index(key), desk.Key.Ending, until, rotated); err != nil {
			return err
		}
		return tx.FinishForm(wish.FormKey, accountID)
	})
	return desk, err
}

func refuseRotation(desk *models.EnrolmentDesk) error {
	if desk.Problem != nil {
		return desk.Problem
	}
	if desk.Wish.KeyID != desk.Current.ID {
		desk.Wish.KeyID = desk.Current.ID
		return models.Moved("Somebody rotated this key while you were reading. If another new key is still wanted, confirm again.")
	}
	return desk.Wish.Checked()
}

func (p *Portal) rotationDesk(v *store.View, accountID string, wish models.RotationWish) (desk models.EnrolmentDesk, err error) {
	if desk, err = p.enrolmentDesk(v, accountID); err != nil {
		return desk, err
	}
	desk.Wish = wish
	desk.Problem, _ = models.ProblemIn(models.RuleOnRotation(desk.Account))
	return desk, nil
}
