package signin

import (
	"testing"

	"mooring/models"
	"mooring/views/pagetest"
)

func TestSignInAsksForEmailAndPassword(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Nobody(), SignIn(SignInPage{Next: "/accounts/A-20418"}))
	pagetest.Has(t, doc, true,
		`body[data-page=sign-in][data-state=default]`,
		`form[data-testid=sign-in-form][method=post][action="/sign-in"] input[name=_form][value="key of /sign-in"]`,
		`input#email[name=email][type=email][autocomplete=username]`,
		`input#password[name=password][type=password][autocomplete=current-password]`,
		`input[type=hidden][name=next][value="/accounts/A-20418"]`,
		`button[type=submit][data-testid=submit-sign-in]`,
	)
	pagetest.Has(t, doc, false, "[data-testid=error-summary]", "[aria-invalid]")
}

func TestARefusedSignInKeepsTheAddressAndNotThePassword(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Nobody(), SignIn(SignInPage{Email: "maya@halden.example", Problem: "The email address or the password is not right."}))
	pagetest.Has(t, doc, true, `body[data-state=error]`, `input#email[value="maya@halden.example"][aria-invalid=true]`, `[data-testid=error-summary] a[href="#email"]`)
	pagetest.Has(t, doc, false, `input#password[value]`)
	if got := pagetest.Text(t, doc, "title"); got != "Error: Sign in – Halden Partners" {
		t.Errorf("%q", got)
	}
	if got := pagetest.Text(t, doc, "[data-testid=error-summary] li"); got != "The email address or the password is not right." {
		t.Errorf("%q", got)
	}
}

func TestWelcomeAsksForANewPassword(t *testing.T) {
	doc := pagetest.Draw(t, pagetest.Nobody(), Welcome(WelcomePage{Name: "Tom Reyes", Action: "/welcome/abc"}))
	pagetest.Has(t, doc, true,
		`body[data-page=welcome][data-state=default]`,
		`form[method=post][action="/welcome/abc"] input#password[name=password][autocomplete=new-password][aria-describedby=password-hint]`,
	)
	if got := pagetest.Text(t, doc, "h1 + p"); got != "Welcome, Tom Reyes. With it you sign in from now on." {
		t.Errorf("%q", got)
	}
}

func TestARefusedPasswordSaysWhyBesideTheField(t *testing.T) {
	for _, p := range []*models.Problem{
		{Kind: models.Invalid, Fields: []models.FieldProblem{{Field: "password", Message: "Choose a longer one."}}},
		{Kind: models.Invalid, Message: "Choose a longer one."},
	} {
		doc := pagetest.Draw(t, pagetest.Nobody(), Welcome(WelcomePage{Action: "/welcome/abc", Problem: p}))
		pagetest.Has(t, doc, true, `body[data-state=error]`, `input#password[aria-invalid=true]`, `[data-testid=error-summary] a[href="#password"]`)
		if got := pagetest.Text(t, doc, "#password-error"); got != "Error: Choose a longer one." {
			t.Errorf("%q", got)
		}
	}
}
