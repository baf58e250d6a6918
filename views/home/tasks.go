package home

import (
	"strings"

	"mooring/models"
	"mooring/views/accounts"
	"mooring/views/format"
	"mooring/views/link"
	"mooring/views/ui"
)

// kind is how one kind of waiting account is told: of one account, of several, and of each of the first.
type kind struct {
	tone ui.Tone
	icon string
	one  func(a models.WaitingAccount) string
	many string // after the number of accounts
	each func(a models.WaitingAccount) string
}

var kinds = map[string]kind{
	models.ViewGrace: {
		ui.Bad, "clock",
		func(a models.WaitingAccount) string { return a.Customer + " has run out and can be brought back" },
		"plans have run out and can be brought back",
		func(a models.WaitingAccount) string { return "ended " + format.DayShort(a.EndsOn) },
	},
	models.ViewOverSeats: {
		ui.Warn, "users",
		func(a models.WaitingAccount) string {
			return a.Customer + " is " + format.Count(a.InUse-a.Seats, "seat", "seats") + " over"
		},
		"accounts use more seats than they have",
		func(a models.WaitingAccount) string { return format.Of(a.InUse, a.Seats) + " seats" },
	},
	models.ViewEndsSoon: {
		ui.Warn, "calendar-clock",
		func(a models.WaitingAccount) string { return a.Customer + " ends on " + format.DayLong(a.EndsOn) },
		"plans end soon",
		func(a models.WaitingAccount) string { return format.DayShort(a.EndsOn) },
	},
}

// tasks are the lines of the worklist, and how many accounts they speak of.
func (p DeskPage) tasks() (tasks []ui.Task) {
	tasks = append(tasks, p.silent()...)
	if len(p.Left) > 0 {
		tasks = append(tasks, p.left())
	}
	for _, w := range p.Waiting {
		tasks = append(tasks, taskOf(w))
	}
	for _, q := range p.Quiet {
		tasks = append(tasks, ui.Task{
			Tone: ui.Info, Icon: "monitor-smartphone", TestID: "quiet-" + q.ID,
			Title: format.Count(q.Quiet, "agent is", "agents are") + " quiet at " + q.Customer, Href: link.Account(q.ID),
			Note: q.ID + ", " + format.Of(q.Quiet, q.Agents) + " agents have not reported for a week",
			Act:  "Open", ActOn: q.ID, ActTo: link.Account(q.ID),
		})
	}
	return tasks
}

// toneOf is as loud as the loudest of the first accounts: seats that are far over are worse than others.
func toneOf(w models.Waiting) ui.Tone {
	for _, a := range w.First {
		if w.View == models.ViewOverSeats && models.UsageOf(a.InUse, a.Seats) == models.FarOver {
			return ui.Bad
		}
	}
	return kinds[w.View].tone
}

func taskOf(w models.Waiting) ui.Task {
	k, to := kinds[w.View], link.AccountsWhere(models.ListQuestion{View: w.View})
	t := ui.Task{Tone: toneOf(w), Icon: k.icon, TestID: "waiting-" + w.View, Href: to, Title: counted(w.Count) + " " + k.many, Act: "Show", ActTo: to}
	if w.Count == 1 {
		a := w.First[0]
		t.Title, t.Note, t.ActOn = k.one(a), a.ID+", "+k.each(a), a.Customer
		return t
	}
	var first []string
	for _, a := range w.First {
		first = append(first, a.Customer+" ("+k.each(a)+")")
	}
	t.Note, t.ActOn = strings.Join(first, ", "), k.many
	if w.Count > len(first) {
		t.Note += " and " + counted(w.Count-len(first)) + " more"
	}
	return t
}

// left is the line of the accounts that another one replaced and to which agents still report: those of
// the radar, to which it leads.
func (p DeskPage) left() ui.Task {
	n, to := p.LeftBehind(), link.Orphans(models.LeftBehind)
	t := ui.Task{Tone: ui.Bad, Icon: "unplug", TestID: "waiting-left-behind", Href: to, Act: "Show", ActTo: to}
	if n == 1 {
		o := p.Left[0]
		t.Title = o.Customer + " has a new account, and agents still report to the old one"
		t.Note, t.ActOn = o.AccountID+", "+agentsLeft(o), o.Customer
		return t
	}
	var first []string
	for _, o := range p.Left {
		first = append(first, o.Customer+" ("+agentsLeft(o)+")")
	}
	t.ActOn = "replaced accounts with agents that still report"
	t.Title, t.Note = counted(n)+" "+t.ActOn, strings.Join(first, ", ")
	if n > len(first) {
		t.Note += " and " + counted(n-len(first)) + " more"
	}
	return t
}

func agentsLeft(o models.Orphan) string {
	return counted(o.Agents) + " " + format.Plural(o.Agents, "agent", "agents")
}

// silentNamed is how many accounts whose agents fell silent have a line of their own.
const silentNamed = 3

// silent are the lines of the accounts whose agents fell silent after a change, each with its way back.
func (p DeskPage) silent() (tasks []ui.Task) {
	for _, w := range p.Silent[:min(len(p.Silent), silentNamed)] {
		to := link.Account(w.Change.AccountID)
		tasks = append(tasks, ui.Task{
			Tone: ui.Bad, Icon: "unplug", TestID: "fell-silent-" + w.Change.AccountID, Href: to,
			Title: "Agents fell silent at " + w.Customer + " after a change",
			Note:  w.Change.AccountID + ", " + format.Count(w.Seen, "agent", "agents") + " an hour instead of " + format.Number(w.Expected),
			First: accounts.WayBackIn(w, p.Who, p.AsOf),
			Act:   "Open", ActOn: w.Customer, ActTo: to,
		})
	}
	if more := len(p.Silent) - silentNamed; more > 0 {
		tasks = append(tasks, ui.Task{
			Tone: ui.Bad, Icon: "unplug", TestID: "fell-silent-others", Href: link.Watch(),
			Title: "Agents fell silent at " + format.Count(more, "other account", "other accounts") + " after a change",
			Act:   "Show", ActOn: "all accounts whose agents fell silent", ActTo: link.Watch(),
		})
	}
	return tasks
}

// counted is a count that stopped at the bound of lists.
func counted(n int) string {
	return format.Bounded(min(n, models.CountBound), n > models.CountBound)
}
