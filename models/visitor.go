package models

import "time"

// Visitor is a signed-in person, as the pages greet them.
type Visitor struct {
	Actor     Actor
	Email     string
	Partner   Partner
	SessionID string
}

// A session ends when it was not used for the idle time of its role, and in any case after
// SessionLife.
const (
	SessionLife = 12 * time.Hour
	idleAdmin   = 30 * time.Minute
	idleOthers  = 60 * time.Minute
)

// SessionIdle is how long a session of this role lives without being used.
func SessionIdle(r Role) time.Duration {
	if r == RoleAdmin {
		return idleAdmin
	}
	return idleOthers
}

// ActorFor is the actor that a user is, having come in through a door.
func ActorFor(u User, p Partner, customerIDs []string, door, requestID string) Actor {
	a := Actor{
		ID: u.ID, Name: u.Name, Role: u.Role, RootID: u.RootID, PartnerID: u.PartnerID,
		Reach: ReachPartner, Door: door, RequestID: requestID,
	}
	switch {
	case u.Role == RoleContact:
		a.Reach, a.CustomerIDs = ReachCustomers, customerIDs
	case p.Kind == Distributor:
		a.Reach = ReachRoot
	}
	return a
}
