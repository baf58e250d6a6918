package enrolment

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/ui"
)

// effects are the preview: what another key changes and what it leaves alone.
func (p RotatePage) effects() ui.Effects {
	e := ui.Effects{ID: "impact-preview", Title: "What will change", Rows: []ui.Effect{
		p.agents(),
		{Thing: "Key", From: "…-" + p.Key.Ending, To: "A new one", Under: "New installs need it", TestID: "impact-key"},
		p.present(),
	}}
	if n := len(p.Older); n > 0 {
		e.Rows = append(e.Rows, ui.Effect{
			Thing: "Older", To: format.Count(n, "older key keeps its end", "older keys keep their ends"),
			Under: "The page Install agents can end each of them", TestID: "impact-older",
		})
	}
	e.Rows = append(e.Rows,
		ui.Effect{Thing: "Account", To: p.Account.ID + ", the same", TestID: "impact-account"},
		ui.Effect{Thing: "Way back", To: "None", Under: "A key that has ended does not come back; it can be rotated again", TestID: "impact-way-back"},
	)
	return e
}

func (p RotatePage) agents() ui.Effect {
	if p.Agents == 0 {
		return ui.Effect{Thing: "Agents", To: "None yet", TestID: "impact-agents"}
	}
	return ui.Effect{
		Thing: "Agents", Tone: ui.OK, To: format.Count(p.Agents, "agent keeps reporting", "agents keep reporting"),
		Under: "Each has a token of its own", TestID: "impact-agents",
	}
}

func (p RotatePage) present() ui.Effect {
	e := ui.Effect{Thing: "Old key", TestID: "impact-old-key"}
	switch _, known := p.Wish.Overlap.Days(); {
	case !known:
		e.To = "As you choose"
	case p.Wish.Overlap == models.OverlapNone:
		e.Tone, e.To, e.Under = ui.Warn, "Stops working now", "Installers that hold it let nobody in any more"
	default:
		e.To, e.Under = "Works until "+p.moment(p.Wish.Overlap), "After that it lets nobody in"
	}
	return e
}
