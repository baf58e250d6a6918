package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"mooring/handlers/browser"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/views/link"
)

// fillsHarbour fills in the form for a new customer.
func fillsHarbour(p *browser.Person) {
	p.Fills("Company name", "Harbour Bakery")
	p.Fills("City", "Gdynia")
	p.Selects("Country", "Poland")
	p.Fills("Name of contact 1", "Ola Port")
	p.Fills("Email of contact 1", "ola@harbourbakery.example")
}

func TestACustomerIsAddedAndGetsItsFirstPlan(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		tom := signIn(t, siteOn(w), demo.Tom)
		tom.Opens(link.Customers())
		tom.FollowsTestID("add-customer")
		if tom.Value("Time zone") != "Europe/Warsaw" || tom.Value("Currency") != "EUR" || tom.Value("Owner") != "Tom Reyes" {
			t.Errorf("begins with %s, %s, %s", tom.Value("Time zone"), tom.Value("Currency"), tom.Value("Owner"))
		}
		fillsHarbour(tom)
		tom.Presses("Add another contact")
		if got := tom.Value("Company name"); got != "Harbour Bakery" {
			t.Errorf("the name was not kept: %q", got)
		}
		tom.Fills("Name of contact 3", "Jan Port")
		tom.Fills("Email of contact 3", "jan@harbourbakery.example")
		tom.PressesTwice("Create customer")
		tom.Sees("Customer added")
		tom.Sees("Harbour Bakery")
		tom.Sees("jan@harbourbakery.example")

		tom.FollowsTestID("assign-plan")
		tom.Sees("Becomes active when the customer first signs in; the term counts from then")
		tom.Chooses("Endpoint Standard")
		tom.Fills("Seats", "1,200")
		tom.PressesTwice("Assign the plan")
		tom.Sees("Plan assigned")
		if got := tom.Text("seats"); got != "0 of 1,200" {
			t.Errorf("seats: %q", got)
		}
		w.Sound(t)
	})
}

func TestALikelyDuplicateIsShownFirstAndCanBeOpened(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := signIn(t, siteOn(w), demo.Ines)
		ines.Opens(link.NewCustomer())
		fillsHarbour(ines)
		ines.Fills("Company name", "bramley dental group")
		ines.Fills("City", "LONDON")
		ines.Fills("Note", "A note that is kept.")
		ines.Presses("Create customer")
		ines.SeesStatus(http.StatusUnprocessableEntity)
		ines.Sees("Nothing was saved yet")
		ines.Sees("Endpoint Standard on A-20418")
		if ines.Has("duplicate-C-2003") || ines.Value("Note") != "A note that is kept." {
			t.Error("Tidewater's customer is shown, or the note is gone")
		}
		ines.Presses("Create customer")
		ines.SeesStatus(http.StatusUnprocessableEntity)
		second := ines.Clone()
		second.Within("duplicate-C-1042", func() { second.Follows("Open existing") })
		second.Sees("C-1042")

		ines.Chooses("It is another company: create anyway")
		ines.Presses("Create customer")
		ines.SeesStatus(http.StatusOK)
		ines.Sees("Customer added")
	})
}

func TestBadInputIsNamedBesideItsFieldAndKept(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	for _, c := range []struct{ label, bad, want string }{
		{"Company name", "–", "Enter the company name."},
		{"Company name", strings.Repeat("長", 129), "The company name has more than 128 characters."},
		{"City", "", "Enter the city."},
		{"Time zone", "Mars/Olympus", `"Mars/Olympus" is not a time zone`},
		{"Email of contact 1", "ola at home", "Enter an email address like name@company.example."},
		{"Email of contact 1", "", "Enter the contact’s email address."},
		{"Name of contact 1", "", "Enter the contact’s name."},
		{"Reference", "88123", "Bramley Dental Group (C-1042) has this reference already."},
	} {
		ines.Opens(link.NewCustomer())
		fillsHarbour(ines)
		ines.Fills(c.label, c.bad)
		ines.Presses("Create customer")
		ines.SeesStatus(http.StatusUnprocessableEntity)
		ines.Sees(c.want)
		if got := ines.Value(c.label); got != c.bad {
			t.Errorf("%s: typed %q, comes back as %q", c.label, c.bad, got)
		}
	}
}

func TestNamesOfEveryScriptAndLengthCanBeWritten(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	for _, name := range []string{strings.Repeat("長", 128), "مخبز الميناء الجديد", "D’Ängelo & <b>Söhne</b>", "🍞 Brot"} {
		ines.Opens(link.NewCustomer())
		fillsHarbour(ines)
		ines.Fills("Company name", name)
		ines.Fills("Email of contact 1", "somebody@gmail.com")
		ines.Presses("Create customer")
		if got := ines.H1(); got != name {
			t.Errorf("%q is shown as %q with %d", name, got, ines.Status())
		}
	}
}

func TestTheDistributorChoosesAPartnerFirst(t *testing.T) {
	w := portaltest.New(t)
	sofia := signIn(t, siteOn(w), demo.Sofia)
	sofia.Opens(link.NewCustomer())
	sofia.Selects("Partner", "Halden Partners")
	sofia.Presses("Continue")
	sofia.Sees("Of Halden Partners")
	fillsHarbour(sofia)
	sofia.Selects("Owner", "Maya Kowalski")
	sofia.Presses("Create customer")
	sofia.Sees("Owner: Maya Kowalski")
	sofia.Opens(link.NewCustomerOf(demo.Kestrel))
	sofia.SeesStatus(http.StatusNotFound)
}

func TestEditingComesBackWhenSomebodyWasFaster(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		site := siteOn(w)
		ines, tom := signIn(t, site, demo.Ines), signIn(t, site, demo.Tom)
		ines.Opens(link.EditCustomer(demo.Bramley))
		ines.Fills("City", "Leeds")
		tom.Opens(link.Customer(demo.Bramley))
		tom.FollowsTestID("edit-customer")
		tom.Fills("Company name", "Bramley Dental")
		tom.Presses("Save changes")
		tom.Sees("Customer saved")
		tom.Sees("Details changed: name")

		ines.Presses("Save changes")
		ines.SeesStatus(http.StatusConflict)
		ines.Sees("Name: Bramley Dental")
		if ines.Value("City") != "Leeds" {
			t.Error("the input is gone")
		}
		ines.Fills("Company name", "Bramley Dental")
		ines.Presses("Save changes")
		ines.Sees("Leeds")
		ines.Sees("Details changed: city")
	})
}

func TestACustomerIsPutAwayOnlyWithoutAccounts(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := signIn(t, siteOn(w), demo.Ines)
		ines.Opens(link.Customer(demo.Bramley))
		ines.FollowsTestID("archive-customer")
		ines.Sees("This customer still has 2 open accounts")
		ines.Sees("A-20418")

		ines.Opens(link.ArchiveCustomer(demo.CustomerWithoutAccount))
		ines.Presses("Archive customer")
		ines.Sees("This customer was archived on")
		if ines.Has("assign-plan") {
			t.Error("a plan is offered to an archived customer")
		}
		ines.Opens(link.AssignPlan(demo.CustomerWithoutAccount))
		ines.Sees("Nothing is assigned to a customer who was put away")
		ines.Follows("Bring the customer back")
		ines.Presses("Bring the customer back")
		ines.Sees("The customer is back")
	})
}

func TestAnArchiveThatCameTooLateSaysWhatStandsInTheWay(t *testing.T) {
	w := portaltest.New(t)
	site := siteOn(w)
	ines, maya := signIn(t, site, demo.Ines), signIn(t, site, demo.Maya)
	ines.Opens(link.ArchiveCustomer(demo.CustomerWithoutAccount))
	maya.Opens(link.AssignPlan(demo.CustomerWithoutAccount))
	maya.Chooses("Mail Filter")
	maya.Fills("Seats", "5")
	maya.Presses("Assign the plan")
	ines.Presses("Archive customer")
	ines.SeesStatus(http.StatusConflict)
	ines.Sees("This customer still has 1 open account")
}

func TestAssigningWhatIsThereLeadsToModifyOrToTheAdvisory(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := signIn(t, siteOn(w), demo.Maya)
		maya.Opens(link.Customer(demo.Bramley))
		maya.FollowsTestID("assign-plan")
		maya.Sees("They have Endpoint Standard on account A-20418")
		maya.Chooses("Endpoint Advanced Adds device control")
		maya.Fills("Seats", "60")
		maya.Presses("Assign the plan")
		maya.SeesStatus(http.StatusConflict)
		maya.Sees("Bramley Dental Group already has Endpoint Standard on A-20418")
		maya.Sees("Nothing was assigned")
		other := maya.Clone()
		other.FollowsTestID("choose-reassign")
		other.Sees("Reassigning would leave 42 agents behind")
		maya.FollowsTestID("choose-modify")
		if maya.Value("Seats") != "60" || !maya.Chosen("Endpoint Advanced Adds device control") {
			t.Error("plan and seats were not taken along")
		}
		maya.Opens(link.Customer(demo.Bramley))
		if maya.Has("row-A-70001") {
			t.Error("a second account was generated")
		}
	})
}

func TestWhatWasNeverActivatedIsReplaced(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	maya.Opens(link.AssignPlan("C-1003") + "?plan=" + demo.Advanced)
	maya.Sees("Casa Verde Imóveis already has Endpoint Standard on A-20652")
	maya.FollowsTestID("choose-reassign")
	maya.Sees("Replace Endpoint Standard before it begins")
	tom := signIn(t, siteOn(w), demo.Tom) // may modify, not reassign
	tom.Opens(link.AssignPlan("C-1003") + "?plan=" + demo.Advanced)
	if tom.Has("choose-reassign") || !tom.Has("choose-modify") {
		t.Error("the account manager is offered what the role lacks, or not what it has")
	}
}

func TestAnAssignmentIsRefusedBesideItsFields(t *testing.T) {
	w := portaltest.New(t)
	maya := signIn(t, siteOn(w), demo.Maya)
	for _, c := range []struct{ plan, seats, starts, want string }{
		{"", "5", "", "Choose a plan."},
		{"Server Vault", "5", "", "begins with an activation code, and the portal issues no codes"},
		{"Endpoint Standard", "many", "", "Enter a number of seats from 1 to 999,999."},
		{"Endpoint Standard", "", "", "Enter a number of seats from 1 to 999,999."},
		{"Endpoint Standard", "5", "2026-04-01", "Endpoint Standard does not begin on a date."},
		{"Endpoint Dated", "5", "2026-03-01", "The start date cannot be before today."},
		{"Endpoint Dated", "5", "tomorrow", "Enter the start date like 2026-04-01."},
	} {
		maya.Opens(link.AssignPlan(demo.CustomerWithoutAccount))
		if c.plan != "" {
			maya.Chooses(c.plan)
		}
		maya.Fills("Seats", c.seats)
		maya.Fills("Start date", c.starts)
		maya.Presses("Assign the plan")
		maya.SeesStatus(http.StatusUnprocessableEntity)
		maya.Sees(c.want)
		if maya.Value("Seats") != c.seats || maya.Value("Start date") != c.starts {
			t.Errorf("%+v comes back with %q and %q", c, maya.Value("Seats"), maya.Value("Start date"))
		}
	}
}

func TestSomebodyElsesCustomerIsNotThere(t *testing.T) {
	w := portaltest.New(t)
	ines := signIn(t, siteOn(w), demo.Ines)
	for _, path := range []string{link.AssignPlan("C-2003"), link.EditCustomer("C-2003"), link.ArchiveCustomer("C-2003"), link.AssignPlan(demo.KestrelCustomer)} {
		ines.Opens(path)
		ines.SeesStatus(http.StatusNotFound)
	}
}
