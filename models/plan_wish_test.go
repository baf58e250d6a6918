package models

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPriceIsReadTheWayPeopleTypeIt(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  int64
	}{
		{"3.40", 340}, {"3,40", 340}, {" 3.4 ", 340}, {"3", 300}, {"0", 0}, {"0.00", 0}, {"0.05", 5}, {"99999.99", 9999999}, {"007", 700},
	} {
		if got, wrong := ParsePrice(c.typed); got != c.want || wrong != "" {
			t.Errorf("%q is %d, %q; want %d", c.typed, got, wrong, c.want)
		}
	}
}

func TestAPriceThatCouldMeanTwoThingsIsAskedAbout(t *testing.T) {
	for typed, want := range map[string]string{
		"": "Enter a price", "3.4567": "two decimals", "1,234": "two decimals", "-1": "below zero", "−1.00": "below zero",
		"123456789012": "at most", "100000": "at most", "1.234,50": "in digits", "1,234.50": "in digits", "€3.40": "in digits", "3.": "in digits",
		".5": "in digits", "3e2": "in digits", "٣": "in digits", "3 40": "in digits", "+3": "in digits", "NaN": "in digits",
	} {
		if got, wrong := ParsePrice(typed); got != 0 || !strings.Contains(wrong, want) {
			t.Errorf("%q is %d, %q; want %q", typed, got, wrong, want)
		}
	}
}

var (
	cloudProduct = Product{ID: "R-1", Name: "Endpoint", Family: "endpoint", Kind: SaaS}
	boxedProduct = Product{ID: "R-2", Name: "Server Vault", Family: "vault", Kind: OnPremise}
	termsOnSale  = PlanTerms{
		PlanID: "N-1", Number: 3, Name: "Endpoint Standard", Edition: "Standard", Summary: "Malware protection.", Features: []string{"Malware"},
		Unit: "device", DataCenter: "EU, Frankfurt", Activation: FirstSignIn, PriceMinor: 210, Currency: "EUR", TermMonths: 12, Renews: true,
		Policy: Policy{TypedIDFrom: 1, SecondPersonFrom: 10, EndingSoonDays: 60, GraceDays: 30, LockedDays: 30},
	}
)

func TestTheFormOfAPlanGivesItsTermsBack(t *testing.T) {
	got, err := RuleOnPlan(cloudProduct, termsOnSale, PlanWishFor(termsOnSale))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(termsOnSale, got); diff != "" {
		t.Error(diff)
	}
	if changed := got.Changes(termsOnSale); len(changed) != 0 {
		t.Errorf("nothing was typed and %v changed", changed)
	}
}

func TestABadWishIsNamedFieldByField(t *testing.T) {
	for _, c := range []struct {
		when    string
		change  func(*PlanWish)
		product Product
		field   string
	}{
		{"there is no name", func(w *PlanWish) { w.Name = " \t " }, cloudProduct, "name"},
		{"the name cannot be seen", func(w *PlanWish) { w.Name = "\x00\x07" }, cloudProduct, "name"},
		{"the name is too long", func(w *PlanWish) { w.Name = strings.Repeat("ä", 151) }, cloudProduct, "name"},
		{"there is no edition", func(w *PlanWish) { w.Edition = "" }, cloudProduct, "edition"},
		{"the summary is too long", func(w *PlanWish) { w.Summary = strings.Repeat("x", 201) }, cloudProduct, "summary"},
		{"there are too many features", func(w *PlanWish) { w.Features = strings.Repeat("a\nb\n", 1) + lines(31) }, cloudProduct, "features"},
		{"a feature is too long", func(w *PlanWish) { w.Features = strings.Repeat("x", 81) }, cloudProduct, "features"},
		{"the unit is unknown", func(w *PlanWish) { w.Unit = "parsec" }, cloudProduct, "unit"},
		{"there is no data center", func(w *PlanWish) { w.DataCenter = "" }, cloudProduct, "data-center"},
		{"the activation is unknown", func(w *PlanWish) { w.Activation = "some day" }, cloudProduct, "activation"},
		{"an on-premise plan begins by itself", func(*PlanWish) {}, boxedProduct, "activation"},
		{"the price has four decimals", func(w *PlanWish) { w.Price = "3.4567" }, cloudProduct, "price"},
		{"the price is negative", func(w *PlanWish) { w.Price = "-3.40" }, cloudProduct, "price"},
		{"the price has 12 digits", func(w *PlanWish) { w.Price = "123456789012" }, cloudProduct, "price"},
		{"the currency is unknown", func(w *PlanWish) { w.Currency = "XXX" }, cloudProduct, "currency"},
		{"the term is nothing", func(w *PlanWish) { w.Term = "0" }, cloudProduct, "term"},
		{"the term is too long", func(w *PlanWish) { w.Term = "67" }, cloudProduct, "term"},
		{"the term is half a month", func(w *PlanWish) { w.Term = "1.5" }, cloudProduct, "term"},
		{"the term has a sign", func(w *PlanWish) { w.Term = "+12" }, cloudProduct, "term"},
		{"no agent is asked about", func(w *PlanWish) { w.TypedIDFrom = "0" }, cloudProduct, "typed-id"},
		{"the end is said too early", func(w *PlanWish) { w.EndingSoon = "366" }, cloudProduct, "ending-soon"},
		{"the grace is no number", func(w *PlanWish) { w.Grace = "long" }, cloudProduct, "grace"},
		{"the lock is negative", func(w *PlanWish) { w.Locked = "-1" }, cloudProduct, "locked"},
		{"there is no product", func(*PlanWish) {}, Product{}, "product"},
	} {
		t.Run(c.when, func(t *testing.T) {
			wish := PlanWishFor(termsOnSale)
			c.change(&wish)
			_, err := RuleOnPlan(c.product, termsOnSale, wish)
			p, ok := ProblemIn(err)
			if !ok || p.Kind != Invalid || len(p.Fields) != 1 || p.Fields[0].Field != c.field {
				t.Errorf("got %+v, want one complaint about %s", p, c.field)
			}
		})
	}
}

func lines(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("f", i+1) + "\r\n")
	}
	return b.String()
}

func TestATrialRunsForAMonthAndDoesNotRenew(t *testing.T) {
	wish := BlankWish("EUR")
	wish.Name, wish.Edition, wish.DataCenter, wish.Price, wish.Trial = "Endpoint Trial", "Trial", "EU, Frankfurt", "0", true
	_, err := RuleOnPlan(cloudProduct, PlanTerms{}, wish)
	p, _ := ProblemIn(err)
	if p == nil || len(p.Fields) != 2 || p.Fields[0].Field != "term" || p.Fields[1].Field != "renews" {
		t.Fatalf("got %+v", p)
	}
	wish.Term, wish.Renews = "1", false
	got, err := RuleOnPlan(cloudProduct, PlanTerms{}, wish)
	if err != nil || !got.Trial || got.TermMonths != 1 || got.Policy.EndingSoonDays != 60 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestWhetherAPlanIsATrialIsFixed(t *testing.T) {
	wish := PlanWishFor(termsOnSale)
	wish.Trial = true
	if got, err := RuleOnPlan(cloudProduct, termsOnSale, wish); err != nil || got.Trial {
		t.Errorf("trial %v, %v", got.Trial, err)
	}
}

func TestWhatNoFormAsksForStays(t *testing.T) {
	wish := PlanWishFor(termsOnSale)
	wish.Price = "2,50"
	got, err := RuleOnPlan(cloudProduct, termsOnSale, wish)
	if err != nil || got.Policy.SecondPersonFrom != 10 || got.PlanID != "N-1" {
		t.Errorf("got %+v, %v", got, err)
	}
	if diff := cmp.Diff([]string{"price"}, got.Changes(termsOnSale)); diff != "" {
		t.Error(diff)
	}
}

func TestFeaturesAreLinesEachOnce(t *testing.T) {
	wish := PlanWishFor(termsOnSale)
	wish.Features = "  Malware \r\nWeb\tprotection\rMalware\n\n\x00Rollback"
	got, err := RuleOnPlan(cloudProduct, termsOnSale, wish)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Malware", "Web protection", "Rollback"}, got.Features); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyTheDifferenceIsGrantedAndRevoked(t *testing.T) {
	for _, c := range []struct {
		when             string
		wish             PlanWish
		granted, revoked []string
	}{
		{"nothing was ticked anew", PlanWish{Had: []string{"A"}, Resellers: []string{"A"}}, nil, nil},
		{"one came and one went", PlanWish{Had: []string{"A", "B"}, Resellers: []string{"B", "C"}}, []string{"C"}, []string{"A"}},
		{"it is for everybody", PlanWish{Had: []string{"A"}, Everybody: true}, nil, nil},
	} {
		t.Run(c.when, func(t *testing.T) {
			granted, revoked := c.wish.Granting()
			if !cmp.Equal(granted, c.granted) || !cmp.Equal(revoked, c.revoked) {
				t.Errorf("granted %v, revoked %v", granted, revoked)
			}
		})
	}
}
