package floor

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Check-ins are gathered as the portal gathers them: for so long, or until none has come for a pause, and
// two batches may be under way.
const (
	gatherFor = 20 * time.Millisecond
	pauseFor  = 2 * time.Millisecond
	gatherMax = 5000
	underWay  = 2
)

type checkIn struct {
	hash     string
	sequence int64
	account  string
	done     chan error
}

// Recognise and Sighted are the least that a check-in can ask of a database.
const (
	Recognise = `SELECT hash, agent_id, account_id FROM agent_tokens WHERE hash = ANY($1::text[])`
	Sighted   = `UPDATE sightings SET seen_at = $2, seen_hour = $3, sequence = n.sequence
		FROM unnest($1::text[], $4::bigint[]) AS n (agent_id, sequence)
		WHERE sightings.agent_id = n.agent_id AND n.sequence > sightings.sequence`
)

// Lines opens connections that look keys up one by one, as the portal's do.
func Lines(ctx context.Context, database string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(database)
	if err != nil {
		return nil, err
	}
	config.MaxConns = underWay + 1
	for name, value := range map[string]string{
		"plan_cache_mode": "force_generic_plan", "jit": "off", "enable_hashjoin": "off", "enable_mergejoin": "off", "enable_seqscan": "off",
	} {
		config.ConnConfig.RuntimeParams[name] = value
	}
	return pgxpool.NewWithConfig(ctx, config)
}

// agentsDoor takes the check-ins of single agents.
type agentsDoor struct {
	lines   *pgxpool.Pool
	waiting chan *checkIn
	free    chan struct{}
}

func newAgentsDoor(lines *pgxpool.Pool) *agentsDoor {
	d := &agentsDoor{lines: lines, waiting: make(chan *checkIn, 20_000), free: make(chan struct{}, underWay)}
	for range underWay {
		d.free <- struct{}{}
	}
	go d.gather()
	return d
}

func (d *agentsDoor) checkIn(w http.ResponseWriter, r *http.Request) {
	var said struct {
		Sequence int64 `json:"sequence"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 16<<10)).Decode(&said); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	sum := sha256.Sum256([]byte(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")))
	c := &checkIn{hash: hex.EncodeToString(sum[:]), sequence: said.Sequence, done: make(chan error, 1)}
	d.waiting <- c
	if err := <-c.done; err != nil || c.account == "" {
		http.Error(w, "no", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"account_id": c.account, "every_seconds": 600, "now": time.Now()})
}

func (d *agentsDoor) gather() {
	for first := range d.waiting {
		batch := d.fill(first)
		go func() {
			err := d.store(batch)
			for _, c := range batch {
				c.done <- err
			}
			d.free <- struct{}{}
		}()
	}
}

func (d *agentsDoor) fill(first *checkIn) []*checkIn {
	batch := []*checkIn{first}
	open, pause := time.NewTimer(gatherFor), time.NewTimer(pauseFor)
	defer open.Stop()
	defer pause.Stop()
	var turn <-chan struct{}
	for len(batch) < gatherMax {
		select {
		case c := <-d.waiting:
			batch = append(batch, c)
			pause.Reset(pauseFor)
		case <-open.C:
			turn = d.free
		case <-pause.C:
			turn = d.free
		case <-turn:
			return batch
		}
	}
	<-d.free
	return batch
}

func (d *agentsDoor) store(batch []*checkIn) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	hashes, by := make([]string, len(batch)), make(map[string]*checkIn, len(batch))
	for i, c := range batch {
		hashes[i], by[c.hash] = c.hash, c
	}
	rows, err := d.lines.Query(ctx, Recognise, hashes)
	if err != nil {
		return err
	}
	var ids []string
	var sequences []int64
	for rows.Next() {
		var hash, agent, account string
		if err := rows.Scan(&hash, &agent, &account); err != nil {
			return err
		}
		by[hash].account = account
		ids, sequences = append(ids, agent), append(sequences, by[hash].sequence)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	now := time.Now().UTC()
	_, err = d.lines.Exec(ctx, Sighted, ids, now, now.Unix()/3600, sequences)
	return err
}
