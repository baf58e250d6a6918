package portal

import (
	"context"
	"strings"
	"time"

	"mooring/models"
)

// CheckIn notes that the agent of a token is there, and returns after that is stored. A check-in that
// is not newer than the one stored is acknowledged and changes nothing. The token alone says whose
// account it is; there is nothing an agent could say about another's.
func (p *Portal) CheckIn(ctx context.Context, token, requestID string, c models.CheckIn) (models.CheckedIn, error) {
	answers, err := p.CheckInAll(ctx, requestID, []models.TokenCheckIn{{Token: token, CheckIn: c}})
	if err != nil {
		return models.CheckedIn{}, err
	}
	return answers[0].CheckedIn, answers[0].Err
}

// CheckInAll does the same for many agents, each with its own token, and gives each its own answer, in
// their order. The error is about all of them: then none is stored, or nobody knows.
func (p *Portal) CheckInAll(ctx context.Context, requestID string, all []models.TokenCheckIn) ([]models.CheckInAnswer, error) {
	answers := make([]models.CheckInAnswer, len(all))
	calls := make([]call, 0, len(all))
	now := p.clock()
	for i, one := range all {
		switch err := one.Check(); {
		case err != nil:
			answers[i].Err = err
		case !agentTokenShaped(one.Token):
			answers[i].Err = unknownAgent()
		default:
			calls = append(calls, call{
				hash: hashed(one.Token), sequence: one.Sequence, skew: skew(one.Clock, now), requestID: requestID, answer: &answers[i],
			})
		}
	}
	if len(calls) == 0 {
		return answers, nil
	}
	return answers, p.switchboard.put(ctx, calls)
}

// TakesCheckIns refuses, before anything is read, what would be turned away for want of room.
func (p *Portal) TakesCheckIns() error {
	if p.switchboard.load() >= 1 {
		return tooMany()
	}
	return nil
}

// maxSkew bounds what is kept of a clock that is wrong: ten years.
const maxSkew = 10 * 365 * 24 * 60 * 60

// skew is how far a clock is ahead of the portal's, in seconds.
func skew(clock *time.Time, now time.Time) int64 {
	if clock == nil {
		return 0
	}
	return min(max(clock.Unix()-now.Unix(), -maxSkew), maxSkew)
}

func unknownAgent() error {
	return models.RefuseAgent(models.UnknownAgent, models.NotFound, "This token is not known here.")
}

// agentTokenShaped refuses what cannot be a token without asking the database.
func agentTokenShaped(token string) bool {
	return strings.HasPrefix(token, models.AgentTokenPrefix) && len(token) == len(models.AgentTokenPrefix)+tokenChars
}
