package handlers_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/views/link"
)

func TestAnAgentIsFoundFromItsAccountAndFromTheMenu(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.Follows("See all agents")
		if maya.Text("list-count") != "42 agents" || !strings.Contains(maya.Text("health"), "37 online") {
			t.Errorf("%s, %s", maya.Text("list-count"), maya.Text("health"))
		}
		maya.Selects("Presence", "Quiet")
		maya.Presses("Apply")
		if maya.Text("list-count") != "4 agents" || !strings.HasSuffix(maya.At(), "presence=quiet") {
			t.Errorf("%s at %s", maya.Text("list-count"), maya.At())
		}
		maya.Follows("Last check-in")
		maya.FollowsTestID("clear-filters")
		maya.Follows("Agents")
		maya.Fills("Device, system, version or group", "xray-VIEW")
		maya.Presses("Apply")
		maya.Follows("XRAY-VIEW, G-204180039")
		maya.Sees("24 Feb, 18:05")
		if maya.Text("agent-state") != "Quiet" || !strings.Contains(maya.Text("agent-account"), "A-20418") || !strings.Contains(maya.Text("moves"), "Enrolled") {
			t.Errorf("%s, %s, %s", maya.Text("agent-state"), maya.Text("agent-account"), maya.Text("moves"))
		}
		maya.Opens(link.ReassignTo(demo.BramleyAccount, demo.Advanced))
		maya.Follows("See all 42 agents")
		if !maya.Has("agents-table") {
			t.Error("the advisory does not lead to the agents")
		}
	})
}

func TestAnAgentThatMovesSaysSoEverywhere(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		var version int
		err := w.Store.Look(t.Context(), w.Actor(t, demo.Maya), w.Clock(), func(v *store.View) error {
			h, err := v.Held(demo.ReplacedAccount)
			version = h.Account.AgentsVersion
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = w.CarryAgents(t.Context(), w.Actor(t, demo.Maya), demo.ReplacedAccount, models.CarryWish{
			ToAccountID: demo.SuccessorAccount, Pick: models.PickAll, AgentsVersion: version,
		})
		if err != nil {
			t.Fatal(err)
		}
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Agents() + "?presence=moving&sort=seen")
		if maya.Text("list-count") != "59 agents" {
			t.Errorf("%s are moving", maya.Text("list-count"))
		}
		maya.Sees("Moving to " + demo.SuccessorAccount)
		maya.Opens(link.AccountAgents(demo.SuccessorAccount) + "?presence=moving")
		maya.Sees("No agent fits")
		maya.Opens(link.AccountAgents(demo.ReplacedAccount) + "?presence=moving&q=desk")
		maya.Follows("DESK-001, G-206100001")
		maya.Sees("This agent is moving to " + demo.SuccessorAccount)
		maya.Sees("Waits for its next check-in")
	})
}

func TestAgentsComeAsAFileThatCannotRun(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		key := ""
		for _, a := range demo.At(demo.Now).Accounts {
			if a.ID == demo.BramleyAccount {
				key = a.EnrolmentKey
			}
		}
		_, err := w.EnrolAgent(t.Context(), models.Enrolment{Key: key, DeviceID: "device-evil", DeviceName: `=HYPERLINK("http://x")`, OS: "@os", GroupName: "+1", AppVersion: "-1"}, "r")
		if err != nil {
			t.Fatal(err)
		}
		maya := signIn(t, siteOn(w), demo.Maya)
		for path, want := range map[string]int{
			"/accounts/A-20418/agents.csv": 43, "/accounts/A-20418/agents.csv?presence=quiet": 4, "/agents.csv?q=hyperlink": 1,
			"/agents.csv?q=nothing+like+this": 0, "/agents.csv?customer=C-1042": 43, "/agents.csv?q=windows&presence=never-seen&after=x": 4,
		} {
			maya.Opens(path)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(maya.Body(), "\ufeff"))).ReadAll()
			if err != nil || len(rows)-1 != want {
				t.Errorf("%s: %d rows, want %d, %v", path, len(rows)-1, want, err)
			}
			for _, start := range []string{`"=`, `"@`, `"+`, `"-`} {
				if strings.Contains(maya.Body(), ","+start) || strings.Contains(maya.Body(), "\n"+start) {
					t.Errorf("%s: a cell begins with %s", path, start)
				}
			}
		}
		noor := signIn(t, siteOn(w), demo.Noor)
		noor.Opens("/accounts/A-20418/agents.csv")
		if noor.Status() != http.StatusNotFound {
			t.Errorf("a stranger's file: %d", noor.Status())
		}
	})
}

func TestAReleasedAgentIsInNoListAndHasItsPage(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		if _, _, err := w.ReleaseAgents(t.Context(), maya, demo.BramleyAccount, models.ReleaseWish{Agents: []string{"G-204180039"}}); err != nil {
			t.Fatal(err)
		}
		w.Sound(t)
		p := signIn(t, siteOn(w), demo.Maya)
		p.Opens(link.AccountAgents(demo.BramleyAccount) + "?q=xray")
		if p.Text("list-count") != "1 agent" || p.Has("agent-G-204180039") {
			t.Errorf("a released agent is listed: %s", p.Text("list-count"))
		}
		p.Opens(link.Agent("G-204180039"))
		if p.Text("agent-state") != "Released" || !strings.Contains(p.Text("seat"), "Released today, 09:41") || !strings.Contains(p.Text("moves"), "Today, 09:41") {
			t.Errorf("%s, %s, %s", p.Text("agent-state"), p.Text("seat"), p.Text("moves"))
		}
	})
}

func TestTheActsOnAnAgentStandOnItsPage(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens("/agents/G-204180001")
	if maya.Has("merge-agent") {
		t.Error("an agent alone on its device can be merged")
	}
	maya.FollowsTestID("release-agent")
	if !maya.Has("release-form") {
		t.Errorf("leads to %q", maya.H1())
	}
	maya.Opens("/agents/G-208620001")
	maya.FollowsTestID("merge-agent")
	if !maya.Has("merge-form") {
		t.Errorf("leads to %q", maya.H1())
	}
	maya.Opens("/agents/G-206100001")
	maya.FollowsTestID("carry-agent")
	if maya.H1() != "Carry the agents over" || !strings.HasPrefix(maya.Text("impact-agents"), "1 agent") {
		t.Errorf("leads to %q with %q", maya.H1(), maya.Text("impact-agents"))
	}
	for _, hook := range []string{"release-agent", "carry-agent", "merge-agent"} {
		if visit(t, siteOn(w), demo.Greta, "/agents/G-208620001").Has(hook) {
			t.Errorf("an auditor is offered %s", hook)
		}
	}
}
