package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// ShowKey shows the enrolment key of an account to the actor from now on, for an hour. One line of
// history stands for all of that time, however often the actor asks in it.
func (p *Portal) ShowKey(ctx context.Context, who models.Actor, accountID string) (key string, err error) {
	err = p.do(ctx, who, models.SeeEnrolmentKey, func(tx *store.Tx) error {
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		h, err := tx.Held(accountID)
		if err != nil {
			return err
		}
		if key, err = p.keys.unseal(h.Account.SealedKey); err != nil {
			return err
		}
		open, err := tx.KeyOpen(accountID)
		if err != nil || open {
			return err
		}
		return tx.NoteKeyShown(onAccount(h.Account, models.EnrolmentKeyShown, models.Detail{Key: models.KeyEnding(key)}))
	})
	if err != nil {
		return "", err
	}
	return key, nil
}
