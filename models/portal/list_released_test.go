package portal_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func releases(t *testing.T, w *portaltest.World, who, account string, agents ...string) {
	t.Helper()
	if n, _, err := w.ReleaseAgents(ctx, w.Actor(t, who), account, models.ReleaseWish{Agents: agents}); err != nil || n != len(agents) {
		t.Fatalf("%d released, %v", n, err)
	}
	w.Pass(time.Minute)
}

// freed reads a view of released agents page by page, and checks that the pages lead back.
func freed(t *testing.T, w *portaltest.World, who string, q models.ListQuestion) (all []models.AgentRow) {
	t.Helper()
	q.View = models.ViewReleased
	return everyAgent(t, w, who, q)
}

func TestReleasedAgentsAreListedWithWhoAndWhen(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		released := w.Clock()
		releases(t, w, demo.Maya, demo.BramleyAccount, "G-204180001", "G-204180002")
		releases(t, w, demo.Tom, demo.OneAgent, "G-"+demo.OneAgent[2:]+"0001")
		_, desk, err := merge(t, w, w.Actor(t, demo.Maya), "G-208620001")
		if err != nil {
			t.Fatal(err)
		}
		silent, living := desk.Silent().ID, desk.Living().ID

		rows := freed(t, w, demo.Maya, models.ListQuestion{})
		if got, want := agentIDs(rows), []string{silent, "G-" + demo.OneAgent[2:] + "0001", "G-204180002", "G-204180001"}; !slices.Equal(got, want) {
			t.Fatalf("listed %q, want %q", got, want)
		}
		if into := rows[0].MergedIntoID; into == nil || *into != living || rows[0].ReleasedBy != "" {
			t.Errorf("a merged agent: %+v", rows[0])
		}
		if rows[1].ReleasedBy != "Tom Reyes" || rows[2].ReleasedBy != "Maya Kowalski" || !rows[3].ReleasedAt.Equal(released) || rows[3].Customer != "Bramley Dental Group" {
			t.Errorf("released by %q and %q: %+v", rows[1].ReleasedBy, rows[2].ReleasedBy, rows[3])
		}
		for who, want := range map[string]int{demo.Sofia: 4, demo.Noor: 0, demo.Helen: 2} {
			if got := freed(t, w, who, models.ListQuestion{}); len(got) != want {
				t.Errorf("%s sees %q", who, agentIDs(got))
			}
		}
		if got := freed(t, w, demo.Maya, models.ListQuestion{Customer: demo.Bramley}); len(got) != 2 {
			t.Errorf("of Bramley %q", agentIDs(got))
		}

		page, err := w.ListAccountAgents(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, models.ListQuestion{View: models.ViewReleased})
		if err != nil || len(page.Rows) != 2 || page.Count != 2 || page.Views[0].Count != 40 || page.Views[1].Count != 2 || page.Health.Total != 40 {
			t.Errorf("of the account %q, %+v, %v", agentIDs(page.Rows), page.Views, err)
		}
		file, err := w.OpenAgent(ctx, w.Actor(t, demo.Maya), "G-204180001")
		if err != nil || file.Moves[0].ReleasedBy != "Maya Kowalski" {
			t.Errorf("the page of one says %+v, %v", file.Moves, err)
		}

		enrolOn(t, w.Portal, demo.InstantAccount, 0)
		if got := freed(t, w, demo.Maya, models.ListQuestion{}); len(got) != 4 {
			t.Errorf("after somebody enrolled %q", agentIDs(got))
		}
		var sent []string
		err = w.ExportAgents(ctx, w.Actor(t, demo.Maya), demo.BramleyAccount, models.ListQuestion{View: models.ViewReleased}, func(rows []models.AgentRow) error {
			sent = append(sent, agentIDs(rows)...)
			return nil
		})
		if err != nil || !slices.Equal(sent, []string{"G-204180002", "G-204180001"}) {
			t.Errorf("the file has %q, %v", sent, err)
		}
	})
}

func TestManyReleasedAgentsAreReadPageByPage(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		var want []string
		for i := range 130 {
			id := fmt.Sprintf("G-%s%04d", demo.LargeAccount[2:], i+1)
			if want = append(want, id); i%2 == 1 { // two at one instant
				releases(t, w, demo.Maya, demo.LargeAccount, want[i-1], want[i])
			}
		}
		slices.Reverse(want)
		if got := agentIDs(freed(t, w, demo.Maya, models.ListQuestion{})); !slices.Equal(got, want) {
			t.Errorf("%d listed: %q", len(got), got)
		}
	})
}
