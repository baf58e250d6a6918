package portal

import (
	"context"
	"errors"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// ChooseReassignment rules on reassigning an account, to the plan asked for or to the likely one, and
// lists the plans to choose from. Like ProposeReassignment it keeps what it shows.
func (p *Portal) ChooseReassignment(ctx context.Context, who models.Actor, accountID string, wish models.Reassignment) (desk models.ReassignmentDesk, err error) {
	var offers []models.Offer
	err = p.look(ctx, who, models.ReassignPlans, func(v *store.View) error {
		s, err := situation(v, accountID, wish.PlanKey)
		if err != nil {
			return err
		}
		all, err := v.OffersIn(s.Account.Family, s.Account.PartnerID)
		if err != nil {
			return err
		}
		offers = choices(s, all)
		if wish.PlanKey == "" {
			wish.PlanKey = likely(s, offers)
		}
		return nil
	})
	if err != nil {
		return desk, err
	}
	desk, err = p.ProposeReassignment(ctx, who, accountID, wish)
	desk.Offers = offers
	return desk, err
}

// choices are the plans that the account could be reassigned to at all.
func choices(s models.Situation, offers []models.Offer) []models.Offer {
	var open []models.Offer
	for _, o := range offers {
		s.Target = o
		if models.RuleOnReassignment(s).Verdict != models.Refused {
			open = append(open, o)
		}
	}
	return open
}

// likely is the plan that the choice starts with: the first that has all of what is assigned and more,
// or the first there is.
func likely(s models.Situation, offers []models.Offer) string {
	for _, o := range offers {
		if !o.Terms.Trial && o.Terms.DataCenter == s.Account.DataCenter && len(s.Terms.Without(o.Terms)) == 0 && len(o.Terms.Without(s.Terms)) > 0 {
			return o.Plan.Key
		}
	}
	if len(offers) > 0 {
		return offers[0].Plan.Key
	}
	return s.Target.Plan.Key
}

// ProposeReassignment rules on assigning another plan to an account and, where it is advised against,
// keeps what was shown as a proposal: one for the same actor, plan and facts, whatever the number of
// tabs.
func (p *Portal) ProposeReassignment(ctx context.Context, who models.Actor, accountID string, wish models.Reassignment) (desk models.ReassignmentDesk, err error) {
	err = p.look(ctx, who, models.ReassignPlans, func(v *store.View) error {
		desk, err = reassignmentDesk(v, accountID, wish)
		if err != nil || desk.Ruling.Verdict != models.Advised {
			return err
		}
		kept, err := v.OpenProposal(who.ID, accountID, desk.Target.Plan.ID, desk.Wish.Digest)
		if err == nil && p.fresh(kept) {
			desk.Proposal, desk.Wish.ProposalID = kept, kept.ID
			return nil
		}
		return ignore(err, models.NotFound)
	})
	if err != nil || desk.Ruling.Verdict != models.Advised || desk.Proposal.ID != "" {
		return desk, err
	}
	offered := p.newProposal(who, desk)
	keep := func() error {
		return p.do(ctx, who, models.ReassignPlans, func(tx *store.Tx) error { return p.keep(tx, &desk, offered) })
	}
	if err = keep(); errors.Is(err, store.ErrTaken) {
		err = keep()
	}
	return desk, err
}

func ignore(err error, kind models.ProblemKind) error {
	if models.IsProblem(err, kind) {
		return nil
	}
	return err
}

// fresh reports whether an unused proposal has enough life left to be read.
func (p *Portal) fresh(pr models.Proposal) bool {
	return pr.ExpiresAt.Sub(p.real()) > models.ProposalLife/2
}

func (p *Portal) newProposal(who models.Actor, desk models.ReassignmentDesk) models.Proposal {
	return models.Proposal{
		ID: p.ids.New(proposalID), ActorID: who.ID, ActorName: who.Name,
		NewAccountID: p.ids.Successor(desk.Account.ID), CreatedAt: p.real(), ExpiresAt: p.real().Add(models.ProposalLife),
	}
}

// keep stores the proposal that the desk shows, or finds the one that shows the same.
func (p *Portal) keep(tx *store.Tx, desk *models.ReassignmentDesk, offered models.Proposal) error {
	kept, err := tx.OpenProposal(tx.Who.ID, desk.Account.ID, desk.Target.Plan.ID, desk.Wish.Digest)
	switch {
	case err == nil:
		kept.ExpiresAt = offered.ExpiresAt
		err = tx.ProlongProposal(kept)
	case models.IsProblem(err, models.NotFound):
		a := desk.Account
		kept = offered
		if taken, err := tx.AccountThere(kept.NewAccountID); err != nil {
			return err
		} else if taken { // by an earlier reassign, which was undone
			kept.NewAccountID = p.ids.New(accountID)
		}
		kept.RootID, kept.PartnerID, kept.CustomerID, kept.AccountID = a.RootID, a.PartnerID, a.CustomerID, a.ID
		kept.PlanID, kept.PlanNumber, kept.Seats = desk.Target.Plan.ID, desk.Target.Terms.Number, desk.Wish.Seats
		kept.Digest, kept.Shown = desk.Wish.Digest, desk.Shows(desk.Ruling, desk.Wish.Seats)
		err = tx.KeepProposal(kept)
	}
	desk.Proposal, desk.Wish.ProposalID = kept, kept.ID
	return err
}

// ReassignPlan assigns another plan to an account after all. Off an activated account it generates a
// new account and leaves the agents on the old one; before the first activation it only replaces the
// plan. It returns the id of the account that has the plan now. When it cannot go ahead, it returns
// the problem with a desk that shows why: Invalid when input is missing, Conflict when the facts are
// no longer those of the proposal.
func (p *Portal) ReassignPlan(ctx context.Context, who models.Actor, accountID string, wish models.Reassignment) (result string, desk models.ReassignmentDesk, err error) {
	fresh := p.newProposal(who, models.ReassignmentDesk{Situation: models.Situation{Account: models.Account{ID: accountID}}})
	made := p.makes(p.ids.Successor(accountID))
	err = p.do(ctx, who, models.ReassignPlans, func(tx *store.Tx) error {
		result = ""
		if err := tx.LockAccount(accountID); err != nil {
			return err
		}
		var done bool
		if result, done, err = alreadyDone(&tx.View, accountID, wish); err != nil || done {
			return err
		}
		if desk, err = reassignmentDesk(&tx.View, accountID, wish); err != nil {
			return err
		}
		if desk.Ruling.Verdict == models.Refused {
			return models.Moved(desk.Ruling.Advisory.Headline + ".")
		}
		if err := p.agreed(tx, &desk, wish, fresh); err != nil {
			return err
		}
		result, err = p.execute(tx, desk, made)
		return err
	})
	return result, desk, err
}

// alreadyDone finds the result of the same form or of the same proposal.
func alreadyDone(v *store.View, accountID string, wish models.Reassignment) (string, bool, error) {
	place, err := v.FormDone(wish.FormKey)
	if err != nil || place != "" {
		return place, place != "", err
	}
	pr, err := v.Proposal(wish.ProposalID)
	if err == nil && pr.UsedAt != nil && pr.AccountID == accountID {
		return *pr.ResultID, true, nil
	}
	return "", false, ignore(err, models.NotFound)
}

// agreed checks that what was shown still holds and that everything it asks for was given.
func (p *Portal) agreed(tx *store.Tx, desk *models.ReassignmentDesk, wish models.Reassignment, fresh models.Proposal) error {
	if desk.Ruling.Verdict == models.Allowed {
		if wish.Digest != desk.Wish.Digest {
			desk.Changed = []string{"The account was changed in the meantime."}
			return models.Moved("The facts changed while you were reading.")
		}
		return nil
	}
	shown, err := tx.Proposal(wish.ProposalID)
	if err = ignore(err, models.NotFound); err != nil {
		return err
	}
	holds := shown.ID != "" && shown.ActorID == tx.Who.ID && shown.AccountID == desk.Account.ID &&
		shown.Digest == desk.Wish.Digest && p.real().Before(shown.ExpiresAt)
	if !holds {
		return p.showAgain(tx, desk, shown, fresh)
	}
	desk.Proposal, desk.Wish.ProposalID = shown, shown.ID
	if desk.Ruling.Asks.SecondPerson {
		return models.Moved("This plan asks for a second person from so many agents on, and the portal cannot ask one yet.")
	}
	if err := desk.Ruling.Agreement(wish, desk.Account.ID); err != nil {
		desk.Problem, _ = models.ProblemIn(err)
		return err
	}
	return nil
}

// showAgain keeps a proposal of the facts as they are now and refuses with it. What was typed stays,
// apart from the typed id.
func (p *Portal) showAgain(tx *store.Tx, desk *models.ReassignmentDesk, shown, fresh models.Proposal) error {
	switch {
	case shown.ID == "" || shown.ActorID != tx.Who.ID || shown.AccountID != desk.Account.ID:
		desk.Changed = []string{"What you agreed to is not known any more. This is how things stand now."}
	case shown.Digest == desk.Wish.Digest:
		desk.Changed = []string{"You read this a while ago. Nothing has changed since; read it once more, then confirm."}
	default:
		desk.Changed = shown.Shown.Differences(desk.Shows(desk.Ruling, desk.Wish.Seats), desk.Account.ID)
	}
	desk.Wish.TypedID = ""
	if err := p.keep(tx, desk, fresh); err != nil {
		return err
	}
	return store.Keep(models.Moved("The facts changed while you were reading."))
}

func reassignmentDesk(v *store.View, accountID string, wish models.Reassignment) (desk models.ReassignmentDesk, err error) {
	if desk.Situation, err = situation(v, accountID, wish.PlanKey); err != nil {
		return desk, err
	}
	if wish.Seats < models.MinSeats || wish.Seats > models.MaxSeats {
		wish.Seats = desk.Subscription.Seats
	}
	wish.PlanKey = desk.Target.Plan.Key
	wish.Note = strings.TrimSpace(wish.Note)
	desk.Wish = wish
	desk.Wish.Digest = desk.Situation.Digest(wish.Seats)
	desk.Ruling = models.RuleOnReassignment(desk.Situation)
	if err := fillReassignment(v, &desk); err != nil {
		return desk, err
	}
	return desk, nil
}

func fillReassignment(v *store.View, desk *models.ReassignmentDesk) (err error) {
	id := desk.Account.ID
	if desk.Account.Replaced() {
		desk.Result = *desk.Account.ReplacedByID
		used, err := v.UsedProposal(id)
		if err = ignore(err, models.NotFound); err != nil {
			return err
		}
		desk.ResultBy = used.ActorName
	}
	if desk.Ruling.Verdict != models.Advised {
		return nil
	}
	if _, desk.Behind, err = v.Fleet(id); err != nil {
		return err
	}
	if len(desk.Behind) == 0 {
		if desk.Behind, err = v.LeastSeen(id); err != nil {
			return err
		}
	}
	desk.Behind = desk.Behind[:min(len(desk.Behind), 5)]
	if desk.Groups, err = v.CountGroups(id); err != nil {
		return err
	}
	if desk.Lines, err = v.CountLines(id); err != nil {
		return err
	}
	modify := completed(models.Modification{PlanKey: desk.Wish.PlanKey, Seats: desk.Wish.Seats}, desk.Situation)
	desk.Impact, err = models.RuleOnModification(desk.Situation, modify)
	desk.CanModify = err == nil
	if _, ok := models.ProblemIn(err); ok {
		return nil
	}
	return err
}
