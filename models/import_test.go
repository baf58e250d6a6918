package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestThereAre249Countries(t *testing.T) {
	if len(countries) != 249 || !KnownCountry("PL") || KnownCountry("pl") || KnownCountry("XX") || KnownCountry("") {
		t.Errorf("%d countries", len(countries))
	}
}

func TestWhatSpeaksAgainstARowByItself(t *testing.T) {
	for _, c := range []struct {
		when   string
		change func(*ImportRow)
		want   []string
	}{
		{"nothing does", func(*ImportRow) {}, nil},
		{"there is no company", func(r *ImportRow) { r.Company = "" }, []string{"Enter a company name."}},
		{"the company is punctuation", func(r *ImportRow) { r.Company = "--" }, []string{"Enter a company name."}},
		{"the company is too long", func(r *ImportRow) { r.Company = strings.Repeat("ö", 129) }, []string{"The company has more than 128 characters."}},
		{"the company has the most characters", func(r *ImportRow) { r.Company = strings.Repeat("ö", 128) }, nil},
		{"the company has two lines", func(r *ImportRow) { r.Company = "a\nb" }, []string{"The company holds a line break or another control character."}},
		{"the note has two lines", func(r *ImportRow) { r.Note = "a\nb" }, nil},
		{"there is no city", func(r *ImportRow) { r.City = "" }, []string{"Enter a city."}},
		{"the country is a name", func(r *ImportRow) { r.Country = "GERMANY" }, []string{"Enter a country as its two letters, such as DE."}},
		{"the time zone is unknown", func(r *ImportRow) { r.TimeZone = "Mars/Base" }, []string{`"Mars/Base" is not a time zone such as Europe/Berlin.`}},
		{"the time zone is that of the machine", func(r *ImportRow) { r.TimeZone = "Local" }, []string{`"Local" is not a time zone such as Europe/Berlin.`}},
		{"a contact has no email", func(r *ImportRow) { r.Email = "" }, []string{"Enter the contact's email."}},
		{"an email has no contact", func(r *ImportRow) { r.FirstName, r.LastName = "", "" }, []string{"Enter the contact's name."}},
		{"the email is none", func(r *ImportRow) { r.Email = "ann at lee" }, []string{`"ann at lee" is not an email address.`}},
		{"the email has a plus", func(r *ImportRow) { r.Email = "ann+it@lee.example" }, nil},
		{"there is nothing to know it by", func(r *ImportRow) { r.ExternalRef, r.Email, r.FirstName, r.LastName = "", "", "", "" }, []string{
			"Enter an external_ref or the contact's email. Without one of them the row cannot be recognised the next time.",
		}},
		{"units without a plan", func(r *ImportRow) { r.Assignment.PlanKey = "" }, []string{"Enter the plan that the units and dates are for."}},
		{"a plan without units", func(r *ImportRow) { r.Assignment.Seats = 0 }, []string{"Enter a number of units from 1 to 999,999."}},
		{"too many units", func(r *ImportRow) { r.Assignment.Seats = 1_000_000 }, []string{"Enter a number of units from 1 to 999,999."}},
		{"an end that means never", func(r *ImportRow) { r.Assignment.EndsOn = "9999-12-31" }, []string{"The latest end date is 2199-12-31."}},
		{"what could not be read is said once", func(r *ImportRow) {
			r.Assignment.Seats = 0
			r.Wrong.Add("units", "Not a number.")
		}, []string{"Not a number."}},
		{"the row as a whole could not be read", func(r *ImportRow) {
			*r = ImportRow{Wrong: Complaints{{"", "Too long."}}}
		}, []string{"Too long."}},
	} {
		t.Run(c.when, func(t *testing.T) {
			row := ImportRow{
				Line: 2, ExternalRef: "X-1", Company: "Lee & Sons Ltd", City: "Leeds", Country: "GB", FirstName: "Ann", LastName: "Lee",
				Email: "ann@lee.example", TimeZone: "Europe/London", Assignment: &Assignment{PlanKey: "endpoint-standard", Seats: 5},
			}
			c.change(&row)

			var got []string
			for _, f := range row.Complaints() {
				got = append(got, f.Message)
			}

			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAnEmptyFieldChangesNothing(t *testing.T) {
	before := Customer{Name: "Lee", City: "Leeds", Note: "kept", TimeZone: "Europe/London"}

	after, changed := ImportRow{Company: "Lee", City: "York", PostalCode: "YO1", TimeZone: "Europe/Warsaw"}.Applied(before)

	want := Customer{Name: "Lee", City: "York", PostalCode: "YO1", Note: "kept", TimeZone: "Europe/London"}
	if after != want || !slices.Equal(changed, []string{"city", "postal code"}) {
		t.Errorf("%+v, changed %q", after, changed)
	}
}

func TestANewCustomerBeginsAsUsualForThePartner(t *testing.T) {
	p := Partner{ID: "P-1", RootID: "P-0", TimeZone: "Europe/Warsaw", Currency: "PLN"}
	for zone, want := range map[string]string{"": "Europe/Warsaw", "Europe/London": "Europe/London"} {
		c := ImportRow{Company: "Lee", TimeZone: zone}.Begun(p, time.Unix(0, 0))
		if c.TimeZone != want || c.Currency != "PLN" || c.RootID != "P-0" || c.PartnerID != "P-1" || c.Version != 1 || c.Name != "Lee" {
			t.Errorf("%+v", c)
		}
	}
}

// held is a customer with an activated account on Endpoint Standard and a row that asks for a plan.
func held() Situation {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	end := now.AddDate(0, 6, 0)
	standard := PlanTerms{PlanID: "N-1", Number: 1, Name: "Endpoint Standard", Edition: "Standard", Unit: "device", DataCenter: "EU", Activation: FirstSignIn, Currency: "EUR", Policy: DefaultPolicy(false)}
	advanced := standard
	advanced.PlanID, advanced.Name, advanced.Edition = "N-2", "Endpoint Advanced", "Advanced"
	product := Product{ID: "R-1", Family: "endpoint", Kind: SaaS}
	return Situation{
		Customer: Customer{ID: "C-1042", Name: "Bramley"}, Account: Account{ID: "A-20418", Family: "endpoint", ActivatedAt: &now},
		Subscription: Subscription{PlanID: "N-1", PlanNumber: 1, Seats: 50, StartsAt: now, ActivatedAt: &now, StartsOn: "2026-03-12", EndsOn: "2026-09-12", EndsAt: &end, Renews: true},
		Terms:        standard, Product: product, Agents: AgentCounts{Total: 42}, Now: now,
		Target: Offer{Plan: Plan{ID: "N-2", Key: "endpoint-advanced"}, Terms: advanced, Product: product, Granted: true},
	}
}

func TestRulingOnARowThatWouldOpenASecondAccount(t *testing.T) {
	has := "C-1042 already has Endpoint Standard on A-20418 with 42 agents. "
	second := has + "Assigning another plan would open a second account. "
	for _, c := range []struct {
		when   string
		change func(*Situation)
		may    bool
		want   string
	}{
		{"another plan", func(*Situation) {}, false, second + "Modify the plan instead."},
		{"no agents", func(s *Situation) { s.Agents.Total = 0 }, false, strings.Replace(second, "42 agents", "no agents", 1) + "Modify the plan instead."},
		{"one agent", func(s *Situation) { s.Agents.Total = 1 }, false, strings.Replace(second, "42 agents", "1 agent", 1) + "Modify the plan instead."},
		{"the same plan with other seats", func(s *Situation) {
			s.Target.Plan.ID, s.Target.Terms = "N-1", s.Terms
		}, false, has + "Assigning it again would change nothing for the better. Seats, end date and renewal are modified in place."},
		{"a trial", func(s *Situation) { s.Terms.Trial = true }, false, second + "Convert the trial instead."},
		{"an ended plan", func(s *Situation) {
			end := s.Now.AddDate(-1, 0, 0)
			s.Subscription.EndsAt = &end
		}, false, second + "Renew it instead."},
		{
			"another data center", func(s *Situation) { s.Target.Terms.DataCenter = "US" }, false,
			second + "Endpoint Advanced runs in US and this account in EU. An account cannot move between data centers, so the plan cannot be modified into it.",
		},
		{
			"a retired plan", func(s *Situation) { s.Target.Plan.RetiredAt = &s.Now }, false,
			has + "A retired plan stays where it is assigned and is assigned nowhere else. The admin of the partner that owns the plan can put it back on sale.",
		},
		{"never activated", func(s *Situation) {
			s.Account.ActivatedAt, s.Subscription.ActivatedAt, s.Subscription.EndsAt, s.Agents.Total = nil, nil, nil, 0
		}, false, "C-1042 already has Endpoint Standard on A-20418 with no agents. It was never activated. Replace the plan on that account."},
		{
			"purged", func(s *Situation) { s.Account.PurgedAt, s.Agents.Total = &s.Now, 0 }, true,
			"Account A-20418 was purged after its plan ended. The plan begins on a new account, and agents must be installed again.",
		},
	} {
		t.Run(c.when, func(t *testing.T) {
			s := held()
			c.change(&s)

			may, sentence := RuleOnSecondPlan(s)

			if may != c.may || sentence != c.want {
				t.Errorf("%v, %q\nwant %v, %q", may, sentence, c.may, c.want)
			}
		})
	}
}

func TestWhatAnAccountGivesAlready(t *testing.T) {
	no := false
	for _, c := range []struct {
		when   string
		change func(*Situation, *Assignment)
		want   bool
	}{
		{"the same plan and seats", func(*Situation, *Assignment) {}, true},
		{"the same end date", func(_ *Situation, a *Assignment) { a.EndsOn = "2026-09-12" }, true},
		{"a start date that the plan does not take", func(_ *Situation, a *Assignment) { a.StartsOn = "2026-01-01" }, true},
		{"the start date of a plan that takes one", func(s *Situation, a *Assignment) { s.Terms.Activation, a.StartsOn = OnDate, "2026-03-12" }, true},
		{"another start date", func(s *Situation, a *Assignment) { s.Terms.Activation, a.StartsOn = OnDate, "2026-03-13" }, false},
		{"another end date", func(_ *Situation, a *Assignment) { a.EndsOn = "2026-09-13" }, false},
		{"other seats", func(_ *Situation, a *Assignment) { a.Seats = 51 }, false},
		{"another renewal", func(_ *Situation, a *Assignment) { a.Renews = &no }, false},
		{"another plan", func(s *Situation, _ *Assignment) { s.Target.Plan.ID = "N-2" }, false},
		{"a plan that was cancelled", func(s *Situation, _ *Assignment) { s.Subscription.CancelledAt = &s.Now }, false},
	} {
		t.Run(c.when, func(t *testing.T) {
			s, wish := held(), Assignment{PlanKey: "endpoint-standard", Seats: 50}
			s.Target.Plan.ID = "N-1"
			c.change(&s, &wish)

			if got := s.Gives(wish); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestPlansByCodeAreNotImported(t *testing.T) {
	o := held().Target
	if said := NeedsCode(o); said != "" {
		t.Errorf("of a SaaS plan: %q", said)
	}
	byCode, onPremise := o, o
	byCode.Terms.Activation, onPremise.Product.Kind = ByCode, OnPremise
	for _, o := range []Offer{byCode, onPremise} {
		if said := NeedsCode(o); said != "Endpoint Advanced begins with an activation code, and the portal issues no codes. It cannot be assigned here." {
			t.Errorf("%q", said)
		}
	}
}

func TestAReportCountsVerdicts(t *testing.T) {
	var r ImportReport
	for _, v := range []RowVerdict{{Outcome: RowCreated, Opens: true}, {Outcome: RowChanged}, {Outcome: RowUnchanged}, {Outcome: RowRefused}, {Outcome: RowRefused}} {
		r.Count(v)
	}
	if got := fmt.Sprint(r.Rows, r.Created, r.Changed, r.Unchanged, r.Refused, r.Accounts); got != "5 1 1 1 2 1" {
		t.Error(got)
	}
}
