package portal_test

import (
	"flag"
	"math/rand/v2"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// A long run sets them: `make soak`.
var (
	carriesInARow = flag.Int("carries", 4, "how many carries follow one another")
	agentsCarried = flag.Int("carried", 60, "how many agents are carried each time")
)

// absences say of each agent until when it is offline.
type absences map[*pretended]time.Time

// round lets everybody check in who is online, as a relay does; some go offline for up to ten days.
func (f *fleet) round(rng *rand.Rand, away absences) {
	f.t.Helper()
	now := f.w.Clock()
	var here []*pretended
	var all []models.TokenCheckIn
	for _, a := range f.agents {
		if away[a].After(now) {
			continue
		}
		if rng.IntN(5) == 0 {
			away[a] = now.Add(time.Duration(1+rng.IntN(10*24)) * time.Hour)
			continue
		}
		token := a.token
		if a.next != "" {
			token = a.next
		}
		a.sequence++
		here, all = append(here, a), append(all, models.TokenCheckIn{Token: token, CheckIn: models.CheckIn{Sequence: a.sequence}})
	}
	answers, err := f.w.CheckInAll(ctx, "r", all)
	if err != nil {
		f.t.Fatal(err)
	}
	for i, a := range here {
		said := answers[i]
		if said.Err != nil && all[i].Token == a.next { // the time was over: back to the one before
			a.next = ""
			continue
		} else if said.Err != nil {
			f.t.Fatalf("%s: %v", a.id, said.Err)
		}
		a.token, a.account, a.next = all[i].Token, said.AccountID, said.MoveToken
		if rng.IntN(10) == 0 {
			a.next = "" // the answer was lost on the way
		}
	}
}

func TestCarriesOfAgentsThatAreOftenOfflineEndComplete(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		who := w.Actor(t, demo.Ines)
		rng := rand.New(rand.NewPCG(7, 11))
		next := reassigned(t, w, who, demo.ExactlyFull, demo.Advanced)
		if err := w.BeginBySignIn(ctx, next); err != nil {
			t.Fatal(err)
		}
		f := enrolled(t, w, next, 0)
		key := askedKey(t, w, next)
		for i := range *agentsCarried {
			e := device(i)
			e.Key = key
			done, err := w.EnrolAgent(ctx, e, "r")
			if err != nil {
				t.Fatal(err)
			}
			f.agents = append(f.agents, &pretended{id: done.AgentID, account: next, token: done.Token})
		}
		at, to := next, demo.ExactlyFull
		for n := range *carriesInARow {
			wish := models.CarryWish{ToAccountID: to, Pick: models.PickList}
			if len(f.agents) > models.MaxPicked {
				t.Fatalf("at most %d agents", models.MaxPicked)
			}
			for _, a := range f.agents {
				wish.Agents = append(wish.Agents, a.id)
			}
			renewed(t, w, who, at)
			renewed(t, w, who, to)
			desk, err := w.ProposeCarry(ctx, who, at, wish)
			if err != nil || desk.Problem != nil {
				t.Fatal(err, desk.Problem)
			}
			id, _, err := w.CarryAgents(ctx, who, at, desk.Wish)
			if err != nil {
				t.Fatal(err)
			}
			away := absences{}
			p := progress(t, w, who, id)
			for p.Counts.Moved < p.Counts.Total {
				if p.Counts.Done() { // some were offline for longer than there was time
					if err := w.RetryCarry(ctx, who, id, p.Carry.Version); err != nil {
						t.Fatal(err)
					}
				}
				w.Pass(12 * time.Hour)
				f.round(rng, away)
				before := p.Counts.Moved
				if p = progress(t, w, who, id); p.Counts.Moved < before {
					t.Fatalf("moved went from %d to %d", before, p.Counts.Moved)
				}
			}
			if p.Counts.Moved != len(f.agents) {
				t.Errorf("carry %d ended with %+v", n, p.Counts)
			}
			at, to = to, at
		}
		w.Sound(t)
	})
}

// renewed begins a new term where the old one is over.
func renewed(t *testing.T, w *portaltest.World, who models.Actor, account string) {
	t.Helper()
	if opened(t, w, account).State().Working() {
		return
	}
	desk, err := w.ProposeModification(ctx, who, account, models.Modification{})
	if err != nil {
		t.Fatal(err)
	}
	wish := desk.Wish
	wish.Term, wish.AcceptOver = models.RestartTerm, true
	if _, err := w.ModifyPlan(ctx, who, account, wish); err != nil {
		t.Fatal(err)
	}
}
