package problems

import (
	"strings"

	"mooring/models"
	"mooring/views/format"
)

type words struct {
	icon  string
	title string
	said  []string
}

// words are what the page says.
func (t Trouble) words() words {
	p := t.Problem
	switch {
	case t.Status == 403 && p.Needs == "" && p.Message != "":
		return words{"lock", "This is not yours to change", []string{p.Message}}
	case t.Status == 403:
		return words{"lock", "You cannot open this page", forbidden(p.Needs)}
	case t.Status == 404:
		return words{"search", "Page not found", []string{"It may not exist, or it may not be yours to see. From here the two look alike.", "If you typed the address, check it."}}
	case t.Status == 405:
		return words{"ban", "This page cannot be used that way", []string{"The address is right, but it does not take what was sent to it. Nothing has changed."}}
	case t.Status == 409:
		return words{"refresh-cw", "Someone changed this first", sentences(p, "What you saw is no longer how it is.", "Nothing of yours was stored.")}
	case t.Status == 413:
		return words{"upload", "That is too large", []string{"The portal does not take that much at once. Nothing has changed."}}
	case t.Status == 422:
		return words{"circle-alert", "Something in the form is not right", sentences(p, "The portal could not use what was sent.", "Nothing has changed.")}
	case t.Status == 429:
		return words{"clock", "Slow down for a moment", sentences(models.Problem{Message: p.Message}, "There were too many tries in a short time.", later(p.RetryAfter))}
	case t.Status >= 500:
		return words{"server", "Something failed on our side", []string{"It was not your doing. If you were changing something, nothing was half-saved: a change is stored wholly or not at all.", "Look whether it is there before you do it again. If this goes on, tell whoever runs the portal the reference below."}}
	}
	return words{"circle-alert", "That did not work", sentences(p, "The portal could not do what was asked.", "Nothing has changed.")}
}

// sentences are the problem's own words, or the usual ones where it has none, and then the last one.
func sentences(p models.Problem, usual, last string) []string {
	var said []string
	if p.Message != "" {
		said = append(said, p.Message)
	}
	for _, f := range p.Fields {
		said = append(said, f.Message)
	}
	if len(said) == 0 {
		said = append(said, usual)
	}
	return append(said, last)
}

func later(seconds int) string {
	if seconds <= 0 {
		return "Try again in a few seconds."
	}
	return "Try again in " + format.Count(seconds, "second", "seconds") + "."
}

func forbidden(needs models.Permission) []string {
	roles := models.RolesFor(needs)
	if len(roles) == 0 {
		return []string{"Your role does not include it.", "An admin of your company can tell you who to ask."}
	}
	return []string{
		capital(someOf(roles)) + " can " + string(needs) + ". Your role does not include it.",
		"If you need it for your work, ask an admin of your company.",
	}
}

// someOf is "an admin, an account manager or a licence manager".
func someOf(roles []models.Role) string {
	var named []string
	for _, r := range roles {
		named = append(named, article(string(r))+" "+string(r))
	}
	if len(named) == 1 {
		return named[0]
	}
	last := len(named) - 1
	return strings.Join(named[:last], ", ") + " or " + named[last]
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an"
	}
	return "a"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
