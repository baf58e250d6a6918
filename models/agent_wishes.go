package models

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// AgentTokenPrefix begins every agent's token, so that scanners recognise one and a wrong text is
// refused without asking the database.
const AgentTokenPrefix = "mrg_agt_"

// Limits of what an agent says of itself, in characters.
const (
	MaxDeviceName   = 64
	MaxAgentGroup   = 64
	MaxAgentOS      = 64
	MaxAgentVersion = 32
)

// Enrolled is what an agent keeps of its enrolment. The token is told this once.
type Enrolled struct {
	AgentID   string
	AccountID string
	Token     string
	Every     time.Duration // how often to check in
}

// CheckIn is an agent saying that it is there.
type CheckIn struct {
	// Sequence is the agent's own count of its check-ins, from 1.
	Sequence int64
	// AppVersion is what runs now, or empty. It is checked and not kept: the portal shows the version
	// that enrolled.
	AppVersion string
	// Clock is the agent's own time, or nil. Nothing is judged by it.
	Clock *time.Time
}

// TokenCheckIn is a check-in with the token of its agent.
type TokenCheckIn struct {
	Token string
	CheckIn
}

// CheckInAnswer is what an agent is told: that it was heard, or why it was refused.
type CheckInAnswer struct {
	CheckedIn
	Err error
}

// MaxRelayed is how many agents a relay may check in for at once.
const MaxRelayed = 1000

// Stretched is how often agents are asked to come when what waits fills the portal from 0 to 1: as usual up
// to a half, and up to five times as seldom above it.
func Stretched(every time.Duration, load float64) time.Duration {
	if load <= 0.5 {
		return every
	}
	return (every + time.Duration(8*(load-0.5)*float64(every))).Round(time.Second)
}

// CheckedIn is the answer to a check-in that is stored.
type CheckedIn struct {
	AccountID string
	Every     time.Duration
	Now       time.Time
	// ReplacedBy is the account that a reassign generated instead of this one, or empty. The agent
	// goes on reporting here.
	ReplacedBy string
	// MoveTo is the account to report to from now on, with MoveToken; both empty for an agent that is
	// not on its way. Renew is another token for the same account, or empty.
	MoveTo    string
	MoveToken string
	Renew     string
}

var (
	// The prefix stands on keys that a person is likely to meet among other texts.
	enrolmentKeyShape = regexp.MustCompile(`^(EK-)?[2-9A-HJKMNP-Z]{5}(-[2-9A-HJKMNP-Z]{5}){4}$`)
	deviceIDShape     = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)
)

// Checked is the enrolment with its key as it is stored, or what is wrong with it.
func (e Enrolment) Checked() (Enrolment, error) {
	e.Key = strings.ToUpper(strings.TrimSpace(e.Key))
	var c Complaints
	if !enrolmentKeyShape.MatchString(e.Key) {
		c.Add("key", "This is not an enrolment key.")
	}
	if !deviceIDShape.MatchString(e.DeviceID) {
		c.Add("device_id", "The device id is 8 to 64 letters, digits, dots, dashes or underscores.")
	}
	if e.Fingerprint == "" {
		e.Fingerprint = e.DeviceID
	} else if !deviceIDShape.MatchString(e.Fingerprint) {
		c.Add("fingerprint", "The fingerprint is 8 to 64 letters, digits, dots, dashes or underscores.")
	}
	if strings.TrimSpace(e.DeviceName) == "" {
		c.Add("device_name", "The device has no name.")
	}
	c.addText("device_name", e.DeviceName, MaxDeviceName)
	c.addText("group", e.GroupName, MaxAgentGroup)
	c.addText("os", e.OS, MaxAgentOS)
	c.addText("version", e.AppVersion, MaxAgentVersion)
	return e, c.Problem()
}

// MaxSequence is the last number that an agent may count to: what every JSON reader can hold exactly.
const MaxSequence = 1 << 53

// Check says what is wrong with a check-in.
func (c CheckIn) Check() error {
	var wrong Complaints
	if c.Sequence < 1 || c.Sequence > MaxSequence {
		wrong.Add("sequence", "The sequence counts from 1 to 2^53.")
	}
	wrong.addText("version", c.AppVersion, MaxAgentVersion)
	return wrong.Problem()
}

// addText complains about a text that is too long, or that holds what cannot be seen: pages show it.
func (c *Complaints) addText(field, text string, most int) {
	switch {
	case utf8.RuneCountInString(text) > most:
		c.Add(field, fmt.Sprintf("At most %d characters.", most))
	case strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || r == utf8.RuneError }):
		c.Add(field, "Only characters that can be seen.")
	}
}
