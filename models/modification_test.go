package models_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mooring/models"
)

// keeping is the wish that changes nothing but the plan.
func keeping() models.Modification {
	return models.Modification{Seats: 50, Term: models.KeepTerm, Renews: true}
}

// complaint is what is said beside one field of a form, or about the whole of it.
func complaint(t *testing.T, err error) (field, message string) {
	t.Helper()
	p, ok := models.ProblemIn(err)
	switch {
	case err == nil:
		return "", ""
	case !ok:
		t.Fatalf("%v is not a problem", err)
	case len(p.Fields) > 1:
		t.Fatalf("several complaints: %+v", p.Fields)
	case len(p.Fields) == 1:
		return p.Fields[0].Field, p.Fields[0].Message
	}
	return "", p.Message
}

func TestWhatIsWrongWithAModificationIsSaidBesideItsField(t *testing.T) {
	const numbers = "Enter a number of seats from 1 to 999,999."
	seats := func(n int) models.Modification { w := keeping(); w.Seats = n; return w }
	until := func(d models.Date) models.Modification {
		w := keeping()
		w.Term, w.EndsOn = models.UntilTerm, d
		return w
	}
	term := func(term models.Term) models.Modification { w := keeping(); w.Term = term; return w }
	for _, c := range []struct {
		when           string
		change         change
		wish           models.Modification
		field, message string
	}{
		{"another family", otherFamily, keeping(), "plan", "Endpoint Advanced is another product. Choose a plan of the same product."},
		{"not granted", notGranted, keeping(), "plan", "Your distributor has not granted Endpoint Advanced to you. An admin of your distributor can."},
		{"retired", retired, keeping(), "plan", "Endpoint Advanced is no longer sold."},
		{"locked", locked, keeping(), "plan", "Endpoint Advanced is locked until its admin unlocks it."},
		{"into a trial", toATrial, keeping(), "plan", "A plan cannot be modified into a trial."},
		{"another data center", inTheUS, keeping(), "plan", "Endpoint Advanced runs in US, Virginia, this account in EU, Frankfurt. An account cannot move between data centers."},
		{"another unit", byTheMailbox, keeping(), "plan", "Endpoint Advanced counts by the mailbox, this plan by the device."},
		{"another currency", inDollars, keeping(), "plan", "Endpoint Advanced is priced in USD, this plan in EUR."},
		{"by code", byCode, keeping(), "plan", "Endpoint Advanced begins with a code, which the portal does not issue."},
		{"on premise", onPremise, keeping(), "plan", "Another plan of an on-premise product brings a new code, which the portal does not issue."},
		{"another beginning before it begins", func(s *models.Situation) { neverActivated(s); s.Target.Terms.Activation = models.AtOnce }, keeping(), "plan", "Endpoint Advanced does not begin the way this plan does. Replace this plan before it begins."},
		{"a trial stays a trial", func(s *models.Situation) { onTrial(s); samePlan(s) }, keeping(), "plan", "A trial is changed by converting it: choose a full plan."},

		{"no seats", samePlan, seats(0), "seats", numbers},
		{"less than no seats", samePlan, seats(-5), "seats", numbers},
		{"a million seats", samePlan, seats(1_000_000), "seats", numbers},
		{"one seat", samePlan, seats(1), "", ""},
		{"all the seats there are", samePlan, seats(999_999), "", ""},

		{"no choice of term", samePlan, term(""), "term", "Choose what happens to the end date."},
		{"a choice that is none", samePlan, term("forever"), "term", "Choose what happens to the end date."},
		{"restarting what has not begun", neverActivated, term(models.RestartTerm), "term", "The plan has not begun, so there is no term to restart."},
		{"an end for what has not begun", neverActivated, until("2026-12-31"), "ends-on", "The plan has not begun. Its end date follows from its beginning."},
		{"no end date", samePlan, until(""), "ends-on", "Enter the last day of the term, like 2026-11-30."},
		{"an end yesterday", samePlan, until("2026-03-11"), "ends-on", "The end date cannot be before today."},
		{"an end today", samePlan, until("2026-03-12"), "", ""},
		{"an end in ten years", samePlan, until("2036-03-12"), "", ""},
		{"an end a day later", samePlan, until("2036-03-13"), "ends-on", "The end date is more than 10 years away."},

		{"in grace, keeping the end", endedOn("2026-03-01"), keeping(), "", ""},
		{"locked, keeping the end", endedOn("2026-02-01"), keeping(), "term", "The term is over. Restart it today or choose an end date."},
		{"ended, keeping the end", endedOn("2025-12-31"), keeping(), "term", "The term is over. Restart it today or choose an end date."},
		{"ended, from today", endedOn("2025-12-31"), term(models.RestartTerm), "", ""},
		{"ended, to a date", endedOn("2025-12-31"), until("2026-12-31"), "", ""},
		{"ended, to a date that is over", endedOn("2025-12-31"), until("2026-01-31"), "ends-on", "The end date cannot be before today."},
		{"cancelled, keeping the end", cancelled, keeping(), "term", "This plan was cancelled. Restart its term today."},
		{"cancelled, to a date", cancelled, until("2026-12-31"), "term", "This plan was cancelled. Restart its term today."},
		{"cancelled, from today", cancelled, term(models.RestartTerm), "", ""},

		{"closed", closed, keeping(), "", "This account is closed. What was assigned to it can no longer be modified."},
		{"purged", purged, keeping(), "", "This account is closed. What was assigned to it can no longer be modified."},
		{"suspended", suspended, keeping(), "", "This plan is suspended. Resume it first, then modify it."},
		{"replaced is a mark and no obstacle", replaced, keeping(), "", ""},
		{"modify only is no obstacle", modifyOnly, keeping(), "", ""},
	} {
		t.Run(c.when, func(t *testing.T) {
			_, err := models.RuleOnModification(situationWith(c.change), c.wish)
			if field, message := complaint(t, err); field != c.field || message != c.message {
				t.Errorf("beside %q: %q\nwant beside %q: %q", field, message, c.field, c.message)
			}
		})
	}
}

func TestEverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, err := models.RuleOnModification(situationWith(inTheUS), models.Modification{Term: models.UntilTerm})
	p, _ := models.ProblemIn(err)
	var fields []string
	for _, f := range p.Fields {
		fields = append(fields, f.Field)
	}
	if diff := cmp.Diff([]string{"plan", "seats", "ends-on"}, fields); diff != "" {
		t.Error(diff)
	}
}

func TestSeatsBelowUseAreAWarningUnlessThePolicyRefusesThem(t *testing.T) {
	const refused = "42 agents are in use, and this plan refuses fewer seats than that."
	for _, c := range []struct {
		when    string
		changes []change
		seats   int
		without int
		want    string
	}{
		{"as many seats as agents", []change{samePlan}, 42, 0, ""},
		{"one seat fewer", []change{samePlan}, 41, 1, ""},
		{"a single seat", []change{samePlan}, 1, 41, ""},
		{"as many seats as agents, strictly", []change{samePlan, refusesOverUse}, 42, 0, ""},
		{"one seat fewer, strictly", []change{samePlan, refusesOverUse}, 41, 0, refused},
		{"over already, and more seats", []change{samePlan, refusesOverUse, have(30)}, 35, 7, ""},
		{"over already, and seats stay", []change{samePlan, refusesOverUse, have(30)}, 30, 12, ""},
		{"over already, and fewer seats", []change{samePlan, refusesOverUse, have(30)}, 29, 0, refused},
		{"over already, into a plan that refuses it", []change{refusesOverUse, have(30)}, 30, 0, refused},
		{"into a plan that refuses it, with enough seats", []change{refusesOverUse, have(30)}, 42, 0, ""},
		{"the policy of the plan after counts", []change{refusesOverUse, func(s *models.Situation) { s.Target.Terms.Policy.RefuseOverUse = false }}, 41, 1, ""},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := situationWith(c.changes...)
			if s.Subscription.PlanID == s.Target.Plan.ID {
				s.Target.Terms = s.Terms
			}
			wish := keeping()
			wish.Seats = c.seats

			im, err := models.RuleOnModification(s, wish)

			if _, message := complaint(t, err); message != c.want || im.Without != c.without {
				t.Errorf("%q, %d without; want %q, %d", message, im.Without, c.want, c.without)
			}
		})
	}
}

func have(seats int) change { return func(s *models.Situation) { s.Subscription.Seats = seats } }

func TestTheImpactOfModifyingBramleyIsTheOneInThePictures(t *testing.T) {
	s := bramley()

	im, err := models.RuleOnModification(s, keeping())
	if err != nil {
		t.Fatal(err)
	}

	after := s.Subscription
	after.PlanID, after.PlanNumber = "N-1002", 1
	want := models.Impact{
		After: after, Terms: advanced,
		MonthlyBefore: models.Money{Minor: 105_00, Currency: "EUR"}, MonthlyAfter: models.Money{Minor: 170_00, Currency: "EUR"},
		Charge: models.Money{Minor: 562_03, Currency: "EUR"}, Charged: true,
		Lost: []string{"Device control"}, Changed: []string{"plan"},
	}
	if diff := cmp.Diff(want, im); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAModificationCosts(t *testing.T) {
	full := models.Modification{Seats: 50, Term: models.KeepTerm, Renews: true}
	restart := models.Modification{Seats: 50, Term: models.RestartTerm, Renews: true}
	until := func(d models.Date) models.Modification {
		return models.Modification{Seats: 50, Term: models.UntilTerm, EndsOn: d, Renews: true}
	}
	seats := func(n int) models.Modification { w := full; w.Seats = n; return w }
	for _, c := range []struct {
		when    string
		changes []change
		wish    models.Modification
		charged bool
		minor   int64
	}{
		{"nothing changes", []change{samePlan}, full, true, 0},
		{"a dearer plan for 263 days", nil, full, true, 562_03},
		{"a cheaper plan is a credit", []change{swapped}, full, true, -562_03},
		{"ten seats more", []change{samePlan}, seats(60), true, 181_58}, // 21.00 × 12 × 263 / 365 = 181.578
		{"ten seats fewer", []change{samePlan}, seats(40), true, -181_58},
		{"a month longer", []change{samePlan}, until("2026-12-31"), true, 107_01},   // 105.00 × 12 × 31 / 365 = 107.014
		{"a month shorter", []change{samePlan}, until("2026-10-31"), true, -103_56}, // 105.00 × 12 × 30 / 365 = 103.562
		{"ending today", []change{samePlan}, until("2026-03-12"), true, -907_89},    // 105.00 × 12 × 263 / 365 = 907.890
		{"restarted: 364 days less the 263 that were paid", []change{samePlan}, restart, true, 348_66},
		{"on the last day there is nothing left", []change{endedOn("2026-03-12")}, full, true, 0},
		{"after the end, in grace", []change{endedOn("2026-03-01")}, full, true, 0},
		{"after the end, renewed", []change{samePlan, endedOn("2025-12-31")}, restart, true, 1256_55}, // 105.00 × 12 × 364 / 365
		{"a trial, converted", []change{onTrial, endedOn("2026-03-20")}, restart, true, 2034_41},      // 170.00 × 12 × 364 / 365
		{"not begun", []change{neverActivated}, full, false, 0},
		{"begins next month", []change{scheduled}, full, false, 0},
		{"everybody on the largest number of seats", []change{samePlan}, seats(999_999), true, 18_156_882_17}, // 2,099,892.90 × 12 × 263 / 365
	} {
		t.Run(c.when, func(t *testing.T) {
			im, err := models.RuleOnModification(situationWith(c.changes...), c.wish)
			if err != nil {
				t.Fatal(err)
			}
			want := models.Money{}
			if c.charged {
				want = models.Money{Minor: c.minor, Currency: "EUR"}
			}
			if im.Charged != c.charged || im.Charge != want {
				t.Errorf("charged %v %+v, want %v %+v", im.Charged, im.Charge, c.charged, want)
			}
		})
	}
}

// swapped is on Endpoint Advanced and looks at Endpoint Standard.
func swapped(s *models.Situation) {
	s.Terms, s.Subscription.PlanID, s.Subscription.PlanNumber = advanced, advanced.PlanID, advanced.Number
	s.Target = offer(standard)
}

func TestWhatHappensToTheTerm(t *testing.T) {
	for _, c := range []struct {
		when         string
		changes      []change
		term         models.Term
		until        models.Date
		starts, ends models.Date
		anchor       int
	}{
		{"kept", nil, models.KeepTerm, "", "2025-12-01", "2026-11-30", 1},
		{"restarted today", nil, models.RestartTerm, "", "2026-03-12", "2027-03-11", 12},
		{"aligned to a date; renewals follow it", nil, models.UntilTerm, "2026-12-24", "2025-12-01", "2026-12-24", 25},
		{"aligned to the end of a month", nil, models.UntilTerm, "2026-12-31", "2025-12-01", "2026-12-31", 1},
		{"ended and restarted", []change{endedOn("2025-12-31")}, models.RestartTerm, "", "2026-03-12", "2027-03-11", 12},
		{"not begun", []change{neverActivated}, models.KeepTerm, "", "", "", 0},
		{"begins next month", []change{scheduled}, models.KeepTerm, "", "2026-04-01", "2027-03-31", 1},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := situationWith(c.changes...)
			im, err := models.RuleOnModification(s, models.Modification{Seats: 50, Term: c.term, EndsOn: c.until})
			if err != nil {
				t.Fatal(err)
			}
			a := im.After
			if a.StartsOn != c.starts || a.EndsOn != c.ends || a.AnchorDay != c.anchor {
				t.Errorf("%s to %s, anchor %d; want %s to %s, anchor %d", a.StartsOn, a.EndsOn, a.AnchorDay, c.starts, c.ends, c.anchor)
			}
			if c.ends != "" && !a.EndsAt.Equal(c.ends.EndIn(s.Customer.Location())) {
				t.Errorf("ends at %s, want the end of %s", a.EndsAt, c.ends)
			}
		})
	}
}

func TestRestartingBringsBackWhatWasCancelled(t *testing.T) {
	s := situationWith(cancelled)
	im, err := models.RuleOnModification(s, models.Modification{Seats: 50, Term: models.RestartTerm})
	if err != nil {
		t.Fatal(err)
	}
	if got := im.After.State(im.Terms, now); got != models.Active || im.After.CancelledAt != nil || !im.After.StartsAt.Equal(now) {
		t.Errorf("%s, cancelled at %v, starts at %s", got, im.After.CancelledAt, im.After.StartsAt)
	}
}

func TestConvertingATrialGivesAFullTerm(t *testing.T) {
	s := situationWith(onTrial, endedOn("2026-03-20"))
	im, err := models.RuleOnModification(s, models.Modification{Seats: 50, Term: models.RestartTerm})
	if err != nil {
		t.Fatal(err)
	}
	if !im.Converts || im.Terms.Trial || im.After.EndsOn != "2027-03-11" || im.After.AccountID != "A-20418" {
		t.Errorf("converts %v to %s until %s on %s", im.Converts, im.Terms.Name, im.After.EndsOn, im.After.AccountID)
	}
	if im, _ := models.RuleOnModification(bramley(), keeping()); im.Converts {
		t.Error("a full plan converts")
	}
}

func TestWhatAModificationChangesIsNamed(t *testing.T) {
	for _, c := range []struct {
		wish   models.Modification
		change change
		want   []string
	}{
		{keeping(), samePlan, nil},
		{keeping(), func(*models.Situation) {}, []string{"plan"}},
		{models.Modification{Seats: 60, Term: models.KeepTerm, Renews: true}, samePlan, []string{"seats"}},
		{models.Modification{Seats: 50, Term: models.UntilTerm, EndsOn: "2026-12-31", Renews: true}, samePlan, []string{"end date"}},
		{models.Modification{Seats: 50, Term: models.KeepTerm}, samePlan, []string{"renewal"}},
		{models.Modification{Seats: 60, Term: models.RestartTerm}, func(*models.Situation) {}, []string{"plan", "seats", "end date", "renewal"}},
	} {
		im, err := models.RuleOnModification(situationWith(c.change), c.wish)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, im.Changed); diff != "" {
			t.Errorf("%+v: %s", c.wish, diff)
		}
	}
}

func TestTheEventOfAModificationSaysWhatWasBefore(t *testing.T) {
	s, wish := bramley(), models.Modification{Seats: 60, Term: models.UntilTerm, EndsOn: "2026-12-31", Note: "They grow."}
	im, err := models.RuleOnModification(s, wish)
	if err != nil {
		t.Fatal(err)
	}

	no := false
	want := models.Event{
		RootID: "P-1", PartnerID: "P-2", CustomerID: "C-1042", AccountID: "A-20418", Kind: models.PlanModified,
		Detail: models.Detail{
			Plan: "Endpoint Advanced", PlanBefore: "Endpoint Standard", Seats: 60, Before: 50, EndsOn: "2026-12-31", EndedOn: "2026-11-30",
			Renews: &no, Agents: 42, Note: "They grow.", Charge: im.Charge.Minor, Currency: "EUR",
		},
	}
	if diff := cmp.Diff(want, im.Modified(s, wish)); diff != "" {
		t.Error(diff)
	}
}

func TestTheEventOfAModificationIsSilentOnWhatStays(t *testing.T) {
	s := situationWith(samePlan)
	im, err := models.RuleOnModification(s, keeping())
	if err != nil {
		t.Fatal(err)
	}
	want := models.Detail{Plan: "Endpoint Standard", Seats: 50, EndsOn: "2026-11-30", Agents: 42, Currency: "EUR"}
	if diff := cmp.Diff(want, im.Modified(s, keeping()).Detail); diff != "" {
		t.Error(diff)
	}
}

// Whatever is wished, what makes a subscription this one stays; and only a restart touches its beginning.
func TestAModificationStaysOnItsAccount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := bramley()
		for _, row := range rows {
			if rapid.IntRange(0, 7).Draw(t, row.when) == 0 {
				row.change(&s)
			}
		}
		wish := models.Modification{
			Seats:  rapid.IntRange(-1, 1_000_001).Draw(t, "seats"),
			Term:   rapid.SampledFrom([]models.Term{models.KeepTerm, models.RestartTerm, models.UntilTerm, ""}).Draw(t, "term"),
			EndsOn: models.Date("2026-01-01").AddDays(rapid.IntRange(0, 4000).Draw(t, "days")),
			Renews: rapid.Bool().Draw(t, "renews"),
		}
		im, err := models.RuleOnModification(s, wish)
		if err != nil {
			if _, ok := models.ProblemIn(err); !ok {
				t.Fatalf("%v is not a problem", err)
			}
			return
		}
		before, after := s.Subscription, im.After
		if wish.Term != models.RestartTerm {
			before.StartsAt, after.StartsAt = time.Time{}, time.Time{}
			if diff := cmp.Diff(s.Subscription.ActivatedAt, im.After.ActivatedAt); diff != "" || before.StartsOn != after.StartsOn || !im.After.StartsAt.Equal(s.Subscription.StartsAt) {
				t.Fatalf("%s changes the beginning: %s", wish.Term, diff)
			}
		}
		if after.ID != before.ID || after.AccountID != before.AccountID || after.CustomerID != before.CustomerID ||
			after.PartnerID != before.PartnerID || after.RootID != before.RootID || after.Version != before.Version || !after.CreatedAt.Equal(before.CreatedAt) {
			t.Fatalf("%+v became %+v", before, after)
		}
		if after.Seats < models.MinSeats || after.Seats > models.MaxSeats || !after.State(im.Terms, now).Live() {
			t.Fatalf("%d seats, %s", after.Seats, after.State(im.Terms, now))
		}
	})
}
