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

// maxUnknown is how many members that there are not a message is told of one by one.
const maxUnknown = 10

// fields say which members a message may have and where each goes.
type fields map[string]any

// read takes one JSON object. It is stricter than encoding/json: each member at most once, spelled
// exactly so, of the right type and not null; nothing after the object; valid UTF-8. What two programs
// could read differently is refused.
func read(r *http.Request, into fields) error {
	body, err := bodyOf(r)
	if err != nil {
		return err
	}
	return decode(body, into)
}

// bodyOf is the whole text of a message.
func bodyOf(r *http.Request) ([]byte, error) {
	if r.Method != http.MethodPost {
		return nil, errNotPosted
	}
	if err := acceptable(r.Header); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if n := min(r.ContentLength, maxMessage); n > 0 { // what is promised beyond that has to come first
		b.Grow(int(n) + bytes.MinRead)
	}
	_, err := b.ReadFrom(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
	case errors.As(err, &tooLarge):
		return nil, errTooLarge
	default:
		return nil, malformed("The message ended early.")
	}
	if !utf8.Valid(b.Bytes()) {
		return nil, malformed("The message is not UTF-8.")
	}
	return b.Bytes(), nil
}

// acceptable refuses anything but plain JSON.
func acceptable(h http.Header) error {
	if kinds := h["Content-Type"]; len(kinds) == 1 && kinds[0] == "application/json" && h.Get("Content-Encoding") == "" {
		return nil
	}
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
	seen, unknown := map[string]bool{}, 0
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
		if _, known := into[member]; !known {
			if unknown++; unknown > maxUnknown {
				return malformed("The message has many members that no message has.")
			}
		}
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
