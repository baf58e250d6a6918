package agents

import (
	"net/http"
	"strings"

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
		"group": &e.GroupName, "os": &e.OS, "version": &e.AppVersion,
	})
	if err != nil {
		return nil, err
	}
	done, err := d.portal.EnrolAgent(r.Context(), e, requestID)
	return enrolled{done.AgentID, done.AccountID, done.Token, int(done.Every.Seconds())}, err
}

// checkedIn is the answer to a check-in.
type checkedIn struct {
	AccountID    string `json:"account_id"`
	EverySeconds int    `json:"every_seconds"`
	ReplacedBy   string `json:"replaced_by,omitempty"`
}

func (d *door) checkIn(r *http.Request, requestID string) (any, error) {
	var c models.CheckIn
	if err := read(r, fields{"sequence": &c.Sequence, "version": &c.AppVersion}); err != nil {
		return nil, err
	}
	done, err := d.portal.CheckIn(r.Context(), bearer(r), requestID, c)
	return checkedIn{done.AccountID, int(done.Every.Seconds()), done.ReplacedBy}, err
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
