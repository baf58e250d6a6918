package store

import (
	"time"

	"mooring/models"
)

type enrolmentKey struct {
	Hash       string
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	CreatedAt  time.Time
	ValidUntil *time.Time
	Ending     string // once it is not the current key
}

func (enrolmentKey) TableName() string { return "enrolment_keys" }

// AccountByKey is the reach that an enrolment key opens: the one account it belongs to.
func (v *View) AccountByKey(hash string) (models.Actor, error) {
	var k enrolmentKey
	err := v.db.Where("hash = ? AND (valid_until IS NULL OR valid_until > ?)", hash, v.Now).Take(&k).Error
	return models.Actor{
		Role: models.RoleAgent, Reach: models.ReachAccount, Door: "agents",
		RootID: k.RootID, PartnerID: k.PartnerID, CustomerIDs: []string{k.CustomerID}, AccountID: k.AccountID,
	}, absent(err)
}

// A key is named by the beginning of its hash, which nobody can make a key from.
const selectKeys = `SELECT substr(k.hash, 1, 16) AS id, k.ending, k.created_at, k.valid_until
	FROM enrolment_keys k WHERE {{wall k}} AND k.account_id = ? `

// KeysOf lists the enrolment keys of an account that work, the current one first and then the longest.
func (v *View) KeysOf(accountID string) ([]models.EnrolmentKey, error) {
	var found []models.EnrolmentKey
	err := v.rows(&found, selectKeys+`AND (k.valid_until IS NULL OR k.valid_until > ?)
		ORDER BY CASE WHEN k.valid_until IS NULL THEN 0 ELSE 1 END, k.valid_until DESC, k.hash LIMIT 51`, accountID, v.Now)
	return found, err
}

// Key finds an enrolment key of an account, whether it still works or not.
func (v *View) Key(accountID, id string) (models.EnrolmentKey, error) {
	var found []models.EnrolmentKey
	err := v.rows(&found, selectKeys+`AND substr(k.hash, 1, 16) = ? LIMIT 1`, accountID, id)
	if err == nil && len(found) == 0 {
		return models.EnrolmentKey{}, models.Absent()
	}
	if err != nil {
		return models.EnrolmentKey{}, err
	}
	return found[0], nil
}

// keyOpen says whether the last thing that happened to the key of account a, as far as the actor is
// concerned, opened it to the actor lately: making it, or asking to see it.
const keyOpen = `coalesce((SELECT CASE WHEN e.actor_id = ? AND e.at > ? THEN 1 ELSE 0 END FROM events e
	WHERE {{wall e}} AND e.account_id = a.id AND e.account_id <> ''
		AND e.kind IN ('account.created', 'account.key-rotated', 'account.key-shown')
		AND (e.kind <> 'account.key-shown' OR e.actor_id = ?)
	ORDER BY e.seq DESC LIMIT 1), 0)`

func (v *View) keyOpenArgs() []any {
	return []any{v.Who.ID, v.Now.Add(-models.KeyShownFor), v.Who.ID}
}

type sightRow struct{ KeyOpen int }

// KeyOpen reports whether the actor made the key of an account, or asked to see it, within the hour.
func (v *View) KeyOpen(accountID string) (bool, error) {
	var found []sightRow
	err := v.rows(&found, `SELECT `+keyOpen+` AS key_open FROM accounts a WHERE {{wall.accounts a}} AND a.id = ?`, append(v.keyOpenArgs(), accountID)...)
	return len(found) > 0 && found[0].KeyOpen == 1, err
}

// NoteKeyShown writes down that the actor sees the key of an account from now on.
func (t *Tx) NoteKeyShown(e models.Event) error { return t.record(e) }

// RotateKey gives an account another enrolment key and the one before an end, and says why. The account
// is held: its version, which other forms rest on, stays.
func (t *Tx) RotateKey(a models.Account, keyHash, endingBefore string, until time.Time, e models.Event) error {
	err := matched(t.db.Model(&enrolmentKey{}).Where("account_id = ? AND valid_until IS NULL", a.ID).
		Select("valid_until", "ending").Updates(&enrolmentKey{ValidUntil: &until, Ending: endingBefore}))
	if err != nil {
		return err
	}
	if err := t.db.Create(&enrolmentKey{
		Hash: keyHash, RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID, CreatedAt: t.Now,
	}).Error; err != nil {
		return err
	}
	return t.saved(t.db.Model(&models.Account{}).Where("id = ?", a.ID).Select("sealed_key").Updates(&models.Account{SealedKey: a.SealedKey}), e)
}

// EndKey ends a key that was rotated, and says why.
func (t *Tx) EndKey(accountID string, k models.EnrolmentKey, e models.Event) error {
	n, err := t.exec(`UPDATE enrolment_keys SET valid_until = ? WHERE {{wall}} AND account_id = ? AND substr(hash, 1, 16) = ? AND valid_until > ?`,
		t.Now, accountID, k.ID, t.Now)
	if err == nil && n == 0 {
		return models.Moved("This key has ended already.")
	}
	if err != nil {
		return err
	}
	return t.record(e)
}
