package agents

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"mooring/models"
)

// relayed is the answer to a relay: one for each of its agents, in their order.
type relayed struct {
	Now     time.Time `json:"now"`
	Answers []any     `json:"answers"`
}

// refusedOne is the answer to an agent that was refused.
type refusedOne struct {
	Status     int     `json:"status"`
	Code       string  `json:"code"`
	Detail     string  `json:"detail,omitempty"`
	Fields     []field `json:"fields,omitempty"`
	RetryAfter int     `json:"retry_after,omitempty"`
}

func (d *door) checkInAll(r *http.Request, requestID string) (any, error) {
	all, wrong, err := readRelay(r)
	if err != nil {
		return nil, err
	}
	answers, err := d.portal.CheckInAll(r.Context(), requestID, all)
	if err != nil {
		return nil, err
	}
	told := relayed{Now: d.portal.Now().UTC().Truncate(time.Millisecond), Answers: make([]any, len(all))}
	for i, a := range answers {
		if wrong[i] != nil {
			a.Err = wrong[i]
		}
		if a.Err == nil {
			told.Answers[i] = tellCheckedIn(a.CheckedIn)
			continue
		}
		p := judge(a.Err)
		told.Answers[i] = refusedOne{p.Status, p.Code, p.Detail, p.Fields, p.retryAfter}
	}
	return told, nil
}

// relayEntries are the entries of a batch as they came, up to one more than a batch may have.
type relayEntries []json.RawMessage

// UnmarshalJSON reads no further than that.
func (e *relayEntries) UnmarshalJSON(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	if open, err := dec.Token(); err != nil || open != json.Delim('[') {
		return errRelayed
	}
	for dec.More() && len(*e) <= models.MaxRelayed {
		var entry json.RawMessage
		if err := dec.Decode(&entry); err != nil {
			return err
		}
		*e = append(*e, entry)
	}
	return nil
}

// readRelay reads the entries of a batch, and what is wrong with which.
func readRelay(r *http.Request) (all []models.TokenCheckIn, wrong []error, err error) {
	body, err := bodyOf(r)
	if err != nil {
		return nil, nil, err
	}
	if all, ok := plainRelay(body); ok {
		return all, make([]error, len(all)), nil
	}
	var entries relayEntries
	if err := decode(body, fields{"agents": &entries}); err != nil {
		return nil, nil, err
	}
	if len(entries) == 0 || len(entries) > models.MaxRelayed {
		return nil, nil, errRelayed
	}
	all, wrong = make([]models.TokenCheckIn, len(entries)), make([]error, len(entries))
	for i, entry := range entries {
		wrong[i] = readEntry(entry, &all[i])
	}
	return all, wrong, nil
}

// readEntry reads one agent's part. What cannot be read is not asked of the portal.
func readEntry(entry json.RawMessage, into *models.TokenCheckIn) error {
	f := checkInFields(&into.CheckIn)
	f["token"] = &into.Token
	err := decode(entry, f)
	if err != nil {
		*into = models.TokenCheckIn{}
	}
	return err
}
