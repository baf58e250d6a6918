package gallery

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"mooring/models"
	"mooring/models/demo"
	"mooring/views/enrolment"
)

// enrolling is the desk of somebody who installs agents on Bramley's account.
func enrolling(open bool) models.EnrolmentDesk {
	s := situation(demo.BramleyAccount, demo.Standard)
	seed := one(world().Accounts, func(a models.AccountSeed) bool { return a.ID == demo.BramleyAccount })
	d := models.EnrolmentDesk{AsOf: s.Now, Customer: s.Customer, Product: s.Product, Key: models.SightOf(seed.EnrolmentKey, open)}
	d.HeldPlan = models.HeldPlan{Account: s.Account, Subscription: s.Subscription, Terms: s.Terms, Agents: s.Agents.Total}
	d.Current = models.EnrolmentKey{ID: "5f0c2e9a41d7b386", CreatedAt: s.Account.CreatedAt}
	return d
}

// withOlder gives it keys that were rotated and still work.
func withOlder(d models.EnrolmentDesk) models.EnrolmentDesk {
	month, day := demo.Now.AddDate(0, 0, 23), demo.Now.Add(15*time.Hour)
	d.Current.CreatedAt = demo.Now.Add(-9 * time.Hour)
	d.Older = []models.EnrolmentKey{
		{ID: "9b1d44c07e2fa653", Ending: "8PZVC", CreatedAt: d.Account.CreatedAt, ValidUntil: &month},
		{ID: "c27ae8810f5b3d94", Ending: "KX4WM", CreatedAt: demo.Now.AddDate(0, 0, -7), ValidUntil: &day},
	}
	return d
}

func enrolmentPage(d models.EnrolmentDesk, builds []models.AgentBuild) templ.Component {
	return enrolment.Show(enrolment.ShowPage{
		EnrolmentDesk: d, Builds: builds, Portal: "https://portal.example", In: warsaw(),
		Who: models.Actor{ID: demo.Maya, Role: models.RoleLicenceManager},
	})
}

func enrolmentShown() templ.Component {
	builds := models.AgentBuilds()
	for i := range builds[:4] { // one is not there
		builds[i].SHA256 = strings.Repeat("0123456789abcdef", 5)[i : i+64]
	}
	return enrolmentPage(enrolling(true), builds)
}

func enrolmentUnbuilt() templ.Component { return enrolmentPage(enrolling(true), models.AgentBuilds()) }

func enrolmentOlder() templ.Component {
	return enrolmentPage(withOlder(enrolling(false)), models.AgentBuilds())
}

func rotationRefused() templ.Component {
	d := enrolling(false)
	d.Wish = models.RotationWish{KeyID: d.Current.ID}
	refused, _ := models.ProblemIn(d.Wish.Checked())
	return enrolment.Rotate(enrolment.RotatePage{EnrolmentDesk: d, In: warsaw(), Refused: refused})
}

func rotationChanged() templ.Component {
	d := withOlder(enrolling(false))
	d.Wish = models.RotationWish{KeyID: d.Current.ID, Overlap: models.OverlapDay}
	return enrolment.Rotate(enrolment.RotatePage{EnrolmentDesk: d, In: warsaw(), Refused: &models.Problem{
		Kind: models.Conflict, Message: "Somebody rotated this key while you were reading. If another new key is still wanted, confirm again.",
	}})
}
