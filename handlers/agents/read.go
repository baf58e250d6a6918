package agents

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"mooring/models"
)

// fields say which members a message may have and where each goes.
type fields map[string]any

// read takes one JSON object. It is stricter than encoding/json: each member at most once, spelled
// exactly so, of the right type and not null; nothing after the object; valid UTF-8. What two programs
// could read differently is refused.
func read(r *http.Request, into fields) error {
	if r.Method != http.MethodPost {
		return errNotPosted
	}
	if err := acceptable(r.Header); err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return malformed("The message ended early.")
	case !utf8.Valid(body):
		return malformed("The message is not UTF-8.")
	}
	return decode(body, into)
}

// acceptable refuses anything but plain JSON.
func acceptable(h http.Header) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset, told := params["charset"]
	if err != nil || kind != "application/json" || told && !strings.EqualFold(charset, "utf-8") || h.Get("Content-Encoding") != "" {
		return errNotJSON
	}
	return nil
}

func decode(body []byte, into fields) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return malformed("The message is not a JSON object.")
	}
	var wrong models.Complaints
	seen := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		member, _ := name.(string)
		var value json.RawMessage
		if err != nil || dec.Decode(&value) != nil {
			return malformed("The message is not well-formed JSON.")
		}
		if seen[member] {
			return malformed("A member stands twice in the message.")
		}
		seen[member] = true
		take(&wrong, into, member, value)
	}
	if _, err := dec.Token(); err != nil {
		return malformed("The message is not well-formed JSON.")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return malformed("Something follows the message.")
	}
	return wrong.Problem()
}

// take puts one member where it belongs.
func take(wrong *models.Complaints, into fields, member string, value json.RawMessage) {
	place, known := into[member]
	switch {
	case !known:
		wrong.Add(shortened(member), "There is no such field.")
	case string(value) == "null" || json.Unmarshal(value, place) != nil:
		wrong.Add(member, "This is not the type of the field.")
	}
}

// shortened keeps a made-up name from filling the answer.
func shortened(name string) string {
	if r := []rune(name); len(r) > 64 {
		return string(r[:64])
	}
	return name
}
