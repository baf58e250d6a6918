package orphans

import (
	"mooring/models"
	"mooring/views/format"
	"mooring/views/ui"
)

func (p MergePage) above() string {
	living, silent := p.Living(), p.Silent()
	return p.device() + " holds a seat in " + silent.AccountID + " and in " + living.AccountID + ". It goes on as one agent, in " +
		living.AccountID + ", with the history of both."
}

// effects are the preview: which agent is kept, where it reports, and what becomes of the other one.
func (p MergePage) effects() ui.Effects {
	living, silent := p.Living(), p.Silent()
	seen := func(t models.Twin) string { return lastSeen(t.SeenAt, p.AsOf, p.In) }
	return ui.Effects{ID: "impact-preview", Title: "What will change", Rows: []ui.Effect{
		{
			Thing: "Agents", From: "2", To: "1", TestID: "impact-agents",
			Under: living.ID + " goes on and counts as enrolled since " + format.Date(p.Older.EnrolledAt, p.In) + ". " + silent.ID + " is closed and leads to it.",
		},
		{
			Thing: "Account", To: living.AccountID, TestID: "impact-account",
			Under: "There it was " + seen(living) + "; in " + silent.AccountID + " " + seen(silent) + ".",
		},
		{Thing: "Seats", From: "2", To: "1", Under: "One seat of " + silent.AccountID + " is free.", TestID: "impact-seats"},
		{
			Thing: "Software", To: "Goes on", TestID: "impact-software",
			Under: "What reports to " + living.AccountID + " notices nothing. What may still report to " + silent.AccountID + " is told that it was released.",
		},
	}}
}
