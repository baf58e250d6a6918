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
	calls, doubtful := make([]call, 0, len(all)), []call(nil)
	now := p.clock()
	for i, one := range all {
		c := call{sequence: one.Sequence, skew: skew(one.Clock, now), requestID: requestID, answer: &answers[i]}
		if c.hash, c.answer.Err = p.admitted(one); c.answer.Err != nil {
			continue
		}
		if c.doubtful = !p.keys.sealedToken(one.Token) || p.strays.has(c.hash); c.doubtful {
			doubtful = append(doubtful, c)
			continue
		}
		calls = append(calls, c)
	}
	if len(calls) > 0 {
		if err := p.switchboard.put(ctx, calls); err != nil {
			return nil, err
		}
	}
	return answers, p.putDoubtful(ctx, doubtful)
}

// admitted refuses what needs no database to be refused: a message that is wrong, a token that cannot be one,
// and one that was used a moment ago.
func (p *Portal) admitted(one models.TokenCheckIn) (hash string, err error) {
	if err := one.Check(); err != nil {
		return "", err
	}
	if !agentTokenShaped(one.Token) {
		return "", unknownAgent()
	}
	hash = hashed(one.Token)
	return hash, p.reports.checkIns.admit(hash, p.real())
}

// putDoubtful lets in those whose token may have been made up, which have little room among them. The others
// of their relay are stored by then, so whoever finds none is told so alone.
func (p *Portal) putDoubtful(ctx context.Context, calls []call) error {
	if len(calls) == 0 {
		return nil
	}
	err := p.switchboard.put(ctx, calls)
	if !models.IsProblem(err, models.Throttled) {
		return err
	}
	for _, c := range calls {
		c.answer.Err = err
	}
	return nil
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
