package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

func harbour() models.CustomerWish {
	return models.CustomerWish{
		Name: "Harbour Bakery", City: "Gdynia", Country: "PL", TimeZone: "Europe/Warsaw", Currency: "EUR", OwnerID: demo.Tom, FormKey: "a form",
		Contacts: []models.ContactWish{{Name: "Ola Port", Email: "Ola@HarbourBakery.example"}, {}, {Name: "Jan Port", Email: "jan@harbourbakery.example"}},
	}
}

func create(t *testing.T, w *portaltest.World, who string, wish models.CustomerWish) string {
	t.Helper()
	id, _, err := w.CreateCustomer(ctx, w.Actor(t, who), wish)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestACustomerIsAddedWithItsContactsAndRecorded(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		id := create(t, w, demo.Ines, harbour())

		f, err := w.OpenCustomer(ctx, w.Actor(t, demo.Maya), id)
		if err != nil {
			t.Fatal(err)
		}
		if f.Customer.Name != "Harbour Bakery" || f.Customer.PartnerID != demo.Halden || f.Owner != "Tom Reyes" || len(f.Accounts) != 0 {
			t.Errorf("%+v of %s", f.Customer, f.Owner)
		}
		if len(f.Contacts) != 2 || f.Contacts[0].Email != "ola@harbourbakery.example" || f.Contacts[1].Name != "Jan Port" {
			t.Errorf("contacts: %+v", f.Contacts)
		}
		if e := f.History[0]; e.Kind != models.CustomerCreated || e.ActorID != demo.Ines || e.Detail.Name != "Harbour Bakery" {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

func TestTheSameFormAddsOneCustomerHoweverOftenItIsSent(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		ids := make([]string, 8)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				id, _, err := w.CreateCustomer(ctx, ines, harbour())
				if ids[i] = id; err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if slices.Sort(ids); ids[0] == "" || ids[0] != ids[len(ids)-1] {
			t.Errorf("one form, customers %v", ids)
		}
	})
}

func TestTwoPeopleWhoAddTheSameCustomerAtOnceAreTold(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		people := []models.Actor{w.Actor(t, demo.Ines), w.Actor(t, demo.Tom)}
		errs := make([]error, len(people))
		var all sync.WaitGroup
		for i, who := range people {
			wish := harbour()
			wish.FormKey, wish.ExternalRef = "form of "+who.ID, "GD-1"
			all.Go(func() { _, _, errs[i] = w.CreateCustomer(ctx, who, wish) })
		}
		all.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v and %v", errs[0], errs[1])
		}
		for _, err := range errs {
			if err != nil && !models.IsProblem(err, models.Invalid) {
				t.Errorf("the slower one gets %v", err)
			}
		}
	})
}

func TestLikelyDuplicatesAreShownBeforeAnythingIsAdded(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		for i, c := range []struct {
			when  string
			alike func(*models.CustomerWish)
			want  string
		}{
			{"name and city", func(w *models.CustomerWish) { w.Name, w.City = "BRAMLEY dental group, Ltd.", "london" }, demo.Bramley},
			{"mail domain", func(w *models.CustomerWish) { w.Contacts[0].Email = "reception@bramley.example" }, demo.Bramley},
			{"an archived one", func(w *models.CustomerWish) { w.Name, w.City = "Kingfisher Cafés", "Ghent" }, demo.ArchivedCustomer},
			{"the letters of another script", func(w *models.CustomerWish) { w.Name, w.City = "北村精密工業株式会社", "大阪" }, "C-1008"},
		} {
			wish := harbour()
			wish.Name, wish.FormKey = fmt.Sprintf("Harbour Bakery %d", i), c.when
			wish.Contacts[0].Email, wish.Contacts[2].Email = fmt.Sprintf("ola@shop%d.example", i), "jan@gmail.com"
			c.alike(&wish)
			_, desk, err := w.CreateCustomer(ctx, ines, wish)
			if !models.IsProblem(err, models.Invalid) || len(desk.Likely) != 1 || desk.Likely[0].Customer.ID != c.want {
				t.Errorf("%s: %v with %+v", c.when, err, desk.Likely)
				continue
			}
			if desk.Wish.Name != wish.Name || len(desk.Wish.Contacts) != 3 {
				t.Errorf("%s: the form comes back with %+v", c.when, desk.Wish)
			}
			wish.Anyway = []string{c.want}
			create(t, w, demo.Ines, wish)
		}
		w.Sound(t)
	})
}

func TestDuplicatesShowWhatTheyHave(t *testing.T) {
	w := portaltest.New(t)
	wish := harbour()
	wish.Name, wish.City = "Bramley Dental Group", "London"
	_, desk, _ := w.CreateCustomer(ctx, w.Actor(t, demo.Ines), wish)
	if len(desk.Likely) != 1 || len(desk.Likely[0].Held) != 2 || desk.Likely[0].Held[0].Terms.Name == "" {
		t.Errorf("%+v", desk.Likely)
	}
}

func TestSayingAnywayToOneDuplicateIsNotSayingItToAnother(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := harbour()
		wish.Name, wish.City, wish.Anyway = "Bramley Dental Group", "London", []string{demo.Bramley}
		wish.Contacts[0].Email = "x@willowcourt.example"
		_, desk, err := w.CreateCustomer(ctx, w.Actor(t, demo.Ines), wish)
		if !models.IsProblem(err, models.Invalid) || len(desk.Likely) != 2 {
			t.Errorf("%v with %+v", err, desk.Likely)
		}
	})
}

func TestDuplicatesNeverShowAnotherPartnersCustomers(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		// Tidewater's Bramley Dental Group in Hull, C-2003, and Coral Street Books with the reference 88123.
		wish := harbour()
		wish.Name, wish.City, wish.ExternalRef = "Bramley Dental Group", "Hull", "88123-T"
		wish.Contacts = []models.ContactWish{{Name: "Percy", Email: "percy@bramleyhull.example"}, {Name: "Yann", Email: "yann@coralstreet.example"}}
		id, desk, err := w.CreateCustomer(ctx, w.Actor(t, demo.Ines), wish)
		if err != nil || id == "" || len(desk.Likely) > 0 {
			t.Errorf("%q, %v with %+v", id, err, desk.Likely)
		}
		// The distributor sees both, and is shown those of the partner whose customer it is to be.
		wish.FormKey, wish.PartnerID, wish.ExternalRef = "another", demo.Tidewater, ""
		wish.OwnerID = ""
		_, desk, _ = w.CreateCustomer(ctx, w.Actor(t, demo.Sofia), wish)
		for _, l := range desk.Likely {
			if l.Customer.PartnerID != demo.Tidewater {
				t.Errorf("a customer of Tidewater is likely %s", l.Customer.ID)
			}
		}
		if len(desk.Likely) != 2 {
			t.Errorf("%+v", desk.Likely)
		}
	})
}

func TestAReferenceThatIsTakenIsRefusedBesideItsField(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := harbour()
		wish.ExternalRef, wish.Anyway = "88123", []string{demo.Bramley}
		_, desk, err := w.CreateCustomer(ctx, w.Actor(t, demo.Ines), wish)
		p, ok := models.ProblemIn(err)
		if !ok || len(p.Fields) != 1 || p.Fields[0].Field != "external-ref" || !strings.Contains(p.Fields[0].Message, "Bramley Dental Group (C-1042)") || len(desk.Likely) != 1 {
			t.Errorf("%v with %+v", err, desk.Likely)
		}
		wish.PartnerID = demo.Tidewater // where Coral Street Books has it: for Halden that is nowhere
		if _, _, err := w.CreateCustomer(ctx, w.Actor(t, demo.Ines), wish); !models.IsProblem(err, models.NotFound) {
			t.Errorf("a customer for somebody else's partner: %v", err)
		}
	})
}

func TestTheDistributorSaysWhoseCustomerItIs(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia := w.Actor(t, demo.Sofia)
		desk, err := w.ProposeCustomer(ctx, sofia, models.CustomerWish{})
		if err != nil || len(desk.Partners) != 3 || desk.Partners[0].ID != demo.Northgate || desk.Partner.ID != "" {
			t.Fatalf("%v: %+v", err, desk.Partners)
		}
		_, _, err = w.CreateCustomer(ctx, sofia, harbour())
		if p, ok := models.ProblemIn(err); !ok || p.Fields[0].Field != "partner" {
			t.Errorf("without a partner: %v", err)
		}
		wish := harbour()
		wish.PartnerID = demo.Kestrel // of another tree
		if _, _, err := w.CreateCustomer(ctx, sofia, wish); !models.IsProblem(err, models.NotFound) {
			t.Errorf("for a partner of another tree: %v", err)
		}
		wish.PartnerID = demo.Halden
		f, err := w.OpenCustomer(ctx, w.Actor(t, demo.Maya), create(t, w, demo.Sofia, wish))
		if err != nil || f.Customer.RootID != demo.Northgate {
			t.Errorf("%v: %+v", err, f.Customer)
		}
		w.Sound(t)
	})
}

func TestAResellerCannotAddCustomersForItsDistributor(t *testing.T) {
	w := portaltest.New(t)
	wish := harbour()
	wish.PartnerID = demo.Northgate
	if _, _, err := w.CreateCustomer(ctx, w.Actor(t, demo.Ines), wish); !models.IsProblem(err, models.NotFound) {
		t.Errorf("got %v", err)
	}
}

func TestTheFirstCustomerOfANewPartnerIsAdded(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		rufus := w.Actor(t, demo.Edda) // Sable itself has no customer yet
		wish := harbour()
		wish.PartnerID, wish.OwnerID = demo.Sable, ""
		if _, _, err := w.CreateCustomer(ctx, rufus, wish); err != nil {
			t.Error(err)
		}
		w.Sound(t)
	})
}

func TestAnOwnerIsSomebodyOnTheStaffWhoMayAssignPlans(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		desk, err := w.ProposeCustomer(ctx, ines, models.CustomerWish{})
		if err != nil || desk.Wish.OwnerID != demo.Ines || desk.Wish.TimeZone != "Europe/Warsaw" || desk.Wish.Currency != "EUR" {
			t.Errorf("%v: begins with %+v", err, desk.Wish)
		}
		var names []string
		for _, u := range desk.Owners {
			names = append(names, u.Name)
		}
		if got := strings.Join(names, ", "); got != "Ines Duarte, Maya Kowalski, Tom Reyes" {
			t.Errorf("owners: %s", got)
		}
		for _, owner := range []string{demo.Priya, demo.Helen, demo.Callum, demo.Sofia, "U-nobody"} {
			wish := harbour()
			wish.OwnerID = owner
			_, _, err := w.CreateCustomer(ctx, ines, wish)
			if p, ok := models.ProblemIn(err); !ok || p.Fields[0].Field != "owner" {
				t.Errorf("owned by %s: %v", owner, err)
			}
		}
	})
}

func TestWhoMayNotAddCustomersIsTold(t *testing.T) {
	w := portaltest.New(t)
	for _, id := range []string{demo.Maya, demo.Priya, demo.Luca, demo.Greta, demo.Helen, demo.Viktor} {
		if _, _, err := w.CreateCustomer(ctx, w.Actor(t, id), harbour()); !models.IsProblem(err, models.Forbidden) {
			t.Errorf("%s got %v", id, err)
		}
	}
}
