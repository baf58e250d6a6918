package models_test

import (
	"strings"
	"testing"
	"time"

	"mooring/models"
)

// inState is Bramley's account in each state, as a person would find it.
var inState = map[models.State][]change{
	models.Scheduled:      {scheduled},
	models.AwaitingSignIn: {neverActivated},
	models.AwaitingCode:   {neverActivated, func(s *models.Situation) { s.Terms.Activation = models.ByCode }},
	models.Active:         nil,
	models.EndingSoon:     {endedOn("2026-03-31")},
	models.Grace:          {endedOn("2026-03-01")},
	models.Locked:         {endedOn("2026-01-31")},
	models.Ended:          {endedOn("2025-12-15")},
	models.Suspended:      {suspended},
	models.Cancelled:      {func(s *models.Situation) { s.Subscription.CancelledAt = ptr(now.Add(-time.Hour)) }},
}

func TestTransitionsOfSuspendResumeCancelAndEnd(t *testing.T) {
	const refused = models.State("")
	turns := []models.Turn{models.Suspend, models.Resume, models.CancelAtEnd, models.CancelNow, models.Restore}
	table := map[models.State][5]models.State{
		//                      suspend          resume         cancel at the end  cancel now        restore
		models.Scheduled:      {refused, refused, refused, models.Cancelled, refused},
		models.AwaitingSignIn: {refused, refused, refused, models.Cancelled, refused},
		models.AwaitingCode:   {refused, refused, refused, models.Cancelled, refused},
		models.Active:         {models.Suspended, refused, models.Active, models.Cancelled, refused},
		models.EndingSoon:     {models.Suspended, refused, models.EndingSoon, models.Cancelled, refused},
		models.Grace:          {models.Suspended, refused, refused, models.Cancelled, refused},
		models.Locked:         {refused, refused, refused, models.Cancelled, refused},
		models.Ended:          {refused, refused, refused, refused, refused},
		models.Suspended:      {refused, models.Active, models.Suspended, models.Cancelled, refused},
		models.Cancelled:      {refused, refused, refused, refused, models.Active},
	}
	if len(table) != len(inState) {
		t.Fatalf("%d rows for %d states", len(table), len(inState))
	}
	for from, row := range table {
		s := situationWith(inState[from]...)
		if s.State() != from {
			t.Fatalf("made for %s, it is %s", from, s.State())
		}
		for i, turn := range turns {
			im, err := models.RuleOnTurn(s, turn)
			if row[i] == refused {
				if p, ok := models.ProblemIn(err); !ok || p.Kind != models.Conflict || !strings.HasSuffix(p.Message, ".") {
					t.Errorf("%s, %s: %v, want a refusal in words", from, turn, err)
				}
				continue
			}
			if err != nil || im.State != row[i] || im.After.State(s.Terms, now) != row[i] {
				t.Errorf("%s, %s: %s and %v, want %s", from, turn, im.State, err, row[i])
			}
			if im.After.EndsOn != s.Subscription.EndsOn || im.After.Seats != s.Subscription.Seats || im.After.StartsOn != s.Subscription.StartsOn {
				t.Errorf("%s, %s: the term changed", from, turn)
			}
		}
	}
}

func TestTurnsThatDependOnMoreThanTheState(t *testing.T) {
	for _, c := range []struct {
		when    string
		changes []change
		turn    models.Turn
		want    models.State // empty is refused
		says    string
	}{
		{"it does not renew", []change{func(s *models.Situation) { s.Subscription.Renews = false }}, models.CancelAtEnd, "", "does not renew"},
		{"the account is closed", []change{closed}, models.CancelNow, "", "closed"},
		{"the account was purged", []change{purged}, models.Suspend, "", "closed"},
		{"cancelled 72 hours ago", []change{cancelledFor(72 * time.Hour)}, models.Restore, "", "72 hours"},
		{"cancelled almost 72 hours ago", []change{cancelledFor(72*time.Hour - time.Second)}, models.Restore, models.Active, ""},
		{"it was suspended when it was cancelled", []change{suspended, cancelledFor(time.Hour)}, models.Restore, models.Suspended, ""},
		{"the term ended while it was suspended", []change{suspended, endedOn("2026-03-08")}, models.Resume, models.Grace, ""},
		{"the grace ended while it was suspended", []change{suspended, endedOn("2026-01-31")}, models.Resume, "", "modify the plan"},
		{"suspended in grace, cancelled at the end", []change{suspended, endedOn("2026-03-08")}, models.CancelAtEnd, "", "over"},
		{"cancelled before its day came", []change{scheduled, cancelledFor(time.Hour)}, models.Restore, models.Scheduled, ""},
		{"nobody knows this turn", nil, "explode", "", "nothing here"},
	} {
		im, err := models.RuleOnTurn(situationWith(c.changes...), c.turn)
		switch {
		case c.want == "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s, %s: %v, want a refusal that says %q", c.when, c.turn, err, c.says)
		case c.want != "" && (err != nil || im.State != c.want):
			t.Errorf("%s, %s: %s and %v, want %s", c.when, c.turn, im.State, err, c.want)
		}
	}
}

func cancelledFor(d time.Duration) change {
	return func(s *models.Situation) { s.Subscription.CancelledAt = ptr(s.Now.Add(-d)) }
}

func TestWhatATurnCostsAndWhoLosesUpdates(t *testing.T) {
	for _, c := range []struct {
		when           string
		changes        []change
		turn           models.Turn
		charged        bool
		minor          int64
		without, again int
		typed          bool
	}{
		{"suspending 42 agents", nil, models.Suspend, false, 0, 42, 0, true},
		{"suspending 10 agents", []change{agents(10)}, models.Suspend, false, 0, 10, 0, true},
		{"suspending 9 agents", []change{agents(9)}, models.Suspend, false, 0, 9, 0, false},
		{"resuming", []change{suspended}, models.Resume, false, 0, 0, 42, false},
		{"ending with the term", nil, models.CancelAtEnd, false, 0, 0, 0, false},
		{"cancelling", nil, models.CancelNow, true, -907_89, 42, 0, true}, // 105.00 × 12 × 263 / 365
		{"cancelling one agent", []change{agents(1)}, models.CancelNow, true, -907_89, 1, 0, true},
		{"cancelling without agents", []change{agents(0)}, models.CancelNow, true, -907_89, 0, 0, false},
		{"cancelling what is suspended", []change{suspended}, models.CancelNow, true, -907_89, 0, 0, true},
		{"cancelling on the last day", []change{endedOn("2026-03-12")}, models.CancelNow, false, 0, 42, 0, true},
		{"cancelling in grace", []change{endedOn("2026-03-01")}, models.CancelNow, false, 0, 42, 0, true},
		{"cancelling what never began", []change{neverActivated}, models.CancelNow, false, 0, 0, 0, false},
		{"cancelling what begins next month", []change{scheduled}, models.CancelNow, false, 0, 0, 0, false},
		{"taking it back after two days takes the whole credit back", []change{cancelledFor(48 * time.Hour)}, models.Restore, true, 914_79, 0, 42, false}, // 265 days
	} {
		im, err := models.RuleOnTurn(situationWith(c.changes...), c.turn)
		if err != nil {
			t.Errorf("%s: %v", c.when, err)
			continue
		}
		if im.Charged != c.charged || im.Charge != (models.Money{Minor: c.minor, Currency: "EUR"}) || im.Without != c.without || im.Again != c.again || im.TypedID != c.typed {
			t.Errorf("%s: %+v", c.when, im)
		}
	}
}

func TestACancellationAndItsUndoingSumToNothing(t *testing.T) {
	s := bramley()
	gone, err := models.RuleOnTurn(s, models.CancelNow)
	if err != nil {
		t.Fatal(err)
	}
	s.Subscription, s.Now = gone.After, s.Now.Add(71*time.Hour)
	back, err := models.RuleOnTurn(s, models.Restore)
	if err != nil {
		t.Fatal(err)
	}
	if sum := gone.Charge.Plus(back.Charge); sum.Minor != 0 {
		t.Errorf("%d is left", sum.Minor)
	}
	if back.After.CancelledAt != nil || *back.After.EndsAt != *bramley().Subscription.EndsAt {
		t.Errorf("what comes back is %+v", back.After)
	}
}

func TestATermThatIsRestartedAfterACancellationIsPaidInFull(t *testing.T) {
	s := situationWith(samePlan, cancelled, suspended)
	im, err := models.RuleOnModification(s, models.Modification{Seats: 50, Term: models.RestartTerm, Renews: true})
	if err != nil {
		t.Fatal(err)
	}
	if im.Charge.Minor != 1256_55 { // 105.00 × 12 × 364 / 365: the rest of the old term was credited
		t.Errorf("charged %d", im.Charge.Minor)
	}
	if st := im.After.State(im.Terms, now); st != models.Active {
		t.Errorf("the new term is %s", st)
	}
}

func TestATurnAsksForAReasonAndWordsWhereTheChoiceSaysNothing(t *testing.T) {
	for _, c := range []struct {
		wish   models.TurnWish
		fields string
	}{
		{models.TurnWish{Turn: models.Suspend, TypedID: "A-20418"}, "reason"},
		{models.TurnWish{Turn: models.Suspend, Why: models.WhyLeaves, TypedID: "A-20418"}, "reason"}, // a reason to cancel
		{models.TurnWish{Turn: models.Suspend, Why: models.WhyUnpaid, TypedID: "a20418"}, "code"},
		{models.TurnWish{Turn: models.Suspend, Why: models.WhyOther, TypedID: "A-20418", Note: "14 characters."}, "note"},
		{models.TurnWish{Turn: models.Suspend, Why: models.WhyOther, TypedID: "A-20418", Note: "15 characters.."}, ""},
		{models.TurnWish{Turn: models.Suspend, Why: models.WhyUnpaid, TypedID: "A-20418", Note: strings.Repeat("x", models.MaxNote+1)}, "note"},
		{models.TurnWish{Turn: models.Suspend, Why: models.WhyUnpaid, TypedID: " a–２０418"}, ""},
	} {
		im, err := models.RuleOnTurn(bramley(), c.wish.Turn)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		if p, ok := models.ProblemIn(im.Agreement(c.wish, "A-20418")); ok {
			for _, f := range p.Fields {
				got = append(got, f.Field)
			}
		}
		if strings.Join(got, " ") != c.fields {
			t.Errorf("%+v: complains of %v, want %q", c.wish, got, c.fields)
		}
	}
}

func TestEveryReasonOfATurnHasWords(t *testing.T) {
	for _, turn := range []models.Turn{models.Suspend, models.Resume, models.CancelAtEnd, models.CancelNow, models.Restore} {
		reasons := turn.Reasons()
		if len(reasons) < 3 || reasons[len(reasons)-1] != models.WhyOther {
			t.Errorf("%s offers %v", turn, reasons)
		}
		for _, why := range reasons {
			if models.TurnWhyWords[why] == "" {
				t.Errorf("%s has no words for %s", turn, why)
			}
		}
	}
	if models.Turn("explode").Reasons() != nil {
		t.Error("a turn that is none has reasons")
	}
}
