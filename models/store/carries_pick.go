package store

import (
	"strings"

	"mooring/models"
)

// free are agents that a carry would take, as AddCarry takes them: they are on no way elsewhere. Each is
// looked up by itself, however few are on their way as far as the database believes.
const free = `(SELECT c.deadline_at FROM carry_agents o JOIN carries c ON c.id = o.carry_id
	WHERE o.agent_id = g.id AND o.moved_at IS NULL AND o.dropped_at IS NULL AND c.deadline_at > ? LIMIT 1) IS NULL`

const seated = `{{wall g}} AND g.account_id = ? AND g.released_at IS NULL`

func picking(wish models.CarryWish) (string, []any) {
	switch wish.Pick {
	case models.PickGroup:
		return " AND g.group_name = ?", []any{wish.Group}
	case models.PickList:
		return " AND g.id IN ?", []any{wish.Agents}
	}
	return "", nil
}

const (
	countGroup    = `SELECT count(*) FROM agents g WHERE g.account_id = ` + theAccount + ` AND g.released_at IS NULL AND g.group_name = ?`
	groupOnTheWay = `SELECT count(*) FROM accounts b JOIN carries c ON c.partner_id = b.partner_id AND c.account_id = b.id
		CROSS JOIN carry_agents k JOIN agents g ON g.id = k.agent_id
		WHERE {{wall.accounts b}} AND b.id = ? AND c.cancelled_at IS NULL AND c.deadline_at > ?
			AND k.carry_id = c.id AND k.moved_at IS NULL AND k.dropped_at IS NULL AND g.group_name = ?`
)

// CountPicked counts the agents of an account that a wish picks, given how many it has and how many of them
// are on their way elsewhere.
func (v *View) CountPicked(accountID string, wish models.CarryWish, all, waiting int) (int, error) {
	switch wish.Pick {
	case models.PickList:
		return v.number(`SELECT count(*) FROM agents g WHERE `+seated+` AND g.id IN ? AND `+free, accountID, wish.Agents, v.Now)
	case models.PickGroup:
		n, err := v.number(countGroup, accountID, wish.Group)
		if err != nil || waiting == 0 {
			return n, err
		}
		gone, err := v.number(groupOnTheWay, accountID, v.Now, wish.Group)
		return n - gone, err
	}
	return all - waiting, nil
}

// CountThere counts those of the picked agents whose device has an agent in the other account already. It
// goes through the account that has fewer agents, and looks each device up in the other one.
func (v *View) CountThere(from, to models.HeldPlan, wish models.CarryWish) (int, error) {
	if from.Agents == 0 || to.Agents == 0 {
		return 0, nil
	}
	condition, args := picking(wish)
	if from.Agents <= to.Agents {
		return v.number(`SELECT count(*) FROM agents g WHERE `+seated+condition+` AND `+free+`
			AND (SELECT h.id FROM agents h WHERE h.account_id = ? AND h.device_id = g.device_id AND h.released_at IS NULL) IS NOT NULL`,
			append(append([]any{from.Account.ID}, args...), v.Now, to.Account.ID)...)
	}
	return v.number(`SELECT count(*) FROM agents h WHERE {{wall h}} AND h.account_id = ? AND h.released_at IS NULL
		AND (SELECT g.id FROM agents g WHERE `+seated+condition+` AND g.device_id = h.device_id AND `+free+`) IS NOT NULL`,
		append(append([]any{to.Account.ID, from.Account.ID}, args...), v.Now)...)
}

const choices = `WITH page AS MATERIALIZED (SELECT l.agent_id, l.sort_key FROM agent_lines l
	WHERE l.account_id = (SELECT n.account_id FROM account_lines n WHERE {{wall n}} AND n.account_id = ?)`

// PickableAgents lists agents of an account to pick from by hand: those that are picked already, then
// others by the name of their device, up to a bound; more says that there are others beyond it. Whether any
// are on their way elsewhere is known.
func (v *View) PickableAgents(accountID string, picked []string, waiting, most int) (found []models.SeenAgent, more bool, err error) {
	const from = ` FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id WHERE `
	but, args := "", []any{accountID}
	if len(picked) > 0 {
		if err = v.rows(&found, seenColumns+from+seated+` AND g.id IN ? AND `+free+` ORDER BY g.sort_key, g.device_name, g.id`, accountID, picked, v.Now); err != nil {
			return nil, false, err
		}
		but, args = ` AND l.agent_id NOT IN ?`, append(args, picked)
	}
	if waiting > 0 {
		but, args = but+` AND `+strings.Replace(free, "g.id", "l.agent_id", 1), append(args, v.Now)
	}
	var others []models.SeenAgent
	err = v.rows(&others, choices+but+` ORDER BY l.sort_key, l.agent_id LIMIT ?) `+seenColumns+`FROM page JOIN agents g ON g.id = page.agent_id
		LEFT JOIN sightings w ON w.agent_id = g.id ORDER BY page.sort_key, page.agent_id`, append(args, most+1)...)
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
