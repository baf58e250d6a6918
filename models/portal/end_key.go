package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// EndKey ends an enrolment key that was rotated and still works. One that has ended already stays as it
// is; the current key has to be rotated.
func (p *Portal) EndKey(ctx context.Context, who models.Actor, accountID, keyID string) error {
	return p.do(ctx, who, models.RotateKeys, func(tx *store.Tx) error {
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		h, err := tx.Held(accountID)
		if err != nil {
			return err
		}
		k, err := tx.Key(accountID, keyID)
		switch {
		case err != nil:
			return err
		case k.Current():
			return models.Moved("This is the key of the account. Rotate it, and it ends when you say.")
		case !k.ValidUntil.After(tx.Now):
			return nil
		}
		return tx.EndKey(accountID, k, onAccount(h.Account, models.EnrolmentKeyEnded, models.Detail{Key: k.Ending}))
	})
}
