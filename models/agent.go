package models

import "time"

// Agent is software on a device. It reports to exactly one account and counts as a seat in use from
// the moment it enrols until it is released.
type Agent struct {
	ID         string // G-…
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	DeviceID   string // made and kept by the agent before its first call; unique in the account
	DeviceName string
	GroupName  string
	OS         string
	AppVersion string
	EnrolledAt time.Time
	ReleasedAt *time.Time
}

// SeenAgent is an agent with its last check-in; nil if there was none.
type SeenAgent struct {
	Agent
	SeenAt *time.Time
}

// Presence is what the last check-in says about an agent.
type Presence string

const (
	Online    Presence = "online"
	Offline   Presence = "offline"
	Quiet     Presence = "quiet"
	NeverSeen Presence = "never seen"
)

// An agent is online within OnlineFor of its last check-in, quiet from QuietAfter on, and offline
// between them.
const (
	OnlineFor  = 24 * time.Hour
	QuietAfter = 7 * 24 * time.Hour
)

// Presence of the agent at an instant.
func (a SeenAgent) Presence(now time.Time) Presence {
	switch {
	case a.SeenAt == nil:
		return NeverSeen
	case now.Sub(*a.SeenAt) >= QuietAfter:
		return Quiet
	case now.Sub(*a.SeenAt) > OnlineFor:
		return Offline
	}
	return Online
}

// AgentCounts says how many agents an account has, and in what condition.
type AgentCounts struct {
	Total   int
	Online  int
	Offline int
	Quiet   int
	Never   int
}

// Enrolment is what an agent says of itself when it enrols.
type Enrolment struct {
	Key        string
	DeviceID   string
	DeviceName string
	GroupName  string
	OS         string
	AppVersion string
}

// Sighting is one check-in of one agent. Sequence is the agent's own count of its check-ins: a repeat
// or an older one changes nothing.
type Sighting struct {
	AgentID  string
	SeenAt   time.Time
	Sequence int64
}
