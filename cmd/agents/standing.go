package main

import "slices"

// standing is how an agent stands with the portal: what it was told and must not forget.
type standing struct {
	AgentID   string `json:"agent_id,omitempty"`
	AccountID string `json:"account_id,omitempty"` // where it believes that it reports
	Token     string `json:"token,omitempty"`
	// Next was told and is used from then on; Token stays beside it until an answer confirms it.
	Next *promise `json:"next,omitempty"`
	// Reserved is a sequence that no check-in has passed, so that a fleet that was killed never
	// counts backwards.
	Reserved int64 `json:"reserved"`
	// Acknowledged is the last sequence that had an answer. The file may know an older one.
	Acknowledged int64 `json:"acknowledged,omitempty"`
	Moves        int   `json:"moves,omitempty"`

	Released bool `json:"released,omitempty"` // its seat was taken back
	Unknown  bool `json:"unknown,omitempty"`  // the portal knew none of its tokens
	// Lost are agents that this device was, and of which the portal knew nothing any more after it had
	// acknowledged them; Others are those that it was besides.
	Lost   []string `json:"lost,omitempty"`
	Others []string `json:"others,omitempty"`
}

// promise is the token that takes the place of another, and the account that goes with it.
type promise struct {
	Token     string `json:"token"`
	AccountID string `json:"account_id,omitempty"` // empty: the account stays
}

// token is the one to check in with, or "" when there is none.
func (s standing) token() string {
	if s.Next != nil {
		return s.Next.Token
	}
	return s.Token
}

// enrolled is the standing after an enrolment.
func (s standing) enrolled(done enrolled) standing {
	if s.AgentID != "" && s.AgentID != done.AgentID {
		if s.Unknown && s.Acknowledged > 0 {
			s.Lost = append(slices.Clone(s.Lost), s.AgentID)
		} else {
			s.Others = append(slices.Clone(s.Others), s.AgentID)
		}
		s.Acknowledged = 0
	}
	s.AgentID, s.AccountID, s.Token, s.Next = done.AgentID, done.AccountID, done.Token, nil
	s.Released, s.Unknown = false, false
	return s
}

// answered is the standing after a check-in with this token was answered. Where the agent believes that
// it reports changes by what it was told, never because an answer happens to name another account.
func (s standing) answered(token string, sequence int64, said checkedIn) standing {
	s.Acknowledged = max(s.Acknowledged, sequence)
	s.Released = false
	if s.Next != nil && token == s.Next.Token {
		if to := s.Next.AccountID; to != "" && to != s.AccountID {
			s.AccountID = to
			s.Moves++
		}
		s.Token, s.Next = token, nil
	}
	if s.AccountID == "" {
		s.AccountID = said.AccountID
	}
	if told := said.promise(); told != nil && told.Token != s.Token {
		s.Next = told
	}
	return s
}

// unknown is the standing after the portal did not know this token.
func (s standing) unknown(token string) standing {
	if s.Next != nil && token == s.Next.Token {
		s.Next = nil
		return s
	}
	s.Token, s.Next, s.Unknown = "", nil, true
	return s
}

// released is the standing after the agent's seat was taken back. The token stays: it proves who was.
func (s standing) released() standing {
	s.Released = true
	return s
}

// needsWriting says whether the step from one standing to the next must be on disk before it is relied on.
func (s standing) needsWriting(next standing) bool {
	return s.Token != next.Token || s.Next != next.Next || s.AccountID != next.AccountID || s.Released != next.Released || s.Acknowledged == 0
}
