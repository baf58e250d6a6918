package agents

import (
	"strings"
	"time"

	"mooring/models"
)

// plain reads messages as nearly all of them are: members of the right kinds, each once, numbers in
// digits and texts without escapes. It takes what it is sure of and leaves everything else, also what is
// wrong, to decode, which says what is wrong. The text is valid UTF-8.
type plain struct {
	text string
	at   int
}

func (p *plain) space() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\n' || p.text[p.at] == '\t' || p.text[p.at] == '\r') {
		p.at++
	}
}

// mark takes one character, and the space around it.
func (p *plain) mark(c byte) bool {
	p.space()
	if p.at >= len(p.text) || p.text[p.at] != c {
		return false
	}
	p.at++
	p.space()
	return true
}

// word takes a text without escapes.
func (p *plain) word() (string, bool) {
	if p.at >= len(p.text) || p.text[p.at] != '"' {
		return "", false
	}
	for i := p.at + 1; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '"':
			word := p.text[p.at+1 : i]
			p.at = i + 1
			return word, true
		case c == '\\' || c < ' ':
			return "", false
		}
	}
	return "", false
}

// number takes a whole number of at most 18 digits.
func (p *plain) number() (n int64, ok bool) {
	from := p.at
	for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
		n = n*10 + int64(p.text[p.at]-'0')
		p.at++
		if p.at-from > 18 {
			return 0, false
		}
	}
	return n, p.at > from && (p.text[from] != '0' || p.at == from+1)
}

// checkIn takes a check-in; of a relay's, the token as well.
func (p *plain) checkIn(into *models.TokenCheckIn, relayed bool) bool {
	if !p.mark('{') {
		return false
	}
	var seen [4]bool
	for {
		name, ok := p.word()
		if !ok || !p.mark(':') {
			return false
		}
		var which int
		switch {
		case name == "sequence":
			into.Sequence, ok = p.number()
		case name == "version":
			which = 1
			into.AppVersion, ok = p.word()
		case name == "clock":
			which = 2
			into.Clock, ok = p.moment()
		case name == "token" && relayed:
			which = 3
			into.Token, ok = p.word()
		default:
			return false
		}
		if !ok || seen[which] {
			return false
		}
		seen[which] = true
		if p.mark('}') {
			return true
		}
		if !p.mark(',') {
			return false
		}
	}
}

// moment takes an instant as encoding/json does.
func (p *plain) moment() (*time.Time, bool) {
	from := p.at
	if _, ok := p.word(); !ok {
		return nil, false
	}
	var at time.Time
	return &at, at.UnmarshalJSON([]byte(p.text[from:p.at])) == nil
}

func (p *plain) ended() bool {
	p.space()
	return p.at == len(p.text)
}

// plainCheckIn reads the message of one agent, if it is plain.
func plainCheckIn(body []byte) (c models.CheckIn, ok bool) {
	var one models.TokenCheckIn
	p := plain{text: string(body)}
	ok = p.checkIn(&one, false) && p.ended()
	return one.CheckIn, ok
}

// plainRelay reads the message of a relay, if it and all of its entries are plain.
func plainRelay(body []byte) (all []models.TokenCheckIn, ok bool) {
	p := plain{text: string(body)}
	if !p.mark('{') {
		return nil, false
	}
	if name, ok := p.word(); !ok || name != "agents" || !p.mark(':') || !p.mark('[') {
		return nil, false
	}
	all = make([]models.TokenCheckIn, 0, min(models.MaxRelayed, strings.Count(p.text, "{")))
	for {
		var one models.TokenCheckIn
		if len(all) == models.MaxRelayed || !p.checkIn(&one, true) {
			return nil, false
		}
		all = append(all, one)
		if p.mark(']') {
			return all, p.mark('}') && p.ended()
		}
		if !p.mark(',') {
			return nil, false
		}
	}
}
