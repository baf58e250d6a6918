package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"mooring/models"
)

// LockPlan holds a plan for this transaction: whatever else would change it waits.
func (t *Tx) LockPlan(key string) error {
	var p models.Plan
	return absent(t.db.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id", "root_id", "partner_id").Where("key = ?", key).Take(&p).Error)
}

// AddPlan stores a new plan with its first version, and why. ErrTaken says that the key belongs to
// another plan of the tree, whether or not it is within reach, or that the form was just acted on.
func (t *Tx) AddPlan(p models.Plan, terms models.PlanTerms, formKey string, e models.Event) error {
	for _, row := range []any{&p, &terms} {
		if err := takenKey(t.db.Create(row).Error); err != nil {
			return err
		}
	}
	if err := takenKey(t.FinishForm(formKey, p.Key)); err != nil {
		return err
	}
	return t.record(e)
}

func takenKey(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrTaken
	}
	return err
}

// AddPlanVersion stores a further version of a plan and puts it on sale, guarded by the plan's version,
// and why.
func (t *Tx) AddPlanVersion(p models.Plan, terms models.PlanTerms, e models.Event) error {
	if err := t.db.Create(&terms).Error; err != nil {
		return err
	}
	return t.SavePlan(p, e)
}

// SavePlan stores which version is on sale and whether the plan still is, guarded by its version, and why.
func (t *Tx) SavePlan(p models.Plan, e models.Event) error {
	row := p
	row.Version++
	res := t.db.Model(&models.Plan{}).Where("id = ? AND version = ?", p.ID, p.Version).
		Select("current", "retired_at", "version").Updates(&row)
	return t.saved(res, e)
}

// GrantPlan lets resellers of the tree sell a distributor's plan: those named, or every one there is.
// It says how many could not before.
func (t *Tx) GrantPlan(planID string, everybody bool, resellers []string) (int64, error) {
	if !everybody && len(resellers) == 0 {
		return 0, nil
	}
	if err := t.mayGrant(); err != nil {
		return 0, err
	}
	const grant = `INSERT INTO plan_grants (plan_id, root_id, partner_id, created_at)
		SELECT ?, p.root_id, p.id, ? FROM partners p WHERE {{wall.partners p}} AND p.kind = 'reseller'
		AND NOT EXISTS (SELECT 1 FROM plan_grants g WHERE g.plan_id = ? AND g.partner_id = p.id)`
	if everybody {
		return t.exec(grant, planID, t.Now, planID)
	}
	return t.exec(grant+` AND p.id IN ?`, planID, t.Now, planID, resellers)
}

// RevokePlan takes the plan from resellers again and says from how many. What they have assigned goes on.
func (t *Tx) RevokePlan(planID string, resellers []string) (int64, error) {
	if len(resellers) == 0 {
		return 0, nil
	}
	if err := t.mayGrant(); err != nil {
		return 0, err
	}
	res := t.db.Where("plan_id = ? AND partner_id IN ?", planID, resellers).Delete(&models.PlanGrant{})
	return res.RowsAffected, res.Error
}

// mayGrant refuses everybody but the distributor: a grant carries the reseller's id, so the reseller could
// otherwise write its own.
func (t *Tx) mayGrant() error {
	if t.Who.Reach == models.ReachRoot || t.Who.Reach == models.ReachAll {
		return nil
	}
	return ErrClosed
}

// Granted records why the grants of a plan changed, where nothing else about the plan did.
func (t *Tx) Granted(e models.Event) error { return t.record(e) }
