package portal_test

import (
	"slices"
	"strings"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// editing is a customer's form as Ines would open it.
func editing(t *testing.T, w *portaltest.World, id string) models.CustomerWish {
	t.Helper()
	desk, err := w.OpenCustomerForm(ctx, w.Actor(t, demo.Ines), id, models.CustomerWish{})
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.FormKey = "form of " + t.Name()
	return wish
}

func TestEditingChangesFactsAndContactsAndSaysWhich(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		wish := editing(t, w, demo.CustomerWithoutAccount)
		wish.Name, wish.City, wish.ExternalRef, wish.OwnerID = "ジュニパー法律事務所", "東京", "JP-77", demo.Tom
		wish.Contacts[0].Email = "jan.jalowiec@juniper.example"
		wish.Contacts = append(wish.Contacts, models.ContactWish{Name: "Ewa Sosna", Email: "ewa@juniper.example"}, models.ContactWish{})

		if _, err := w.EditCustomer(ctx, ines, demo.CustomerWithoutAccount, wish); err != nil {
			t.Fatal(err)
		}

		f, _ := w.OpenCustomer(ctx, ines, demo.CustomerWithoutAccount)
		if f.Customer.Name != wish.Name || f.Customer.ExternalRef != "JP-77" || f.Owner != "Tom Reyes" {
			t.Errorf("%+v of %s", f.Customer, f.Owner)
		}
		if len(f.Contacts) != 2 || f.Contacts[0].Email != "jan.jalowiec@juniper.example" || f.Contacts[1].Name != "Ewa Sosna" {
			t.Errorf("%+v", f.Contacts)
		}
		if e := f.History[0]; e.Kind != models.CustomerChanged || e.Detail.Fields != "name, city, reference, owner, contacts" {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

func TestAContactIsRemovedByABoxOrByEmptyingItsRow(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, gone := range []models.ContactWish{{Name: "Jan", Email: "jan@juniper.example", Remove: true}, {}} {
			wish := editing(t, w, demo.CustomerWithoutAccount)
			wish.FormKey += gone.Name
			keep := models.ContactWish{Name: "Ewa Sosna", Email: "ewa@juniper.example"}
			gone.ID = wish.Contacts[0].ID
			wish.Contacts = []models.ContactWish{gone, keep}
			if _, err := w.EditCustomer(ctx, w.Actor(t, demo.Ines), demo.CustomerWithoutAccount, wish); err != nil {
				t.Fatal(err)
			}
			f, _ := w.OpenCustomer(ctx, w.Actor(t, demo.Ines), demo.CustomerWithoutAccount)
			if len(f.Contacts) != 1 || f.Contacts[0].Name != "Ewa Sosna" {
				t.Errorf("%+v", f.Contacts)
			}
		}
	})
}

func TestSomebodyElsesContactCannotBeEdited(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, id := range []string{"K-2003", "K-1042"} { // Tidewater's, and another customer's own
			wish := editing(t, w, demo.CustomerWithoutAccount)
			wish.Contacts = append(wish.Contacts, models.ContactWish{ID: id, Name: "Mallory", Email: "mallory@example.com"})
			if _, err := w.EditCustomer(ctx, w.Actor(t, demo.Ines), demo.CustomerWithoutAccount, wish); !models.IsProblem(err, models.NotFound) {
				t.Errorf("%s: %v", id, err)
			}
		}
	})
}

func TestAnEditOfOlderFactsComesBackWithWhatDiffers(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines, tom := w.Actor(t, demo.Ines), w.Actor(t, demo.Tom)
		mine, theirs := editing(t, w, demo.Bramley), editing(t, w, demo.Bramley)
		theirs.FormKey, theirs.City, theirs.Contacts[0].Name = "Tom's", "Leeds", "Helen B."
		if _, err := w.EditCustomer(ctx, tom, demo.Bramley, theirs); err != nil {
			t.Fatal(err)
		}
		mine.Note = "Call Helen at nine."

		desk, err := w.EditCustomer(ctx, ines, demo.Bramley, mine)

		if !models.IsProblem(err, models.Conflict) || desk.Wish.Note != mine.Note {
			t.Fatalf("%v with %+v", err, desk.Wish)
		}
		var differ []string
		for _, d := range desk.Stored {
			differ = append(differ, d.Field+" "+d.Stored)
		}
		if got := strings.Join(differ, "; "); !strings.Contains(got, "city Leeds") || !strings.Contains(got, "contact Helen B., helen@bramley.example") {
			t.Errorf("differs in %s", got)
		}
		if _, err := w.EditCustomer(ctx, ines, demo.Bramley, desk.Wish); err != nil {
			t.Errorf("saved again: %v", err)
		}
	})
}

func TestSavingNothingRecordsNothing(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		before, _ := w.OpenCustomer(ctx, ines, demo.Bramley)
		if _, err := w.EditCustomer(ctx, ines, demo.Bramley, editing(t, w, demo.Bramley)); err != nil {
			t.Fatal(err)
		}
		after, _ := w.OpenCustomer(ctx, ines, demo.Bramley)
		if after.Customer.Version != before.Customer.Version || after.History[0].Seq != before.History[0].Seq {
			t.Errorf("version %d, was %d", after.Customer.Version, before.Customer.Version)
		}
	})
}

func TestAnEditThatMakesACustomerLookLikeAnotherShowsIt(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		wish := editing(t, w, demo.CustomerWithoutAccount)
		wish.Name, wish.City = "Bramley Dental Group", "London"
		desk, err := w.EditCustomer(ctx, ines, demo.CustomerWithoutAccount, wish)
		if !models.IsProblem(err, models.Invalid) || len(desk.Likely) != 1 {
			t.Fatalf("%v with %+v", err, desk.Likely)
		}
		wish.Anyway = []string{demo.Bramley}
		if _, err := w.EditCustomer(ctx, ines, demo.CustomerWithoutAccount, wish); err != nil {
			t.Fatal(err)
		}
		again := editing(t, w, demo.CustomerWithoutAccount)
		again.FormKey, again.Note = "again", "They are two."
		if _, err := w.EditCustomer(ctx, ines, demo.CustomerWithoutAccount, again); err != nil {
			t.Errorf("what was alike before is asked again: %v", err)
		}
	})
}

func TestACustomerInAnotherTimeZoneKeepsItsEndDates(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		before, _ := w.OpenAccount(ctx, ines, demo.BramleyAccount)
		wish := editing(t, w, demo.Bramley)
		wish.TimeZone = "Pacific/Auckland"
		if _, err := w.EditCustomer(ctx, ines, demo.Bramley, wish); err != nil {
			t.Fatal(err)
		}
		after, _ := w.OpenAccount(ctx, ines, demo.BramleyAccount)
		if after.Subscription.EndsOn != before.Subscription.EndsOn || !after.Subscription.EndsAt.Equal(after.Subscription.EndsOn.EndIn(after.Customer.Location())) {
			t.Errorf("ends %s at %s", after.Subscription.EndsOn, after.Subscription.EndsAt)
		}
		if after.Subscription.Version != before.Subscription.Version+1 {
			t.Error("who modifies the plan at the same moment would not notice")
		}
		w.Sound(t)
	})
}

func TestAReferenceIsTakenFromNobodyByAnEdit(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		wish := editing(t, w, demo.CustomerWithoutAccount)
		wish.ExternalRef = "88123"
		_, err := w.EditCustomer(ctx, w.Actor(t, demo.Ines), demo.CustomerWithoutAccount, wish)
		if p, ok := models.ProblemIn(err); !ok || len(p.Fields) != 1 || p.Fields[0].Field != "external-ref" {
			t.Errorf("got %v", err)
		}
	})
}

func TestACustomerWithAnOpenAccountIsNotArchived(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		desk, err := w.ArchiveCustomer(ctx, w.Actor(t, demo.Ines), demo.Bramley)
		held := func(id string) bool {
			return slices.ContainsFunc(desk.Open, func(h models.HeldPlan) bool { return h.Account.ID == id })
		}
		if !models.IsProblem(err, models.Conflict) || !held(demo.BramleyAccount) || !held(demo.BramleyMail) {
			t.Errorf("%v with %+v", err, desk.Open)
		}
	})
}

func TestACustomerIsArchivedAndComesBack(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		for _, id := range []string{demo.CustomerWithoutAccount, "C-1033", "C-1034"} { // nothing, closed, purged
			for range 2 {
				if _, err := w.ArchiveCustomer(ctx, ines, id); err != nil {
					t.Fatal(err)
				}
			}
			f, _ := w.OpenCustomer(ctx, ines, id)
			if f.Customer.ArchivedAt == nil || f.History[0].Kind != models.CustomerArchived || f.History[1].Kind == models.CustomerArchived {
				t.Errorf("%s: %+v", id, f.History[:2])
			}
			for range 2 {
				if err := w.RestoreCustomer(ctx, ines, id); err != nil {
					t.Fatal(err)
				}
			}
			if f, _ = w.OpenCustomer(ctx, ines, id); f.Customer.ArchivedAt != nil || f.History[0].Kind != models.CustomerRestored {
				t.Errorf("%s: %+v", id, f.History[0])
			}
		}
		w.Sound(t)
	})
}

func TestNoPlanBeginsAtAnArchivedCustomer(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		if _, err := w.ArchiveCustomer(ctx, w.Actor(t, demo.Ines), "C-1034"); err != nil {
			t.Fatal(err)
		}
		_, _, err := w.AssignPlan(ctx, w.Actor(t, demo.Maya), "C-1034", models.Assignment{PlanKey: demo.Standard, Seats: 5})
		if !models.IsProblem(err, models.Conflict) {
			t.Errorf("assigning: %v", err)
		}
		_, _, err = w.ReassignPlan(ctx, w.Actor(t, demo.Maya), demo.PurgedAccount, models.Reassignment{PlanKey: demo.Standard, Seats: 5})
		if !models.IsProblem(err, models.Conflict) {
			t.Errorf("reassigning: %v", err)
		}
	})
}
