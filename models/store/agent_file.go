package store

import (
	"time"

	"mooring/models"
)

// agentMoves and agentCarries bound what a page shows of them.
const agentMoves, agentCarries = "100", "50"

type moveRow struct {
	AgentID   string
	Number    int
	AccountID string
	CarryID   string
	JoinedAt  time.Time
	LeftAt    *time.Time

	ReleasedBy string
}

// fileRow is an agent with what is kept of its check-ins; the skew is in seconds.
type fileRow struct {
	models.SeenAgent
	SeenBefore     *time.Time
	Sequence, Skew int64
}

// tellRow is an agent of a carry beside the carry.
type tellRow struct {
	Carry   models.Carry        `gorm:"embedded;embeddedPrefix:c_"`
	Carried models.CarriedAgent `gorm:"embedded;embeddedPrefix:k_"`
}

var (
	agentByID       = ` FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id WHERE {{wall g}} AND g.id = ? LIMIT 1`
	selectAgent     = seenColumns + agentByID
	selectAgentFile = seenColumns + `, w.seen_before, coalesce(w.sequence, 0) AS sequence, coalesce(w.skew, 0) AS skew` + agentByID
	selectMoves     = `SELECT m.agent_id, m.number, m.account_id, coalesce(m.carry_id, '') AS carry_id, m.joined_at, m.left_at, ` + releasedFrom("m", "left_at") + `
		FROM (SELECT g.id FROM agents g WHERE {{wall g}} AND g.id = ? UNION ALL SELECT g.id FROM agents g WHERE {{wall g}} AND g.merged_into_id = ?) AS a
		JOIN memberships m ON m.agent_id = a.id WHERE {{wall m}}
		ORDER BY m.joined_at DESC, m.agent_id, m.number DESC LIMIT ` + agentMoves
	selectTold = `SELECT ` + columns("c", models.Carry{}) + `, ` + columns("k", models.CarriedAgent{}, "token_hash") + `
		FROM carry_agents k JOIN carries c ON c.id = k.carry_id
		WHERE {{wall k}} AND k.agent_id = ? ORDER BY c.created_at DESC, c.id DESC LIMIT ` + agentCarries
)

// AgentFile reads an agent with its last check-in, every stay in an account, and what it was told about
// moving: three statements in one turn. The account that it reports to is left out.
func (v *View) AgentFile(id string) (f models.AgentFile, err error) {
	var agents []fileRow
	var moves []moveRow
	var told []tellRow
	err = v.gather(
		ask{into: &agents, sql: selectAgentFile, args: []any{id}},
		ask{into: &moves, sql: selectMoves, args: []any{id, id}},
		ask{into: &told, sql: selectTold, args: []any{id}},
	)
	if err != nil {
		return f, err
	}
	if len(agents) == 0 {
		return f, models.Absent()
	}
	g := agents[0]
	f.Agent, f.CheckIns = g.SeenAgent, models.CheckIns{Before: g.SeenBefore, Sequence: g.Sequence, Skew: time.Duration(g.Skew) * time.Second}
	for _, m := range moves {
		f.Moves = append(f.Moves, models.AgentMove(m))
	}
	for _, c := range told {
		f.Carries = append(f.Carries, models.AgentCarry(c))
	}
	return f, nil
}
