package store

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

type agentLine struct{ AgentID, AccountID, SortKey, Words string }

func TestTheLineOfAnAgentFollowsIt(t *testing.T) {
	eachSettled(t, func(t *testing.T, db *DB, run func(string) error) {
		for _, c := range []struct {
			what, sql string
			want      []agentLine
		}{
			{"it is there", "", []agentLine{{"G-1", "A-1", "", "a-1\n\n\n\n"}}},
			{"it is written with its keys", "UPDATE agents SET device_name = 'ÉTAGE', sort_key = 'etage', search_key = 'etage'", []agentLine{{"G-1", "A-1", "etage", "a-1\netage"}}},
			{"somebody forgets the keys", "UPDATE agents SET device_name = 'DESK', os = 'Plan 9'", []agentLine{{"G-1", "A-1", "desk", "a-1\ndesk\nplan 9\n\n"}}},
			{"it is released", "UPDATE agents SET released_at = enrolled_at", []agentLine{}},
			{"it changes without a seat", "UPDATE agents SET group_name = 'G'", []agentLine{}},
			{"it comes back", "UPDATE agents SET released_at = NULL", []agentLine{{"G-1", "A-1", "desk", "a-1\ndesk\nplan 9\n\ng"}}},
		} {
			if c.sql != "" {
				if err := run(c.sql); err != nil {
					t.Fatal(c.what, err)
				}
			}
			got := []agentLine{}
			err := db.Look(context.Background(), models.Operator(), noon, func(v *View) error {
				return v.rows(&got, `SELECT l.agent_id, l.account_id, l.sort_key, l.words FROM agent_lines l WHERE {{wall l}}`)
			})
			if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", c.what, err, diff)
			}
		}
	})
}
