package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// verdict is where one agent thinks it is, beside what the portal says.
type verdict struct {
	DeviceID   string `json:"device_id"`
	Name       string `json:"device_name"`
	AgentID    string `json:"agent_id"`
	Thinks     string `json:"thinks"`
	Portal     string `json:"portal"` // empty: it did not say
	Sequence   int64  `json:"sequence"`
	State      state  `json:"state"`
	Note       string `json:"note,omitempty"`
	ReplacedBy string `json:"replaced_by,omitempty"`

	moved bool
}

// state is what became of an agent. Each is in exactly one, so that they add up.
type state string

const (
	reporting   state = "reporting"
	moving      state = "moving" // told, and not confirmed
	released    state = "released"
	refusedNow  state = "refused"
	unreachable state = "unreachable"
	unenrolled  state = "unenrolled" // it never was
	elsewhere   state = "elsewhere"  // the portal says another account than the agent thinks
	doubled     state = "doubled"    // two devices are one agent, or one device was two
	lost        state = "lost"       // the portal had acknowledged it and does not know it any more
)

// conservation has every agent check in a last time, and compares.
func (f *fleet) conservation(ctx context.Context) report {
	r := report{verdicts: make([]verdict, len(f.ledger.working))}
	var asked sync.WaitGroup
	for i := range f.ledger.working {
		asked.Go(func() {
			a := f.agent(i, habits{noClock: f.noClock})
			v := a.lastCheckIn(ctx)
			r.verdicts[i] = a.complete(v)
		})
	}
	asked.Wait()
	f.markDoubles(r.verdicts)
	r.counts = f.tally.sum()
	return r
}

// lastCheckIn asks until the portal has said something final. An agent that the portal does not know
// enrols as itself: whether it is still the same one is what the report is about.
func (a *agent) lastCheckIn(ctx context.Context) verdict {
	for try := 1; ; try++ {
		s := a.standing()
		if s.AgentID == "" {
			return verdict{State: unenrolled}
		}
		if s.Released && s.token() == "" {
			return verdict{State: released}
		}
		said, err := a.ask(ctx, s)
		if v, final := a.judged(said, err); final {
			return v
		}
		goesOn := err == nil || errors.Is(err, errTokenGone)
		if goesOn && try < 5 {
			continue
		}
		if !pause(ctx, min(patience(err, try, a.fleet.firstWait), longestAudit)) {
			return verdict{State: unreachable, Note: fmt.Sprint(err)}
		}
	}
}

// errTokenGone means that there is another token to go on with, or none and enrolling is next.
var errTokenGone = errors.New("the token is not known any more")

// ask has the agent check in or, without a token, enrol; then there is no answer yet.
func (a *agent) ask(ctx context.Context, s standing) (*checkedIn, error) {
	if s.token() == "" {
		_, err := a.enrol(ctx)
		return nil, err
	}
	done, err := a.checkIn(ctx)
	if said, _ := refusalOf(err); said.status == http.StatusUnauthorized {
		return nil, errTokenGone
	}
	return &done.answer, err
}

// judged is what an answer says of the agent, and whether that is the last word.
func (a *agent) judged(answer *checkedIn, err error) (v verdict, final bool) {
	said, no := refusalOf(err)
	switch {
	case err == nil && answer != nil:
		return a.compared(*answer), true
	case said.code == agentReleased:
		return verdict{State: released}, true
	case no && !said.passes():
		return verdict{State: refusedNow, Note: said.code}, true
	}
	return v, false
}

// longestAudit bounds the pauses between questions: the report is waited for.
const longestAudit = 10 * time.Second

func (a *agent) compared(said checkedIn) verdict {
	s := a.standing()
	v := verdict{State: reporting, Portal: said.AccountID, ReplacedBy: said.ReplacedBy}
	switch {
	case said.AccountID != s.AccountID:
		v.State = elsewhere
	case s.Next != nil && s.Next.AccountID != "":
		v.State, v.Note = moving, "to "+s.Next.AccountID
	}
	return v
}

// complete adds what the agent knows of itself. What it was before outweighs where it is now.
func (a *agent) complete(v verdict) verdict {
	s := a.standing()
	v.DeviceID, v.Name, v.AgentID, v.Thinks = a.device.DeviceID, a.device.Name, s.AgentID, s.AccountID
	v.Sequence, v.moved = s.Acknowledged, s.Moves > 0
	switch {
	case len(s.Lost) > 0:
		v.State, v.Note = lost, "was "+s.Lost[0]
	case len(s.Others) > 0:
		v.State, v.Note = doubled, "was also "+s.Others[0]
	}
	return v
}

// markDoubles finds devices that are the same agent, those of the file that do not report included.
func (f *fleet) markDoubles(verdicts []verdict) {
	times := map[string]int{}
	for _, d := range f.ledger.Agents {
		times[f.ledger.look(d).AgentID]++
	}
	for i := range verdicts {
		v := &verdicts[i]
		if v.AgentID != "" && times[v.AgentID] > 1 && v.State != lost {
			v.State, v.Note = doubled, "two devices are this agent"
		}
	}
}
