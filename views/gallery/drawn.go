package gallery

import (
	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/customers"
	"mooring/views/problems"
	"mooring/views/signin"
	"mooring/views/subscriptions"
)

// The pages that only a refused form, a failure or an empty portal leads to.

func signInRefused() templ.Component {
	return signin.SignIn(signin.SignInPage{Email: "maya@halden.example", Problem: "The email address or the password is not right."})
}

func noCustomers() templ.Component {
	return customers.List(models.CustomersPage{ListFrame: models.ListFrame{AsOf: demo.Now}})
}

func welcome() templ.Component {
	return signin.Welcome(signin.WelcomePage{Name: "Nadia Okafor", Action: "/welcome/w-1"})
}

func welcomeRefused() templ.Component {
	return signin.Welcome(signin.WelcomePage{Name: "Nadia Okafor", Action: "/welcome/w-1", Problem: &models.Problem{
		Kind: models.Invalid, Fields: []models.FieldProblem{{Field: "password", Message: "Choose a password of at least 15 characters."}},
	}})
}

func reassignRefused() templ.Component {
	d := reassignment(demo.BramleyAccount, demo.Advanced, models.Reassignment{TypedID: "A-20481", Note: "Helen asked."})
	d.Problem, _ = models.ProblemIn(d.Ruling.Agreement(d.Wish, demo.BramleyAccount))
	return subscriptions.Reassign(subscriptions.ReassignPage{ReassignmentDesk: d, Refused: d.Problem, In: warsaw()})
}

func reassignChanged() templ.Component {
	d := reassignment(demo.BramleyAccount, demo.Advanced, models.Reassignment{
		Why: models.WhySplit, Note: "The Croydon practice leaves the group in April.",
	})
	before := d.Shows(d.Ruling, d.Wish.Seats)
	before.Agents.Total, before.SeatsBefore = 40, 45
	d.Changed = before.Differences(d.Shows(d.Ruling, d.Wish.Seats), demo.BramleyAccount)
	return subscriptions.Reassign(subscriptions.ReassignPage{
		ReassignmentDesk: d, In: warsaw(), Refused: &models.Problem{Kind: models.Conflict, Message: "The facts changed while you were reading."},
	})
}

func modifyRefused() templ.Component {
	d := modification(demo.BramleyAccount, models.Modification{PlanKey: demo.Standard, Seats: -1, Term: models.KeepTerm, Renews: true})
	return subscriptions.Modify(subscriptions.ModifyPage{ModificationDesk: d, Typed: subscriptions.Typed{Seats: "fifty"}, Refused: d.Problem})
}

func modifyChanged() templ.Component {
	d := modification(demo.BramleyAccount, models.Modification{PlanKey: demo.Advanced, Seats: 60, Term: models.KeepTerm, Renews: true})
	return subscriptions.Modify(subscriptions.ModifyPage{ModificationDesk: d, Refused: &models.Problem{
		Kind: models.Conflict, Message: "Somebody changed this plan while you were reading. Your input is kept. Read the new numbers, then apply again.",
	}})
}

// trouble is an error page, of what its reader was doing on Bramley's account.
func trouble(status int, p models.Problem) func() templ.Component {
	return func() templ.Component {
		return problems.Page(problems.Trouble{
			Status: status, Problem: p, RequestID: "Vb3kTq0ZxW1c7Y2m", SignedIn: true, Back: "/accounts/" + demo.BramleyAccount + "/plan",
		})
	}
}
