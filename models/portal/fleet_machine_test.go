package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
	"mooring/models/store"
	"mooring/models/store/storetest"
)

// sailor is an agent as the model knows it.
type sailor struct {
	id, device, account string
	token, renewed      string            // the one it has, and the one it was offered after it
	offered             map[string]string // tokens for other accounts, by carry
	void                []string
	sequence            int64
	released            bool // it has no seat, until it enrols again
	enrolled, seen      time.Time
	highest             int64 // the sequence that counted last
}

// voyage is a carry as the model knows it: who is still on the way, and how many have arrived.
type voyage struct {
	models.Carry
	waiting map[string]bool
	moved   int
	others  int // agents of the demo world, which never check in
	dropped int
}

// convoy does everything that agents and people do to agents, and knows where each must be.
type convoy struct {
	t        *testing.T
	w        *portaltest.World
	who      models.Actor
	accounts []string
	agents   []*sailor
	voyages  []*voyage
	base     int // agents of the demo world on the first account
	devices  int
}

// newConvoy begins where it matters: an account with agents was reassigned, and the new one is active.
func newConvoy(t *testing.T, w *portaltest.World) *convoy {
	t.Helper()
	c := &convoy{
		t: t, w: w, who: w.Actor(t, demo.Ines), accounts: []string{demo.BramleyAccount},
		base: factsOf(t, w.Store, w.Clock(), demo.BramleyAccount).Counts.Total,
	}
	for range 4 {
		done := enrolOn(t, w.Portal, demo.BramleyAccount, c.devices)
		c.agents = append(c.agents, &sailor{
			id: done.AgentID, device: device(c.devices).DeviceID, account: demo.BramleyAccount, token: done.Token, offered: map[string]string{},
			enrolled: w.Clock(),
		})
		c.devices++
	}
	next := reassigned(t, w, c.who, demo.BramleyAccount, demo.Advanced)
	c.accounts = append(c.accounts, next)
	if err := w.BeginBySignIn(ctx, next); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *convoy) now() time.Time { return c.w.Clock() }

func (c *convoy) account(r *rapid.T) string { return rapid.SampledFrom(c.accounts).Draw(r, "account") }

func (c *convoy) agent(r *rapid.T) *sailor {
	if len(c.agents) == 0 {
		r.Skip("no agents yet")
	}
	return rapid.SampledFrom(c.agents).Draw(r, "agent")
}

func (c *convoy) held(account string, device string) *sailor {
	for _, a := range c.agents {
		if a.account == account && a.device == device {
			return a
		}
	}
	return nil
}

func (c *convoy) seated(account, device string) bool {
	a := c.held(account, device)
	return a != nil && !a.released
}

// voyageOf is the carry that an agent is on.
func (c *convoy) voyageOf(id string) *voyage {
	for _, v := range c.voyages {
		if v.waiting[id] {
			return v
		}
	}
	return nil
}

// enrol lets a device enrol: a new one, or one that is known on this account or on another.
func (c *convoy) enrol(r *rapid.T) {
	account := c.account(r)
	e := device(c.devices)
	if c.devices > 0 && rapid.Bool().Draw(r, "again") {
		e.DeviceID, _, _ = strings.Cut(c.agent(r).device, "~") // the portal's own, of one that had to make room
	} else {
		c.devices++
	}
	o := opened(c.t, c.w, account)
	e.Key = askedKey(c.t, c.w, account)
	done, err := c.w.EnrolAgent(ctx, e, "r")
	if models.RuleOnEnrolment(o.Account, o.Subscription, o.Terms, false, 0, c.now()) != nil {
		if err == nil {
			r.Fatalf("%s took an agent, being %s", account, o.State())
		}
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	a := c.held(account, e.DeviceID)
	if a == nil {
		a = &sailor{id: done.AgentID, device: e.DeviceID, account: account, offered: map[string]string{}}
		c.agents = append(c.agents, a)
	} else {
		a.void = append(a.void, a.token, a.renewed)
	}
	if a.id != done.AgentID {
		r.Fatalf("the device of %s enrolled as %s", a.id, done.AgentID)
	}
	if a.released || a.enrolled.IsZero() {
		a.enrolled = c.now()
	}
	a.token, a.renewed, a.released, a.highest = done.Token, "", false, 0
}

// release takes the seats of some agents of an account back.
func (c *convoy) release(r *rapid.T) {
	account := c.agent(r).account
	var wish models.ReleaseWish
	seated := 0
	for _, a := range c.agents {
		if a.account == account && rapid.Bool().Draw(r, "released") {
			wish.Agents = append(wish.Agents, a.id)
			if !a.released {
				seated++
			}
		}
	}
	n, _, err := c.w.ReleaseAgents(ctx, c.who, account, wish)
	if _, refused := models.ProblemIn(err); n != seated || refused != (seated == 0) || err != nil && !refused {
		r.Fatalf("released %d of %s, want %d: %v", n, account, seated, err)
	}
	for _, a := range c.agents {
		if a.released || !slices.Contains(wish.Agents, a.id) {
			continue
		}
		a.released = true
		if v := c.voyageOf(a.id); v != nil {
			delete(v.waiting, a.id)
			v.dropped++
		}
	}
}

// checkIn lets an agent use one of all the tokens that it ever had, with any sequence.
func (c *convoy) checkIn(r *rapid.T) {
	a := c.agent(r)
	known := append([]string{a.token, a.token, a.token}, a.void...)
	for _, token := range a.offered {
		known = append(known, token, token, token)
	}
	if a.renewed != "" {
		known = append(known, a.renewed)
	}
	token := rapid.SampledFrom(known).Draw(r, "token")
	if token != "" {
		c.uses(r, a, token)
	}
}

// allCheckIn lets every agent check in as a well-behaved one does: with the token it was offered last.
func (c *convoy) allCheckIn(r *rapid.T) {
	for _, a := range c.agents {
		token := a.token
		if v := c.voyageOf(a.id); v != nil && a.offered[v.ID] != "" {
			token = a.offered[v.ID]
		} else if a.renewed != "" {
			token = a.renewed
		}
		c.uses(r, a, token)
	}
}

func (c *convoy) uses(r *rapid.T, a *sailor, token string) {
	v := c.voyageOf(a.id)
	a.sequence = max(1, a.sequence+int64(rapid.IntRange(-2, 3).Draw(r, "step")))
	expected := c.expect(a, v, token)
	done, err := c.w.CheckIn(ctx, token, "r", models.CheckIn{Sequence: a.sequence})
	switch {
	case expected == "" && err == nil:
		r.Fatalf("%s was heard with a token that opens nothing", a.id)
	case expected != "" && (err != nil || done.AccountID != expected):
		r.Fatalf("%s was told %+v, %v; want %s", a.id, done, err, expected)
	case err == nil:
		if a.sequence > a.highest {
			a.seen, a.highest = c.now(), a.sequence
		}
		c.remember(r, a, done)
	}
}

// expect is the account that a check-in must be answered with, or nothing. It moves the agent in the model
// if it must move.
func (c *convoy) expect(a *sailor, v *voyage, token string) string {
	switch {
	case a.released:
		return ""
	case v != nil && token == a.offered[v.ID]:
		if !v.Open(c.now()) || !opened(c.t, c.w, v.ToAccountID).Account.Activated() {
			return ""
		}
		if c.seated(v.ToAccountID, a.device) {
			delete(v.waiting, a.id)
			v.dropped++
			return ""
		}
		delete(v.waiting, a.id)
		v.moved++
		if there := c.held(v.ToAccountID, a.device); there != nil { // released: it makes room
			there.device += "~" + there.id
		}
		a.void = append(a.void, a.token, a.renewed)
		a.account, a.token, a.renewed = v.ToAccountID, token, ""
	case token == a.renewed:
		if !c.open(a.account) && v == nil {
			return ""
		}
		a.void = append(a.void, a.token)
		a.token, a.renewed = token, ""
	case token != a.token || !c.open(a.account) && v == nil:
		return ""
	}
	return a.account
}

func (c *convoy) open(account string) bool { return opened(c.t, c.w, account).Account.Open() }

// dropThere lets go of the agents whose device is in the other account already.
func (c *convoy) dropThere(v *voyage) {
	for _, a := range c.agents {
		if v.waiting[a.id] && c.seated(v.ToAccountID, a.device) {
			delete(v.waiting, a.id)
			v.dropped++
		}
	}
}

func (c *convoy) remember(r *rapid.T, a *sailor, done models.CheckedIn) {
	v := c.voyageOf(a.id)
	told := v != nil && v.Open(c.now()) && opened(c.t, c.w, v.ToAccountID).Account.Activated()
	switch {
	case told != (done.MoveTo != ""), told && done.MoveTo != v.ToAccountID:
		r.Fatalf("%s on its way (%v) was told to move to %q", a.id, told, done.MoveTo)
	case told && a.offered[v.ID] != "" && a.offered[v.ID] != done.MoveToken:
		r.Fatalf("%s was told two tokens for one carry", a.id)
	case told:
		a.offered[v.ID] = done.MoveToken
	case done.Renew != "":
		a.renewed = done.Renew
	}
}

// carry begins to carry all agents of an account over, or some of them.
func (c *convoy) carry(r *rapid.T) {
	from, to := c.account(r), c.account(r)
	wish := models.CarryWish{ToAccountID: to}
	if from == to {
		return
	}
	if rapid.Bool().Draw(r, "some") {
		wish.Pick = models.PickList
		for _, a := range c.agents {
			if rapid.Bool().Draw(r, "picked") {
				wish.Agents = append(wish.Agents, a.id)
			}
		}
		if len(wish.Agents) == 0 {
			return
		}
	}
	desk, err := c.w.ProposeCarry(ctx, c.who, from, wish)
	if err != nil {
		r.Fatal(err)
	}
	id, desk, err := c.w.CarryAgents(ctx, c.who, from, desk.Wish)
	if _, refused := models.ProblemIn(err); refused {
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	c.begin(r, id, desk.Wish)
}

func (c *convoy) begin(r *rapid.T, id string, wish models.CarryWish) {
	p := progress(c.t, c.w, c.who, id)
	v := &voyage{Carry: p.Carry, waiting: map[string]bool{}}
	picked := map[string]bool{}
	for _, id := range wish.Agents {
		picked[id] = true
	}
	for _, a := range c.agents {
		if a.released || a.account != v.AccountID || wish.Pick == models.PickList && !picked[a.id] {
			continue
		}
		if on := c.voyageOf(a.id); on != nil && on.DeadlineAt.After(c.now()) {
			continue
		} else if on != nil {
			delete(on.waiting, a.id)
			on.dropped++
		}
		v.waiting[a.id] = true
	}
	// Whoever a deadline has passed on this account is given up, picked or not.
	for _, on := range c.voyages {
		if on.AccountID == v.AccountID && !on.DeadlineAt.After(c.now()) {
			on.dropped += len(on.waiting)
			on.waiting = map[string]bool{}
		}
	}
	v.others = v.Total - len(v.waiting)
	if v.others < 0 || wish.Pick == models.PickList && v.others != 0 {
		r.Fatalf("%d agents are carried, the model knows of %d", v.Total, len(v.waiting))
	}
	c.dropThere(v)
	c.voyages = append(c.voyages, v)
}

func (c *convoy) voyage(r *rapid.T) *voyage {
	if len(c.voyages) == 0 {
		r.Skip("no carries yet")
	}
	return rapid.SampledFrom(c.voyages).Draw(r, "carry")
}

func (c *convoy) callOff(r *rapid.T) {
	v := c.voyage(r)
	if err := c.w.CancelCarry(ctx, c.who, v.ID, v.Version); err == nil {
		c.calledOff(v)
	} else if _, refused := models.ProblemIn(err); !refused {
		r.Fatal(err)
	}
}

func (c *convoy) calledOff(v *voyage) {
	v.Carry = progress(c.t, c.w, c.who, v.ID).Carry
	v.dropped += len(v.waiting)
	v.waiting = map[string]bool{}
}

func (c *convoy) retry(r *rapid.T) {
	v := c.voyage(r)
	if err := c.w.RetryCarry(ctx, c.who, v.ID, v.Version); err == nil {
		v.Carry = progress(c.t, c.w, c.who, v.ID).Carry
	} else if _, refused := models.ProblemIn(err); !refused {
		r.Fatal(err)
	}
}

// merge makes one agent of two of a device: the one that was seen last goes on.
func (c *convoy) merge(r *rapid.T) {
	a := c.agent(r)
	desk, err := c.w.ProposeMerge(ctx, c.who, a.id, models.MergeWish{})
	if err != nil {
		r.Fatal(err)
	}
	desk.Wish.Both = desk.BothReport()
	kept, _, err := c.w.MergeAgents(ctx, c.who, a.id, desk.Wish)
	older, younger := c.named(desk.Older.ID), c.named(desk.Younger.ID)
	possible := older != nil && younger != nil && !c.moving(older) && !c.moving(younger)
	if _, refused := models.ProblemIn(err); refused == possible || err != nil && !refused {
		r.Fatalf("merging the agents of %s, %s and %s, possible %v: %v; %+v %+v", a.device, desk.Older.ID, desk.Younger.ID, possible, err, c.voyageOf(desk.Older.ID), c.voyageOf(desk.Younger.ID))
	}
	if err != nil {
		return
	}
	living, silent := older, younger
	takes := !younger.seen.Before(older.seen)
	if c.open(older.account) != c.open(younger.account) {
		takes = c.open(younger.account)
	}
	if takes {
		living, silent = younger, older
	}
	if kept != living.id || younger.enrolled.Before(older.enrolled) || older.released || younger.released || older.account == younger.account {
		r.Fatalf("%s was kept of %+v and %+v", kept, older, younger)
	}
	for _, one := range []*sailor{older, younger} {
		if v := c.voyageOf(one.id); v != nil {
			delete(v.waiting, one.id)
			v.dropped++
		}
	}
	living.enrolled = older.enrolled
	silent.released = true
	silent.device += "~" + silent.id
}

// moving reports whether an agent is on a carry that has not ended.
func (c *convoy) moving(a *sailor) bool {
	v := c.voyageOf(a.id)
	return v != nil && v.Open(c.now())
}

func (c *convoy) named(id string) *sailor {
	for _, a := range c.agents {
		if a.id == id {
			return a
		}
	}
	return nil
}

func (c *convoy) reassign(r *rapid.T) {
	account := c.account(r)
	desk, err := c.w.ProposeReassignment(ctx, c.who, account, models.Reassignment{PlanKey: rapid.SampledFrom([]string{demo.Standard, demo.Advanced}).Draw(r, "plan")})
	if err != nil {
		r.Fatal(err)
	}
	next, _, err := c.w.ReassignPlan(ctx, c.who, account, agreeing(desk))
	if _, refused := models.ProblemIn(err); err != nil && !refused {
		r.Fatal(err)
	}
	if err == nil && next != account {
		c.accounts = append(c.accounts, next)
	}
}

func (c *convoy) begins(r *rapid.T) {
	if err := c.w.BeginBySignIn(ctx, c.account(r)); err != nil {
		if _, refused := models.ProblemIn(err); !refused {
			r.Fatal(err)
		}
	}
}

func (c *convoy) undo(r *rapid.T) {
	account := c.account(r)
	before := opened(c.t, c.w, account)
	desk, err := undo(c.t, c.w, c.who, account)
	if _, refused := models.ProblemIn(err); refused {
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	next := desk.New.Account.ID
	for _, v := range c.voyages {
		if (v.AccountID == next || v.ToAccountID == next) && v.CancelledAt == nil {
			c.calledOff(v)
		}
	}
	after := opened(c.t, c.w, account)
	if before.Agents.Total != after.Agents.Total || after.Account.Replaced() || c.open(next) {
		r.Fatalf("undone: %+v, then %+v", before.Account, after.Account)
	}
	if desk.Carried > 0 {
		c.begin(r, c.lastCarry(next), models.CarryWish{})
	}
}

func (c *convoy) lastCarry(from string) (id string) {
	err := c.w.Store.Look(ctx, c.who, c.now(), func(v *store.View) error {
		all, err := v.CarriesOf(from)
		for _, carry := range all {
			if carry.Kind == models.CarryBack && carry.AccountID == from {
				id = carry.ID
				return err
			}
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return id
}

func (c *convoy) modify(r *rapid.T) {
	desk, err := c.w.ProposeModification(ctx, c.who, c.account(r), models.Modification{})
	if err != nil {
		r.Fatal(err)
	}
	wish := desk.Wish
	wish.Seats, wish.AcceptOver = rapid.IntRange(1, 90).Draw(r, "seats"), true
	if _, err = c.w.ModifyPlan(ctx, c.who, desk.Account.ID, wish); err != nil {
		if _, refused := models.ProblemIn(err); !refused {
			r.Fatal(err)
		}
	}
}

func (c *convoy) time(r *rapid.T) {
	c.w.Pass(time.Duration(rapid.SampledFrom([]int{1, 1, 25, 24 * 3, 24 * 8, 24 * 14, 24 * 91}).Draw(r, "hours")) * time.Hour)
}

func (c *convoy) restart(*rapid.T) { c.w.Restart() }

// sound compares the portal with the model and asks what must always be true.
func (c *convoy) sound(r *rapid.T) {
	c.w.Pass(10 * time.Second)
	found, err := c.w.Examine(ctx, models.Operator())
	if err != nil || len(found) > 0 {
		r.Fatalf("what must be true is not: %v %v", found, err)
	}
	in, seats := map[string]int{}, 0
	err = c.w.Store.Look(ctx, models.Operator(), c.now(), func(v *store.View) error {
		for _, a := range c.agents {
			stored, err := v.Agent(a.id)
			if err != nil || stored.AccountID != a.account {
				return fmt.Errorf("%s is in %s, want %s (%w)", a.id, stored.AccountID, a.account, err)
			}
			if (stored.ReleasedAt != nil) != a.released {
				return fmt.Errorf("%s was released: %v, want %v", a.id, stored.ReleasedAt, a.released)
			}
			if !a.released {
				in[a.account]++
				seats++
			}
		}
		total := 0
		for _, account := range c.accounts {
			n, err := v.CountAgents(account)
			if err != nil || n < in[account] {
				return fmt.Errorf("%s has %d agents, the model knows of %d (%w)", account, n, in[account], err)
			}
			total += n
		}
		if total != seats+c.base {
			return fmt.Errorf("%d agents in all, want %d", total, seats+c.base)
		}
		return nil
	})
	if err != nil {
		r.Fatal(err)
	}
	for _, v := range c.voyages {
		n := progress(c.t, c.w, c.who, v.ID).Counts
		if n.Moved != v.moved || n.Moved+n.Waiting+n.Failed != v.Total || v.moved+len(v.waiting)+v.dropped+v.others != v.Total {
			r.Fatalf("the carry %s has %+v, the model %d moved, %d waiting, %d dropped, %d others", v.ID, n, v.moved, len(v.waiting), v.dropped, v.others)
		}
	}
}

func TestNoSequenceOfMovesLosesAnAgent(t *testing.T) {
	for name, run := range map[string]struct {
		db             func(testing.TB) *store.DB
		checks, length int
	}{
		"sqlite":   {storetest.SQLite, 5, 40},
		"postgres": {storetest.Postgres, 1, 40},
	} {
		t.Run(name, func(t *testing.T) {
			bound(t, "rapid.checks", run.checks)
			bound(t, "rapid.steps", run.length)
			rapid.Check(t, func(r *rapid.T) {
				c := newConvoy(t, portaltest.On(t, run.db(t)))
				r.Repeat(map[string]func(*rapid.T){
					"enrol": c.enrol, "enrol again": c.enrol, "check in": c.checkIn, "check in again": c.checkIn, "all check in": c.allCheckIn, "all check in again": c.allCheckIn,
					"carry": c.carry, "carry again": c.carry, "call off": c.callOff, "retry": c.retry, "reassign": c.reassign, "begins": c.begins, "undo": c.undo,
					"release": c.release, "merge": c.merge, "merge again": c.merge, "modify": c.modify, "time": c.time, "restart": c.restart, "": c.sound,
				})
			})
		})
	}
}
