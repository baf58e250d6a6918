package main

import (
	"context"
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/store"
)

// fleet is every agent of the database with its token, what it sent last, and what was acknowledged.
type fleet struct {
	ids, tokens []string
	acked       []int64
	begun       int64 // the first sequence, past all that the filling left
	accounts    []string
	madeUp      bool // the tokens are nobody's
}

// strangers are agents that nobody knows.
func strangers(n int) *fleet {
	f := &fleet{ids: make([]string, n), tokens: make([]string, n), begun: 1, madeUp: true}
	for i := range f.tokens {
		f.tokens[i] = models.AgentTokenPrefix + (crand.Text() + crand.Text())[:43]
	}
	return f
}

// muster lists the agents as the filling made them, in no order: the next one may be anywhere in a table.
func muster(accounts int, keys portal.Keys) *fleet {
	f := &fleet{begun: time.Now().UnixMilli()}
	crowd := demo.NewCrowd(time.Now())
	crowd.Base()
	for from := 0; from < accounts; from += 500 {
		piece := crowd.Accounts(from, min(from+500, accounts))
		for _, g := range piece.Agents {
			f.ids = append(f.ids, g.ID)
		}
		for _, a := range piece.Accounts {
			if a.PartnerID == "P-F001" && a.AgentsVersion == 10 && len(f.accounts) < 500 {
				f.accounts = append(f.accounts, a.ID)
			}
		}
	}
	rand.New(rand.NewPCG(4, 4)).Shuffle(len(f.ids), func(i, j int) { f.ids[i], f.ids[j] = f.ids[j], f.ids[i] })
	f.tokens, f.acked = make([]string, len(f.ids)), make([]int64, len(f.ids))
	for i, id := range f.ids {
		f.tokens[i] = keys.AgentToken(id)
	}
	return f
}

// share is the part of one connection: it goes round its agents, and each counts its check-ins.
type share struct {
	fleet   *fleet
	at, end int
	from    int
	round   int64
}

// shares deals the fleet out.
func (f *fleet) shares(connections int) []*share {
	all := make([]*share, connections)
	for c := range all {
		from, end := c*len(f.ids)/connections, (c+1)*len(f.ids)/connections
		all[c] = &share{fleet: f, at: from, from: from, end: end, round: f.begun}
	}
	f.begun += 1_000_000 // whoever comes after these has higher sequences
	return all
}

// next is the agent whose turn it is, and its sequence.
func (s *share) next() (agent int, sequence int64) {
	if s.at == s.end {
		s.at, s.round = s.from, s.round+1
	}
	s.at++
	return s.at - 1, s.round
}

// lost counts the agents whose last acknowledged check-in is not stored.
func (f *fleet) lost(ctx context.Context, database string) (lost, acknowledged int, err error) {
	db, err := store.Open(ctx, store.Options{URL: database, SkipMigrate: true, StatementTimeout: 5 * time.Minute})
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = db.Close() }()
	stored := make(map[string]int64, len(f.ids))
	if err := db.LastSequences(ctx, func(id string, sequence int64) { stored[id] = sequence }); err != nil {
		return 0, 0, fmt.Errorf("reading what is stored: %w", err)
	}
	for i, id := range f.ids {
		if f.acked[i] > 0 {
			acknowledged++
			if stored[id] < f.acked[i] {
				lost++
			}
		}
	}
	return lost, acknowledged, nil
}
