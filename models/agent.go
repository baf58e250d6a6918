package models

import (
	"strings"
	"time"
)

// Agent is software on a device. It reports to exactly one account and counts as a seat in use from
// the moment it enrols until it is released.
type Agent struct {
	ID         string // G-…
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	DeviceID   string // made and kept by the agent before its first call; unique in the account
	// Fingerprint says which device this is also when the software was installed anew and knows itself
	// by another DeviceID.
	Fingerprint string
	DeviceName  string
	GroupName   string
	OS          string
	AppVersion  string
	EnrolledAt  time.Time
	ReleasedAt  *time.Time
	// MergedIntoID is the agent that its device goes on as, if it was one of two of a device.
	MergedIntoID *string
}

// EnrolledBefore reports which of two agents is the older one; of two that enrolled at one instant the ids
// say it.
func (a Agent) EnrolledBefore(b Agent) bool {
	return a.EnrolledAt.Before(b.EnrolledAt) || a.EnrolledAt.Equal(b.EnrolledAt) && a.ID < b.ID
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
	// Moving is for lists: told to move to another account, whenever it was seen.
	Moving Presence = "moving"
)

// Presences lists what agents can be narrowed down to, in the order people read it.
func Presences() []Presence { return []Presence{Online, Offline, Quiet, NeverSeen, Moving} }

// Key is the presence as addresses write it: "never-seen".
func (p Presence) Key() string { return strings.ReplaceAll(string(p), " ", "-") }

// PresenceOf is the presence that an address names; empty if it names none.
func PresenceOf(key string) Presence {
	for _, p := range Presences() {
		if p.Key() == key {
			return p
		}
	}
	return ""
}

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

// Of is how many agents are present like this.
func (n AgentCounts) Of(p Presence) int {
	switch p {
	case Online:
		return n.Online
	case Offline:
		return n.Offline
	case Quiet:
		return n.Quiet
	case NeverSeen:
		return n.Never
	}
	return n.Total
}

// Enrolment is what an agent says of itself when it enrols.
type Enrolment struct {
	Key         string
	DeviceID    string
	Fingerprint string // the DeviceID where it is empty
	DeviceName  string
	GroupName   string
	OS          string
	AppVersion  string
}

// Sighting is one check-in of one agent. Sequence is the agent's own count of its check-ins: a repeat
// or an older one changes nothing.
type Sighting struct {
	AgentID  string
	SeenAt   time.Time
	Sequence int64
	Skew     int64 // how far the agent's clock is ahead of the portal's, in seconds
}

// Reporter is what is known of the holder of an agent's token at the moment it checks in.
type Reporter struct {
	AgentID    string
	RootID     string
	PartnerID  string
	CustomerID string
	AccountID  string
	Released   bool // it holds no seat any more
	ClosedAt   *time.Time
	PurgedAt   *time.Time
	ReplacedBy string
	// TokenAt is when its token was given to it. NextHash is that of another one that it was offered, and
	// Renewed says that it used that.
	TokenAt  time.Time
	NextHash string
	Renewed  bool
	// CarryID is the carry that the agent is on, if it is on one, where to, and until when. Confirms
	// says that it used the token of the other account, and MoveHash is that of the one that it was told.
	// ToActive says that the other account has become active and is open.
	CarryID   string
	CarryTo   string
	CarryEnds *time.Time
	Confirms  bool
	MoveHash  string
	ToActive  bool
}

// Moving reports whether the agent is told to move.
func (r Reporter) Moving(now time.Time) bool {
	return r.CarryID != "" && r.ToActive && r.CarryEnds != nil && now.Before(*r.CarryEnds)
}

// TokenFor is how long an agent keeps a token before it is offered another one.
const TokenFor = 90 * 24 * time.Hour
