package portal

import (
	"context"
	"strings"

	"mooring/models"
	"mooring/models/store"
)

// CheckIn notes that the agent of a token is there, and returns after that is stored. A check-in that
// is not newer than the one stored is acknowledged and changes nothing. The token alone says whose
// account it is; there is nothing an agent could say about another's.
func (p *Portal) CheckIn(ctx context.Context, token, requestID string, c models.CheckIn) (models.CheckedIn, error) {
	who, err := p.recogniseAgent(ctx, token, requestID)
	if err != nil {
		return models.CheckedIn{}, err
	}
	if err := c.Check(); err != nil {
		return models.CheckedIn{}, err
	}
	if err := p.reports.checkIns.admit(who.ID, p.real()); err != nil {
		return models.CheckedIn{}, err
	}
	account, err := p.reportsTo(ctx, who)
	if err != nil {
		return models.CheckedIn{}, err
	}
	if err := p.sightings.add(ctx, models.Sighting{AgentID: who.ID, SeenAt: p.clock(), Sequence: c.Sequence}); err != nil {
		return models.CheckedIn{}, err
	}
	done := models.CheckedIn{AccountID: account.ID, Every: p.reports.every}
	if account.ReplacedByID != nil {
		done.ReplacedBy = *account.ReplacedByID
	}
	return done, nil
}

const unknownToken = "This token is not known here."

func (p *Portal) recogniseAgent(ctx context.Context, token, requestID string) (who models.Actor, err error) {
	if !agentTokenShaped(token) {
		return who, stranger(models.Absent(), unknownToken)
	}
	err = p.store.Look(ctx, models.Doorkeeper(requestID), p.clock(), func(v *store.View) (err error) {
		who, err = v.AgentByToken(hashed(token))
		return err
	})
	who.RequestID = requestID
	return who, stranger(err, unknownToken)
}

// agentTokenShaped refuses what cannot be a token without asking the database.
func agentTokenShaped(token string) bool {
	return strings.HasPrefix(token, models.AgentTokenPrefix) && len(token) == len(models.AgentTokenPrefix)+tokenChars
}

// reportsTo is the account that an agent may report to now.
func (p *Portal) reportsTo(ctx context.Context, who models.Actor) (models.Account, error) {
	var found store.ReportingAgent
	err := p.look(ctx, who, models.ReportAgents, func(v *store.View) (err error) {
		found, err = v.ReportingAgent(who.ID)
		return err
	})
	if err == nil {
		err = models.RuleOnCheckIn(found.Agent.ReleasedAt, found.Account)
	}
	return found.Account, stranger(err, unknownToken)
}
