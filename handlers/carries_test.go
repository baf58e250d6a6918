package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"mooring/handlers/browser"
	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// device is an agent of the demo world that speaks the protocol and does what it is told.
type device struct {
	site        http.Handler
	token, next string
	sequence    int
}

func devices(site http.Handler, account string, n int) (all []*device) {
	for i := range n {
		id := fmt.Sprintf("G-%s%04d", strings.TrimPrefix(account, "A-"), i+1)
		all = append(all, &device{site: site, token: portaltest.AgentToken(id), sequence: 1_000_000})
	}
	return all
}

// checksIn reports once and gives the account that the agent was answered for.
func (d *device) checksIn(t *testing.T) string {
	t.Helper()
	d.sequence++
	if d.next != "" {
		d.token, d.next = d.next, ""
	}
	r := httptest.NewRequest(http.MethodPost, "/agents/v1/check-in", strings.NewReader(fmt.Sprintf(`{"sequence": %d}`, d.sequence)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+d.token)
	rec := httptest.NewRecorder()
	d.site.ServeHTTP(rec, r)
	var answer struct {
		Account string `json:"account_id"`
		Move    struct{ Token string }
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil || rec.Code != http.StatusOK {
		t.Fatalf("an agent is answered %d %s", rec.Code, rec.Body)
	}
	d.next = answer.Move.Token
	return answer.Account
}

// reassigns reassigns Bramley's account as somebody who read the advisory.
func reassigns(p *browser.Person) {
	p.Opens(link.ReassignTo(demo.BramleyAccount, demo.Advanced))
	p.Chooses("Something else")
	p.Fills("What is the reason, in your words?", "Helen wants a second company account.")
	p.Fills("Type A-20418 to confirm", "A-20418")
	p.Presses("Create A-20977 and reassign")
}

// counts checks the numbers of the progress page that somebody looks at.
func counts(t *testing.T, p *browser.Person, moved, waiting, failed string) {
	t.Helper()
	if m, w, f := p.Text("carry-moved"), p.Text("carry-waiting"), p.Text("carry-failed"); m != moved || w != waiting || f != failed {
		t.Errorf("moved %q, waited for %q, did not move %q; want %q, %q, %q", m, w, f, moved, waiting, failed)
	}
}

func TestReassigningCarryingOverAndUndoing(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		maya, agents := signIn(t, site, demo.Maya), devices(site, demo.BramleyAccount, 3)
		reassigns(maya)
		maya.Sees("It can be undone until 19 Mar 2026, 09:41")
		maya.FollowsTestID("carry-agents")
		maya.Sees("It waits for A-20977")
		maya.Sees("42 of 50 in use")
		again := maya.Clone()
		maya.Presses("Carry the agents over")
		maya.SeesStatus(http.StatusOK)
		counts(t, maya, "0 of 42", "42", "0")
		progress := maya.At()
		again.Presses("Carry the agents over")
		if again.At() != progress {
			t.Errorf("the same form sent twice leads to %s and %s", progress, again.At())
		}

		signIn(t, site, demo.Helen) // that activates the new account
		for _, a := range agents {
			if at := a.checksIn(t); at != demo.BramleyAccount || a.next == "" {
				t.Fatalf("an agent of %s was not told to move", at)
			}
		}
		maya.Follows("Refresh")
		counts(t, maya, "0 of 42", "42", "0")
		maya.Sees("3 know")
		for _, a := range agents[:2] {
			if at := a.checksIn(t); at != "A-20977" {
				t.Fatalf("an agent confirmed and is in %s", at)
			}
		}
		maya.Follows("Refresh")
		counts(t, maya, "2 of 42", "40", "0")
		maya.Sees("2 of 42 agents have moved to A-20977. 40 are waited for until 26 Mar 2026.")

		maya.Opens(link.Account("A-20977"))
		maya.Sees("2 of 42 agents have moved here from A-20418")
		maya.Opens(link.Account(demo.BramleyAccount))
		maya.Sees("2 of 42 agents have moved to A-20977")
		maya.FollowsTestID("undo-reassign")
		maya.Sees("2 agents come back")
		maya.Presses("Undo and close A-20977")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Sees("Choose a reason")
		maya.Chooses("It was done by mistake")
		maya.Presses("Undo and close A-20977")
		maya.Sees("Reassign undone")
		maya.Sees("0 of 2 agents have come back here from A-20977")
		if maya.Has("account-replaced") || maya.Text("agent-count") != "40" || maya.Text("seats") != "40 of 50" {
			t.Error("the old account does not look as before")
		}
		maya.Opens(link.Account("A-20977"))
		maya.Sees("Closed on 12 March 2026: the reassign was undone")
		for range 2 {
			for _, a := range agents[:2] {
				a.checksIn(t)
			}
		}
		maya.Opens(link.Account(demo.BramleyAccount))
		if maya.Text("agent-count") != "42" || maya.Has("carry-under-way") {
			t.Errorf("%s agents came back", maya.Text("agent-count"))
		}
		maya.Opens(link.AccountCreated("A-20977"))
		maya.Sees("The reassign of A-20418 was undone on 12 March 2026.")
		maya.Opens(progress)
		maya.Sees("Called off on 12 March 2026")
		w.Sound(t)
	})
}

func TestAGroupOrAFewAgentsCanBeCarriedOver(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.CarryAgents(demo.ReplacedAccount))
		maya.Chooses("Those of one group")
		maya.Selects("Group", "Servers (8)")
		maya.Presses("Update the preview")
		maya.SeesStatus(http.StatusOK)
		if got := maya.Text("impact-agents"); got != "8 agents" {
			t.Errorf("the preview says %q", got)
		}
		maya.Presses("Carry the agents over")
		counts(t, maya, "0 of 8", "8", "0")

		maya.Opens(link.CarryAgents(demo.ReplacedAccount) + "?agent=G-206100001&agent=G-206100002&agent=G-204180001")
		maya.Sees("8 agents are on another way already")
		if !maya.Chosen("DESK-001") || !maya.Chosen("Those that I tick below") || maya.Text("impact-agents") != "2 agents" {
			t.Errorf("the picked agents are not ticked; the preview says %q", maya.Text("impact-agents"))
		}
		maya.Chooses("FRONT-003")
		maya.Presses("Carry the agents over")
		counts(t, maya, "0 of 3", "3", "0")
		w.Sound(t)
	})
}

func TestACarryThatCannotBeginSaysWhyBesideItsField(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.CarryAgents(demo.ReplacedAccount))
	maya.Chooses("Those that I tick below")
	maya.Presses("Carry the agents over")
	maya.SeesStatus(http.StatusUnprocessableEntity)
	maya.Sees("Tick at least one agent.")
	if !maya.Chosen("Those that I tick below") || !maya.Has("error-summary") {
		t.Error("the choice is not kept, or nothing says that there is a problem")
	}
	maya.Opens(link.CarryAgentsTo(demo.ReplacedAccount, demo.BramleyAccount))
	maya.Sees("Choose the account that the agents shall report to.")
	maya.DoesNotSee("Bramley")
	maya.Opens(link.CarryAgents(demo.BramleyAccount))
	maya.Sees("There is no other account")
}

func TestACarryComesBackMarkedWhenAgentsJoined(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	maya, ines := signIn(t, site, demo.Maya), signIn(t, site, demo.Ines)
	maya.Opens(link.CarryAgents(demo.ReplacedAccount))
	ines.Opens(link.CarryAgents(demo.ReplacedAccount) + "?agent=G-206100001")
	ines.Presses("Carry the agents over")
	maya.Presses("Carry the agents over")
	maya.SeesStatus(http.StatusConflict)
	for _, words := range []string{"On another way already: 1 now, 0 before.", "Picked: 39 now, 40 before."} {
		if !strings.Contains(maya.Text("facts-changed"), words) {
			t.Errorf("%q does not say %q", maya.Text("facts-changed"), words)
		}
	}
	if got := maya.Text("impact-agents"); !strings.Contains(got, "40 agents") || !strings.Contains(got, "39 agents") {
		t.Errorf("the preview says %q", got)
	}
	maya.Presses("Carry the agents over")
	counts(t, maya, "0 of 39", "39", "0")
}

func TestWithoutAgentsTheFormSaysWhatToDo(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.CarryAgents(demo.SuccessorAccount))
	maya.SeesStatus(http.StatusOK)
	maya.Sees("There is no agent to carry over")
	if maya.Has("carry-form") {
		t.Error("there is a form, and nothing to pick in it")
	}
	maya.FollowsTestID("install-agents")
	maya.SeesStatus(http.StatusOK)

	maya.Opens(link.CarryAgents(demo.ReplacedAccount))
	maya.Presses("Carry the agents over")
	progress := maya.At()
	maya.Opens(link.CarryAgents(demo.ReplacedAccount))
	maya.Sees("All agents are on their way already")
	maya.FollowsTestID("other-carry")
	if maya.At() != progress {
		t.Errorf("led to %s, want %s", maya.At(), progress)
	}
}

func TestWhoMayNotCarryIsToldWhoCan(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	for _, path := range []string{link.CarryAgents(demo.LeavingAccount), link.UndoReassign(demo.LeavingAccount), link.CallOffCarry(demo.CarryUnderWay)} {
		priya := visit(t, site, demo.Priya, path)
		priya.SeesStatus(http.StatusForbidden)
		priya.Sees("licence manager")
	}
	priya := visit(t, site, demo.Priya, link.Account(demo.LeavingAccount))
	if priya.Has("carry-agents-menu") || priya.Has("undo-reassign") || !priya.Has("carry-under-way") {
		t.Error("support is offered what its role lacks, or does not see the carry")
	}
	priya.FollowsTestID("carry-progress")
	priya.SeesStatus(http.StatusOK)
	if priya.Has("call-off") {
		t.Error("support is offered to call it off")
	}
}

func TestCallingACarryOffAndTryingAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		maya := signIn(t, site, demo.Maya)
		maya.Opens(link.Carry(demo.CarryUnderWay))
		counts(t, maya, "29 of 48", "19", "0")
		maya.FollowsTestID("call-off")
		maya.Sees("19 agents have not moved yet. They stay in A-20791")
		late := maya.Clone()

		w.Pass(models.CarryFor)
		maya = signIn(t, site, demo.Maya)
		maya.Opens(link.Carry(demo.CarryUnderWay))
		counts(t, maya, "29 of 48", "0", "19")
		isCalled(t, maya, "Expired: carrying agents over to A-20861")
		maya.Clone().FollowsTestID("next-missing")
		old := maya.Clone()
		maya.Presses("Try again for 14 days")
		maya.Sees("They are told again")
		counts(t, maya, "29 of 48", "19", "0")
		old.Presses("Try again for 14 days")
		old.SeesStatus(http.StatusConflict)
		old.Sees("Somebody changed the carry CR-6001 meanwhile")
		late.Opens(link.CallOffCarry(demo.CarryUnderWay))

		maya.FollowsTestID("call-off")
		maya.Presses("Call it off")
		maya.Sees("Called off on 26 March 2026")
		counts(t, maya, "29 of 48", "0", "19")
		isCalled(t, maya, "Called off: carrying agents over to A-20861")
		rest := maya.Clone()
		rest.FollowsTestID("next-carry")
		isCalled(t, rest, "Carry the agents over")
		if got := rest.Text("impact-agents"); got != "All 19 agents" {
			t.Errorf("the rest are %q", got)
		}
		maya.Opens(link.CallOffCarry(demo.CarryUnderWay))
		maya.Sees("This was called off already.")
		w.Sound(t)
	})
}

// isCalled checks what the page at hand is called.
func isCalled(t *testing.T, p *browser.Person, title string) {
	t.Helper()
	if p.H1() != title {
		t.Errorf("the page is called %q, want %q", p.H1(), title)
	}
}

func TestACarryThatIsDoneLeadsToTheAccount(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	maya := signIn(t, site, demo.Maya)
	maya.Opens(link.CarryAgentsTo(demo.ArrivingAccount, demo.LeavingAccount) + "&agent=G-207910001")
	maya.Presses("Carry the agents over")
	isCalled(t, maya, "Carrying agents over to A-20791")
	if maya.Has("carry-next") {
		t.Error("next steps are offered while agents are waited for")
	}
	agent := devices(site, demo.LeavingAccount, 1)[0]
	agent.checksIn(t)
	agent.checksIn(t)
	maya.Follows("Refresh")
	isCalled(t, maya, "Carried agents over to A-20791")
	if maya.Has("next-missing") {
		t.Error("nobody is missing, and a list of them is offered")
	}
	maya.FollowsTestID("next-to")
	if maya.Text("account-id") != demo.LeavingAccount {
		t.Errorf("led to %s", maya.Text("account-id"))
	}
}

func TestWhoIsMissingIsAListAndAFile(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Carry(demo.CarryUnderWay))
		if n := maya.Document().Find("[data-testid^=missing-G]").Length(); n != 10 {
			t.Errorf("%d agents are named", n)
		}
		maya.FollowsTestID("all-missing")
		if n := maya.Document().Find("[data-testid^=missing-G]").Length(); n != 19 {
			t.Errorf("%d agents are listed", n)
		}
		maya.Opens(link.MissingAgents(demo.CarryUnderWay, "G-207910040"))
		if n := maya.Document().Find("[data-testid^=missing-G]").Length(); n != 8 {
			t.Errorf("%d agents are listed behind one", n)
		}
		maya.Opens(link.MissingFile(demo.CarryUnderWay))
		lines := strings.Split(strings.TrimSpace(maya.Body()), "\r\n")
		if len(lines) != 20 || !strings.HasPrefix(maya.Header().Get("Content-Disposition"), `attachment; filename="missing-CR-6001-2026-03-12.csv"`) {
			t.Errorf("%d lines, %v", len(lines), maya.Header())
		}
		if want := `"FRONT-048","Front office","G-207910048","A-20791","waiting","","",""`; lines[len(lines)-1] != want {
			t.Errorf("the last line is %s", lines[len(lines)-1])
		}
	})
}

func TestAPageOfACarryWithoutScriptsLoadsItselfAgain(t *testing.T) {
	w := portaltest.New(t)
	maya := visit(t, siteOn(w), demo.Maya, link.Carry(demo.CarryUnderWay))
	if !strings.Contains(maya.Body(), `<noscript><meta http-equiv="refresh" content="30"></noscript>`) {
		t.Error("without scripts the page stays as it is")
	}
	if to, _ := maya.Document().Find("[data-follow]").Attr("data-follow"); to != link.CarryEvents(demo.CarryUnderWay) {
		t.Errorf("it follows %q", to)
	}
}

func TestUndoIsRefusedInWordsAndLeadsOn(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.UndoReassign(demo.ReplacedAccount)) // eight days ago
	maya.Sees("A reassign can be undone for 7 days, and they are over.")
	maya.FollowsTestID("carry-agents")
	if maya.H1() != "Carry the agents over" {
		t.Errorf("led to %q", maya.H1())
	}
	maya.Opens(link.UndoReassign(demo.BramleyAccount))
	maya.Sees("was not reassigned")
	maya.Opens(link.Account(demo.ReplacedAccount))
	if maya.Has("undo-reassign") || !maya.Has("carry-agents") {
		t.Error("the account offers to undo what is over, or not to carry its agents over")
	}
	maya.Posts(link.UndoReassign(demo.BramleyAccount), url.Values{})
	maya.SeesStatus(http.StatusConflict)
}
