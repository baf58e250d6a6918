package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"time"

	"gorm.io/gorm/schema"

	"mooring/models"
)

// FilledSetting says how many accounts of a made-up installation a database holds.
const FilledSetting = "filled"

// Fill stores one piece of a made-up installation and notes how many accounts there are then, in one
// transaction. It goes past gorm and the wall, many rows at a time: it has no actor but the operator
// and no past but the one that the piece tells. History is chained as ever.
func (db *DB) Fill(ctx context.Context, piece Settled, now time.Time, accounts int) error {
	piece.Events = append([]models.Event(nil), piece.Events...)
	return db.pour(ctx, func(p pouring) error {
		ends, err := chained(ctx, p, piece.Events)
		if err != nil {
			return err
		}
		sheaves, err := sheavesOf(piece, now)
		if err != nil {
			return err
		}
		for _, s := range sheaves {
			if err := p.pour(ctx, s); err != nil {
				return fmt.Errorf("filling %s: %w", s.table, err)
			}
		}
		for _, e := range ends {
			err := p.run(ctx, `INSERT INTO event_heads (partner_id, root_id, seq, hash) VALUES ($1, $2, $3, $4)
				ON CONFLICT (partner_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`, e.PartnerID, e.RootID, e.Seq, e.Hash)
			if err != nil {
				return err
			}
		}
		return p.run(ctx, `INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			FilledSetting, strconv.Itoa(accounts))
	})
}

// pouring is a transaction that takes rows by the thousand.
type pouring interface {
	pour(ctx context.Context, s sheaf) error
	run(ctx context.Context, sql string, args ...any) error
	// head holds the end of a partner's history; it is empty where there is none yet.
	head(ctx context.Context, partnerID string) (eventHead, error)
}

// sheaf is many rows of one table as columns and values.
type sheaf struct {
	table   string
	columns []string
	rows    [][]any
}

var parsed sync.Map

// sheafOf takes rows apart as gorm would. Numbers that the database gives are left to it.
func sheafOf[T any](rows []T) (sheaf, error) {
	s, err := schema.Parse(new(T), &parsed, schema.NamingStrategy{})
	if err != nil {
		return sheaf{}, err
	}
	all := sheaf{table: s.Table, rows: make([][]any, len(rows))}
	var fields []*schema.Field
	for _, name := range s.DBNames {
		if f := s.FieldsByDBName[name]; !f.AutoIncrement {
			fields, all.columns = append(fields, f), append(all.columns, name)
		}
	}
	for i := range rows {
		row := make([]any, len(fields))
		from := reflect.ValueOf(&rows[i]).Elem()
		for j, f := range fields {
			value, _ := f.ValueOf(context.Background(), from)
			if v, ok := value.(driver.Valuer); ok {
				if value, err = v.Value(); err != nil {
					return sheaf{}, err
				}
			}
			row[j] = value
		}
		all.rows[i] = row
	}
	return all, nil
}

// sheavesOf are the rows of a piece in an order in which they can be stored.
func sheavesOf(w Settled, now time.Time) (sheaves []sheaf, err error) {
	users := append([]models.User(nil), w.Users...)
	for i := range users {
		users[i].PasswordHash = w.PasswordHash
	}
	grants := append([]models.PlanGrant(nil), w.Grants...)
	for i := range grants {
		grants[i].CreatedAt = now
	}
	customers := make([]customerRow, len(w.Customers))
	for i, c := range w.Customers {
		customers[i] = *rowOf(c)
	}
	accounts, keys := w.accountRows()
	members, tokens := w.memberRows()
	for i := range tokens {
		tokens[i].CreatedAt = now // agents renew them
	}
	add := func(s sheaf, wrong error) {
		err = errors.Join(err, wrong)
		if len(s.rows) > 0 {
			sheaves = append(sheaves, s)
		}
	}
	add(sheafOf(w.Partners))
	add(sheafOf(users))
	add(sheafOf(w.Products))
	add(sheafOf(w.Plans))
	add(sheafOf(w.Terms))
	add(sheafOf(grants))
	add(sheafOf(customers))
	add(sheafOf(w.Contacts))
	add(sheafOf(w.Proposals))
	add(sheafOf(accounts))
	add(sheafOf(keys))
	add(sheafOf(w.Subscriptions))
	add(sheafOf(sightingRows(w.World))) // before the agents, who else get rows without a check-in
	add(sheafOf(agentRows(w.Agents)))
	add(sheafOf(members))
	add(sheafOf(tokens))
	add(sheafOf(w.Hours))
	add(sheafOf(w.Carries))
	add(sheafOf(w.Carried))
	add(sheafOf(w.Events))
	return sheaves, err
}

// sighting is the row of an agent's last check-in, which is there from its enrolment on.
type sighting struct {
	AgentID   string
	AccountID string
	SeenAt    *time.Time
	SeenHour  int64
	Sequence  int64
}

func (sighting) TableName() string { return "sightings" }

func sightingRows(w models.World) []sighting {
	seen := make(map[string]models.Sighting, len(w.Sightings))
	for _, s := range w.Sightings {
		seen[s.AgentID] = s
	}
	rows := make([]sighting, len(w.Agents))
	for i, g := range w.Agents {
		rows[i] = sighting{AgentID: g.ID}
		if g.ReleasedAt == nil {
			rows[i].AccountID = g.AccountID
		}
		if s, ok := seen[g.ID]; ok {
			at := s.SeenAt.UTC()
			rows[i].SeenAt, rows[i].SeenHour, rows[i].Sequence = &at, models.HourOf(at), s.Sequence
		}
	}
	return rows
}

// chained numbers events behind the ends of their partners' histories and gives the new ends.
func chained(ctx context.Context, p pouring, events []models.Event) ([]eventHead, error) {
	heads := map[string]*eventHead{}
	var order []string
	for i := range events {
		e := &events[i]
		head := heads[e.PartnerID]
		if head == nil {
			found, err := p.head(ctx, e.PartnerID)
			if err != nil {
				return nil, err
			}
			if found.PartnerID == "" {
				found = eventHead{PartnerID: e.PartnerID, RootID: e.RootID, Hash: genesis(e.PartnerID)}
			}
			head = &found
			heads[e.PartnerID], order = head, append(order, e.PartnerID)
		}
		head.Seq++
		e.Seq, e.PrevHash = head.Seq, head.Hash
		e.Hash = eventHash(*e)
		head.Hash = e.Hash
	}
	ends := make([]eventHead, len(order))
	for i, id := range order {
		ends[i] = *heads[id]
	}
	return ends, nil
}
