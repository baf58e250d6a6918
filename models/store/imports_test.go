package store_test

import (
	"context"
	"errors"
	"testing"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
)

// Each look-up of an import is asked, by everybody who could try, for what belongs to Halden.
func TestLookUpsOfAnImportFindOnlyWhatIsWithinReach(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, c := range []struct {
			who  string
			want [4]int
		}{
			{demo.Ines, [4]int{1, 1, 1, 2}},
			{demo.Sofia, [4]int{1, 1, 1, 2}},
			{demo.Helen, [4]int{1, 1, 1, 2}},
			{demo.Birgit, [4]int{}}, // a contact of another customer of Halden
			{demo.Noor, [4]int{}},
			{demo.Rufus, [4]int{}},
			{demo.Edda, [4]int{}},
		} {
			err := w.Store.Look(context.Background(), w.Actor(t, c.who), w.Clock(), func(v *store.View) error {
				refs, err := v.CustomersByRefs(demo.Halden, []string{"88123"})
				names, err2 := v.CustomersByContacts(demo.Halden, []string{"bramley dental group"}, []string{"helen@bramley.example"})
				contacts, err3 := v.ContactsOfAll(demo.Halden, []string{demo.Bramley})
				held, err4 := v.HeldByAll(demo.Halden, []string{demo.Bramley})
				if got := [4]int{len(refs), len(names), len(contacts), len(held)}; got != c.want {
					t.Errorf("%s finds %v, want %v", c.who, got, c.want)
				}
				return errors.Join(err, err2, err3, err4)
			})
			if err != nil {
				t.Errorf("%s: %v", c.who, err)
			}
		}
	})
}

func TestPlansAreFoundByKeyOrNameAsTheyStandForThePartner(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for who, want := range map[string]int{demo.Ines: 3, demo.Rufus: 2} { // Sable sells no Endpoint Elite
			err := w.Store.Look(context.Background(), w.Actor(t, who), w.Clock(), func(v *store.View) error {
				offers, err := v.OffersNamed(demo.Halden, []string{demo.Standard, "Endpoint Advanced", demo.Elite, "endpoint"})
				if len(offers) != want {
					t.Errorf("%s finds %d plans", who, len(offers))
				}
				for _, o := range offers {
					if granted := who == demo.Ines && o.Plan.Key != demo.Elite; o.Granted != granted {
						t.Errorf("%s finds %s granted: %v", who, o.Plan.Key, o.Granted)
					}
				}
				return err
			})
			if err != nil {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
}

func TestWhatAnImportMayWrite(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		customer := func(id, partner, ref string) *models.Customer {
			return &models.Customer{
				ID: id, RootID: demo.Northgate, PartnerID: partner, Name: "Mill", TimeZone: "Europe/London", Currency: "EUR",
				ExternalRef: ref, CreatedAt: w.Clock(), Version: 1,
			}
		}
		said := func(partner string) []models.Event {
			return []models.Event{{RootID: demo.Northgate, PartnerID: partner, CustomerID: "C-9", Kind: models.CustomerCreated}}
		}
		for _, c := range []struct {
			when string
			row  store.Imported
			want error
		}{
			{"it says why", store.Imported{Created: customer("C-9", demo.Halden, ""), Events: said(demo.Halden)}, nil},
			{"it does not say why", store.Imported{Created: customer("C-8", demo.Halden, "")}, store.ErrNoEvent},
			{"it is another partner's", store.Imported{Created: customer("C-7", demo.Tidewater, ""), Events: said(demo.Tidewater)}, store.ErrBeyond},
			{"the reference is taken", store.Imported{Created: customer("C-6", demo.Halden, "88123"), Events: said(demo.Halden)}, store.ErrTaken},
		} {
			err := w.Store.Do(context.Background(), w.Actor(t, demo.Ines), w.Clock(), func(tx *store.Tx) error {
				if err := tx.HoldHistory(demo.Halden); err != nil {
					return err
				}
				return tx.AddImported([]store.Imported{c.row})
			})
			if !errors.Is(err, c.want) {
				t.Errorf("%s: %v", c.when, err)
			}
		}
		err := w.Store.Do(context.Background(), w.Actor(t, demo.Ines), w.Clock(), func(tx *store.Tx) error {
			old := *customer("C-9", demo.Halden, "X")
			old.Version = 7
			return tx.AddImported([]store.Imported{{Changed: &old, Events: said(demo.Halden)}})
		})
		if !models.IsProblem(err, models.Conflict) {
			t.Errorf("from an old version: %v", err)
		}
		w.Sound(t)
	})
}
