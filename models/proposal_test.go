package models_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

func TestEveryFactChangesTheDigest(t *testing.T) {
	seen := map[string]string{bramley().Digest(50): "nothing"}
	for _, c := range []struct {
		fact   string
		change change
	}{
		{"the account", func(s *models.Situation) { s.Account.ID = "A-20419" }},
		{"the account's version", func(s *models.Situation) { s.Account.Version++ }},
		{"an agent joined and one left", func(s *models.Situation) { s.Account.AgentsVersion += 2 }},
		{"whose account it is", func(s *models.Situation) { s.Account.PartnerID = "P-3" }},
		{"how many agents", func(s *models.Situation) { s.Agents.Total++ }},
		{"the subscription", func(s *models.Situation) { s.Subscription.ID = "S-2" }},
		{"the subscription's version", func(s *models.Situation) { s.Subscription.Version++ }},
		{"the plan", func(s *models.Situation) { s.Subscription.PlanID = "N-1009" }},
		{"the version of the plan", func(s *models.Situation) { s.Subscription.PlanNumber++ }},
		{"the seats", have(51)},
		{"the end date", endedOn("2026-12-01")},
		{"no end date", func(s *models.Situation) { s.Subscription.EndsOn, s.Subscription.EndsAt = "", nil }},
		{"the price", func(s *models.Situation) { s.Terms.PriceMinor++ }},
		{"the currency", func(s *models.Situation) { s.Terms.Currency = "USD" }},
		{"modify only", modifyOnly},
		{"over-use refused", func(s *models.Situation) { s.Terms.Policy.RefuseOverUse = true }},
		{"when the id is typed", func(s *models.Situation) { s.Terms.Policy.TypedIDFrom = 5 }},
		{"when a second person is asked", func(s *models.Situation) { s.Terms.Policy.SecondPersonFrom = 10 }},
		{"when it ends soon", func(s *models.Situation) { s.Terms.Policy.EndingSoonDays-- }},
		{"the days of grace", func(s *models.Situation) { s.Terms.Policy.GraceDays-- }},
		{"the days of being locked", func(s *models.Situation) { s.Terms.Policy.LockedDays-- }},
		{"the target", func(s *models.Situation) { s.Target.Plan.ID = "N-1010" }},
		{"the version of the target on sale", func(s *models.Situation) { s.Target.Plan.Current++ }},
		{"the target's version, as when it is retired", func(s *models.Situation) { s.Target.Plan.Version++ }},
		{"the grant", notGranted},
		{"the target's price", func(s *models.Situation) { s.Target.Terms.PriceMinor++ }},
		{"the target's currency", inDollars},
	} {
		got := situationWith(c.change).Digest(50)
		if other, known := seen[got]; known {
			t.Errorf("%s: the digest is the one of %s", c.fact, other)
		}
		seen[got] = c.fact
	}
	if got := bramley().Digest(51); seen[got] != "" {
		t.Errorf("the seats wished for: the digest is the one of %s", seen[got])
	}
}

func TestWhatIsNoFactLeavesTheDigestAlone(t *testing.T) {
	want := bramley().Digest(50)
	for _, c := range []struct {
		when   string
		change change
	}{
		{"an agent came online", func(s *models.Situation) { s.Agents.Online, s.Agents.Quiet = 38, 3 }},
		{"an agent went offline", func(s *models.Situation) { s.Agents.Online, s.Agents.Offline = 36, 1 }},
		{"one was seen for the first time", func(s *models.Situation) { s.Agents.Online, s.Agents.Never = 38, 0 }},
		{"a minute passed", func(s *models.Situation) { s.Now = s.Now.Add(time.Minute) }},
		{"a day passed", func(s *models.Situation) { s.Now = s.Now.AddDate(0, 0, 1) }},
		{"the end was read in another time zone", func(s *models.Situation) {
			s.Subscription.EndsAt = ptr(s.Subscription.EndsAt.In(s.Customer.Location()))
		}},
	} {
		if got := situationWith(c.change).Digest(50); got != want {
			t.Errorf("%s: the digest changed", c.when)
		}
	}
}

func TestAProposalKeepsWhatItShowed(t *testing.T) {
	s := bramley()
	want := models.Shown{
		At: now, Verdict: models.Advised, Headline: "Reassigning would leave 42 agents behind", Agents: s.Agents,
		PlanName: "Endpoint Standard", SeatsBefore: 50, EndsOn: "2026-11-30",
		TargetName: "Endpoint Advanced", TargetPrice: euros(340), Seats: 60, Monthly: euros(204_00),
	}
	if diff := cmp.Diff(want, s.Shows(models.RuleOnReassignment(s), 60)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatChangedIsSaidInSentences(t *testing.T) {
	for _, c := range []struct {
		when   string
		change change
		want   []string
	}{
		{"one more agent", agents(43), []string{"One more agent joined A-20418: 43 now, 42 before."}},
		{"three more agents", agents(45), []string{"3 more agents joined A-20418: 45 now, 42 before."}},
		{"one agent fewer", agents(41), []string{"One agent left A-20418: 41 now, 42 before."}},
		{"all agents left", agents(0), []string{"42 agents left A-20418: 0 now, 42 before."}},
		{"another plan", func(s *models.Situation) { s.Terms.Name = "Endpoint Elite" }, []string{"The plan is Endpoint Elite now, it was Endpoint Standard."}},
		{"other seats", have(60), []string{"The plan has 60 seats now, it had 50."}},
		{"another end", endedOn("2027-11-30"), []string{"The term ends on another day."}},
		{"another price", func(s *models.Situation) { s.Target.Terms.PriceMinor++ }, []string{"The price of Endpoint Advanced changed."}},
		{"another verdict", retired, []string{"The portal now says: Endpoint Advanced is no longer sold."}},
		{"another headline of the same verdict", nil, []string{"The portal now says: Something else."}},
		{"nothing that was shown", func(s *models.Situation) { s.Agents.Online-- }, []string{"The account was changed in the meantime."}},
		{"several things", func(s *models.Situation) { agents(45)(s); have(60)(s); retired(s) }, []string{
			"3 more agents joined A-20418: 45 now, 42 before.",
			"The plan has 60 seats now, it had 50.",
			"The portal now says: Endpoint Advanced is no longer sold.",
		}},
	} {
		t.Run(c.when, func(t *testing.T) {
			before := shown(bramley())
			after := before
			if c.change != nil {
				after = shown(situationWith(c.change))
			} else {
				after.Headline = "Something else"
			}
			if diff := cmp.Diff(c.want, before.Differences(after, "A-20418")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func shown(s models.Situation) models.Shown { return s.Shows(models.RuleOnReassignment(s), 50) }

func TestAgreeingTakesWhatTheRulingAsksFor(t *testing.T) {
	all := models.Asks{Reason: true, TypedID: true}
	good := models.Reassignment{Why: models.WhySplit, Note: "Helen asked for it.", TypedID: "A-20418"}
	with := func(change func(*models.Reassignment)) models.Reassignment {
		w := good
		change(&w)
		return w
	}
	for _, c := range []struct {
		when           string
		asks           models.Asks
		wish           models.Reassignment
		field, message string
	}{
		{"everything is there", all, good, "", ""},
		{"nothing is asked for", models.Asks{}, models.Reassignment{}, "", ""},
		{"no choice", all, with(func(w *models.Reassignment) { w.Why = "" }), "reason-1", "Choose why a new account is needed"},
		{"a choice that is none", all, with(func(w *models.Reassignment) { w.Why = "because" }), "reason-1", "Choose why a new account is needed"},
		{"no words", all, with(func(w *models.Reassignment) { w.Note = "" }), "note", "Say why in your own words, in at least 15 characters"},
		{"14 characters", all, with(func(w *models.Reassignment) { w.Note = strings.Repeat("ü", 14) }), "note", "Say why in your own words, in at least 15 characters"},
		{"14 characters and space", all, with(func(w *models.Reassignment) { w.Note = "   " + strings.Repeat("x", 14) + "   " }), "note", "Say why in your own words, in at least 15 characters"},
		{"15 characters", all, with(func(w *models.Reassignment) { w.Note = strings.Repeat("ü", 15) }), "", ""},
		{"500 characters", all, with(func(w *models.Reassignment) { w.Note = strings.Repeat("世", 500) }), "", ""},
		{"501 characters", all, with(func(w *models.Reassignment) { w.Note = strings.Repeat("世", 501) }), "note", "Say why in at most 500 characters"},
		{"no id", all, with(func(w *models.Reassignment) { w.TypedID = "" }), "code", "The account ID does not match. Type A-20418"},
		{"another id", all, with(func(w *models.Reassignment) { w.TypedID = "A-20977" }), "code", "The account ID does not match. Type A-20418"},
		{"no id, and none is asked for", models.Asks{Reason: true}, with(func(w *models.Reassignment) { w.TypedID = "" }), "", ""},
	} {
		err := models.Ruling{Asks: c.asks}.Agreement(c.wish, "A-20418")
		if field, message := complaint(t, err); field != c.field || message != c.message {
			t.Errorf("%s: beside %q, %q", c.when, field, message)
		}
	}
}

func TestEverythingThatIsMissingIsSaidAtOnce(t *testing.T) {
	err := models.Ruling{Asks: models.Asks{Reason: true, TypedID: true}}.Agreement(models.Reassignment{}, "A-20418")
	if p, _ := models.ProblemIn(err); len(p.Fields) != 3 || p.Kind != models.Invalid {
		t.Errorf("%+v", p)
	}
}

func TestATypedIDIsTheSameHoweverItIsTyped(t *testing.T) {
	const id = "A-20418"
	for _, same := range []string{
		"A-20418", "a-20418", " A-20418 ", "\tA-20418\n", "A - 20418", "A-20418\u00a0", "\u3000A-20418",
		"A‐20418", "A‑20418", "A‒20418", "A–20418", "A—20418", "A−20418", "A－20418", "A﹣20418",
		"A-２０４１８", "Ａ－２０４１８", "ａ-20418", "A-\u200b20418", "\ufeffA-20418", "\u202aA-20418\u202c",
	} {
		if !models.SameID(same, id) {
			t.Errorf("%q is not taken for %s", same, id)
		}
	}
	for _, other := range []string{"", " ", "\u200b", "-", "A", "A20418", "A--20418", "A-2041", "A-204180", "B-20418", "A-20418 A-20418", "A_20418", "А-20418" /* Cyrillic */} {
		if models.SameID(other, id) {
			t.Errorf("%q is taken for %s", other, id)
		}
	}
	for _, nothing := range []string{"", " ", "\u200b"} {
		if models.SameID(nothing, "") {
			t.Errorf("%q is taken for an id that is empty", nothing)
		}
	}
}
