package store

import "mooring/models"

// pickable are the agents of an account that a carry would take, as AddCarry takes them.
const pickable = `{{wall g}} AND g.account_id = ? AND g.released_at IS NULL AND NOT EXISTS (
	SELECT 1 FROM carry_agents o JOIN carries c ON c.id = o.carry_id WHERE o.agent_id = g.id AND o.moved_at IS NULL AND o.dropped_at IS NULL
		AND c.deadline_at > ?)`

func picking(wish models.CarryWish) (string, []any) {
	switch wish.Pick {
	case models.PickGroup:
		return " AND g.group_name = ?", []any{wish.Group}
	case models.PickList:
		return " AND g.id IN ?", []any{wish.Agents}
	}
	return "", nil
}

// CountPicked counts the agents that a wish picks.
func (v *View) CountPicked(accountID string, wish models.CarryWish) (int, error) {
	condition, args := picking(wish)
	return v.number(`SELECT count(*) FROM agents g WHERE `+pickable+condition, append([]any{accountID, v.Now}, args...)...)
}

// CountThere counts those of them whose device has an agent in the other account already.
func (v *View) CountThere(accountID string, wish models.CarryWish) (int, error) {
	condition, args := picking(wish)
	return v.number(`SELECT count(*) FROM agents g JOIN agents h ON h.account_id = ? AND h.device_id = g.device_id AND h.released_at IS NULL
		WHERE `+pickable+condition, append([]any{wish.ToAccountID, accountID, v.Now}, args...)...)
}

// PickableAgents lists agents of an account to pick from by hand: those that are picked already, then
// others by the name of their device, up to a bound; more says that there are others beyond it.
func (v *View) PickableAgents(accountID string, picked []string, most int) (found []models.SeenAgent, more bool, err error) {
	const from = ` FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id WHERE ` + pickable
	but, args := "", []any{accountID, v.Now}
	if len(picked) > 0 {
		if err = v.rows(&found, seenColumns+from+` AND g.id IN ? ORDER BY g.device_name, g.id`, accountID, v.Now, picked); err != nil {
			return nil, false, err
		}
		but, args = ` AND g.id NOT IN ?`, append(args, picked)
	}
	var others []models.SeenAgent
	err = v.rows(&others, seenColumns+from+but+` ORDER BY g.device_name, g.id LIMIT ?`, append(args, most+1)...)
	more = len(others) > most
	return append(found, others[:min(len(others), most)]...), more, err
}

func (v *View) number(sql string, args ...any) (int, error) {
	var n []int
	err := v.rows(&n, sql, args...)
	if len(n) == 0 {
		return 0, err
	}
	return n[0], err
}
