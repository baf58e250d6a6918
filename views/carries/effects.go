package carries

import (
	"time"

	"mooring/models"
	"mooring/views/format"
	"mooring/views/ui"
)

// effects are the preview: what happens, when, and how it is taken back.
func (p NewPage) effects() ui.Effects {
	e := ui.Effects{ID: "impact-preview", Title: "What will happen"}
	if p.To.Account.ID == "" {
		e.Rows = []ui.Effect{{Thing: "Agents", To: format.Count(p.Impact.Agents, "agent is", "agents are") + " picked", TestID: "impact-agents"}}
		return e
	}
	from, to := p.From.Account.ID, p.To.Account.ID
	e.Rows = []ui.Effect{
		{Thing: "Agents", To: p.pickedWords(), Under: p.thereWords(), TestID: "impact-agents"},
		p.seatsEffect(),
		{Thing: "Told", To: p.toldWords(), TestID: "impact-told"},
		{Thing: "Moved", To: "With the check-in after that", Under: "Until then an agent counts in " + from + ", from then on in " + to, TestID: "impact-moved"},
		{Thing: "Offline", To: "They wait up to 14 days, until " + moment(p.AsOf.Add(models.CarryFor), p.In), TestID: "impact-offline"},
		{Thing: "Lost", Tone: ui.OK, To: "Nothing", Under: "Every agent is in one of the two accounts at every moment", TestID: "impact-lost"},
		{Thing: "Way back", To: "It can be called off", Under: "Those that have moved by then can be carried back", TestID: "impact-way-back"},
	}
	if was := p.was(); was.Picked != p.Impact.Agents {
		e.Rows[0].From = format.Count(was.Picked, "agent", "agents")
	}
	return e
}

func (p NewPage) pickedWords() string {
	n := p.Impact.Agents
	if n == p.From.Agents && n > 1 {
		return "All " + format.Number(n) + " agents"
	}
	return format.Count(n, "agent", "agents")
}

func (p NewPage) thereWords() string {
	if p.There == 0 {
		return ""
	}
	return format.Count(p.There, "device has", "devices have") + " an agent in " + p.To.Account.ID + " already; " + format.Plural(p.There, "it stays", "they stay")
}

func (p NewPage) seatsEffect() ui.Effect {
	e := ui.Effect{Thing: "Seats", TestID: "impact-seats", Tone: ui.OK, To: format.Of(p.Impact.InUse, p.Impact.Seats) + " in use"}
	if was := p.was(); was.InUse != p.Impact.InUse || was.Seats != p.Impact.Seats {
		e.Under = format.Of(was.InUse, was.Seats) + " when you looked"
	}
	switch models.UsageOf(p.Impact.InUse, p.Impact.Seats) {
	case models.OverSeats:
		e.Tone = ui.Warn
	case models.FarOver:
		e.Tone = ui.Bad
	}
	return e
}

func (p NewPage) toldWords() string {
	if p.Impact.Waits {
		return "Once " + p.To.Account.ID + " is active"
	}
	return "At the next check-in of each"
}

// blocked is why a carry as it stands could not begin, where the fields do not say it already.
func (p NewPage) blocked() string {
	if p.Problem == nil || len(p.errors()) > 0 {
		return ""
	}
	if len(p.Problem.Fields) > 0 {
		return p.Problem.Fields[0].Message
	}
	return p.Problem.Message
}

// after is how many agents an account has then.
func (p NewPage) after(to bool) int {
	if to {
		return p.Impact.InUse
	}
	return p.From.Agents - p.Impact.Agents + p.There
}

func moment(t time.Time, in *time.Location) string {
	return format.Date(t, in) + ", " + format.Clock(t, in)
}
