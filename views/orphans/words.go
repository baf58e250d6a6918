package orphans

import (
	"strings"
	"time"

	"mooring/models"
	"mooring/views/format"
	"mooring/views/link"
	"mooring/views/ui"
)

// words are how a kind of orphan is told.
type words struct {
	label string // of its view
	about string // what it is, and what is not meant
	agent string // the heading of the column with the agents
	since string // the heading of the column with the moment
}

var kinds = map[models.OrphanKind]words{
	models.LeftBehind: {
		"Left behind", "Another account took the place of these, and agents still report to them. Agents that are on their way to another account are not counted.",
		"Still reporting", "Replaced",
	},
	models.NoPlan: {
		"No plan", "Agents report to these, and their plan has ended or was cancelled: nothing protects the devices. An account that is locked can still be renewed, and one that is suspended is held on purpose, so neither stands here.",
		"Still reporting", "Since",
	},
	models.EmptySecond: {
		"Empty second", "A reassign generated these, and no agent ever came or all have left, while agents are in an older account of the same product. Most of them were an accident.",
		"Agents in the other", "Generated",
	},
	models.SameDevice: {
		"Same device twice", "One device holds a seat in two accounts of a customer, most often because its software was installed anew with the key of the other one. Both seats are paid for.",
		"", "Second seat",
	},
}

// Label is the short name of a kind.
func Label(k models.OrphanKind) string { return kinds[k].label }

// Counted is a number of orphans as it is written where nobody counted further than lists do.
func Counted(n int) string {
	return format.Bounded(min(n, models.CountBound), n > models.CountBound)
}

// what says of one row what is wrong with it.
func what(o models.Orphan, now time.Time, in *time.Location) string {
	switch o.Kind {
	case models.LeftBehind:
		if o.Paired {
			return "Replaced by " + o.OtherID + ", which is empty. Carry the agents over to it, or retire it and they stay here: the one rules out the other"
		}
		return "Replaced by " + o.OtherID
	case models.NoPlan:
		switch {
		case o.Closed:
			return "Closed"
		case o.Cancelled:
			return "Plan cancelled"
		}
		return "Plan ended"
	case models.EmptySecond:
		if o.Paired {
			return "It replaced " + o.OtherID + ", where the agents are. Retire it and they stay there, or carry them over to it: the one rules out the other"
		}
		return "The agents are in " + o.OtherID
	}
	return o.Device + " has a seat in " + o.OtherID + " too, where it was " + lastSeen(o.FirstSeen, now, in) + "; here it was " + lastSeen(o.LastSeen, now, in)
}

func lastSeen(at *time.Time, now time.Time, in *time.Location) string {
	if at == nil {
		return "never seen"
	}
	return "last seen " + strings.Replace(format.LastSeen(*at, now, in), "Today", "today", 1)
}

// repairs are what the reader may do about a row, the better way first. What stands behind each is a page
// that says what would change.
func (p ListPage) repairs(o models.Orphan) (all []ui.Press) {
	add := func(may models.Permission, label, href, hook string) {
		if p.Who.May(may) {
			all = append(all, ui.Press{Label: label, Also: "for " + o.AccountID, Href: href, Size: ui.Small, TestID: hook + "-" + o.AccountID})
		}
	}
	switch o.Kind {
	case models.LeftBehind:
		add(models.CarryAgents, "Carry over", link.CarryAgentsTo(o.AccountID, o.OtherID), "carry")
		if !o.UndoUntil.IsZero() {
			add(models.ReassignPlans, "Undo the reassign", link.UndoReassign(o.AccountID), "undo")
		}
	case models.NoPlan:
		switch {
		case o.OtherID != "":
			add(models.CarryAgents, "Carry to "+o.OtherID, link.CarryAgentsTo(o.AccountID, o.OtherID), "carry")
		case !o.Closed:
			add(models.ModifyPlans, "Begin a new term", link.ModifyPlan(o.AccountID), "renew")
		}
	case models.EmptySecond:
		add(models.RetireAccounts, "Retire", link.RetireAccount(o.AccountID), "retire")
	case models.SameDevice:
		if p.Who.May(models.MergeAgents) {
			all = append(all, ui.Press{Label: "Merge", Also: "the agents of " + o.Device, Href: link.MergeAgents(o.AgentID, o.OtherAgentID), Size: ui.Small, TestID: "merge-" + o.AgentID})
		}
	}
	return all
}

// byHand says what to do where no page does it.
func (p ListPage) byHand(o models.Orphan) string {
	if len(p.repairs(o)) == 0 {
		return "Ask an admin or a licence manager."
	}
	return ""
}
