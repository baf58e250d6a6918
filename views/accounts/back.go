package accounts

import (
	"time"

	"mooring/models"
	"mooring/views/link"
	"mooring/views/ui"
)

// WayBack leads back from a change since which agents are silent; nowhere if there is no way for this
// reader.
func WayBack(w models.Watch, who models.Actor, now time.Time) ui.Press {
	account := w.Change.AccountID
	switch w.WayBack(who, now) {
	case models.BackByModifying:
		return ui.Press{Icon: "undo-2", Label: "Go back to what it was", Href: link.ModifyPlanTo(account, w.Reversal()), TestID: "modify-back"}
	case models.BackByUndoing:
		return ui.Press{Icon: "undo-2", Label: "Undo the reassign", Href: link.UndoReassign(account), TestID: "undo-silent"}
	case models.BackByCarry:
		return ui.Press{Label: "See who is missing", Href: link.Carry(w.Change.Detail.Carry), TestID: "silent-carry"}
	}
	return ui.Press{}
}

// WayBackIn is the same in a list, where it says which account it is about.
func WayBackIn(w models.Watch, who models.Actor, now time.Time) ui.Press {
	p := WayBack(w, who, now)
	p.Icon, p.Size, p.Also, p.TestID = "", ui.Small, "for "+w.Change.AccountID, p.TestID+"-"+w.Change.AccountID
	return p
}
