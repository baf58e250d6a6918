package subscriptions

import (
	"time"

	"mooring/views/format"
)

// afterwards says in short what stays possible once the plan is reassigned.
func (p ReassignPage) afterwards() string {
	if p.carries() {
		return "Afterwards " + p.theAgents() + " can be carried over, and for " + p.undoDays() + " the reassign can be undone."
	}
	return "For " + p.undoDays() + " afterwards the reassign can be undone."
}

// afterwardsInFull says it with its conditions.
func (p ReassignPage) afterwardsInFull() string {
	undo := "For " + p.undoDays() + " the reassign can be undone, as long as no agent enrols in " + p.newID() + " by itself."
	if p.carries() {
		return "Afterwards " + p.theAgents() + " can be carried over to " + p.newID() + ", each at its next check-in. " + undo
	}
	return undo
}

// carries reports whether there is an agent to carry to the new account, which holds the same product. Before
// a plan is chosen it is taken for the same.
func (p ReassignPage) carries() bool {
	return p.Agents.Total > 0 && (p.Target.Plan.ID == "" || p.Target.Product.ID == p.Account.ProductID)
}

func (p ReassignPage) theAgents() string {
	if p.Agents.Total == 1 {
		return "the agent"
	}
	return "the " + format.Number(p.Agents.Total) + " agents"
}

func (p ReassignPage) undoDays() string {
	return format.Count(int(p.Terms.Policy.UndoFor()/(24*time.Hour)), "day", "days")
}
