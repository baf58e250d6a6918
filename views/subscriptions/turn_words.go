package subscriptions

import (
	"mooring/models"
	"mooring/views/link"
	"mooring/views/ui"
)

// turnLook is what the page of a turn calls itself.
type turnLook struct {
	key    string // of the page and its hooks: "suspend" makes plan.suspend, suspend-form, submit-suspend
	title  string
	submit string // before the account's id
	danger bool
	action func(account string) string
	above  string // what it means, in one sentence
}

var (
	cancelLook = turnLook{
		"cancel", "Cancel the plan", "Cancel the plan of ", true, link.Cancellation,
		"Cancelling ends what is assigned. The account stays, with its agents and its history.",
	}
	turnLooks = map[models.Turn]turnLook{
		models.Suspend: {
			"suspend", "Suspend the plan", "Suspend ", true, link.Suspension,
			"Suspending stops updates and new agents until somebody resumes the plan. The term goes on counting, and its end stays.",
		},
		models.Resume: {
			"resume", "Resume the plan", "Resume ", false, link.Resumption,
			"Resuming brings updates and enrolment back. The days of the suspension are not added to the term.",
		},
		models.CancelAtEnd: cancelLook,
		models.CancelNow:   cancelLook,
		models.Restore: {
			"restore", "Take the cancellation back", "Bring back ", false, link.Restoration,
			"The plan goes on as if it had not been cancelled: the same end, the same seats, the same agents.",
		},
	}
)

func (p TurnPage) look() turnLook { return turnLooks[p.Wish.Turn] }

func (l turnLook) variant() ui.Variant {
	if l.danger {
		return ui.Danger
	}
	return ui.Primary
}

// wayOn is another turn that a refused page leads to.
type wayOn struct {
	turn  models.Turn
	label string
	hook  string
}

var waysOn = []wayOn{
	{models.Resume, "Resume the plan", "choose-resume"},
	{models.Restore, "Take the cancellation back", "choose-restore"},
	{models.CancelNow, "Cancel the plan", "choose-cancel-plan"},
}

// ways are the turns that are open instead of the refused one, to who may take them.
func (p TurnPage) ways() (open []ui.Press) {
	for _, w := range waysOn {
		l := turnLooks[w.turn]
		if l.key == p.look().key && w.turn != models.CancelNow || w.turn == p.Wish.Turn || !p.Takes(w.turn) || !p.Who.May(w.turn.Needs()) {
			continue
		}
		open = append(open, ui.Press{Label: w.label, Href: l.action(p.Account.ID) + query(w.turn), Size: ui.Large, TestID: w.hook})
	}
	return open
}

func query(t models.Turn) string {
	if t == models.CancelNow {
		return "?when=now"
	}
	return ""
}
