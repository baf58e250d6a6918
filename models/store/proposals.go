package store

import (
	"errors"

	"gorm.io/gorm"

	"mooring/models"
)

// Proposal finds one proposal within reach.
func (v *View) Proposal(id string) (models.Proposal, error) {
	var p models.Proposal
	err := v.db.Where("id = ?", id).Take(&p).Error
	return p, absent(err)
}

// OpenProposal finds the unused proposal of one actor that shows the same, if one is kept.
func (v *View) OpenProposal(actorID, accountID, planID, digest string) (models.Proposal, error) {
	var p models.Proposal
	err := v.db.Where("actor_id = ? AND account_id = ? AND plan_id = ? AND digest = ? AND used_at IS NULL",
		actorID, accountID, planID, digest).Take(&p).Error
	return p, absent(err)
}

// UsedProposal finds the proposal by which an account was reassigned, and which was not undone since.
func (v *View) UsedProposal(accountID string) (models.Proposal, error) {
	var p models.Proposal
	err := v.db.Where("account_id = ? AND used_at IS NOT NULL AND undone_at IS NULL", accountID).Take(&p).Error
	return p, absent(err)
}

// KeepProposal stores a proposal that was shown. It changes nothing else, so it needs no event.
// ErrTaken says that another tab kept the same one at the same moment.
func (t *Tx) KeepProposal(p models.Proposal) error {
	err := t.db.Create(&p).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrTaken
	}
	return err
}

// ProlongProposal lets an unused proposal live on because it was shown again.
func (t *Tx) ProlongProposal(p models.Proposal) error {
	return t.db.Model(&models.Proposal{}).Where("id = ? AND used_at IS NULL", p.ID).
		Select("expires_at").Updates(&p).Error
}

// UseProposal marks a proposal as agreed to, with what was typed and what came of it. It reports
// false if somebody was faster.
func (t *Tx) UseProposal(p models.Proposal) (bool, error) {
	res := t.db.Model(&models.Proposal{}).Where("id = ? AND used_at IS NULL", p.ID).
		Select("used_at", "why", "note", "typed_id", "result_id").Updates(&p)
	return res.RowsAffected == 1, res.Error
}

// MarkUndone marks a proposal whose reassign was undone.
func (t *Tx) MarkUndone(p models.Proposal) error {
	p.UndoneAt = &t.Now
	return matched(t.db.Model(&models.Proposal{}).Where("id = ? AND undone_at IS NULL", p.ID).Select("undone_at").Updates(&p))
}

// DropProposals removes the unused proposals that have expired.
func (t *Tx) DropProposals() error {
	return t.db.Where("used_at IS NULL AND expires_at < ?", t.Now).Delete(&models.Proposal{}).Error
}
