package history

import (
	"mooring/models"
	"mooring/views/format"
)

// A sentence has an icon and a way of saying it: the subject, when it is a name, and the rest.
type sentence struct {
	icon string
	say  func(models.Event) (subject, text string)
}

var sentences = map[models.EventKind]sentence{
	models.CustomerCreated:  {"user-plus", named("added as a customer", "Customer added")},
	models.CustomerChanged:  {"pencil", func(e models.Event) (string, string) { return "", "Details changed" + listed(e.Detail.Fields) }},
	models.CustomerArchived: {"archive", named("archived", "Customer archived")},
	models.CustomerRestored: {"undo-2", named("brought back from the archive", "Customer brought back from the archive")},

	models.AccountCreated:      {"plus", created},
	models.AccountReplaced:     {"git-branch-plus", replaced},
	models.EnrolmentKeyShown:   {"key", plain("Enrolment key shown")},
	models.EnrolmentKeyRotated: {"key-round", keyRotated},
	models.EnrolmentKeyEnded:   {"ban", keyEnded},

	models.PlanAssigned:  {"layers", assigned},
	models.PlanActivated: {"circle-check", activated},
	models.PlanModified:  {"pencil", modified},
	models.PlanRenewed:   {"refresh-cw", renewed},
	models.PlanSwapped:   {"replace", swapped},
	models.PlanSuspended: {"pause", turned("suspended")},
	models.PlanResumed:   {"play", turned("resumed")},
	models.PlanCancelled: {"ban", cancelled},
	models.PlanRestored:  {"undo-2", turned("goes on: the cancellation was taken back")},

	models.ReassignUndone: {"undo-2", undone},
	models.AccountRetired: {"archive", retired},

	models.AgentEnrolled:  {"monitor-smartphone", enrolled},
	models.AgentReturned:  {"monitor-smartphone", returned},
	models.AgentsReleased: {"monitor-smartphone", released},
	models.AgentsMerged:   {"monitor-smartphone", merged},
	models.CarryBegun:     {"arrow-right", carryBegun},
	models.CarryCancelled: {"ban", carryCancelled},
	models.CarryRetried:   {"refresh-cw", carryRetried},
	models.AgentsMoved:    {"arrow-right", agentsMoved},
	models.AgentsStayed:   {"monitor-smartphone", agentsStayed},

	models.PlanDrawnUp:     {"plus", catalogue("added to the catalogue")},
	models.PlanEdited:      {"pencil", catalogue("changed in the catalogue")},
	models.PlanRetired:     {"archive", catalogue("taken off sale")},
	models.PlanBroughtBack: {"undo-2", catalogue("on sale again")},

	models.UserCreated: {"user-plus", func(e models.Event) (string, string) { return e.Detail.Name, "may sign in" + as(e.Detail.Why) }},
	models.PasswordSet: {"key-round", named("chose a password", "A password was chosen")},
}

func plain(text string) func(models.Event) (string, string) {
	return func(models.Event) (string, string) { return "", text }
}

// named is about the name that the event tells, and does without one.
func named(text, nameless string) func(models.Event) (string, string) {
	return func(e models.Event) (string, string) {
		if e.Detail.Name == "" {
			return "", nameless
		}
		return e.Detail.Name, text
	}
}

func catalogue(text string) func(models.Event) (string, string) {
	return func(e models.Event) (string, string) { return planOf(e), text + listed(e.Detail.Fields) }
}

func enrolled(e models.Event) (string, string) {
	d := e.Detail
	switch {
	case d.Device == "":
		return "", format.Count(max(1, d.Agents), "agent", "agents") + " enrolled"
	case d.Agents > 1:
		return d.Device, "and " + format.Count(d.Agents-1, "more agent", "more agents") + " enrolled"
	}
	return d.Device, "enrolled"
}

func planOf(e models.Event) string {
	if e.Detail.Plan == "" {
		return "The plan"
	}
	return e.Detail.Plan
}

func listed(fields string) string {
	if fields == "" {
		return ""
	}
	return ": " + fields
}

func as(role string) string {
	if role == "" {
		return ""
	}
	return " as " + role
}
