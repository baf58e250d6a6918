package history

import (
	"mooring/models"
	"mooring/views/format"
)

func agents(n int) string { return format.Count(n, "agent", "agents") }

func carryBegun(e models.Event) (string, string) {
	if e.Detail.To {
		return agents(e.Detail.Agents), "told to move to " + e.Detail.Other + " at the next check-in"
	}
	return agents(e.Detail.Agents), "of " + e.Detail.Other + " told to move here at the next check-in"
}

// agentsMoved tells of one batch of a carry, or of all of them as one.
func agentsMoved(e models.Event) (string, string) {
	if e.Detail.Total > 0 {
		moved := format.Of(e.Detail.Agents, e.Detail.Total) + " agents"
		if e.Detail.To {
			return moved, "moved to " + e.Detail.Other
		}
		return moved, "moved here from " + e.Detail.Other
	}
	if e.Detail.To {
		return agents(e.Detail.Agents), "moved to " + e.Detail.Other
	}
	return agents(e.Detail.Agents), "moved here from " + e.Detail.Other
}

func agentsStayed(e models.Event) (string, string) {
	if e.Detail.To {
		return agents(e.Detail.Agents), "not moved to " + e.Detail.Other + ": the same device has an agent there already"
	}
	return agents(e.Detail.Agents), "not moved here from " + e.Detail.Other + ": the same device has an agent here already"
}

func carryCancelled(e models.Event) (string, string) {
	if e.Detail.To {
		return "", "Carrying agents over to " + e.Detail.Other + " called off; " + agents(e.Detail.Agents) + " did not move"
	}
	return "", "Carrying agents over from " + e.Detail.Other + " called off; " + agents(e.Detail.Agents) + " did not move"
}

func carryRetried(e models.Event) (string, string) {
	return agents(e.Detail.Agents), "given more time to move to " + e.Detail.Other
}

func returned(e models.Event) (string, string) {
	if e.Detail.Device == "" {
		return "", "A released agent came back and took a seat again"
	}
	return e.Detail.Device, "came back after its release and took a seat again"
}

// released names the first few; what was written before they were, counts them.
func released(e models.Event) (string, string) {
	names, more := e.Detail.Device, e.Detail.Agents-models.FreedNamed
	switch {
	case names == "":
		return agents(e.Detail.Agents), "released: their seats are free"
	case e.Detail.Agents <= 1:
		return names, "released: its seat is free"
	case more > 0:
		return names, "and " + format.Number(more) + " more released: their seats are free"
	}
	return names, "released: their seats are free"
}

// merged is told to the accounts of both agents.
func merged(e models.Event) (string, string) {
	if e.Detail.To {
		return e.Detail.Device, "had two agents and is one again, in " + e.Detail.Other + ": its seat here is free"
	}
	return e.Detail.Device, "had two agents and is one again, here: its seat in " + e.Detail.Other + " is free"
}

// undone is told to both accounts of a reassign.
func undone(e models.Event) (string, string) {
	if e.Detail.To {
		return "", "Reassign to " + e.Detail.Other + " undone" + because(e.Detail.Why)
	}
	return "", "Account closed: the reassign from " + e.Detail.Other + " was undone" + because(e.Detail.Why)
}

// retired is told to the empty account and to the one that keeps its plan.
func retired(e models.Event) (string, string) {
	if e.Detail.To {
		return "", "Empty account " + e.Detail.Other + " retired in favour of this one" + because(e.Detail.Why)
	}
	return "", "Account closed: it was empty, and " + e.Detail.Other + " keeps the agents and the plan" + because(e.Detail.Why)
}
