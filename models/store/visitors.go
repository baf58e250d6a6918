package store

import "mooring/models"

type visitorRow struct {
	Session Session        `gorm:"embedded;embeddedPrefix:s_"`
	User    models.User    `gorm:"embedded;embeddedPrefix:u_"`
	Partner models.Partner `gorm:"embedded;embeddedPrefix:p_"`
}

// Every visit reads these, so they are no more than it takes to know somebody; the password's hash is not.
var visitorColumns = columns("s", Session{}, "address", "browser") + ", " + columns("u", models.User{}, "password_hash", "created_at") + ", " +
	columns("p", models.Partner{}, "created_at", "parent_id")

var selectVisitor = `SELECT ` + visitorColumns + ` FROM sessions s
	JOIN users u ON u.id = s.user_id JOIN partners p ON p.id = u.partner_id
	WHERE {{wall.door}} AND s.id = ? LIMIT 1`

// SessionWithUser finds a session with the person behind it, read in one statement.
func (v *View) SessionWithUser(id string) (Session, models.User, models.Partner, error) {
	var found []visitorRow
	err := v.gather(ask{into: &found, sql: selectVisitor, args: []any{id}})
	if err == nil && len(found) == 0 {
		err = models.Absent()
	}
	if err != nil {
		return Session{}, models.User{}, models.Partner{}, err
	}
	return found[0].Session, found[0].User, found[0].Partner, nil
}
