package subscriptions

import (
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/pagetest"
)

func assigning(t *testing.T, change func(*AssignPage)) *goquery.Document {
	t.Helper()
	w := demo.At(demo.Now)
	p := AssignPage{Who: pagetest.Actor(demo.Maya), AssignmentDesk: models.AssignmentDesk{AsOf: w.Now, Customer: pagetest.File(demo.CustomerWithoutAccount).Customer}}
	for _, key := range []string{demo.Standard, demo.Dated, demo.Instant, demo.MailStandard, demo.VaultPlan} {
		p.Choices = append(p.Choices, models.PlanChoice{Offer: offered(w, key)})
	}
	change(&p)
	return pagetest.Draw(t, pagetest.Halden(), Assign(p))
}

func offered(w models.World, key string) (o models.Offer) {
	for _, p := range w.Plans {
		if p.Key == key && p.RootID == demo.Northgate {
			o.Plan, o.Granted = p, true
		}
	}
	for _, t := range w.Terms {
		if t.PlanID == o.Plan.ID && t.Number == o.Plan.Current {
			o.Terms = t
		}
	}
	for _, p := range w.Products {
		if p.ID == o.Plan.ProductID {
			o.Product = p
		}
	}
	return o
}

func TestEveryPlanSaysHowItBegins(t *testing.T) {
	doc := assigning(t, func(*AssignPage) {})
	pagetest.Has(t, doc, true, `body[data-page="plan.assign"][data-state=default]`, `#plan`, `#starts-on`)
	if n := doc.Find("[data-testid=assign-form] fieldset").Length(); n != 3 {
		t.Errorf("%d products", n)
	}
	for plan, want := range map[string]string{
		demo.Standard:  "Endpoint Standard Malware and web protection. Becomes active when the customer first signs in; the term counts from then. 12 months, renews by itself. Runs in EU, Frankfurt. €2.10 a seat, a month",
		demo.Dated:     "Endpoint Dated Standard, from a day you choose. Becomes active at the start of a day you choose, in the customer’s time zone; the term counts from that day. 12 months, renews by itself. Runs in EU, Frankfurt. €2.20 a seat, a month",
		demo.Instant:   "Endpoint Now Standard, from the moment it is assigned. Becomes active at once; the term counts from today. 12 months, renews by itself. Runs in EU, Frankfurt. €2.30 a seat, a month",
		demo.VaultPlan: "Server Vault Backups on the customer’s own server. Begins with a code. The portal issues no codes yet, so it cannot be assigned here. €6.40 a seat, a month",
	} {
		if got := pagetest.Text(t, doc, "[data-testid=plan-"+plan+"]"); got != want {
			t.Errorf("%q", got)
		}
	}
}

func TestWithoutAPlanOnADateNobodyIsAskedForOne(t *testing.T) {
	pagetest.Has(t, assigning(t, func(p *AssignPage) { p.Choices = p.Choices[:1] }), false, `#starts-on`)
	pagetest.Has(t, assigning(t, func(p *AssignPage) { p.Choices = nil }), true, `body[data-state=empty] [data-testid=empty-state]`)
}

func TestTheWayOutIsTheMainOneWhereAPlanIsThere(t *testing.T) {
	doc := assigning(t, func(p *AssignPage) {
		o := pagetest.Overview(demo.BramleyAccount)
		p.Customer, p.Wish.Seats, p.Chosen = o.Customer, 60, offered(demo.At(demo.Now), demo.Instant)
		p.Beside = &models.Situation{Customer: o.Customer, Account: o.Account, Subscription: o.Subscription, Terms: o.Terms, Product: o.Product, Target: p.Chosen, Agents: o.Agents, Now: o.AsOf}
		p.Ruling, _ = models.LeadsAway(*p.Beside)
	})
	pagetest.Has(t, doc, true, `body[data-state=held]`,
		`[data-testid=choose-modify].btn-primary[href="/accounts/A-20418/plan?plan=endpoint-now&seats=60"]`,
		`[data-testid=choose-reassign][href="/accounts/A-20418/reassign/endpoint-now?seats=60"]`)
	if n := doc.Find(".btn-primary").Length(); n != 1 {
		t.Errorf("%d main buttons", n)
	}
}
