package agents

import (
	"net/http"
	"strings"
	"time"

	"mooring/models"
)

// enrolled is the answer to an enrolment.
type enrolled struct {
	AgentID      string `json:"agent_id"`
	AccountID    string `json:"account_id"`
	Token        string `json:"token"`
	EverySeconds int    `json:"every_seconds"`
}

func (d *door) enrol(r *http.Request, requestID string) (any, error) {
	var e models.Enrolment
	err := read(r, fields{
		"key": &e.Key, "device_id": &e.DeviceID, "device_name": &e.DeviceName,
		"fingerprint": &e.Fingerprint, "group": &e.GroupName, "os": &e.OS, "version": &e.AppVersion,
	})
	if err != nil {
		return nil, err
	}
	done, err := d.portal.EnrolAgent(r.Context(), e, requestID)
	return enrolled{done.AgentID, done.AccountID, done.Token, int(done.Every.Seconds())}, err
}

// checkedIn is the answer to a check-in.
type checkedIn struct {
	AccountID    string     `json:"account_id"`
	EverySeconds int        `json:"every_seconds"`
	Now          *time.Time `json:"now,omitempty"`
	ReplacedBy   string     `json:"replaced_by,omitempty"`
	Move         *move      `json:"move,omitempty"`
	Renew        *renewal   `json:"renew,omitempty"`
}

// move tells an agent to report to another account.
type move struct {
	AccountID string `json:"account_id"`
	Token     string `json:"token"`
}

// renewal offers an agent another token.
type renewal struct {
	Token string `json:"token"`
}

func tellCheckedIn(c models.CheckedIn) checkedIn {
	told := checkedIn{AccountID: c.AccountID, EverySeconds: int(c.Every.Seconds()), ReplacedBy: c.ReplacedBy}
	if c.MoveTo != "" {
		told.Move = &move{c.MoveTo, c.MoveToken}
	}
	if c.Renew != "" {
		told.Renew = &renewal{c.Renew}
	}
	return told
}

func (d *door) checkIn(r *http.Request, requestID string) (any, error) {
	body, err := bodyOf(r)
	if err != nil {
		return nil, err
	}
	c, ok := plainCheckIn(body)
	if !ok {
		c = models.CheckIn{}
		if err := decode(body, checkInFields(&c)); err != nil {
			return nil, err
		}
	}
	done, err := d.portal.CheckIn(r.Context(), bearer(r), requestID, c)
	told := tellCheckedIn(done)
	told.Now = &done.Now
	return told, err
}

func checkInFields(c *models.CheckIn) fields {
	return fields{"sequence": &c.Sequence, "version": &c.AppVersion, "clock": &c.Clock}
}

// bearer is the token of the Authorization header, or nothing.
func bearer(r *http.Request) string {
	given := r.Header.Values("Authorization")
	if len(given) != 1 {
		return ""
	}
	scheme, token, _ := strings.Cut(given[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
