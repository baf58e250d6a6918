package models

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a plan's fields; of texts in characters.
const (
	MaxPlanName   = 150
	MaxEdition    = 60
	MaxSummary    = 200
	MaxFeatures   = 30
	MaxFeature    = 80
	MaxDataCenter = 60
	MaxTermMonths = 66
	maxPolicyDays = 365
)

var (
	// Units are what a seat can be.
	Units = []string{"device", "user", "mailbox", "server"}
	// Activations are the ways to begin, the usual first.
	Activations = []Activation{FirstSignIn, OnDate, AtOnce, ByCode}
)

// PlanWish is what somebody wants a plan to be. Numbers, money and lists are as they were typed, so that
// a form comes back as it was sent.
type PlanWish struct {
	ProductID string // of a new plan; fixed afterwards
	Trial     bool   // the same

	Name       string
	Edition    string
	Summary    string
	Features   string // one a line
	Unit       string
	DataCenter string
	Activation Activation
	Price      string
	Currency   string
	Term       string // months
	Renews     bool

	ModifyOnly    bool
	RefuseOverUse bool
	TypedIDFrom   string
	EndingSoon    string // days
	Grace         string // days
	Locked        string // days

	// Had are the resellers that the form showed as granted, Resellers those that were ticked. What
	// lies between is the change, so that two people who grant at once do not undo each other.
	Had       []string
	Resellers []string
	Everybody bool // grants it to every reseller there is today

	Version int // of the plan when the form was drawn
	FormKey string
}

// PlanWishFor is the wish for terms as they are.
func PlanWishFor(t PlanTerms) PlanWish {
	return PlanWish{
		Trial: t.Trial, Name: t.Name, Edition: t.Edition, Summary: t.Summary, Features: strings.Join(t.Features, "\n"),
		Unit: t.Unit, DataCenter: t.DataCenter, Activation: t.Activation,
		Price: t.Price().plain(), Currency: t.Currency, Term: strconv.Itoa(t.TermMonths), Renews: t.Renews,
		ModifyOnly: t.Policy.ModifyOnly, RefuseOverUse: t.Policy.RefuseOverUse,
		TypedIDFrom: strconv.Itoa(t.Policy.TypedIDFrom), EndingSoon: strconv.Itoa(t.Policy.EndingSoonDays),
		Grace: strconv.Itoa(t.Policy.GraceDays), Locked: strconv.Itoa(t.Policy.LockedDays),
	}
}

// BlankWish is the wish that the form of a new plan starts with.
func BlankWish(currency string) PlanWish {
	w := PlanWishFor(PlanTerms{
		Unit: Units[0], Activation: FirstSignIn, Currency: currency, TermMonths: 12, Renews: true, Policy: DefaultPolicy(false),
	})
	w.Price = "" // nothing is free by accident
	return w
}

// Granting is what the wish changes about who may sell the plan.
func (w PlanWish) Granting() (granted, revoked []string) {
	for _, id := range w.Resellers {
		if !slices.Contains(w.Had, id) {
			granted = append(granted, id)
		}
	}
	for _, id := range w.Had {
		if !slices.Contains(w.Resellers, id) {
			revoked = append(revoked, id)
		}
	}
	if w.Everybody {
		return granted, nil
	}
	return granted, revoked
}

// RuleOnPlan turns a wish into terms of a product, or says what is wrong with it. Before are the terms
// on sale, which lend what no form asks for; zero for a new plan.
func RuleOnPlan(p Product, before PlanTerms, w PlanWish) (PlanTerms, error) {
	var in planReader
	t := before
	if before.Number == 0 {
		t.Trial, t.Policy = w.Trial, DefaultPolicy(w.Trial)
	}
	if p.ID == "" {
		in.wrong.Add("product", "Choose a product.")
	}
	t.Name = in.required("name", w.Name, MaxPlanName, "Enter a name, such as Endpoint Standard.")
	t.Edition = in.required("edition", w.Edition, MaxEdition, "Enter the short name beside other plans, such as Standard.")
	t.Summary = in.optional("summary", w.Summary, MaxSummary)
	t.Features = in.features(w.Features)
	t.Unit = in.oneOf("unit", w.Unit, before.Unit, Units, "Choose what a seat is.")
	t.DataCenter = in.required("data-center", w.DataCenter, MaxDataCenter, "Enter where the data is kept, such as EU, Frankfurt.")
	t.Activation = in.activation(p, w.Activation)
	t.PriceMinor = in.price(w.Price)
	t.Currency = in.oneOf("currency", w.Currency, before.Currency, Currencies(), "Choose a currency.")
	t.TermMonths, t.Renews = in.term(t.Trial, w), w.Renews
	t.Policy = in.policy(t.Policy, w)
	return t, in.wrong.Problem()
}

// planReader reads what was typed into the form of a plan and collects what is wrong with it.
type planReader struct{ wrong Complaints }

func (in *planReader) activation(p Product, a Activation) Activation {
	switch {
	case !slices.Contains(Activations, a):
		in.wrong.Add("activation", "Choose how the plan begins.")
	case p.Kind == OnPremise && a != ByCode:
		in.wrong.Add("activation", p.Name+" runs on the customer’s own server. It begins with a code.")
	}
	return a
}

func (in *planReader) price(text string) int64 {
	minor, why := ParsePrice(text)
	if why != "" {
		in.wrong.Add("price", why)
	}
	return minor
}

func (in *planReader) term(trial bool, w PlanWish) int {
	months := in.whole("term", w.Term, 1, MaxTermMonths, "Enter a term of 1 to 66 months.")
	if trial && months > 1 {
		in.wrong.Add("term", "A trial runs for 1 month.")
	}
	if trial && w.Renews {
		in.wrong.Add("renews", "A trial does not renew. It is converted into a full plan.")
	}
	return months
}

func (in *planReader) policy(p Policy, w PlanWish) Policy {
	p.ModifyOnly, p.RefuseOverUse = w.ModifyOnly, w.RefuseOverUse
	p.TypedIDFrom = in.whole("typed-id", w.TypedIDFrom, 1, MaxSeats, "Enter a number of agents from 1 to 999,999.")
	p.EndingSoonDays = in.whole("ending-soon", w.EndingSoon, 0, maxPolicyDays, "Enter 0 to 365 days.")
	p.GraceDays = in.whole("grace", w.Grace, 0, maxPolicyDays, "Enter 0 to 365 days.")
	p.LockedDays = in.whole("locked", w.Locked, 0, maxPolicyDays, "Enter 0 to 365 days.")
	return p
}

// whole reads a whole number. Digits only: a sign, a decimal or a thousands mark is asked about.
func (in *planReader) whole(field, text string, least, most int, say string) int {
	text = strings.TrimSpace(text)
	n, err := strconv.Atoi(text)
	if err != nil || len(text) > 6 || text[0] < '0' || text[0] > '9' || n < least || n > most {
		in.wrong.Add(field, say)
		return 0
	}
	return n
}

func (in *planReader) oneOf(field, text, before string, known []string, say string) string {
	if !slices.Contains(known, text) && (text != before || text == "") {
		in.wrong.Add(field, say)
	}
	return text
}

func (in *planReader) required(field, text string, most int, say string) string {
	text = in.optional(field, text, most)
	if text == "" {
		in.wrong.Add(field, say)
	}
	return text
}

func (in *planReader) optional(field, text string, most int) string {
	text = visibleLine(text)
	if n := utf8.RuneCountInString(text); n > most {
		in.wrong.Add(field, "That is "+strconv.Itoa(n)+" characters long. Keep it to "+strconv.Itoa(most)+".")
	}
	return text
}

// features are the lines, each once.
func (in *planReader) features(text string) []string {
	all := []string{}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		if line = visibleLine(line); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	tooLong := func(f string) bool { return utf8.RuneCountInString(f) > MaxFeature }
	switch {
	case len(all) > MaxFeatures:
		in.wrong.Add("features", "Keep it to "+strconv.Itoa(MaxFeatures)+" lines.")
	case slices.ContainsFunc(all, tooLong):
		in.wrong.Add("features", "Keep each line to "+strconv.Itoa(MaxFeature)+" characters.")
	}
	return all
}

// visibleLine is a text with single spaces and nothing that cannot be seen or stored.
func visibleLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(text), " ")
}
