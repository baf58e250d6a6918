package handlers_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mooring/handlers/browser/chromium"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

func TestTheSignatureFlowInChromiumBreaksNoPolicy(t *testing.T) {
	b := chromium.Start(t)
	w := portaltest.New(t)
	server := httptest.NewServer(siteOn(w))
	defer server.Close()

	p := b.Page(t, 1280, 800, false)
	p.Goto(server.URL + "/accounts/" + demo.BramleyAccount)
	p.Type("#email", "maya@halden.example")
	p.Type("#password", demo.Password)
	p.Submit("[data-testid=submit-sign-in]")
	expect(t, p, "[data-testid=account-id]", "A-20418")
	p.Submit("[data-testid=reassign-plan]")
	expect(t, p, "h1", "Reassigning would leave 42 agents behind")
	p.Submit("[data-testid=continue-reassign]")
	expect(t, p, "[data-testid=advisory-agents]", "42")
	p.Submit("[data-testid=choose-modify]")
	expect(t, p, "[data-testid=impact-price]", "€170.00")

	// The preview follows what is typed, without a button.
	p.Type("#seats", "40")
	var shown string
	p.Eval(`new Promise(done => { const look = () => { const n = document.querySelector('[data-testid=without-seat]');
		n ? done(n.innerText) : setTimeout(look, 50) }; look(); setTimeout(() => done('nothing'), 5000) })`, &shown)
	if !strings.Contains(shown, "2 agents would be without a seat") {
		t.Errorf("the live preview says %q", shown)
	}
	p.Type("#seats", "50")
	p.Submit("[data-testid=submit-modify]")
	expect(t, p, "[data-testid=seats]", "42 of 50")

	for _, problem := range p.Problems() {
		t.Error(problem)
	}
}

func TestTheNumbersOfACarryFollowInChromium(t *testing.T) {
	b := chromium.Start(t)
	w := portaltest.New(t)
	_, server := streaming(t, w)
	handler := server.Config.Handler
	maya := signIn(t, handler, demo.Maya)
	maya.Opens(link.CarryAgentsTo(demo.ArrivingAccount, demo.LeavingAccount) + "&agent=G-207910001")
	maya.Presses("Carry the agents over")

	p := b.Page(t, 1280, 800, false)
	p.Goto(server.URL + maya.At())
	p.Type("#email", "maya@halden.example")
	p.Type("#password", demo.Password)
	p.Submit("[data-testid=submit-sign-in]")
	expect(t, p, "[data-testid=carry-moved]", "0 of 1")
	agent := devices(handler, demo.LeavingAccount, 1)[0]
	agent.checksIn(t)
	eventually(t, p, "[data-testid=carry-waiting] + dd", "1 knows")
	eventually(t, p, "[data-testid=missing]", "Knows already")
	agent.checksIn(t)
	eventually(t, p, "[data-testid=carry-done]", "Every agent has moved") // the page was loaded anew
	expect(t, p, "[data-testid=carry-moved]", "1 of 1")
	expect(t, p, "h1", "Carried agents over to A-20791")

	for _, problem := range p.Problems() {
		t.Error(problem)
	}
}

func TestAPageBeyondTheStreamsSaysThatItIsNotToldInChromium(t *testing.T) {
	b := chromium.Start(t)
	w := portaltest.New(t)
	_, server := streamingAtMost(t, w, 1)
	ines := signIn(t, server.Config.Handler, demo.Ines)
	follows(t, server, ines, demo.CarryUnderWay)

	p := b.Page(t, 1280, 800, false)
	p.Goto(server.URL + link.Carry(demo.CarryUnderWay))
	p.Type("#email", "maya@halden.example")
	p.Type("#password", demo.Password)
	p.Submit("[data-testid=submit-sign-in]")
	expect(t, p, "[data-testid=carry-moved]", "29 of 48")
	eventually(t, p, "#carry-lost:not([hidden])", "It loads itself anew every 30 seconds.")
}

// eventually waits for a page to say something by itself.
func eventually(t *testing.T, p *chromium.Page, selector, want string) {
	t.Helper()
	for range 100 {
		var shown string
		p.Eval(`(document.querySelector('`+selector+`') || {innerText: ''}).innerText`, &shown)
		if strings.Contains(shown, want) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s never reads %q", selector, want)
}

func expect(t *testing.T, p *chromium.Page, selector, want string) {
	t.Helper()
	if got := strings.Join(strings.Fields(p.Text(selector)), " "); !strings.Contains(got, want) {
		t.Errorf("%s reads %q, want %q", selector, got, want)
	}
}
