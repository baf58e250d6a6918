package portal

import (
	"context"

	"mooring/models"
	"mooring/models/store"
)

// EnrolAgent takes a device into the account of its enrolment key and gives it a token. A device that
// enrols again is the same agent and gets a new token; the one before is void. Enrolling is no check-in.
func (p *Portal) EnrolAgent(ctx context.Context, e models.Enrolment, requestID string) (models.Enrolled, error) {
	e, err := e.Checked()
	if err != nil {
		return models.Enrolled{}, err
	}
	who, err := p.recogniseKey(ctx, e.Key, requestID)
	if err != nil {
		return models.Enrolled{}, err
	}
	if err := p.reports.enrolments.admit(who.AccountID, p.real()); err != nil {
		return models.Enrolled{}, err
	}
	who.ID, who.Name = "enrolment", e.DeviceName
	done := models.Enrolled{AccountID: who.AccountID, Token: p.keys.newAgentToken(), Every: p.reports.every}
	newID := p.ids.New(agentID)
	err = p.do(ctx, who, models.ReportAgents, func(tx *store.Tx) (err error) {
		done.AgentID, err = enrol(tx, e, newID, hashed(done.Token))
		return err
	})
	if err != nil {
		return models.Enrolled{}, err
	}
	return done, nil
}

// recogniseKey finds the account that an enrolment key opens.
func (p *Portal) recogniseKey(ctx context.Context, key, requestID string) (who models.Actor, err error) {
	err = p.store.Look(ctx, models.Doorkeeper(requestID), p.clock(), func(v *store.View) (err error) {
		who, err = v.AccountByKey(p.keys.index(key))
		return err
	})
	who.RequestID = requestID
	return who, stranger(err, "This enrolment key opens nothing here.")
}

// stranger is the one answer to keys and tokens that are not known, whoever's they may have been.
func stranger(err error, message string) error {
	if models.IsProblem(err, models.NotFound) {
		return models.RefuseAgent(models.UnknownAgent, models.NotFound, message)
	}
	return err
}

// enrol finds or makes the agent of a device. The lock on the account lets one device in at a time, so
// that seats are counted right and a device that calls twice at once is one agent.
func enrol(tx *store.Tx, e models.Enrolment, newID, tokenHash string) (string, error) {
	account := tx.Who.AccountID
	if err := tx.LockAccount(account); err != nil {
		return "", err
	}
	h, err := tx.Held(account)
	if err != nil {
		return "", err
	}
	known, err := tx.AgentOn(account, e.DeviceID)
	if err != nil && !models.IsProblem(err, models.NotFound) {
		return "", err
	}
	seated := err == nil && known.ReleasedAt == nil
	if err := mayEnrol(tx, h, seated); err != nil {
		return "", err
	}
	if seated {
		return known.ID, tx.RenewToken(known, tokenHash)
	}
	enrolled := onAccount(h.Account, models.AgentEnrolled, models.Detail{Device: e.DeviceName})
	a := agentOf(h.Account, e)
	a.EnrolledAt = tx.Now
	if a.ID = known.ID; a.ID != "" {
		enrolled.Kind = models.AgentReturned
		return a.ID, tx.AddAgentAgain(a, tokenHash, enrolled)
	}
	a.ID = newID
	return a.ID, tx.AddAgent(a, tokenHash, enrolled)
}

func mayEnrol(tx *store.Tx, h store.Held, seated bool) error {
	inUse := 0
	if h.Terms.Policy.RefuseOverUse {
		n, err := tx.CountAgents(h.Account.ID)
		if err != nil {
			return err
		}
		arriving, err := tx.OpenCarriesTo(h.Account.ID)
		if err != nil {
			return err
		}
		inUse = n + arriving
	}
	return models.RuleOnEnrolment(h.Account, h.Subscription, h.Terms, seated, inUse, tx.Now)
}

func agentOf(a models.Account, e models.Enrolment) models.Agent {
	return models.Agent{
		RootID: a.RootID, PartnerID: a.PartnerID, CustomerID: a.CustomerID, AccountID: a.ID,
		DeviceID: e.DeviceID, Fingerprint: e.Fingerprint, DeviceName: e.DeviceName, GroupName: e.GroupName, OS: e.OS, AppVersion: e.AppVersion,
	}
}
