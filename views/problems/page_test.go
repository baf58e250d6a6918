package problems

import (
	"strconv"
	"strings"
	"testing"

	"mooring/models"
	"mooring/views/pagetest"
)

func TestEveryTroubleHasItsPage(t *testing.T) {
	for _, c := range []struct {
		trouble Trouble
		title   string
		says    []string
	}{
		{Trouble{Status: 403, Problem: models.Problem{Kind: models.Forbidden, Needs: models.ReassignPlans}}, "You cannot open this page", []string{"An admin or a licence manager can reassign plans.", "ask an admin of your company"}},
		{Trouble{Status: 403, Problem: models.Problem{Kind: models.Forbidden, Needs: models.ModifyPlans}}, "You cannot open this page", []string{"An admin, an account manager or a licence manager can modify plans."}},
		{Trouble{Status: 403, Problem: models.Problem{Kind: models.Forbidden, Needs: models.EditPlans}}, "You cannot open this page", []string{"An admin can create and edit plans."}},
		{Trouble{Status: 403, Problem: models.Problem{Kind: models.Forbidden, Message: "This plan was made by another."}}, "This is not yours to change", []string{"This plan was made by another."}},
		{Trouble{Status: 403}, "You cannot open this page", []string{"Your role does not include it."}},
		{Trouble{Status: 404}, "Page not found", []string{"may not exist", "may not be yours"}},
		{Trouble{Status: 405}, "This page cannot be used that way", []string{"Nothing has changed."}},
		{Trouble{Status: 409, Problem: models.Problem{Kind: models.Conflict, Message: "This plan is suspended."}}, "Someone changed this first", []string{"This plan is suspended.", "Nothing of yours was stored."}},
		{Trouble{Status: 413}, "That is too large", []string{"Nothing has changed."}},
		{Trouble{Status: 422, Problem: models.Problem{Kind: models.Invalid, Fields: []models.FieldProblem{{Field: "seats", Message: "Enter a number of seats."}}}}, "Something in the form is not right", []string{"Enter a number of seats."}},
		{Trouble{Status: 429, Problem: models.Problem{Kind: models.Throttled, RetryAfter: 30}}, "Slow down for a moment", []string{"too many tries", "Try again in 30 seconds."}},
		{Trouble{Status: 429, Problem: models.Problem{Kind: models.Throttled, RetryAfter: 1, Message: "Many people are signing in."}}, "Slow down for a moment", []string{"Many people are signing in.", "Try again in 1 second."}},
		{Trouble{Status: 500}, "Something failed on our side", []string{"nothing was half-saved", "wholly or not at all"}},
		{Trouble{Status: 503}, "Something failed on our side", []string{"wholly or not at all"}},
		{Trouble{Status: 418}, "That did not work", []string{"could not do what was asked"}},
	} {
		code := strconv.Itoa(c.trouble.Status)
		c.trouble.SignedIn = true
		doc := pagetest.Draw(t, pagetest.Halden(), Page(c.trouble))
		if got := doc.Find("body").AttrOr("data-page", ""); got != "error."+code {
			t.Errorf("%s: data-page %q", code, got)
		}
		if got := pagetest.Text(t, doc, "h1"); got != c.title {
			t.Errorf("%s: %q, want %q", code, got, c.title)
		}
		said := pagetest.Text(t, doc, "[data-testid=error-"+code+"]")
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %q", code, want, said)
			}
		}
	}
}

func TestOnlyThePortalsOwnErrorsCarryAReference(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), Page(Trouble{Status: 500, RequestID: "r-7", SignedIn: true}))
	if got := pagetest.Text(t, doc, "[data-testid=request-id]"); got != "r-7" {
		t.Errorf("%q", got)
	}
	doc = pagetest.Draw(t, pagetest.Halden(), Page(Trouble{Status: 404, RequestID: "r-7", SignedIn: true}))
	pagetest.Has(t, doc, false, "[data-testid=request-id]")
}

func TestAnErrorPageLeadsOn(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Halden(), Page(Trouble{Status: 409, SignedIn: true, Back: "/accounts/A-20418/plan"}))
	pagetest.Has(t, doc, true, `a.btn-primary[data-testid=go-back][href="/accounts/A-20418/plan"]`, `a[data-testid=go-customers][href="/customers"]`, "#side")

	doc = pagetest.Draw(t, pagetest.Nobody(), Page(Trouble{Status: 404, Back: "/accounts/A-1"}))
	pagetest.Has(t, doc, true, `a.btn-primary[data-testid=go-sign-in][href="/sign-in"]`)
	pagetest.Has(t, doc, false, "[data-testid=go-back]", "[data-testid=go-customers]", "#side")
}
