package demo_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"mooring/models"
	"mooring/models/demo"
)

// register notes what was given, and complains about what is given twice.
type register struct {
	t     *testing.T
	given map[string]bool
}

func (r register) give(kind, id string) {
	r.t.Helper()
	if id == "" || r.given[kind+id] {
		r.t.Errorf("%s %q is empty or given twice", kind, id)
	}
	r.given[kind+id] = true
}

func TestNoIDIsGivenTwice(t *testing.T) {
	w := demo.At(demo.Now)
	r := register{t, map[string]bool{}}
	for _, p := range w.Partners {
		r.give("id", p.ID)
	}
	for _, u := range w.Users {
		r.give("id", u.ID)
		r.give("email", u.Email)
	}
	for _, p := range w.Products {
		r.give("id", p.ID)
	}
	for _, p := range w.Plans {
		r.give("id", p.ID)
		r.give("key of "+p.RootID, p.Key)
	}
	for _, c := range w.Customers {
		r.give("id", c.ID)
	}
	for _, k := range w.Contacts {
		r.give("id", k.ID)
	}
}

func TestNoAccountAndNoAgentIsGivenTwice(t *testing.T) {
	w := demo.At(demo.Now)
	r := register{t, map[string]bool{}}
	for _, a := range w.Accounts {
		r.give("id", a.ID)
		r.give("key", a.EnrolmentKey)
		successor, ok := demo.NewAccountID(a.ID)
		if !ok {
			t.Errorf("no account is held for a reassign of %s", a.ID)
		}
		r.give("id", successor)
	}
	for _, s := range w.Subscriptions {
		r.give("id", s.ID)
		r.give("subscription of", s.AccountID)
	}
	for _, g := range w.Agents {
		r.give("id", g.ID)
		r.give("device of "+g.AccountID, g.DeviceID)
		r.give("name of "+g.AccountID, g.DeviceName)
	}
}

func TestTheWorldKeepsTheRulesOfTheTables(t *testing.T) {
	everywhere(t, func(t *testing.T, w demo.World) {
		live := map[string]bool{}
		refs := map[string]bool{}
		for _, a := range w.Accounts {
			if a.Open() && a.ProposalID == nil {
				if live[a.CustomerID+a.Family] {
					t.Errorf("%s is a second live account of its family", a.ID)
				}
				live[a.CustomerID+a.Family] = true
			}
			if c := customerOf(w, a.CustomerID); c.PartnerID != a.PartnerID || c.RootID != a.RootID || a.CreatedAt.Before(c.CreatedAt) {
				t.Errorf("%s does not fit its customer", a.ID)
			}
		}
		for _, s := range w.Subscriptions {
			terms := termsOf(w, s)
			if s.EndsOn != "" && (s.StartsOn == "" || s.StartsOn > s.EndsOn || s.AnchorDay < 1) {
				t.Errorf("%s has an odd term: %+v", s.ID, s)
			}
			if s.CreatedAt.Before(terms.CreatedAt) || s.RootID != terms.RootID || s.Seats < models.MinSeats {
				t.Errorf("%s cannot have been assigned with version %d of %s", s.ID, terms.Number, terms.Name)
			}
		}
		for _, c := range w.Customers {
			if c.ExternalRef != "" && refs[c.PartnerID+c.ExternalRef] {
				t.Errorf("%s has the reference of another customer", c.ID)
			}
			refs[c.PartnerID+c.ExternalRef] = true
		}
		for _, e := range w.Events {
			if e.ActorID == "" || e.ActorName == "" || e.Kind == "" || e.PartnerID == "" || e.RootID == "" {
				t.Errorf("an event is not complete: %+v", e)
			}
		}
	})
}

func TestTheNamesOfHaldensCustomersAreHardEnough(t *testing.T) {
	var n, exactly47, over60 int
	var all strings.Builder
	for _, c := range demo.At(demo.Now).Customers {
		if c.PartnerID != demo.Halden {
			continue
		}
		n++
		all.WriteString(c.Name)
		switch l := utf8.RuneCountInString(c.Name); {
		case l == 47:
			exactly47++
		case l > 60:
			over60++
		}
	}
	if n < 62 || exactly47 != 1 || over60 != 1 {
		t.Errorf("%d customers, %d names of 47 characters, %d of more than 60", n, exactly47, over60)
	}
	for _, hard := range []string{"Åkerlund", "北村", "مخبز", "O’Malley", "ß", "ı"} {
		if !strings.Contains(all.String(), hard) {
			t.Errorf("no name has %s", hard)
		}
	}
}
