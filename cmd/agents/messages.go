package main

import "net/http"

// maxBatch is how many agents a relay may speak for at once.
const maxBatch = 1000

type enrolment struct {
	Key        string `json:"key"`
	DeviceID   string `json:"device_id"`
	DeviceName string `json:"device_name"`
	Group      string `json:"group"`
	OS         string `json:"os"`
	Version    string `json:"version"`
}

type enrolled struct {
	AgentID      string `json:"agent_id"`
	AccountID    string `json:"account_id"`
	Token        string `json:"token"`
	EverySeconds int    `json:"every_seconds"`
}

type checkIn struct {
	Sequence int64  `json:"sequence"`
	Version  string `json:"version,omitempty"`
	Clock    string `json:"clock,omitempty"`
}

// message is a check-in and the token that says whose it is; in a batch the two stand together.
type message struct {
	Token string `json:"token"`
	checkIn
}

type checkedIn struct {
	AccountID    string   `json:"account_id"`
	EverySeconds int      `json:"every_seconds"`
	Now          string   `json:"now"`
	ReplacedBy   string   `json:"replaced_by"`
	Move         *promise `json:"move"`
	Renew        *promise `json:"renew"`
}

// promise is what the answer tells the agent to use from now on, if anything. Who is told both moves:
// the token of a move is new anyway.
func (c checkedIn) promise() *promise {
	switch {
	case c.Move != nil && c.Move.Token != "":
		return c.Move
	case c.Renew != nil && c.Renew.Token != "":
		return &promise{Token: c.Renew.Token}
	}
	return nil
}

type checkIns struct {
	Agents []message `json:"agents"`
}

type checkedInAll struct {
	Now     string   `json:"now"`
	Answers []answer `json:"answers"`
}

// answer is one entry of a batch's answer: what the agent is told, or why it was refused.
type answer struct {
	checkedIn
	Status     int    `json:"status"`
	Code       string `json:"code"`
	Detail     string `json:"detail"`
	RetryAfter int    `json:"retry_after"`
}

// reply is the answer as it would have been had the agent asked for itself.
func (a answer) reply() reply {
	if a.Status == 0 || a.Status == http.StatusOK {
		return reply{checkedIn: a.checkedIn}
	}
	return reply{err: &refused{a.Status, a.Code, a.Detail, patient(a.RetryAfter)}}
}
