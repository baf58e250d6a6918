package portal_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// planForm is the form of a plan as it would be sent back untouched.
func planForm(t *testing.T, w *portaltest.World, as, key string) models.PlanWish {
	t.Helper()
	desk, err := w.ProposeEdit(ctx, w.Actor(t, as), key)
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.FormKey = "form of " + t.Name()
	return wish
}

// planOfHaldens makes a plan of Halden's own, a clone of Endpoint Standard.
func planOfHaldens(t *testing.T, w *portaltest.World, name string) string {
	t.Helper()
	ines := w.Actor(t, demo.Ines)
	desk, err := w.DraftPlan(ctx, ines, demo.Standard)
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.Name, wish.FormKey = name, "making "+name
	key, _, err := w.CreatePlan(ctx, ines, wish)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestEditingNeverChangesWhatIsAssigned(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya, sofia := w.Actor(t, demo.Maya), w.Actor(t, demo.Sofia)
		before, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}

		wish := planForm(t, w, demo.Sofia, demo.Standard)
		wish.Price, wish.Term, wish.Grace, wish.ModifyOnly = "9,90", "24", "0", true
		if _, err := w.EditPlan(ctx, sofia, demo.Standard, wish); err != nil {
			t.Fatal(err)
		}

		after, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}
		if after.Monthly() != before.Monthly() || after.Terms.Policy != before.Terms.Policy || after.Terms.Number != before.Terms.Number || !cmp.Equal(after.Subscription, before.Subscription) {
			t.Errorf("the account has %+v, had %+v", after.Terms, before.Terms)
		}
		f, err := w.OpenPlan(ctx, maya, demo.Standard)
		if err != nil {
			t.Fatal(err)
		}
		if f.Terms.Number != 3 || f.Terms.PriceMinor != 990 || f.Terms.TermMonths != 24 || len(f.Versions) != 3 || f.Versions[0].Accounts != 0 || f.Versions[1].Accounts == 0 {
			t.Errorf("the plan is %+v with %d versions", f.Terms, len(f.Versions))
		}
		if f.Versions[1].Accounts+f.Versions[2].Accounts != f.Accounts {
			t.Errorf("%d and %d accounts are not %d", f.Versions[1].Accounts, f.Versions[2].Accounts, f.Accounts)
		}
		if e := lastOfPartner(t, w, demo.Northgate); e.Kind != models.PlanEdited || e.Detail.Fields != "price, term, policy" || e.ActorID != demo.Sofia || e.Detail.Plan != "Endpoint Standard" {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

// lastOfPartner is the end of a partner's history.
func lastOfPartner(t *testing.T, w *portaltest.World, partner string) (last models.Event) {
	t.Helper()
	err := w.Store.Look(ctx, models.Operator(), w.Clock(), func(v *store.View) (err error) {
		last, err = v.LastEvent(partner)
		return err
	})
	if err != nil {
		t.Fatal("no history: ", err)
	}
	return last
}

func TestAProposalFromBeforeAnEditIsShownAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		maya := w.Actor(t, demo.Maya)
		desk, err := w.ProposeReassignment(ctx, maya, demo.BramleyAccount, models.Reassignment{PlanKey: demo.Advanced})
		if err != nil || desk.Proposal.ID == "" {
			t.Fatal("no proposal: ", err)
		}
		wish := planForm(t, w, demo.Sofia, demo.Advanced)
		wish.Price = "3.60"
		if _, err := w.EditPlan(ctx, w.Actor(t, demo.Sofia), demo.Advanced, wish); err != nil {
			t.Fatal(err)
		}

		agreed := desk.Wish
		agreed.Why, agreed.Note, agreed.TypedID, agreed.FormKey = "separate", "The practice is being sold in parts.", demo.BramleyAccount, "agreeing"
		_, again, err := w.ReassignPlan(ctx, maya, demo.BramleyAccount, agreed)

		if !models.IsProblem(err, models.Conflict) || again.Target.Terms.PriceMinor != 360 || again.Proposal.ID == desk.Proposal.ID {
			t.Errorf("got %v with %+v", err, again.Target.Terms)
		}
	})
}

func TestTwentyPeopleEditingAtOnceMakeOneVersion(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia, drawn := w.Actor(t, demo.Sofia), planForm(t, w, demo.Sofia, demo.Advanced)
		var won, lost atomic.Int32
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				wish := drawn
				wish.Price, wish.FormKey = fmt.Sprintf("4.%02d", i), fmt.Sprintf("form %d", i)
				desk, err := w.EditPlan(ctx, sofia, demo.Advanced, wish)
				switch {
				case err == nil:
					won.Add(1)
				case models.IsProblem(err, models.Conflict) && desk.Wish.Price == wish.Price && desk.Wish.Version == drawn.Version+1:
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		f, err := w.OpenPlan(ctx, sofia, demo.Advanced)
		if err != nil {
			t.Fatal(err)
		}
		if won.Load() != 1 || lost.Load() != 19 || f.Plan.Current != 2 || len(f.Versions) != 2 {
			t.Errorf("%d won, %d lost, version %d of %d", won.Load(), lost.Load(), f.Plan.Current, len(f.Versions))
		}
		w.Sound(t)
	})
}

func TestTheSameFormSentManyTimesMakesOneVersionAndOnePlan(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia, wish := w.Actor(t, demo.Sofia), planForm(t, w, demo.Sofia, demo.Advanced)
		wish.Price = "4.00"
		fresh := wish
		fresh.ProductID, fresh.Name, fresh.FormKey = demo.Endpoint, "Endpoint Harbour", "a new plan"
		keys := make([]string, 20)
		var all sync.WaitGroup
		for i := range keys {
			all.Go(func() {
				if _, err := w.EditPlan(ctx, sofia, demo.Advanced, wish); err != nil {
					t.Error(err)
				}
				key, _, err := w.CreatePlan(ctx, sofia, fresh)
				if err != nil {
					t.Error(err)
				}
				keys[i] = key
			})
		}
		all.Wait()
		f, err := w.OpenPlan(ctx, sofia, demo.Advanced)
		if err != nil || f.Plan.Current != 2 {
			t.Errorf("version %d, %v", f.Plan.Current, err)
		}
		for _, key := range keys {
			if key != "endpoint-harbour" {
				t.Errorf("one of the clicks led to %q", key)
			}
		}
		if _, err := w.OpenPlan(ctx, sofia, "endpoint-harbour-2"); !models.IsProblem(err, models.NotFound) {
			t.Errorf("there is a second plan: %v", err)
		}
		w.Sound(t)
	})
}

func TestAFormThatChangesNothingSaysSo(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		_, err := w.EditPlan(ctx, w.Actor(t, demo.Sofia), demo.Standard, planForm(t, w, demo.Sofia, demo.Standard))
		if !models.IsProblem(err, models.Invalid) || !strings.Contains(err.Error(), "Nothing would change. Version 2") {
			t.Errorf("got %v", err)
		}
	})
}

func TestAResellerEditsOnlyItsOwnPlans(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines, noor, sofia := w.Actor(t, demo.Ines), w.Actor(t, demo.Noor), w.Actor(t, demo.Sofia)
		theirs := planForm(t, w, demo.Sofia, demo.Standard)
		key := planOfHaldens(t, w, "Halden Care")
		mine := planForm(t, w, demo.Ines, key)

		for _, c := range []struct {
			who  models.Actor
			key  string
			wish models.PlanWish
			want models.ProblemKind
		}{
			{ines, demo.Standard, theirs, models.Forbidden},
			{noor, demo.Standard, theirs, models.Forbidden},
			{noor, key, mine, models.NotFound},
			{w.Actor(t, demo.Edda), key, mine, models.NotFound},
			{sofia, key, mine, models.Forbidden},
			{w.Actor(t, demo.Maya), key, mine, models.Forbidden},
			{w.Actor(t, demo.Helen), key, mine, models.Forbidden},
		} {
			c.wish.Price, c.wish.FormKey = "0.01", "crafted"
			if desk, err := w.EditPlan(ctx, c.who, c.key, c.wish); !models.IsProblem(err, c.want) || desk.Plan.ID != "" {
				t.Errorf("%s edits %s: %v with %q", c.who.Name, c.key, err, desk.Terms.Name)
			}
			if err := w.RetirePlan(ctx, c.who, c.key, 1, "crafted"); !models.IsProblem(err, c.want) {
				t.Errorf("%s retires %s: %v", c.who.Name, c.key, err)
			}
			if err := w.BringBackPlan(ctx, c.who, c.key, 1, "crafted"); !models.IsProblem(err, c.want) {
				t.Errorf("%s brings back %s: %v", c.who.Name, c.key, err)
			}
		}

		mine.Price = "5.00"
		if _, err := w.EditPlan(ctx, ines, key, mine); err != nil {
			t.Error("their own: ", err)
		}
		if e := lastOfPartner(t, w, demo.Halden); e.Kind != models.PlanEdited || e.Detail.Plan != "Halden Care" {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

func TestAnotherResellersPlansAreNotThere(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		key, noor := planOfHaldens(t, w, "Halden Care"), w.Actor(t, demo.Noor)
		if _, err := w.OpenPlan(ctx, noor, key); !models.IsProblem(err, models.NotFound) {
			t.Errorf("opening: %v", err)
		}
		if _, err := w.DraftPlan(ctx, noor, key); !models.IsProblem(err, models.NotFound) {
			t.Errorf("cloning: %v", err)
		}
		page, err := w.ListPlans(ctx, noor, portal.Place{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			if r.Plan.PartnerID != demo.Northgate && r.Plan.PartnerID != demo.Tidewater {
				t.Errorf("the catalogue shows %s", r.Plan.Key)
			}
		}
		// The name is taken in the tree, and Tidewater learns nothing of whose it is.
		desk, err := w.DraftPlan(ctx, noor, demo.Standard)
		if err != nil {
			t.Fatal(err)
		}
		wish := desk.Wish
		wish.Name, wish.FormKey = "Halden Care", "tidewater's"
		if got, _, err := w.CreatePlan(ctx, noor, wish); err != nil || got != "halden-care-2" {
			t.Errorf("got %q, %v", got, err)
		}
		w.Sound(t)
	})
}

func TestOnlyTheDistributorGrants(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		noor, sofia := w.Actor(t, demo.Noor), w.Actor(t, demo.Sofia)
		err := w.Store.Do(ctx, noor, w.Clock(), func(tx *store.Tx) error {
			_, err := tx.GrantPlan("N-1004", true, nil)
			return err
		})
		if err == nil {
			t.Error("a reseller granted itself a plan")
		}
		err = w.Store.Do(ctx, noor, w.Clock(), func(tx *store.Tx) error {
			_, err := tx.RevokePlan("N-1002", []string{demo.Tidewater})
			return err
		})
		if err == nil {
			t.Error("a reseller took a plan back")
		}

		wish := planForm(t, w, demo.Sofia, demo.AdvancedMail)
		wish.Resellers = []string{demo.Tidewater, demo.Kestrel, "P-\x00"}
		if _, err := w.EditPlan(ctx, sofia, demo.AdvancedMail, wish); err != nil {
			t.Fatal(err)
		}

		for id, want := range map[string]models.Standing{demo.Noor: models.OnSale, demo.Ines: models.NotGranted} {
			f, err := w.OpenPlan(ctx, w.Actor(t, id), demo.AdvancedMail)
			if err != nil || f.Standing() != want || f.Plan.Current != 1 {
				t.Errorf("%s finds it %s in version %d, %v", id, f.Standing(), f.Plan.Current, err)
			}
		}
		f, err := w.OpenPlan(ctx, sofia, demo.AdvancedMail)
		if err != nil || f.Resellers != 1 {
			t.Errorf("%d resellers, %v", f.Resellers, err)
		}
		if e := lastOfPartner(t, w, demo.Northgate); e.Kind != models.PlanEdited || e.Detail.Fields != "resellers" {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

func TestTwoPeopleWhoGrantDoNotUndoEachOther(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia, key := w.Actor(t, demo.Sofia), demo.Elite // granted to Tidewater
		one, two := planForm(t, w, demo.Sofia, key), planForm(t, w, demo.Sofia, key)
		one.Everybody, one.FormKey = true, "one"
		two.Resellers, two.FormKey = nil, "two"
		for _, wish := range []models.PlanWish{one, two} {
			if _, err := w.EditPlan(ctx, sofia, key, wish); err != nil {
				t.Fatal(err)
			}
		}
		desk, err := w.ProposeEdit(ctx, sofia, key)
		if err != nil || len(desk.Wish.Had) != 1 || desk.Wish.Had[0] != demo.Halden {
			t.Errorf("granted to %v, %v", desk.Wish.Had, err)
		}
	})
}

func TestARetiredPlanIsNoLongerSoldAndComesBack(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia, maya := w.Actor(t, demo.Sofia), w.Actor(t, demo.Maya)
		before, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.OpenPlan(ctx, sofia, demo.Standard)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.RetirePlan(ctx, sofia, demo.Standard, f.Plan.Version-1, "old"); !models.IsProblem(err, models.Conflict) {
			t.Errorf("from an old page: %v", err)
		}
		for range 2 { // a double click
			if err := w.RetirePlan(ctx, sofia, demo.Standard, f.Plan.Version, "retiring"); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.RetirePlan(ctx, sofia, demo.Standard, f.Plan.Version+1, "again"); !models.IsProblem(err, models.Conflict) {
			t.Errorf("twice: %v", err)
		}
		after, err := w.OpenAccount(ctx, maya, demo.BramleyAccount)
		if err != nil || !cmp.Equal(after.Subscription, before.Subscription) || after.Monthly() != before.Monthly() {
			t.Errorf("the account changed: %v", err)
		}
		if r, _ := w.OpenPlan(ctx, maya, demo.Standard); r.Standing() != models.OffSale {
			t.Errorf("it is %s", r.Standing())
		}
		if e := lastOfPartner(t, w, demo.Northgate); e.Kind != models.PlanRetired {
			t.Errorf("the history says %+v", e)
		}

		if err := w.BringBackPlan(ctx, sofia, demo.Standard, f.Plan.Version+1, "returning"); err != nil {
			t.Fatal(err)
		}
		if r, _ := w.OpenPlan(ctx, maya, demo.Standard); r.Standing() != models.OnSale {
			t.Errorf("it is %s", r.Standing())
		}
		if e := lastOfPartner(t, w, demo.Northgate); e.Kind != models.PlanBroughtBack {
			t.Errorf("the history says %+v", e)
		}
		w.Sound(t)
	})
}

func TestALockedPlanIsNotChanged(t *testing.T) {
	w := portaltest.New(t)
	if _, err := w.ProposeEdit(ctx, w.Actor(t, demo.Sofia), demo.Lite); !models.IsProblem(err, models.Conflict) {
		t.Errorf("got %v", err)
	}
}

func TestEachReaderCountsTheAccountsTheySee(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		counts := map[string]int{}
		for _, id := range []string{demo.Sofia, demo.Maya, demo.Noor, demo.Ada} {
			page, err := w.ListPlans(ctx, w.Actor(t, id), portal.Place{})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				if r.Plan.Key == demo.Standard {
					counts[id] = r.Accounts
				}
			}
		}
		if counts[demo.Sofia] != counts[demo.Maya]+counts[demo.Noor] || counts[demo.Maya] == 0 || counts[demo.Noor] == 0 || counts[demo.Ada] == 0 {
			t.Errorf("counted %v", counts)
		}
	})
}

func TestTheCatalogueIsReadPageByPage(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia := w.Actor(t, demo.Sofia)
		desk, err := w.DraftPlan(ctx, sofia, demo.Standard)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			wish := desk.Wish
			wish.Name, wish.FormKey = fmt.Sprintf("Zenith %03d", i), fmt.Sprint("form ", i)
			if _, _, err := w.CreatePlan(ctx, sofia, wish); err != nil {
				t.Fatal(err)
			}
		}
		seen := map[string]bool{}
		var pages []models.CataloguePage
		for at := (portal.Place{}); ; {
			page, err := w.ListPlans(ctx, sofia, at)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				if seen[r.Plan.Key] {
					t.Errorf("%s comes twice", r.Plan.Key)
				}
				seen[r.Plan.Key] = true
			}
			pages = append(pages, page)
			if page.Next == "" {
				break
			}
			at = portal.Place{After: page.Next}
		}
		if len(pages) != 3 || len(seen) != 113 || pages[0].Previous != "" {
			t.Fatalf("%d pages with %d plans", len(pages), len(seen))
		}
		back, err := w.ListPlans(ctx, sofia, portal.Place{Before: pages[2].Previous})
		if err != nil || back.Rows[0].Plan.Key != pages[1].Rows[0].Plan.Key || back.Next == "" || back.Previous == "" {
			t.Errorf("going back leads to %q, %v", back.Rows[0].Plan.Key, err)
		}
		if _, err := w.ListPlans(ctx, sofia, portal.Place{After: "\x00", Before: "\xff'"}); err != nil {
			t.Error("a broken place: ", err)
		}
	})
}

func TestABadPlanIsNotMadeAndComesBackAsItWasTyped(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		sofia := w.Actor(t, demo.Sofia)
		before := lastOfPartner(t, w, demo.Northgate).Seq
		for i, bad := range []models.PlanWish{
			{}, {Name: "Odd", Price: "3.4567", Term: "67"}, {Name: "\x00\xff", ProductID: demo.SableEndpoint, Unit: "\x00", Currency: "\xff"},
		} {
			bad.FormKey = fmt.Sprint("bad ", i)
			_, desk, err := w.CreatePlan(ctx, sofia, bad)
			if !models.IsProblem(err, models.Invalid) || desk.Problem == nil || desk.Wish.Price != bad.Price || desk.Wish.Term != bad.Term {
				t.Errorf("%+v: %v", bad, err)
			}
			if desk.Problem.Fields[0].Field != "product" {
				t.Errorf("a product of another tree was taken: %+v", desk.Problem)
			}
			if _, err := w.EditPlan(ctx, sofia, demo.Standard, bad); err == nil {
				t.Error("the edit went through")
			}
		}
		if after := lastOfPartner(t, w, demo.Northgate).Seq; after != before {
			t.Errorf("%d events more", after-before)
		}
	})
}
