package handlers_test

import (
	"net/http"
	"testing"

	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// The contract with outside tools: addresses, page names and hooks. What stands here does not change
// without being announced.
var contract = []struct {
	as, path, page string
	status         int
	hooks          []string
	texts          map[string]string
}{
	{"", "/sign-in", "sign-in", 200, []string{"sign-in-form", "submit-sign-in"}, nil},
	{demo.Maya, "/", "dashboard", 200, []string{"main-nav", "kpis", "worklist", "timeline"}, nil},
	{demo.Ines, "/imports/new", "import.new", 200, []string{"import-form", "submit-upload", "import-template"}, nil},
	{demo.Maya, "/customers", "customers", 200, []string{"main-nav", "views", "view-all", "filters", "list-count", "customers-table", "pager", "row-C-1042"}, nil},
	{
		demo.Maya, "/accounts", "accounts", 200,
		[]string{
			"views", "view-all", "view-ends-soon", "view-over-seats", "view-not-activated", "view-grace", "view-suspended", "view-replaced",
			"filters", "filter-search", "filter-plan", "filter-state", "filter-owner", "list-count", "download-csv", "accounts-table", "pager", "row-A-20418",
		},
		nil,
	},
	{demo.Maya, "/accounts?q=nothing-like-this", "accounts", 200, []string{"filters", "empty-state", "clear-filters"}, nil},
	{demo.Maya, "/customers/C-1042", "customer.overview", 200, []string{"accounts-of", "row-A-20418", "timeline"}, nil},
	{
		demo.Maya, "/accounts/A-20418", "account.overview", 200,
		[]string{"modify-plan", "reassign-plan", "reassign-plan-menu", "more-actions", "agents-summary", "enrolment-key", "show-key", "install-agents", "plan-name", "timeline", "suspend-plan", "cancel-plan"},
		map[string]string{"account-id": "A-20418", "seats": "42 of 50", "agent-count": "42", "plan-name": "Endpoint Standard"},
	},
	{demo.Maya, "/accounts/A-20418/enrolment", "account.enrolment", 200, []string{"enrolment-key", "show-key", "rotate-key"}, nil},
	{
		demo.Maya, "/accounts/A-20418/enrolment/rotation", "account.enrolment.rotate", 200,
		[]string{"rotate-form", "impact-preview", "update-preview", "submit-rotate", "choose-cancel"},
		map[string]string{"impact-agents": "42 agents keep reporting Each has a token of its own", "impact-account": "A-20418, the same"},
	},
	{demo.Priya, "/accounts/A-20418/enrolment/rotation", "error.403", 403, []string{"error-403"}, nil},
	{demo.Luca, "/accounts/A-20418/enrolment", "error.403", 403, []string{"error-403"}, nil},
	{demo.Maya, "/accounts/A-20418/plan", "plan.modify", 200, []string{"modify-form", "impact-preview", "submit-modify", "update-preview"}, nil},
	{
		demo.Maya, "/accounts/A-20418/reassign", "plan.reassign", 200,
		[]string{"reassign-advisory", "choose-modify", "choose-cancel", "reassign-choose", "continue-reassign"},
		map[string]string{"advisory-agents": "42", "fact-new-account": "A-20977"},
	},
	{
		demo.Maya, "/accounts/A-20418/reassign/endpoint-advanced", "plan.reassign", 200,
		[]string{"reassign-advisory", "choose-modify", "choose-cancel", "jump-reassign", "advisory-facts", "compare", "not-carried", "reassign-gate", "reassign-form", "confirm-input", "submit-reassign"},
		map[string]string{"advisory-agents": "42", "fact-new-account": "A-20977", "fact-seats": "42 of 50"},
	},
	{
		demo.Maya, "/accounts/A-20418/suspension", "plan.suspend", 200,
		[]string{"suspend-form", "impact-preview", "confirm-input", "submit-suspend"},
		map[string]string{"impact-end": "30 Nov 2026 no change"},
	},
	{demo.Maya, "/accounts/A-19551/resumption", "plan.resume", 200, []string{"resume-form", "impact-preview", "submit-resume"}, nil},
	{demo.Maya, "/accounts/A-20418/cancellation", "plan.cancel", 200, []string{"cancel-form", "impact-preview", "update-preview", "confirm-input", "submit-cancel"}, nil},
	{demo.Maya, "/accounts/A-20418/restoration", "plan.restore", 200, []string{"restore-refused", "choose-cancel"}, nil},
	{
		demo.Maya, "/accounts/A-20610/carry", "account.carry", 200,
		[]string{"carry-form", "to-A-20840", "agents-choices", "impact-preview", "side-by-side", "submit-carry", "update-preview", "choose-cancel"},
		map[string]string{"impact-agents": "All 40 agents"},
	},
	{demo.Maya, "/accounts/A-20791/undo", "plan.undo", 200, []string{"undo-form", "impact-preview", "submit-undo", "choose-cancel"}, nil},
	{
		demo.Maya, "/carries/CR-6001", "carry.progress", 200,
		[]string{"carry-counts", "carry-summary", "missing-table", "all-missing", "download-csv", "call-off", "refresh", "carry-details"},
		map[string]string{"carry-moved": "29 of 48", "carry-waiting": "19", "carry-failed": "0", "carry-id": "CR-6001"},
	},
	{demo.Maya, "/carries/CR-6001/missing", "carry.missing", 200, []string{"missing-table", "pager", "download-csv"}, nil},
	{demo.Maya, "/carries/CR-6001/cancellation", "carry.call-off", 200, []string{"call-off-form", "submit-call-off", "choose-cancel"}, nil},
	{demo.Maya, "/accounts/A-20840/created", "account.created", 200, []string{"result-summary", "next-steps", "carry-agents", "open-new", "open-old"}, nil},
	{demo.Maya, "/carries/CR-00000", "error.404", 404, []string{"error-404"}, nil},
	{demo.Priya, "/accounts/A-20610/carry", "error.403", 403, []string{"error-403"}, nil},
	{
		demo.Maya, "/agents/orphans", "orphans", 200,
		[]string{"orphans", "views", "view-left-behind", "view-no-plan", "view-empty-second", "view-same-device", "orphans-table", "row-A-20610", "carry-A-20610", "pager"},
		nil,
	},
	{demo.Maya, "/agents/orphans?kind=no-plan", "orphans", 200, []string{"row-A-20705", "row-A-19873", "renew-A-20705"}, nil},
	{demo.Maya, "/accounts/A-20840/retirement", "account.retire", 200, []string{"retire-form", "impact-preview", "submit-retire", "choose-cancel"}, map[string]string{"impact-seats": "45 no change"}},
	{demo.Maya, "/agents/G-208620001/merge", "agent.merge", 200, []string{"merge-form", "impact-preview", "submit-merge", "choose-cancel"}, map[string]string{"impact-seats": "2 1 One seat of A-20792 is free."}},
	{demo.Priya, "/agents/G-208620001/merge", "error.403", 403, []string{"error-403"}, nil},
	{demo.Tom, "/accounts/A-20840/retirement", "error.403", 403, []string{"error-403"}, nil},
	{demo.Maya, "/plans", "plans", 200, []string{"plans-table", "pager", "plan-row-endpoint-standard", "plan-row-endpoint-basic"}, nil},
	{demo.Sofia, "/plans", "plans", 200, []string{"new-plan"}, nil},
	{demo.Sofia, "/plans/endpoint-standard", "plan.overview", 200, []string{"edit-plan", "clone-plan", "retire-plan", "plan-versions", "version-1", "version-2"}, map[string]string{"plan-price": "€2.10"}},
	{demo.Sofia, "/plans/endpoint-standard/edit", "plan.edit", 200, []string{"plan-form", "affected", "submit-plan", "grants"}, nil},
	{demo.Sofia, "/plans/endpoint-standard/retire", "plan.retire", 200, []string{"retire-form", "affected", "submit-retire"}, nil},
	{demo.Sofia, "/plans/endpoint-basic/restore", "plan.sell-again", 200, []string{"retire-form", "affected", "submit-restore"}, nil},
	{demo.Ines, "/plans/new?clone=endpoint-standard", "plan.new", 200, []string{"plan-form", "affected", "submit-plan"}, nil},
	{demo.Ines, "/plans/endpoint-standard/edit", "error.403", 403, []string{"error-403"}, nil},
	{demo.Ines, "/customers/new", "customer.new", 200, []string{"new-customer-form", "submit-customer", "add-contact"}, nil},
	{demo.Sofia, "/customers/new", "customer.new", 200, []string{"choose-partner", "continue-customer"}, nil},
	{demo.Ines, "/customers/C-1042/edit", "customer.edit", 200, []string{"edit-customer-form", "submit-customer"}, nil},
	{demo.Ines, "/customers/C-1042", "customer.overview", 200, []string{"assign-plan", "edit-customer", "archive-customer"}, nil},
	{demo.Ines, "/customers/C-1030/archive", "customer.archive", 200, []string{"archive-form", "submit-archive"}, nil},
	{demo.Ines, "/customers/C-1042/archive", "customer.archive", 200, []string{"open-accounts"}, nil},
	{demo.Maya, "/customers/C-1030/plans/assign", "plan.assign", 200, []string{"assign-form", "submit-assign", "plan-endpoint-standard"}, nil},
	{demo.Maya, "/customers/C-1042/plans/assign?plan=endpoint-advanced", "plan.assign", 200, []string{"already-held", "choose-modify", "choose-reassign"}, nil},
	{demo.Maya, "/accounts/A-00000", "error.404", 404, []string{"error-404"}, nil},
	{demo.Maya, "/no/such/page", "error.404", 404, []string{"error-404"}, nil},
	{demo.Priya, "/accounts/A-20418/reassign", "error.403", 403, []string{"error-403"}, nil},
}

func TestTheContractHolds(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	for _, c := range contract {
		t.Run(c.as+" "+c.path, func(t *testing.T) {
			p := visit(t, site, c.as, c.path)
			if p.Status() != c.status {
				t.Errorf("answers %d, want %d", p.Status(), c.status)
			}
			doc := p.Document()
			if got, _ := doc.Find("body").Attr("data-page"); got != c.page {
				t.Errorf("data-page is %q, want %q", got, c.page)
			}
			if doc.Find("body[data-state]").Length() != 1 || doc.Find("h1").Length() != 1 || doc.Find("h1#page-title").Length() != 1 {
				t.Error("a page has a data-state and one h1 with the id page-title")
			}
			for _, h := range c.hooks {
				if p.TestID(h).Length() != 1 {
					t.Errorf("the hook %s is there %d times", h, p.TestID(h).Length())
				}
			}
			for h, want := range c.texts {
				if got := p.Text(h); got != want {
					t.Errorf("%s reads %q, want %q", h, got, want)
				}
			}
		})
	}
}

func TestTheAdvisoryCarriesItsFacts(t *testing.T) {
	w := portaltest.New(t)
	p := visit(t, siteOn(w), demo.Maya, "/accounts/A-20418/reassign/endpoint-advanced")
	advisory := p.TestID("reassign-advisory")
	for attr, want := range map[string]string{"data-agents": "42", "data-account": "A-20418", "data-new-account": "A-20977"} {
		if got, _ := advisory.Attr(attr); got != want {
			t.Errorf("%s is %q, want %q", attr, got, want)
		}
	}
	for _, href := range []string{"/accounts/A-20418/plan?plan=endpoint-advanced&seats=50"} {
		if got, _ := p.TestID("choose-modify").Attr("href"); got != href {
			t.Errorf("choose-modify leads to %q", got)
		}
	}
}

func TestEveryPageCarriesItsArmour(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	for _, c := range contract {
		p := visit(t, site, c.as, c.path)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := p.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q", c.path, name, got)
			}
		}
		nonce, _ := p.Document().Find("script[nonce]").Attr("nonce")
		if want := "script-src 'nonce-" + nonce + "'"; nonce == "" || !contains(p.Header().Get("Content-Security-Policy"), want) {
			t.Errorf("%s: the policy does not name the nonce of the scripts", c.path)
		}
		if n := p.Document().Find("[style], script:not([src]), style, [onclick]").Length(); n > 0 {
			t.Errorf("%s: %d inline scripts or styles", c.path, n)
		}
	}
}

func TestHeadIsNotTaken(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	for _, path := range []string{"/customers", "/accounts/A-20418/reassign/endpoint-advanced"} {
		rec := head(site, path)
		if rec != http.StatusNotFound && rec != http.StatusMethodNotAllowed {
			t.Errorf("HEAD %s answers %d", path, rec)
		}
	}
}
