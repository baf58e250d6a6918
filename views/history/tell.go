package history

import (
	"time"

	"mooring/models"
	"mooring/views/format"
)

// Line is one line of a history.
type Line struct {
	Icon    string
	Subject string // what the sentence is about, when that is a name: "SERVER-NEW"; empty otherwise
	Text    string // the sentence, or what follows the subject
	Who     string // "by you", "by Tom Reyes"; empty for what the portal did by itself
	When    string
	Machine string // the same for programs
	Account string // which account it concerns; empty for none
	Carry   string // the carry that it belongs to; empty for none
	Freed   bool   // whether seats were taken back: of which agents stands in the account's list
}

// Tell writes the line of one event for whoever reads it.
func Tell(e models.Event, viewer models.Actor, now time.Time, in *time.Location) Line {
	line := Line{Icon: "history", Text: string(e.Kind), Who: by(e, viewer), When: when(e, now, in), Machine: format.Machine(e.At, in), Account: e.AccountID, Carry: e.Detail.Carry, Freed: e.Kind == models.AgentsReleased}
	if s, ok := sentences[e.Kind]; ok {
		line.Icon = s.icon
		line.Subject, line.Text = s.say(e)
	}
	line.Text += until(e, in)
	if e.Detail.Note != "" {
		line.Text += ": “" + e.Detail.Note + "”"
	}
	return line
}

// by says who did it. What an agent did, it did for the customer, unless it was told to.
func by(e models.Event, viewer models.Actor) string {
	switch {
	case e.ActorID == models.Clock().ID || e.ActorName == "" || e.Kind == models.AgentsMoved, e.Kind == models.AgentsStayed:
		return ""
	case e.ActorRole == models.RoleAgent:
		return "by the customer"
	case e.ActorID == viewer.ID:
		return "by you"
	}
	return "by " + e.ActorName
}

// when leaves the time of day out of a renewal, which is a matter of days.
func when(e models.Event, now time.Time, in *time.Location) string {
	if e.Kind == models.PlanRenewed && e.ActorID == models.Clock().ID {
		return format.Date(e.At, in)
	}
	return format.Moment(e.At, now, in)
}
