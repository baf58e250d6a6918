package portal_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

// wished is a row for a company in Leeds with a contact.
func wished(company string, change ...func(*models.ImportRow)) models.ImportRow {
	r := models.ImportRow{
		Company: company, City: "Leeds", Country: "GB", FirstName: "Ann", LastName: "Lee",
		Email: "ann@" + strings.ReplaceAll(models.PlainName(company), " ", "") + ".example",
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func ref(ref string) func(*models.ImportRow) {
	return func(r *models.ImportRow) { r.ExternalRef = ref }
}

func plan(key string, seats int) func(*models.ImportRow) {
	return func(r *models.ImportRow) { r.Assignment = &models.Assignment{PlanKey: key, Seats: seats} }
}

// contact makes a row be for a customer of the demo as it is there.
func contact(city, country, name, email string) func(*models.ImportRow) {
	return func(r *models.ImportRow) {
		r.City, r.Country, r.Email = city, country, email
		r.FirstName, r.LastName, _ = strings.Cut(name, " ")
	}
}

func bramley(change ...func(*models.ImportRow)) models.ImportRow {
	return wished("Bramley Dental Group", append([]func(*models.ImportRow){ref("88123"), contact("London", "GB", "Dr Helen Bramley", "helen@bramley.example")}, change...)...)
}

// numbered gives rows the lines they would have in a file.
func numbered(rows ...models.ImportRow) iter.Seq2[models.ImportRow, error] {
	return func(yield func(models.ImportRow, error) bool) {
		for i, r := range rows {
			r.Line = i + 2
			if !yield(r, nil) {
				return
			}
		}
	}
}

func imports(t testing.TB, w *portaltest.World, who string, wish models.Import, rows iter.Seq2[models.ImportRow, error]) (models.ImportReport, []models.RowVerdict) {
	t.Helper()
	var all []models.RowVerdict
	report, err := w.ImportCustomers(ctx, w.Actor(t, who), wish, rows, func(v models.RowVerdict) error {
		all = append(all, v)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return report, all
}

func counts(r models.ImportReport) string {
	return fmt.Sprintf("%d rows: %d created, %d changed, %d unchanged, %d refused, %d accounts", r.Rows, r.Created, r.Changed, r.Unchanged, r.Refused, r.Accounts)
}

func view(t testing.TB, w *portaltest.World, look func(*store.View) error) {
	t.Helper()
	if err := w.Store.Look(ctx, models.Operator(), w.Clock(), look); err != nil {
		t.Fatal(err)
	}
}

// everything is every customer there is, with contacts, accounts and history.
func everything(t testing.TB, w *portaltest.World) map[string][]any {
	t.Helper()
	all := map[string][]any{}
	view(t, w, func(v *store.View) error {
		for key := (store.Key{}); ; {
			rows, err := v.Customers(store.Listing{Limit: 50}, key, models.CountBound+1)
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, r := range rows {
				c, err := v.Customer(r.ID)
				contacts, err2 := v.Contacts(r.ID)
				accounts, err3 := v.AccountsOf(r.ID)
				events, err4 := v.HistoryOfCustomer(r.ID)
				if err := errors.Join(err, err2, err3, err4); err != nil {
					return err
				}
				all[r.ID] = []any{c, contacts, accounts, events}
				key = store.CustomerKey(models.ByName, r)
			}
		}
	})
	return all
}

func TestTheVerdictOnARow(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		for _, c := range rowsWithVerdicts() {
			t.Run(c.when, func(t *testing.T) {
				_, all := imports(t, w, demo.Ines, models.Import{Dry: true}, numbered(c.row))

				if v := all[0]; v.Outcome != c.want || v.Opens != c.opens || strings.Join(v.Why, " ") != c.because {
					t.Errorf("%s, opens %v: %q", v.Outcome, v.Opens, v.Why)
				}
			})
		}
	})
}

type rowWithVerdict struct {
	when    string
	row     models.ImportRow
	want    models.RowOutcome
	opens   bool
	because string
}

func rowsWithVerdicts() []rowWithVerdict {
	second := "Assigning another plan would open a second account. "
	return []rowWithVerdict{
		{"nobody is there", wished("New Mill Ltd"), models.RowCreated, false, ""},
		{"nobody is there, with a plan by key", wished("New Mill Ltd", plan(demo.Standard, 5)), models.RowCreated, true, ""},
		{"nobody is there, with a plan by name", wished("New Mill Ltd", plan("Endpoint Standard", 5)), models.RowCreated, true, ""},
		{"the plan begins at once", wished("New Mill Ltd", plan(demo.Instant, 5)), models.RowCreated, true, ""},
		{"the plan begins on a date", wished("New Mill Ltd", plan(demo.Dated, 5), func(r *models.ImportRow) { r.Assignment.StartsOn = "2026-04-01" }), models.RowCreated, true, ""},
		{"the plan begins in the past", wished("New Mill Ltd", plan(demo.Dated, 5), func(r *models.ImportRow) { r.Assignment.StartsOn = "2026-03-01" }), models.RowRefused, false, "The start date cannot be before today."},
		{"an end in the past", wished("New Mill Ltd", plan(demo.Standard, 5), func(r *models.ImportRow) { r.Assignment.EndsOn = "2026-03-01" }), models.RowRefused, false, "The end date cannot be before the start or before today."},
		{"there is no such plan", wished("New Mill Ltd", plan("endpoint-gold", 5)), models.RowRefused, false, "There is no plan called endpoint-gold."},
		{"the plan is not granted", wished("New Mill Ltd", plan(demo.Elite, 5)), models.RowRefused, false, "Your distributor has not granted Endpoint Elite to you."},
		{"the plan is retired", wished("New Mill Ltd", plan(demo.Basic, 5)), models.RowRefused, false, "Endpoint Basic is no longer sold."},
		{"the plan is locked", wished("New Mill Ltd", plan(demo.Lite, 5)), models.RowRefused, false, "Endpoint Lite is locked until its admin unlocks it."},
		{"the plan takes a code", wished("New Mill Ltd", plan(demo.VaultPlan, 5)), models.RowRefused, false, "Server Vault begins with an activation code, and the portal issues no codes. It cannot be assigned here."},
		{"the row is wrong by itself", wished("New Mill Ltd", func(r *models.ImportRow) { r.Country = "Britain" }), models.RowRefused, false, "Enter a country as its two letters, such as DE."},

		{"the reference is known", bramley(), models.RowUnchanged, false, ""},
		{"the company and email are known", wished("BRAMLEY Dental Group, Ltd.", contact("London", "GB", "Dr Helen Bramley", "helen@bramley.example")), models.RowChanged, false, ""},
		{"the company is known and the email is not", wished("Bramley Dental Group"), models.RowCreated, false, ""},
		{"a known company moves", bramley(func(r *models.ImportRow) { r.City = "Reading" }), models.RowChanged, false, ""},
		{"a known company has a further contact", bramley(func(r *models.ImportRow) { r.Email = "desk@bramley.example" }), models.RowChanged, false, ""},
		{"the time zone differs", bramley(func(r *models.ImportRow) { r.TimeZone = "Europe/Paris" }), models.RowRefused, false, "The time zone of C-1042 is Europe/London. End dates depend on it, so a file does not change it."},
		{"the reference is another", bramley(ref("99999")), models.RowRefused, false, "C-1042 has this company and email, and the external_ref 88123."},
		{"the customer gets a reference", wished("Juniper Legal", ref("J-1"), contact("Wrocław", "PL", "Jan Jałowiec", "jan@juniper.example")), models.RowChanged, false, ""},
		{"the customer is archived", wished("Kingfisher Cafés", contact("Ghent", "BE", "Lies Maes", "lies@kingfisher.example")), models.RowRefused, false, "Kingfisher Cafés (C-1031) is archived. Restore the customer first."},

		{"the account has the plan", bramley(plan(demo.Standard, 50)), models.RowUnchanged, false, ""},
		{"the account has another plan", bramley(plan(demo.Advanced, 50)), models.RowRefused, false, "C-1042 already has Endpoint Standard on A-20418 with 42 agents. " + second + "Modify the plan instead."},
		{"the account has other seats", bramley(plan(demo.Standard, 60)), models.RowRefused, false, "C-1042 already has Endpoint Standard on A-20418 with 42 agents. Assigning it again would change nothing for the better. Seats, end date and renewal are modified in place."},
		{"the account is a trial", wished("Gable & Finch", contact("York", "GB", "Rosalind Finch", "rosalind@gablefinch.example"), plan(demo.Standard, 10)), models.RowRefused, false, "C-1026 already has Endpoint Trial on A-20711 with 5 agents. " + second + "Convert the trial instead."},
		{"the plan has ended", wished("Quarry & Sons", contact("Bath", "GB", "Edwin Quarry", "edwin@quarry.example"), plan(demo.Standard, 10)), models.RowRefused, false, "C-1025 already has Endpoint Standard on A-20705 with 8 agents. " + second + "Renew it instead."},
		{"the account was reassigned", wished("Sandpiper Leisure Group", contact("Brighton", "GB", "Fay Sandys", "fay@sandpiper.example"), plan(demo.Advanced, 45)), models.RowUnchanged, false, ""},
		{"the account is closed", wished("Marlow Picture Framing", contact("Marlow", "GB", "Sid Marlow", "sid@marlow.example"), plan(demo.Standard, 6)), models.RowChanged, true, ""},
		{"the account was purged", wished("Dunmore Fisheries", contact("Waterford", "IE", "Brendan Power", "brendan@dunmore.example"), plan(demo.Standard, 9)), models.RowChanged, true, "Account A-20707 was purged after its plan ended. The plan begins on a new account, and agents must be installed again."},
		{"there is an account of another family", wished("Hôtel Belvédère", contact("Annecy", "FR", "Odile Garnier", "odile@belvedere.example"), plan(demo.Standard, 9)), models.RowChanged, true, ""},
	}
}

// someRows are a file with every outcome in it.
func someRows() iter.Seq2[models.ImportRow, error] {
	return numbered(
		wished("New Mill Ltd", ref("N-1"), plan(demo.Standard, 5)),
		wished("New Wharf", plan(demo.MailStandard, 7), func(r *models.ImportRow) { r.Assignment.EndsOn = "2027-05-31" }),
		wished("New Lane", ref("N-3"), func(r *models.ImportRow) { r.Email, r.FirstName, r.LastName = "", "", "" }),
		bramley(plan(demo.Advanced, 50)),
		wished("Sandpiper Leisure Group", contact("Brighton", "GB", "Fay Sandys", "fay@sandpiper.example"), plan(demo.Advanced, 45)),
		wished("Juniper Legal", contact("Wrocław", "PL", "Jana Jałowiec", "Jan@juniper.example"), plan(demo.Dated, 3), func(r *models.ImportRow) { r.Assignment.StartsOn = "2026-03-12" }),
		wished("Broken", func(r *models.ImportRow) { r.City = "" }),
		wished("New Mill Limited", ref("N-9")),
		wished("Other Mill", ref("N-1")),
	)
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		first, _ := imports(t, w, demo.Ines, models.Import{}, someRows())
		before := everything(t, w)
		w.Pass(40 * 24 * 3600e9)
		second, verdicts := imports(t, w, demo.Tom, models.Import{}, someRows())

		if got := counts(first); got != "9 rows: 3 created, 1 changed, 1 unchanged, 4 refused, 3 accounts" {
			t.Error("first:", got)
		}
		if got := counts(second); got != "9 rows: 0 created, 0 changed, 5 unchanged, 4 refused, 0 accounts" {
			t.Error("second:", got)
			for _, v := range verdicts {
				t.Log(v.Row.Line, v.Outcome, v.Why)
			}
		}
		if diff := cmp.Diff(before, everything(t, w)); diff != "" {
			t.Errorf("the second time changed something (-before +after)\n%s", diff)
		}
		w.Sound(t)
	})
}

func TestADryRunSaysTheSameAndChangesNothing(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		before := everything(t, w)

		tried, triedVerdicts := imports(t, w, demo.Ines, models.Import{Dry: true}, someRows())
		if diff := cmp.Diff(before, everything(t, w)); diff != "" {
			t.Errorf("the dry run changed something (-before +after)\n%s", diff)
		}
		done, doneVerdicts := imports(t, w, demo.Ines, models.Import{}, someRows())

		if !tried.Dry || done.Dry || counts(tried) != counts(done) {
			t.Errorf("tried %+v, done %+v", tried, done)
		}
		for i, v := range doneVerdicts {
			if d := triedVerdicts[i]; d.Outcome != v.Outcome || d.Opens != v.Opens || !slices.Equal(d.Why, v.Why) || d.Row.Line != v.Row.Line {
				t.Errorf("line %d: tried %s %q, done %s %q", v.Row.Line, d.Outcome, d.Why, v.Outcome, v.Why)
			}
		}
	})
}

func TestRowsOfOneFileForTheSameCustomerAreRefused(t *testing.T) {
	w := portaltest.New(t)
	_, all := imports(t, w, demo.Ines, models.Import{}, numbered(
		wished("One", ref("X-1")),
		wished("Two", ref("X-1")),
		wished("ONE, Ltd", ref("X-3"), func(r *models.ImportRow) { r.Email = "ann@one.example" }),
		wished("Four", ref("X-4"), func(r *models.ImportRow) { r.City = "" }),
		wished("Five", ref("X-4")),
		bramley(func(r *models.ImportRow) { r.Company, r.Email = "Bramley Dental", "new@bramley.example" }),
		wished("Bramley Dental Group", contact("London", "GB", "Dr Helen Bramley", "helen@bramley.example")),
	))

	var got []string
	for _, v := range all {
		got = append(got, strings.TrimSpace(string(v.Outcome)+" "+strings.Join(v.Why, " ")))
	}
	want := []string{
		"created", "refused Line 2 has the same external_ref.", "refused Line 2 has the same company and email.", "refused Enter a city.", "created",
		"changed", "refused Line 7 is for the same customer, C-1042.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestACustomerIsRecognisedAcrossBatchesOfOneFile(t *testing.T) {
	w := portaltest.New(t)
	rows := []models.ImportRow{bramley(func(r *models.ImportRow) { r.Company, r.Email = "Renamed", "new@bramley.example" })}
	for i := range 250 {
		rows = append(rows, wished(fmt.Sprintf("Filler %d", i)))
	}
	rows = append(rows, wished("Bramley Dental Group", contact("London", "GB", "Dr Helen Bramley", "helen@bramley.example")))

	for _, dry := range []bool{true, false} {
		_, all := imports(t, w, demo.Ines, models.Import{Dry: dry}, numbered(rows...))

		last := all[len(all)-1]
		if last.Outcome != models.RowRefused || !strings.HasPrefix(last.Why[0], "Line 2 ") {
			t.Errorf("dry %v: %s %q", dry, last.Outcome, last.Why)
		}
	}
}

func TestEveryImportedChangeStandsInTheHistory(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		_, all := imports(t, w, demo.Ines, models.Import{}, numbered(
			wished("New Mill Ltd", plan(demo.Instant, 5), func(r *models.ImportRow) { r.Assignment.EndsOn = "2027-02-28" }),
			bramley(func(r *models.ImportRow) { r.City, r.Note, r.LastName = "Reading", "Moved.", "Helen Bramley-Jones" }),
		))

		for i, want := range [][]models.Event{
			{
				{Kind: models.AccountCreated, AccountID: all[0].AccountID, Detail: models.Detail{Plan: "Endpoint Now", Seats: 5, EndsOn: "2027-02-28"}},
				{Kind: models.CustomerCreated, Detail: models.Detail{Name: "New Mill Ltd"}},
			},
			{{Kind: models.CustomerChanged, Detail: models.Detail{Name: "Bramley Dental Group", Fields: "city, note, contact"}}},
		} {
			id := all[i].CustomerID
			view(t, w, func(v *store.View) error {
				events, err := v.HistoryOfCustomer(id)
				for j, e := range want {
					got := models.Event{Kind: events[j].Kind, AccountID: events[j].AccountID, Detail: events[j].Detail}
					if diff := cmp.Diff(e, got); diff != "" {
						t.Errorf("%s (-want +got)\n%s", id, diff)
					}
					if events[j].ActorID != demo.Ines || !events[j].At.Equal(demo.Now) {
						t.Errorf("%s by %s at %s", e.Kind, events[j].ActorID, events[j].At)
					}
				}
				return err
			})
		}
		o, err := w.OpenAccount(ctx, w.Actor(t, demo.Ines), all[0].AccountID)
		if err != nil {
			t.Fatal(err)
		}
		if !o.Account.Activated() || o.Subscription.Seats != 5 || o.Subscription.EndsOn != "2027-02-28" || len(o.Contacts) != 1 || !strings.HasPrefix(o.EnrolmentKey.Whole, "EK-") {
			t.Errorf("%+v", o)
		}
		w.Sound(t)
	})
}

func TestForeignCustomersAreNobody(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		row := wished("Coral Street Books", ref("88123"), contact("Brest", "FR", "Yann Corail", "yann@coralstreet.example"))

		_, ours := imports(t, w, demo.Noor, models.Import{Dry: true}, numbered(row))
		_, theirs := imports(t, w, demo.Ines, models.Import{Dry: true}, numbered(row))
		_, strangers := imports(t, w, demo.Rufus, models.Import{}, numbered(row))

		if v := ours[0]; v.Outcome != models.RowUnchanged || v.CustomerID != demo.TidewaterCustomer {
			t.Errorf("Tidewater's own: %s %q", v.Outcome, v.Why)
		}
		if v := theirs[0]; v.Outcome != models.RowChanged || v.CustomerID != demo.Bramley {
			t.Errorf("Halden has its own customer of this reference: %s %s %q", v.Outcome, v.CustomerID, v.Why)
		}
		if v := strangers[0]; v.Outcome != models.RowCreated {
			t.Errorf("Kestrel knows nobody: %s %q", v.Outcome, v.Why)
		}
	})
}

func TestWhoseCustomersAFileHolds(t *testing.T) {
	w := portaltest.New(t)
	operator := models.Operator()
	for _, c := range []struct {
		when    string
		who     models.Actor
		partner string
		want    models.ProblemKind
	}{
		{"a reseller's admin names nobody", w.Actor(t, demo.Ines), "", ""},
		{"an account manager names their own", w.Actor(t, demo.Tom), demo.Halden, ""},
		{"a reseller names another", w.Actor(t, demo.Ines), demo.Tidewater, models.NotFound},
		{"a reseller names its distributor", w.Actor(t, demo.Ines), demo.Northgate, models.NotFound},
		{"a distributor names nobody and means itself", w.Actor(t, demo.Sofia), "", ""},
		{"a distributor names its reseller", w.Actor(t, demo.Sofia), demo.Tidewater, ""},
		{"a distributor names a stranger", w.Actor(t, demo.Sofia), demo.Kestrel, models.NotFound},
		{"the operator names nobody", operator, "", models.Invalid},
		{"the operator names anybody", operator, demo.Kestrel, ""},
		{"a licence manager imports", w.Actor(t, demo.Maya), "", models.Forbidden},
		{"a contact imports", w.Actor(t, demo.Helen), "", models.Forbidden},
	} {
		t.Run(c.when, func(t *testing.T) {
			row := wished("Mill of " + c.when)

			report, err := w.ImportCustomers(ctx, c.who, models.Import{PartnerID: c.partner}, numbered(row), func(models.RowVerdict) error { return nil })

			if c.want == "" && (err != nil || report.Created != 1) || c.want != "" && !models.IsProblem(err, c.want) {
				t.Errorf("%+v, %v", report, err)
			}
		})
	}
}

func TestTwoImportsOfOneFileAtOnceMakeEveryCustomerOnce(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		var rows []models.ImportRow
		for i := range 210 {
			rows = append(rows, wished(fmt.Sprintf("Mill %d", i), plan(demo.Standard, 5)))
			if i%2 == 0 {
				rows[i].ExternalRef = fmt.Sprint("M-", i)
			}
		}
		rufus := w.Actor(t, demo.Rufus) // Kestrel
		reports := make([]models.ImportReport, 3)
		var all sync.WaitGroup
		for i := range reports {
			all.Go(func() {
				var err error
				reports[i], err = w.ImportCustomers(ctx, rufus, models.Import{}, numbered(rows...), func(v models.RowVerdict) error {
					if v.Outcome == models.RowRefused {
						t.Errorf("line %d: %q", v.Row.Line, v.Why)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()

		created, unchanged := 0, 0
		for _, r := range reports {
			created, unchanged = created+r.Created, unchanged+r.Unchanged
		}
		if created != 210 || unchanged != 420 {
			t.Errorf("%d created, %d unchanged", created, unchanged)
		}
		w.Sound(t)
	})
}

func TestTheFirstImportsOfANewPartnerMayMeet(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		root := demo.Northgate
		fresh := models.Partner{ID: "P-9", RootID: root, ParentID: &root, Kind: models.Reseller, Name: "Fresh", TimeZone: "Europe/Warsaw", Currency: "EUR", CreatedAt: w.Clock()}
		if err := w.Store.Do(ctx, models.Operator(), w.Clock(), func(tx *store.Tx) error { return tx.AddPartner(fresh) }); err != nil {
			t.Fatal(err)
		}
		who := models.Actor{ID: "U-9", Name: "Nina", Role: models.RoleAdmin, Reach: models.ReachPartner, RootID: root, PartnerID: fresh.ID, Door: "command"}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				_, err := w.ImportCustomers(ctx, who, models.Import{}, numbered(wished("One"), wished("Two", ref("T-2")), wished("Three")), func(v models.RowVerdict) error {
					if v.Outcome == models.RowRefused {
						t.Errorf("line %d: %q", v.Row.Line, v.Why)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()

		found := 0
		for _, c := range everything(t, w) {
			if c[0].(models.Customer).PartnerID == fresh.ID {
				found++
			}
		}
		if found != 3 {
			t.Errorf("%d customers", found)
		}
		w.Sound(t)
	})
}

func TestAnErrorOfTheRowsEndsTheImportAndKeepsWhatWasDone(t *testing.T) {
	w := portaltest.New(t)
	broken := errors.New("the rest cannot be read")
	rows := func(yield func(models.ImportRow, error) bool) {
		for i := range 300 {
			r := wished(fmt.Sprintf("Mill %d", i))
			r.Line = i + 2
			if !yield(r, nil) {
				return
			}
		}
		yield(models.ImportRow{}, broken)
	}

	report, err := w.ImportCustomers(ctx, w.Actor(t, demo.Ines), models.Import{}, rows, func(models.RowVerdict) error { return nil })

	if !errors.Is(err, broken) || report.Created != 200 {
		t.Errorf("%d created: %v", report.Created, err)
	}
}

func TestAnImportTakesAHundredThousandRows(t *testing.T) {
	w := portaltest.New(t)
	wrong := models.ImportRow{Wrong: models.Complaints{{Message: "Too long."}}}
	rows := func(yield func(models.ImportRow, error) bool) {
		for i := 0; i <= models.MaxImportRows && yield(wrong, nil); i++ {
		}
	}

	report, err := w.ImportCustomers(ctx, w.Actor(t, demo.Ines), models.Import{Dry: true}, rows, func(models.RowVerdict) error { return nil })

	if !models.IsProblem(err, models.Invalid) || report.Rows != models.MaxImportRows {
		t.Errorf("%d rows: %v", report.Rows, err)
	}
}

// mills are rows of new customers with contact and plan, made one after the other.
func mills(n int) iter.Seq2[models.ImportRow, error] {
	return func(yield func(models.ImportRow, error) bool) {
		for i := range n {
			r := wished(fmt.Sprintf("Mill %d", i), ref(fmt.Sprint("M-", i)), plan(demo.Standard, 1+i%99))
			r.Line = i + 2
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestFiveThousandRowsTwice(t *testing.T) {
	w := portaltest.New(t)

	first, _ := imports(t, w, demo.Ines, models.Import{}, mills(5000))
	second, _ := imports(t, w, demo.Ines, models.Import{}, mills(5000))

	if got := counts(first); got != "5000 rows: 5000 created, 0 changed, 0 unchanged, 0 refused, 5000 accounts" {
		t.Error(got)
	}
	if got := counts(second); got != "5000 rows: 0 created, 0 changed, 5000 unchanged, 0 refused, 0 accounts" {
		t.Error(got)
	}
	w.Sound(t)
}

// BenchmarkImport imports 100,000 new customers, each with a contact and a plan, and then the same file
// again. One round is enough: -benchtime 1x.
func BenchmarkImport(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := portaltest.On(b, open(b))
				who := w.Actor(b, demo.Ines)
				b.StartTimer()
				for _, round := range []string{"new", "again"} {
					before := b.Elapsed()
					_, err := w.ImportCustomers(context.Background(), who, models.Import{}, mills(models.MaxImportRows), func(models.RowVerdict) error { return nil })
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(models.MaxImportRows/(b.Elapsed()-before).Seconds(), round+"-rows/s")
				}
			}
		})
	}
}
