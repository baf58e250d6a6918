package store

import (
	"slices"
	"strings"

	"mooring/models"
)

// Staff lists the people of a partner who have one of the roles and may sign in, by name.
func (v *View) Staff(partnerID string, roles []models.Role) ([]models.StaffUser, error) {
	var users []models.User
	err := v.db.Select("id", "name").Where("partner_id = ? AND role IN ? AND disabled_at IS NULL", partnerID, roles).Limit(500).Find(&users).Error
	staff := make([]models.StaffUser, len(users))
	for i, u := range users {
		staff[i] = models.StaffUser{ID: u.ID, Name: u.Name}
	}
	slices.SortFunc(staff, func(a, b models.StaffUser) int {
		return strings.Compare(SortKey(a.Name)+a.ID, SortKey(b.Name)+b.ID)
	})
	return staff, err
}

// Partners lists the partners of a tree by name, the distributor first; a thousand at most.
func (v *View) Partners() ([]models.Partner, error) {
	var found []models.Partner
	err := v.db.Order("id").Limit(1000).Find(&found).Error
	slices.SortFunc(found, func(a, b models.Partner) int {
		if a.Kind != b.Kind {
			return strings.Compare(string(a.Kind), string(b.Kind))
		}
		return strings.Compare(SortKey(a.Name)+a.ID, SortKey(b.Name)+b.ID)
	})
	return found, err
}
