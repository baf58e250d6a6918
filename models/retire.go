package models

import "fmt"

// RetireDesk is what the page that retires an empty account shows: the account, the one with the agents
// that keeps its plan, what would happen to both, or why it cannot be.
type RetireDesk struct {
	UndoDesk // Old keeps the agents, New is the empty account
	// Moves says that the plan of the empty account runs and moves to the other one, and Impact what that
	// does there. A plan that is over stays where it is.
	Moves  bool
	Impact Impact
	Keeper Situation // with the empty account's plan as its target
	// Before is the account that the empty one replaced, if there is one: most often the one with the agents.
	Before HeldPlan
}

// ReplacedBy finds the account among some that another one replaced.
func ReplacedBy(id string, accounts []HeldPlan) HeldPlan {
	for _, h := range accounts {
		if by := h.Account.ReplacedByID; by != nil && *by == id {
			return h
		}
	}
	return HeldPlan{}
}

// KeeperOf finds the account that an empty one would be retired in favour of: among the older open ones of
// the same family that have agents the one that it replaced, else the one with the most.
func KeeperOf(empty Account, accounts []HeldPlan) (best HeldPlan) {
	before := ReplacedBy(empty.ID, accounts).Account.ID
	for _, h := range accounts {
		a := h.Account
		if a.ID == empty.ID || a.Family != empty.Family || !a.Open() || h.Agents == 0 || !a.CreatedAt.Before(empty.CreatedAt) {
			continue
		}
		if best.Account.ID == "" || a.ID == before || best.Account.ID != before && h.Agents > best.Agents {
			best = h
		}
	}
	return best
}

// RuleOnRetirement says why an empty account cannot be retired; nil lets it be, with what moving its plan
// does to the account that keeps it.
func RuleOnRetirement(d *RetireDesk) error {
	old, empty := d.Old.Account, d.New.Account
	switch {
	case !empty.Open():
		return Moved("Account " + empty.ID + " is closed already.")
	case d.New.Agents > 0:
		return Moved(fmt.Sprintf("Account %s has %s. It can be retired once it is empty: carry them over first.", empty.ID, plural(d.New.Agents, "agent")))
	case d.Waiting > 0:
		return Moved(fmt.Sprintf("Agents are on their way to %s, %d of them. Call that off first.", empty.ID, d.Waiting))
	case old.ID == "":
		return Moved("No older account of this product has agents, so there is nothing that could keep the plan of " + empty.ID + ".")
	case empty.Replaced():
		return Moved("Account " + empty.ID + " was itself reassigned to " + *empty.ReplacedByID + ". Retire that one first.")
	}
	if d.Moves = d.New.State(d.AsOf).Live(); !d.Moves {
		return nil
	}
	im, err := movedTerms(d.Keeper, d.New.Subscription)
	d.Impact = im
	if p, ok := ProblemIn(err); ok {
		return Moved("The plan of " + empty.ID + " cannot move to " + old.ID + ". " + said(p))
	}
	return err
}

func said(p *Problem) string {
	if len(p.Fields) > 0 {
		return p.Fields[0].Message
	}
	return p.Message
}

// movedTerms gives an account the plan, the seats and the end of another one. A plan whose term has not
// begun has no end to give: the account's own stays, and a new term begins where that is over.
func movedTerms(keeper Situation, from Subscription) (Impact, error) {
	today := keeper.Today()
	wish := Modification{Seats: from.Seats, Renews: from.Renews, Term: KeepTerm}
	ends := from.EndsOn
	if ends < today {
		ends = ""
	}
	switch {
	case !keeper.State().Live():
		wish.Term = RestartTerm
	case ends != "":
		wish.Term, wish.EndsOn = UntilTerm, ends
	}
	im, err := RuleOnModification(keeper, wish)
	if err == nil && wish.Term == RestartTerm && ends != "" {
		im = impactOf(keeper, im.Terms, im.After.endingOn(ends, keeper.Customer.Location()))
	}
	return im, err
}
