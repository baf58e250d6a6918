package models

import (
	"slices"
	"strings"
	"unicode"
)

// maxPlanKey is how long a key made from a name becomes, before a suffix.
const maxPlanKey = 60

// newKey stands in the address of the form for a new plan, so no plan can have it.
const newKey = "new"

// PlanKey makes a plan's place in addresses out of its name: small letters, digits and dashes.
func PlanKey(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if plain, ok := unaccented[r]; ok {
			b.WriteString(plain)
		} else if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") && !unicode.IsMark(r) {
			b.WriteByte('-')
		}
	}
	key := b.String()
	key = strings.Trim(key[:min(len(key), maxPlanKey)], "-")
	switch key {
	case "":
		return "plan"
	case newKey:
		return "plan-" + newKey
	}
	return key
}

// unaccented spells letters of European languages without their marks.
var unaccented = func() map[rune]string {
	all := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ł': "l", 'þ': "th", 'ð': "d", 'ı': "i"}
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ", "i": "ìíîïĩīĭį", "k": "ķ", "l": "ĺļľ",
		"n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range marked {
			all[r] = plain
		}
	}
	return all
}()

// ValidPlanKey reports whether a plan could have this key at all.
func ValidPlanKey(key string) bool {
	return key != "" && len(key) <= 2*maxPlanKey && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// Changes names what differs between two versions of a plan, in the order of its form.
func (t PlanTerms) Changes(o PlanTerms) []string {
	var changed []string
	for _, c := range []struct {
		name string
		same bool
	}{
		{"name", t.Name == o.Name},
		{"edition", t.Edition == o.Edition},
		{"summary", t.Summary == o.Summary},
		{"features", slices.Equal(t.Features, o.Features)},
		{"unit", t.Unit == o.Unit},
		{"data center", t.DataCenter == o.DataCenter},
		{"activation", t.Activation == o.Activation},
		{"price", t.Price() == o.Price()},
		{"term", t.TermMonths == o.TermMonths},
		{"renewal", t.Renews == o.Renews},
		{"policy", t.Policy == o.Policy},
	} {
		if !c.same {
			changed = append(changed, c.name)
		}
	}
	return changed
}

// Happened records something about a plan, under the partner that made it.
func (p Plan) Happened(kind EventKind, name string, fields ...string) Event {
	return Event{Kind: kind, RootID: p.RootID, PartnerID: p.PartnerID, Detail: Detail{Plan: name, Fields: strings.Join(fields, ", ")}}
}

// RuleOnEditing says why the actor cannot change this plan, or nothing. Maker is whose plan it is, by name.
func RuleOnEditing(p Plan, maker string, who Actor) error {
	switch {
	case !who.May(EditPlans):
		return &Problem{Kind: Forbidden, Needs: EditPlans, Message: "Your role does not include this."}
	case !p.EditableBy(who):
		return &Problem{Kind: Forbidden, Message: "This plan was made by " + maker + ", and only its own admins change it. Clone it to make one of your own."}
	case p.LockedAt != nil:
		return Moved("This plan is locked. It can be changed again once it is unlocked.")
	}
	return nil
}
